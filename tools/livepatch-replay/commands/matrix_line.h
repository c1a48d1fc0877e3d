/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One line of a matrix: its words become options on top of those that all lines
 * have. Words are separated by blanks; quotes of either kind keep blanks; "#"
 * begins a comment. A first word that ends with a colon names the line.
 */
#ifndef LIVEPATCH_REPLAY_MATRIX_LINE_H
#define LIVEPATCH_REPLAY_MATRIX_LINE_H

#include "commands/options.h"

struct matrix_line {
    struct text_list words; /* options.* points into it */
    char *name;             /* letters, digits, ".", "_" and "-" */
    struct options options;
};

/* 1: it is one; 0: it is empty; -EINVAL after a message on `err`. `line` ends
 * without a newline. matrix_line_free() after a 1. */
int matrix_line_parse(const struct options *common, const char *line,
                      struct matrix_line *parsed, FILE *err);
void matrix_line_free(struct matrix_line *line);

#endif
