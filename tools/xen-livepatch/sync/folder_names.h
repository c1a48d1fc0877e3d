/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The names in a folder that sync looks at, by what they end in; everything
 * else there, and what starts with a dot, is somebody else's and is passed
 * over as it is read, so that it costs no memory.
 */
#ifndef XEN_LIVEPATCH_FOLDER_NAMES_H
#define XEN_LIVEPATCH_FOLDER_NAMES_H

#include <stddef.h>

/* More files with one ending than this are too many. */
#define FOLDER_NAMES_MAX 4096U

struct folder_names {
    char **names; /* without the ending, sorted */
    size_t nr;
};

/*
 * Read the names in the folder `path` that end in `ending`. 0 with *names, to
 * be freed with folder_names_free(); -errno of the system call, -ENOMEM, or
 * -E2BIG: more than FOLDER_NAMES_MAX.
 */
int folder_names_read(const char *path, const char *ending,
                      struct folder_names *names);
void folder_names_free(struct folder_names *names);

#endif
