/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One suite: payloads, verified, taken through all steps in one boot, and what
 * the machine left judged.
 */
#ifndef LIVEPATCH_REPLAY_REPLAY_H
#define LIVEPATCH_REPLAY_REPLAY_H

#include "result/terminal.h"
#include "run/userland.h"

/* Fills the suite in, and tells each verdict. */
void replay_run(const struct bench *bench, const struct lot *lot,
                struct suite *suite, struct terminal *terminal);

#endif
