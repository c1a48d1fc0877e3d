/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What is said on standard error, kept for the JSON report while it is printed:
 * a stream that passes everything on at once and remembers it.
 */
#ifndef XEN_LIVEPATCH_COMPLAINTS_H
#define XEN_LIVEPATCH_COMPLAINTS_H

#include <stddef.h>
#include <stdio.h>

struct complaints {
    FILE *stream; /* to be printed to; NULL: there was no memory */
    FILE *err;    /* where it goes on to */
    char *text;   /* with a NUL at its end; NULL: nothing was said */
    size_t nr_bytes;
};

/* `complaints` stays where it is until complaints_end(). */
void complaints_start(struct complaints *complaints, FILE *err);

/* What was said so far was about something that a later try made good. */
void complaints_forget(struct complaints *complaints);

void complaints_end(struct complaints *complaints);

#endif
