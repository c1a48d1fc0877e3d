/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The set of broken payloads: uploads that a hypervisor must survive. Takes
 * nothing but the running hypervisor's build-id (xen_build_id(), which the
 * program that links this gives), makes one file after the other in memory:
 * table rows, each a good payload with one thing broken and the errno that
 * this must give, and single bit flips. Uploading them is not its job.
 */
#ifndef BROKEN_SET_H
#define BROKEN_SET_H

#include <stddef.h>

/* For `error`: refused with any errno, or loaded. */
#define BROKEN_ANY 1

/* One upload, and what is to come of it. */
struct broken_payload {
    char name[64];    /* to be uploaded as; says what is broken */
    int error;        /* -errno, 0 when it is to load, or BROKEN_ANY */
    const char *says; /* what the one line in the log holds */
    unsigned char *bytes;
    size_t size;
};

/*
 * What the hypervisor must have: functions of these names of 16 bytes or more
 * that begin with no landing pad, the last one part of the patching path;
 * data; something in init memory. NULL ends the list.
 */
struct broken_symbol {
    const char *name;
    enum broken_kind {
        BROKEN_FUNCTION,
        BROKEN_PATCHING_PATH,
        BROKEN_DATA,
        BROKEN_INIT
    } kind;
};
extern const struct broken_symbol broken_symbols[];

/* From now on payloads keep to the relocation types that stock Xen takes, and
 * number features as it does; what rows expect is for this hypervisor. */
void broken_for_stock(void);

/* Row i of the table; row 0 is the good payload. broken_discard() frees. */
unsigned int broken_nr_rows(void);
void broken_make_row(unsigned int i, struct broken_payload *payload);

/* The good payload with one bit flipped; the same bits each time. */
#define BROKEN_NR_FLIPS 2000
void broken_make_flip(unsigned int i, struct broken_payload *payload);

/* Payload i of all: the rows, then the flips. */
#define BROKEN_NR (broken_nr_rows() + BROKEN_NR_FLIPS)
void broken_make(unsigned int i, struct broken_payload *payload);

void broken_discard(struct broken_payload *payload);

#endif
