/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The note that says what a payload's file is to be (its digest, or a
 * signature of that: public/livepatch_signature.h), read from a file of which
 * nothing else has been looked at but its outline.
 */
#ifndef LP_SIGNATURE_H
#define LP_SIGNATURE_H

#include <public/livepatch_signature.h>

#include "elf.h"

/* A signature in a file's bytes; bytes NULL: the file has no note. */
struct lp_signature {
    const uint8_t *bytes;
    uint32_t nr_bytes; /* what the algorithm wants */
    uint8_t algorithm; /* LIVEPATCH_SIGNED_* */
};

/*
 * Finds the note. `elf` is an outline at least (lp_elf_open_outline()).
 *   -EINVAL      two notes; one without content, of another owner, type or
 *                section's name, or with sizes that do not fit each other, the
 *                section or the algorithm
 *   -EOPNOTSUPP  another version, digest or algorithm
 * *signature is untouched on failure.
 */
/*@ requires has_sections(elf) && has_section_names(elf) && \valid(signature);
    assigns *signature;
 */
int lp_signature_find(const struct lp_elf *elf,
                      struct lp_signature *signature) __must_check;

#endif
