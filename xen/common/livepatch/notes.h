/* SPDX-License-Identifier: GPL-2.0 */
/*
 * GNU build-id notes: the identity of a hypervisor or payload, a note of owner
 * "GNU" and type NT_GNU_BUILD_ID (gABI chapter 5, note section).
 */
#ifndef LP_NOTES_H
#define LP_NOTES_H

#include "bytes.h"
#include "payload.h"

/*@ predicate is_build_id{L}(struct lp_build_id *id) =
      \valid_read(id) && readable(id->bytes, id->len);
 */

/*
 * Reads the build-id from the first note in a section of `bytes` bytes.
 *   -EINVAL  too short, its lengths reach past the section, or the note is of
 *            another owner or type
 * *id points into the note; untouched on failure. `section` is for messages.
 */
/*@ requires readable(note, bytes) && \valid(id);
    assigns *id;
    ensures \result == 0 ==> readable(id->bytes, id->len);
 */
int lp_notes_build_id(const char *payload, const char *section,
                      const uint8_t *note, size_t bytes,
                      struct lp_build_id *id) __must_check;

/*@ requires is_build_id(a) && is_build_id(b);
    assigns \nothing;
 */
bool lp_notes_same_id(const struct lp_build_id *a, const struct lp_build_id *b);

/* A printable beginning of an id, for messages; "..." stands for the rest. */
#define LP_ID_SHOWN 20U /* bytes */
#define LP_ID_TEXT (2 * LP_ID_SHOWN + sizeof("..."))
/*@ requires is_build_id(id) && \valid(text + (0 .. LP_ID_TEXT - 1));
    requires \separated(id, text + (0 .. LP_ID_TEXT - 1));
    assigns text[0 .. LP_ID_TEXT - 1];
    ensures \result == text;
 */
const char *lp_notes_id_text(const struct lp_build_id *id,
                             char text[LP_ID_TEXT]);

#endif
