/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Files that are still there, and whole, after the machine went down: replaced
 * at once, or grown by a record at once. Each function gives 0 or -errno of
 * the system call that failed and says nothing.
 */
#ifndef XEN_LIVEPATCH_DURABLE_FILE_H
#define XEN_LIVEPATCH_DURABLE_FILE_H

#include <stddef.h>

/* Make the folder `path` and those that it lies in, as far as missing. */
int durable_make_folder(const char *path);

/* The same for the folder that the file `path` lies in. */
int durable_make_folder_of(const char *path);

/*
 * Put `bytes` in the place of what is in the file `path`: readers find the old
 * or the new bytes and never a part. The file may be read by everyone.
 */
int durable_replace(const char *path, const char *bytes, size_t nr_bytes);

/* Remove what a durable_replace() that was killed left in the folder of files
 * whose names end in `ending`. Those of one that is under way would go, too. */
void durable_remove_drafts(const char *folder, const char *ending);

/*
 * Append `line`, which has no newline, and a newline to the file `path`, which
 * is made with its folder when it is not there. One write; what a write that
 * failed in the middle left is taken back, and a line that was left unfinished
 * is ended first.
 */
int durable_append_line(const char *path, const char *line, size_t nr_bytes);

#endif
