/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the payload of a trial lies on, and what it was made to lie on:
 * build-ids of files, compared. Loads nothing.
 */
#ifndef TOOLS_LOADER_TRIAL_BASE_H
#define TOOLS_LOADER_TRIAL_BASE_H

#include "lib/loader/trial.h"

/* That of the payload's section; not there when that cannot be read. */
struct build_id trial_id_of(const struct trial_payload *payload,
                            const char *section);

/* Whether the payload is made to lie on a hypervisor itself: its own, or, in a
 * file that contradicts itself, the one that it is tried on. */
bool trial_is_lowest(const struct trial *trial);

/* Whether it is made to lie on what is below it in the trial. */
bool trial_has_base(const struct trial *trial);

/* Whether what it lies on is another payload, and none is there. */
bool trial_lacks_base(const struct trial *trial);

/* The same, and it says on which. */
bool trial_misses_base(const struct trial *trial);

#endif
