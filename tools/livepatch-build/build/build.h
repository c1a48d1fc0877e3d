/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The first stage: from a source tree and patches to pairs of objects. It
 * builds a copy of the tree without the patches and with them, by the tree's
 * own commands, and says which objects of the image differ. The tree given is
 * only read. The build without patches is kept in the cache and used by the
 * next run on the same tree, configuration, command and compilers.
 *
 * What the objects mean is for the stages behind: a pair may differ in nothing
 * that matters.
 */
#ifndef LIVEPATCH_BUILD_BUILD_H
#define LIVEPATCH_BUILD_BUILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "build/patch_text.h"
#include "lib/memory.h"

/* How far a build is; told a few times a second while it runs. */
struct build_progress {
    const char *step;     /* "before" or "after" */
    size_t nr_done;       /* objects compiled */
    size_t nr_expected;   /* about how many there will be; 0: not known */
    unsigned int seconds; /* since the build began */
    bool is_over;         /* the last word about this build */
};

struct build_request {
    const char *source;        /* the tree */
    struct text_list patches;  /* files, in the order to apply them */
    struct text_list pristine; /* applied to both trees, first */
    const char *config;        /* file in place of the tree's own; NULL: that */
    const char *build_cmd;   /* for a shell in the tree; NULL: the usual one */
    const char *arch;        /* "x86" or "arm64" */
    struct text_list origin; /* NAME=VALUE of who builds, and where, in place of
                                what is the same for all builds */
    unsigned int nr_jobs;    /* 1.. */
    const char *cache; /* folder; NULL: a temporary one, nothing is kept */
    const char *keep;  /* folder for the objects that differ, with the
                          words of both builds; NULL: none */
    void (*progress)(const struct build_progress *now, void *opaque); /* NULL */
    void *opaque;
};

/* An object of the image of which the two builds made different files. */
struct object_pair {
    const char *name;   /* path in the tree: "common/event_channel.o" */
    const char *before; /* file; NULL: the build had no such object */
    const char *after;
};

/* An object of the image as it was without the patches. The stand-in for the
 * image's table of its own symbols is among them, if the link names one. */
struct built_object {
    const char *name;
    const char *path;
    const char *compile; /* command line, for people; "" if it is not known */
};

struct build_result {
    struct object_pair *pairs; /* by their paths, like .objects */
    size_t nr_pairs;
    struct built_object *objects;
    size_t nr_objects;
    char *asm_offsets_before; /* file of constants for assembler; or NULL */
    char *asm_offsets_after;
    struct text_list compilers; /* "NAME: its words about itself" */
    struct patch_text edits;    /* what the patches changed, by lines */
    struct text_list notes;     /* what a reader of the result should know:
                                   hunks found elsewhere, objects skipped */
    bool was_kept;              /* the build without patches came from the
                                   cache */
    struct text_list own;       /* texts that the arrays point at */
    struct build_cache *cache;  /* holds the files until the end */
};

/*
 * Build and compare. The files that the result names are there until
 * build_result_free(), which is called whatever this gives.
 *
 * Gives 0, or after a message on `err`:
 *   -EINVAL  the request: no such architecture or tree, a patch that does not
 *            apply or leaves the tree, no configuration
 *   -ENOENT  a program or a file that is needed is not there
 *   -EIO     a build failed (compiler's words are in the message), or a file
 *            cannot be read
 *   -EPERM   the patch changes what no payload can carry: configuration,
 *            compiler's options, link
 *   -EINTR   a signal asked to stop; without a message
 *   -errno   of making files: -ENOSPC, -EACCES, ...
 */
int build_object_pairs(const struct build_request *request,
                       struct build_result *result, FILE *err);
void build_result_free(struct build_result *result);

#endif
