/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Files that grow by a record at once, and have whole ones alone after the
 * machine went down. Gives 0 or -errno of the system call that failed and says
 * nothing.
 */
#ifndef XEN_LIVEPATCH_DURABLE_LINE_H
#define XEN_LIVEPATCH_DURABLE_LINE_H

#include <stddef.h>

/*
 * Append `line`, which has no newline, and a newline to the file `path`, which
 * is made with its folder when it is not there. One write; what a write that
 * failed in the middle left is taken back, and a line that was left unfinished
 * is ended first.
 */
int durable_append_line(const char *path, const char *line, size_t nr_bytes);

#endif
