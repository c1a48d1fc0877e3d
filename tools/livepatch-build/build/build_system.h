/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How a tree is built: a row for each kind of tree, told by a file that it has.
 * The only place that knows one tree from another.
 */
#ifndef LIVEPATCH_BUILD_BUILD_SYSTEM_H
#define LIVEPATCH_BUILD_BUILD_SYSTEM_H

#include "lib/memory.h"

enum build_arch {
    BUILD_ARCH_X86,
    BUILD_ARCH_ARM64,
    NR_BUILD_ARCHES,
};

struct build_system {
    const char *mark;                     /* a file that tells the tree */
    const char *build[NR_BUILD_ARCHES];   /* the command; NULL: not for this */
    const char *objects[NR_BUILD_ARCHES]; /* the folder that objects' names
                                             begin behind; "": the tree */
    const char *config;    /* the configuration's file; NULL: has none */
    const char *configure; /* brings that file up to date; NULL: nothing does */
    const char *clean;     /* removes what builds left; NULL: nothing does */
    const char *changeset; /* a file that says it where there is no git; NULL */
    const char *left_out[4]; /* folders that are no source; ends with NULL */
};

/* The kind of the tree, or NULL: it is none of the table. */
const struct build_system *find_build_system(const char *tree);

/* Of "x86" or "arm64"; NR_BUILD_ARCHES: neither. */
enum build_arch build_arch_of(const char *name);

const char *build_arch_name(enum build_arch arch);

/*
 * The whole environment of a build as NAME=VALUE: what could make two builds of
 * one source differ has one value, or that of `origin`; what chooses tools and
 * vendor's versions is as it is here, and nothing else is there. Without the
 * folder of shims (NULL) there is neither that, nor PATH, nor a log: what a
 * kept build depends on.
 */
void build_environment(enum build_arch arch, const struct text_list *origin,
                       const char *shims, const char *log,
                       struct text_list *environment);

/* The value of the NAME=VALUE of this name; NULL: there is none. */
const char *value_in(const struct text_list *environment, const char *name);

/* The compiler that a build in it calls: "aarch64-linux-gnu-gcc". free() it. */
char *usual_compiler(const struct text_list *environment);

#endif
