/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What an admin says of a payload in a file beside it, with a reason in it:
 * NAME.hold keeps it from being loaded, whatever is in it; NAME.pin keeps the
 * build of it that is loaded, or the one whose build-id is the file's first
 * word. A first word that looks like a build-id and is none (of 16 bytes or
 * more, or of 8 digits or more) is not taken for the reason: which build is
 * meant is not known then.
 */
#ifndef XEN_LIVEPATCH_FOLDER_MARKS_H
#define XEN_LIVEPATCH_FOLDER_MARKS_H

#include <stddef.h>

#include "lib/kept_id.h"

struct folder_mark {
    char *name; /* of the payload */
    char *path;
    char *reason;      /* the first line with words; any bytes */
    struct kept_id id; /* of a pin: that the file names; not there: none */
    char *trouble;     /* of a pin: why it is not known what it says; or NULL */
};

struct folder_marks {
    struct folder_mark *marks; /* sorted by name */
    size_t nr;
};

/*
 * Read the holds, or the pins, of the folder `path`. One that cannot be read is
 * a mark, too, without a reason. Gives 0 with *marks, to be freed with
 * folder_marks_free(), or what folder_names_read() gives.
 */
int folder_holds_read(const char *path, struct folder_marks *marks);
int folder_pins_read(const char *path, struct folder_marks *marks);
void folder_marks_free(struct folder_marks *marks);

/* The mark of the payload `name`, or NULL. */
const struct folder_mark *folder_marks_find(const struct folder_marks *marks,
                                            const char *name);

#endif
