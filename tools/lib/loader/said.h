/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the loader says while a request is under way: lines, and the form of
 * each, in order. They wait here until the request's errno is known. What they
 * mean is not known here.
 */
#ifndef TOOLS_LOADER_SAID_H
#define TOOLS_LOADER_SAID_H

#include <stddef.h>

struct said_line {
    const char *form; /* as loader_listener has it */
    char *text;
};

struct said {
    struct said_line *lines;
    size_t nr_lines;
};

/* The text is copied. Without memory the line is lost. */
void said_add(struct said *said, const char *form, const char *text);

/* Leaves it empty, as one of zeros is. */
void said_free(struct said *said);

#endif
