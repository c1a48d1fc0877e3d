/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What no test of the sample's includes.
 */
#ifndef LONELY_H
#define LONELY_H

int lonely(int value);

#endif
