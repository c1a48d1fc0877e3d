/* SPDX-License-Identifier: GPL-2.0 */
/* The first step: each payload tried by the hypervisor's loader, outside of it.
 */
#ifndef LIVEPATCH_REPLAY_VERIFY_H
#define LIVEPATCH_REPLAY_VERIFY_H

#include "run/replay.h"

/* Gives the verdict, sets *why (to be freed), and adds what verify said to
 * `notes`. */
enum verdict verify_lot(const struct bench *bench, const struct lot *lot,
                        const char *folder, struct text_list *notes,
                        char **why);

#endif
