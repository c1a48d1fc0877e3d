/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What speaks against loading a payload: each finding is one line, and one
 * object in the report. Counts them; judges nothing.
 */
#ifndef XEN_LIVEPATCH_FINDINGS_H
#define XEN_LIVEPATCH_FINDINGS_H

#include <stdio.h>

struct json_object;

struct findings {
    const char *path;         /* of the payload, in front of each line */
    FILE *out;                /* lines go here ... */
    struct json_object *list; /* ... unless this is there: then go into it */
    unsigned int nr;
};

/*
 * Add one: the errno that the loader answers with, such as "EINVAL", and in
 * words the part and the values that disagree. At most 255 bytes are kept;
 * bytes that are not printable ASCII are shown as \xNN.
 */
void findings_add(struct findings *findings, const char *error_name,
                  const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
