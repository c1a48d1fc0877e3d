/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where the scripts and dom0's programs lie that this program uses: beside it
 * in livepatch-replay.parts, as a build has them, or in
 * ../lib/livepatch-replay, as an installed one has. LIVEPATCH_REPLAY_PARTS
 * names another folder.
 */
#ifndef LIVEPATCH_REPLAY_PARTS_H
#define LIVEPATCH_REPLAY_PARTS_H

#include <stdbool.h>
#include <stdio.h>

/* False after a message on `err`. Once, before the others. */
bool parts_find(FILE *err);

/* The path of a part, to be freed. */
char *parts_path(const char *name);

/* The folder that keeps what was fetched: LIVEPATCH_REPLAY_CACHE, or
 * livepatch-replay in the user's folder of caches. To be freed. */
char *parts_cache(void);

#endif
