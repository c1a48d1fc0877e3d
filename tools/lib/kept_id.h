/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A build-id that outlives the bytes that it was found in: kept in the struct,
 * read from and written as hexadecimal digits.
 */
#ifndef XEN_LIVEPATCH_KEPT_ID_H
#define XEN_LIVEPATCH_KEPT_ID_H

#include <stdbool.h>

#include "lib/payload_elf.h"

/* A build-id has 20 bytes; a longer one than this is taken as not there. */
#define KEPT_ID_BYTES 64U

/* Its digits and a NUL. */
#define KEPT_ID_TEXT_BYTES (2U * KEPT_ID_BYTES + 1U)

struct kept_id {
    unsigned char bytes[KEPT_ID_BYTES];
    size_t nr_bytes; /* 0: not there */
};

struct kept_id kept_id_of(struct build_id id);

/* Of an even number of digits, either case; not there for any other text. */
struct kept_id kept_id_of_text(const char *digits);

/* A view of it, for as long as it stays where it is. */
struct build_id kept_id_view(const struct kept_id *id);

/* Whether both are there and the same. */
bool kept_id_is(const struct kept_id *id, struct build_id other);

/* The digits, in lower case; "" when it is not there. */
void kept_id_format(const struct kept_id *id, char text[KEPT_ID_TEXT_BYTES]);

#endif
