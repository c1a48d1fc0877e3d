/* SPDX-License-Identifier: GPL-2.0 */
/* A regular file's bytes, mapped to be read; writing them, and whether two are
 * the same. */
#ifndef LIVEPATCH_BUILD_FILE_BYTES_H
#define LIVEPATCH_BUILD_FILE_BYTES_H

#include <stdbool.h>
#include <stddef.h>

struct file_bytes {
    const char *bytes; /* "" for a file without any */
    size_t nr;
};

/* 0 or -errno of open(2), fstat(2), mmap(2); -EINVAL: no regular file. */
int file_bytes_open(const char *path, struct file_bytes *file);
void file_bytes_close(struct file_bytes *file);

/* Make or overwrite a file with these bytes. 0 or -errno. */
int file_bytes_write(const char *path, const struct file_bytes *file);

/* Files that cannot be read are not the same as any. */
bool has_same_bytes(const char *one, const char *other);

#endif
