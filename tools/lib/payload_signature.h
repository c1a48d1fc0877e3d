/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The note of a payload's file that says what the file is to be
 * (livepatch_signature.h): finds it, makes room for one, says what is to be
 * signed. Whether a signature is right is the loader's to say (loader.h).
 */
#ifndef TOOLS_PAYLOAD_SIGNATURE_H
#define TOOLS_PAYLOAD_SIGNATURE_H

#include "lib/elf_file.h"
#include "lib/payload_file.h"
#include "livepatch_signature.h"

/* Where a signature is in a file. */
struct payload_signature {
    uint8_t algorithm; /* LIVEPATCH_SIGNED_* */
    size_t at;         /* offset in the file */
    size_t nr_bytes;   /* 0: the file has none, or one that is malformed */
};

struct payload_signature payload_signature_of(const struct elf_file *elf);

/* "RSA", "ECDSA P-256", "digest". */
const char *payload_signature_word(const struct payload_signature *signature);

/*
 * The same file with a note for a signature of nr_bytes bytes by `algorithm`,
 * all zeros, in the place of one that is there. Gives 0 and *made, to be freed
 * with payload_file_free(); or after a message on `err` -EINVAL (there is no
 * place for a section more, or the file grows past the most that loads) or
 * -ENOMEM.
 */
int payload_signature_make_room(const struct elf_file *elf, uint8_t algorithm,
                                size_t nr_bytes, struct payload_file *made,
                                FILE *err);

/* What is signed, of a file with a note. */
void payload_signature_digest(const struct payload_file *file,
                              const struct payload_signature *signature,
                              uint8_t digest[LIVEPATCH_DIGEST_BYTES]);

#endif
