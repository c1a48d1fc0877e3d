/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The folder of shims: a link to this program for every compiler, linker,
 * objcopy and ar in PATH. And who those tools are, so that a kept build is not
 * taken for one of another compiler.
 */
#ifndef LIVEPATCH_BUILD_TOOL_SHIMS_H
#define LIVEPATCH_BUILD_TOOL_SHIMS_H

#include <stdio.h>

#include "lib/memory.h"

/* Make `folder` anew with its links. 0, or -errno with a message on `err`. */
int tool_shims_make(const char *folder, FILE *err);

/*
 * The first line of --version of each compiler, linker and assembler in PATH,
 * as "NAME: LINE"; names that are links to one program give one line. 0, or
 * -EINTR.
 */
int tool_identities(struct text_list *identities);

/* Whether PATH has a program of this name. */
bool is_in_path(const char *name);

#endif
