/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Work that is not to be ended in the middle: the signals that a user or
 * systemd ends a program with wait until it is released, and the work asks
 * between its steps whether one has come.
 */
#ifndef XEN_LIVEPATCH_SIGNAL_BLOCK_H
#define XEN_LIVEPATCH_SIGNAL_BLOCK_H

#include <stdbool.h>

/* SIGINT, SIGTERM and SIGHUP wait from now on. */
void signals_block(void);

/* Whether one waits; never when they are not held. */
bool signals_wait(void);

/* What has waited comes now, and ends the program unless that handles it. */
void signals_let_come(void);

#endif
