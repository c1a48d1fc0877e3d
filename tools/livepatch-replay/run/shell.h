/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A person at dom0's console, in place of the steps.
 */
#ifndef LIVEPATCH_REPLAY_SHELL_H
#define LIVEPATCH_REPLAY_SHELL_H

#include <stdio.h>

#include "run/userland.h"

/*
 * Boot, with what lies below applied and the others at hand, and wait until the
 * machine is over; this program's terminal is its console meanwhile. False
 * after a message on `err`: it was not dom0 that ended it.
 */
bool shell_run(const struct bench *bench, const struct lot *lot, FILE *err);

#endif
