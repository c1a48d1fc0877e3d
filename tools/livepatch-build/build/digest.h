/* SPDX-License-Identifier: GPL-2.0 */
/*
 * SHA-256 over texts, files and trees, each with what it is, so that none can
 * be taken for another one's end or begin.
 */
#ifndef LIVEPATCH_BUILD_DIGEST_H
#define LIVEPATCH_BUILD_DIGEST_H

#include <stdio.h>

#include "build/tree_copy.h"

struct digest;

/* 64 hexadecimal digits and a NUL. */
#define DIGEST_TEXT_BYTES 65

struct digest *digest_new(void);

void digest_text(struct digest *digest, const char *what, const char *text);

/* 0, or -errno with a message. */
int digest_file(struct digest *digest, const char *what, const char *path,
                FILE *err);

/* Names, contents, links and whether files can be run, without times. 0, or
 * -errno with a message. */
int digest_tree(struct digest *digest, const char *root,
                const struct tree_filter *filter, FILE *err);

/* The end of it, whatever came before. */
void digest_finish(struct digest *digest, char text[DIGEST_TEXT_BYTES]);

#endif
