/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A base: one of several hypervisors that a patch is for, as a folder with all
 * that belongs to it:
 *
 *   xen-syms   the hypervisor as it was linked
 *   source/    its tree; without such a folder the base itself is the tree
 *   config     its configuration; without such a file, the tree's own
 *   options    further options, and others in place of these: lines of an
 *              option's name without "--" and its value; paths from the base
 *              on. '#' begins a comment
 */
#ifndef BUILDER_COMMAND_BASE_H
#define BUILDER_COMMAND_BASE_H

#include "commands/options.h"

struct base {
    const char *path;
    struct options options; /* of all bases, with its own */
    struct text_list own;   /* texts that these point at */
};

/* Gives 0, or -errno after a message on `err`. The caller frees *base in any
 * case; `common` has to outlive it. */
int base_read(const char *path, const struct options *common, struct base *base,
              FILE *err);
void base_free(struct base *base);

#endif
