/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The log of a build: what each compiler, linker, objcopy and ar that it called
 * made of what. Shims write it, one record at a time from any number of
 * processes; the builder reads it, while they do or after.
 */
#ifndef LIVEPATCH_BUILD_TOOL_LOG_H
#define LIVEPATCH_BUILD_TOOL_LOG_H

#include <stddef.h>

#include "build/tool_call.h"

struct tool_record {
    struct tool_call call; /* in a log that was read: absolute, plain paths */
    int status;            /* of the tool: 0 or what it ended with */
    char *folder;          /* where it ran */
    char *said;            /* its complaints if it failed, else "" */
    struct text_list words;
};

struct tool_log {
    struct tool_record *records; /* in the order of their ends */
    size_t nr;
};

/* Append one record. 0 or -errno of open(2) or write(2). */
int tool_log_append(const char *path, const struct tool_record *record);

/*
 * Add the records of a file to `log`; a record cut short ends it. Paths of
 * outputs and inputs come out absolute, without "." and "..". 0, or -errno of
 * open(2) or read(2). Free with tool_log_free(), whatever this gives.
 */
int tool_log_read(const char *path, struct tool_log *log);
void tool_log_free(struct tool_log *log);

/* The record that made this file last, of those that did not fail; NULL: none
 * did. A copy in place makes nothing. */
const struct tool_record *find_maker(const struct tool_log *log,
                                     const char *output);

/* The first record of an image's link whose output's name holds `name`. */
const struct tool_record *find_image_link(const struct tool_log *log,
                                          const char *name);

/* The script that a link was given (-T), absolute; NULL: none. free() it. */
char *linker_script_of(const struct tool_record *link);

/* The words as one line that a shell takes; free() it. */
char *command_line_of(const struct tool_record *record);

#endif
