/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How many lines a refused upload is to be told in: one that says why; but
 * each unknown symbol has its own, also where something worse than they comes
 * after them.
 */
#ifndef HOST_REFUSAL_H
#define HOST_REFUSAL_H

/* By the log since its last clear; rc is the upload's result, negative;
 * the payload's name is as the log shows it. Only lines that begin as the
 * subsystem's do count: a name in the middle of one may be any text.
 */
unsigned int host_refusal_lines(const char *payload, int rc);

#endif
