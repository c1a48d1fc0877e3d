/* SPDX-License-Identifier: GPL-2.0 */
/* A Kconfig configuration as the set of what it says, without its comments. */
#ifndef LIVEPATCH_BUILD_CONFIG_TEXT_H
#define LIVEPATCH_BUILD_CONFIG_TEXT_H

#include <stdio.h>

#include "lib/memory.h"

/* Read the lines CONFIG_X=... and "# CONFIG_X is not set", sorted. 0, or -errno
 * with a message. Free with text_list_free(). */
int config_text_read(const char *path, struct text_list *lines, FILE *err);

/* Whether both files say the same: 0; else -EPERM after a message that begins
 * with `what` and has each difference, or -errno with a message. */
int config_files_compare(const char *one, const char *other, const char *what,
                         FILE *err);

#endif
