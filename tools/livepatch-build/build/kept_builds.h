/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a cache (build_cache.h) holds, for whoever wants to see or remove it.
 */
#ifndef LIVEPATCH_BUILD_KEPT_BUILDS_H
#define LIVEPATCH_BUILD_KEPT_BUILDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

struct kept_build {
    char *key;       /* the entry's name */
    char *source;    /* the tree, as of the last use; "": not known */
    uint64_t bytes;  /* on the disk */
    time_t used;     /* last */
    bool is_removed; /* by kept_builds_prune() */
};

struct kept_builds {
    char *root;
    struct kept_build *all; /* that used last comes last */
    size_t nr;
};

/* 0, or -errno after a message on `err`. Close it in any case. */
int kept_builds_open(const char *root, struct kept_builds *builds, FILE *err);
void kept_builds_close(struct kept_builds *builds);

/* Bytes of those that are still there. */
uint64_t kept_builds_bytes(const struct kept_builds *builds);

/*
 * Remove those used last before `since`, and of the others the ones not used
 * for longest until at most `most_bytes` are left. One that a run uses stays.
 * 0, or -errno after a message on `err`.
 */
int kept_builds_prune(struct kept_builds *builds, time_t since,
                      uint64_t most_bytes, FILE *err);

#endif
