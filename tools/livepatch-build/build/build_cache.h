/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where builds are kept. CACHE/KEY is one original build, of whatever KEY is
 * the digest of:
 *
 *   before/      the built tree, there only when it is whole
 *   before.log   what its tools made (tool_log.h)
 *   tree/        where a build runs, whichever: one path for all, so that none
 *                gets into an object or a rule that make keeps
 *   tree.log     of the build that runs
 *   output       what the build said
 *   shims/       the compilers' stand-ins
 *   again/       objects compiled once more (again.h), and tree/ meanwhile
 *   lock         held by whoever uses the entry, and by its builds; holds the
 *                path of the source, written when it was used last
 *
 * An entry is used by one run at a time. What a killed run left is removed by
 * the next one that opens the cache.
 */
#ifndef LIVEPATCH_BUILD_BUILD_CACHE_H
#define LIVEPATCH_BUILD_BUILD_CACHE_H

#include <stdbool.h>
#include <stdio.h>

struct build_cache {
    char *root;  /* CACHE, absolute */
    char *entry; /* CACHE/KEY */
    char *tree, *before, *tree_log, *before_log, *output, *shims;
    char *again;
    int lock;
    bool is_temporary; /* the whole cache is removed at the end */
};

/*
 * Open the entry of `key`, made if there is none, waiting while another run has
 * it; `root` NULL: of a folder that is removed when it is closed. 0, -EINTR, or
 * -errno with a message.
 */
int build_cache_open(const char *root, const char *key,
                     struct build_cache *cache, FILE *err);

/* That the open entry is used now, and of which source it is. */
void build_cache_note_use(const struct build_cache *cache, const char *source);

/* The open lock of an entry, not yet taken, or -errno. */
int build_cache_open_lock(const char *entry);

#define BUILD_CACHE_LOCK "lock"

/* Whether it holds a whole build. */
bool build_cache_is_filled(const struct build_cache *cache);

/* What was built in tree/ is the original build from now on. 0, or -errno with
 * a message. */
int build_cache_fill(const struct build_cache *cache, FILE *err);

/* Remove all but the original build, and give the entry back. */
void build_cache_close(struct build_cache *cache);

#endif
