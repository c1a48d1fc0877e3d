/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A private key in a file, and signatures by it in the form that a payload's
 * note has. For keys that a file may hold: those of an HSM or of a signing
 * service sign elsewhere, and their signature is read here.
 */
#ifndef TOOLS_SIGNING_KEY_H
#define TOOLS_SIGNING_KEY_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "livepatch_signature.h"

struct signing_key;

/*
 * Reads the key in PEM at `path`: RSA (of 2,048, 3,072 or 4,096 bits) or
 * ECDSA on P-256, PKCS #8 or the older forms, not encrypted. Gives 0 and
 * *key, to be freed with signing_key_free(); otherwise a message on `err` and
 * -errno, -EINVAL for what is no such key.
 */
int signing_key_read(const char *path, struct signing_key **key, FILE *err);
void signing_key_free(struct signing_key *key); /* NULL is allowed */

/* LIVEPATCH_SIGNED_*, and how many bytes a signature has. */
uint8_t signing_key_algorithm(const struct signing_key *key);
size_t signing_key_bytes(const struct signing_key *key);

/* signature[0 .. signing_key_bytes()) of the digest. 0, or -EINVAL: the key
 * is malformed. */
int signing_key_sign(const struct signing_key *key,
                     const uint8_t digest[LIVEPATCH_DIGEST_BYTES],
                     uint8_t *signature);

/* A signature that was made elsewhere, as it is in a note. */
struct detached_signature {
    uint8_t algorithm;
    size_t nr_bytes;
    uint8_t bytes[LIVEPATCH_SIGNATURE_MOST_BYTES];
};

/*
 * Reads the file that `openssl dgst -sign`, an HSM or a service left: of RSA
 * the bytes themselves, of ECDSA r and s in DER (RFC 3279) or as 64 bytes.
 * Gives 0, or -errno after a message on `err`.
 */
int detached_signature_read(const char *path,
                            struct detached_signature *signature, FILE *err);

#endif
