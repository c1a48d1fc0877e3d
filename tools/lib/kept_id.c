/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Copies, and two digits a byte.
 */
#include "lib/kept_id.h"

#include <stdio.h>
#include <string.h>

struct kept_id kept_id_of(struct build_id id)
{
    struct kept_id kept = {.nr_bytes = 0};

    if (id.nr_bytes && id.nr_bytes <= KEPT_ID_BYTES) {
        memcpy(kept.bytes, id.bytes, id.nr_bytes);
        kept.nr_bytes = id.nr_bytes;
    }
    return kept;
}

struct kept_id kept_id_of_text(const char *digits)
{
    size_t nr_digits = strspn(digits, "0123456789abcdefABCDEF");
    struct kept_id kept = {.nr_bytes = 0};

    if (digits[nr_digits] || nr_digits % 2 || nr_digits / 2 > KEPT_ID_BYTES) {
        return kept;
    }
    for (size_t i = 0; i < nr_digits / 2; i++) {
        unsigned int byte = 0;

        sscanf(digits + 2 * i, "%2x", &byte);
        kept.bytes[i] = (unsigned char)byte;
    }
    kept.nr_bytes = nr_digits / 2;
    return kept;
}

struct build_id kept_id_view(const struct kept_id *id)
{
    return (struct build_id){id->bytes, id->nr_bytes};
}

bool kept_id_is(const struct kept_id *id, struct build_id other)
{
    return id->nr_bytes && id->nr_bytes == other.nr_bytes &&
           !memcmp(id->bytes, other.bytes, id->nr_bytes);
}

void kept_id_format(const struct kept_id *id, char text[KEPT_ID_TEXT_BYTES])
{
    text[0] = '\0';
    for (size_t i = 0; i < id->nr_bytes; i++) {
        snprintf(text + 2 * i, 3, "%02x", id->bytes[i]);
    }
}
