/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What dom0 is brought: the steps or the shell, the payloads, the caller's
 * check, packed into an initramfs.
 */
#ifndef LIVEPATCH_REPLAY_USERLAND_H
#define LIVEPATCH_REPLAY_USERLAND_H

#include "run/bench.h"

/* Payloads of one boot, as indices: `below` is applied first, in its order. */
struct lot {
    const struct payloads *payloads;
    size_t *below;
    size_t nr_below;
    size_t *tried;
    size_t nr_tried;
};

/* Instead of steps: what lies below is applied, and dom0's console has a
 * shell. */
#define USERLAND_SHELL "shell"

/*
 * Writes the file `initramfs`; `folder`, which exists, gets the files that go
 * into it. `steps` are those that dom0 does (run/plan.h). NULL, or why it
 * cannot be, to be freed.
 */
char *userland_pack(const struct bench *bench, const struct lot *lot,
                    const char *folder, const char *steps,
                    const char *initramfs);

#endif
