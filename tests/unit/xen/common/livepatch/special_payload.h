/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Payloads that say something of their own code, loaded through the whole
 * loader: what tests of bug frames, exception tables and alternatives share.
 */
#ifndef TEST_SPECIAL_PAYLOAD_H
#define TEST_SPECIAL_PAYLOAD_H

#include "steps.h"

#include "host/payload_special.h"

/* .text has as many bytes; without alternatives nothing else is in the text. */
#define TEXT_BYTES 16
#define FILE_NAME 7 /* in PAYLOAD_STRINGS, behind "answer" */

/* Places, for tables. */
#define OWN_TEXT(offset)                                                       \
    {                                                                          \
        PAYLOAD_TEXT, offset                                                   \
    }
#define OWN_STRING(offset)                                                     \
    {                                                                          \
        PAYLOAD_STRINGS, offset                                                \
    }

struct payload_place in_text(int64_t offset);
struct payload_place in_strings(int64_t offset);

/* payload_simple with the string "file.c" at FILE_NAME. */
struct payload_builder *start_special(void);

/* Finishes the builder and loads the file as payload "fix". */
int load_built(struct payload_builder *builder);
struct lp_payload *must_load_built(struct payload_builder *builder);

/* The load fails like this, with one line that says why. */
void assert_refused(struct payload_builder *builder, int rc, const char *says);

const uint8_t *text_of(const struct lp_payload *payload);

#endif
