/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The address that a field of the linked image says: what a relocation has left
 * there, turned back.
 */
#ifndef BUILDER_IMAGE_FIELD_H
#define BUILDER_IMAGE_FIELD_H

#include "model/machine.h"

/* Some of an address's bits: a page, or a place in one. */
struct field_address {
    uint64_t value;
    uint64_t known; /* mask of the bits that the field says; 0: none */
};

#define FIELD_PAGE_BYTES 0x1000U

/* `bytes`: all of the field's, which lies at `place`. */
struct field_address field_address(struct field field,
                                   const unsigned char *bytes, uint64_t place);

#endif
