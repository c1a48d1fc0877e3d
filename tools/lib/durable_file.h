/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Files that are replaced at once, and are still there, and whole, after the
 * machine went down. Each function gives 0 or -errno of the system call that
 * failed and says nothing.
 */
#ifndef TOOLS_DURABLE_FILE_H
#define TOOLS_DURABLE_FILE_H

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

/* Wait until what was written to a file, or entered into a folder, will stay.
 */
int durable_sync(int fd);

#endif
