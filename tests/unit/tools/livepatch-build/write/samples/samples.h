/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the samples share: a function that one has and the other calls, one that
 * neither has.
 */
#ifndef SAMPLES_H
#define SAMPLES_H

/* As a hypervisor's code is compiled: all is reached directly. */
#pragma GCC visibility push(hidden)

int other(int n);
int *outside_value(int n);

#endif
