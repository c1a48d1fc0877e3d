/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What an admin says of a payload in a file beside it, with a reason in it:
 * NAME.hold keeps it from being loaded, NAME.pin keeps the build of it that is
 * loaded, or the one whose build-id is the file's first word.
 */
#ifndef XEN_LIVEPATCH_FOLDER_MARKS_H
#define XEN_LIVEPATCH_FOLDER_MARKS_H

#include <stddef.h>

#include "lib/kept_id.h"

struct folder_mark {
    char *name;        /* of the payload */
    char *reason;      /* the first line with words; any bytes */
    struct kept_id id; /* that the file names; not there: none */
};

struct folder_marks {
    struct folder_mark *marks; /* sorted by name */
    size_t nr;
};

/*
 * Read the files of the folder `path` that end in `ending`. One that cannot be
 * read is a mark, too, without a reason. Gives 0 with *marks, to be freed with
 * folder_marks_free(), or what folder_names_read() gives.
 */
int folder_marks_read(const char *path, const char *ending,
                      struct folder_marks *marks);
void folder_marks_free(struct folder_marks *marks);

/* The mark of the payload `name`, or NULL. */
const struct folder_mark *folder_marks_find(const struct folder_marks *marks,
                                            const char *name);

#endif
