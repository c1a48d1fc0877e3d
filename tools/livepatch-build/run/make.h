/* SPDX-License-Identifier: GPL-2.0 */
/*
 * From what has changed to a payload file: chooses, writes, and lets the
 * hypervisor's own loader try what was written before anybody else sees it.
 */
#ifndef BUILDER_MAKE_H
#define BUILDER_MAKE_H

#include "lib/signing_key.h"
#include "run/compare.h"

struct make_request {
    const struct comparison *comparison;
    const struct image *image;
    const char *name;   /* as which it is tried; at most 127 bytes */
    const char *output; /* file; NULL: nothing is written */
    bool makes_folder;  /* that the file is to be in */
    /* The build-id of what it goes on top of; NULL: the image's. */
    const unsigned char *depends;
    /* NULL: the image's, which has one (depends_fit()). */
    const unsigned char *xen_depends;
    /* What it depends on, if that is a payload: its bytes. */
    const struct payload_file *below;
    const struct signing_key *key; /* NULL: the payload gets its digest */
    const char **metadata;         /* "key=value" */
    size_t nr_metadata;
    bool ignores_init;
    bool wants_replace;        /* to be put in the place of all others */
    bool wants_expectations;   /* of what the functions begin with */
    bool wants_writable_funcs; /* wherever; else where Xen needs it */
};

enum make_result {
    MAKE_DONE,    /* *plan is what the payload holds */
    MAKE_NOTHING, /* nothing that runs has changed */
    MAKE_REFUSED, /* see findings; what the loader says is among them */
    MAKE_FAILED,  /* see `err` */
};

/* The caller closes *plan in any case, while the comparison is open. */
enum make_result make_payload(const struct make_request *request,
                              struct plan *plan, struct findings *findings,
                              FILE *err);

#endif
