/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Keys, made by OpenSSL when a program first asks for them, and payloads that
 * are signed with them by OpenSSL, or by raw numbers that a test chooses.
 */
#ifndef TEST_SIGNING_H
#define TEST_SIGNING_H

#include <openssl/evp.h>

#include "host/keyring.h"
#include "host/payload_builder.h"

enum signer {
    SIGNER_RSA_2048,
    SIGNER_RSA_3072,
    SIGNER_RSA_4096,
    SIGNER_RSA_2048_OTHER, /* of the same size as the first */
    SIGNER_RSA_E3,         /* 3072 bits, exponent 3 */
    SIGNER_P256,
    SIGNER_P256_OTHER,
    SIGNER_NR,
    SIGNER_NOBODY = SIGNER_NR, /* a digest only */
};

/* Valid to the end of the program. */
EVP_PKEY *signer_key(enum signer signer);

/* The public half, as the hypervisor has it. */
struct livepatch_key signer_public(enum signer signer);

/* A ring of these, ending with SIGNER_NR; the same memory each time. */
const struct livepatch_keyring *signer_ring(unsigned int floor,
                                            const enum signer *signers);
#define RING(floor, ...)                                                       \
    signer_ring(floor, (const enum signer[]){__VA_ARGS__, SIGNER_NR})

/* What a note says that the signer signs with, and in how many bytes. */
uint8_t signer_algorithm(enum signer signer);
uint32_t signer_bytes(enum signer signer);

/* Adds a note with room for a signature. */
void add_signature_note(struct payload_builder *builder, uint8_t algorithm,
                        uint32_t nr_bytes);

/* Where the signature is in a file with a note. */
uint8_t *signature_in(const struct payload_file *file);

/* SHA-256 of the file as its signature's bytes are zeros. */
void digest_of(const struct payload_file *file, enum signer signer,
               uint8_t digest[LIVEPATCH_DIGEST_BYTES]);

/* Signs, or for NOBODY writes the digest, in place. */
void sign_file(const struct payload_file *file, enum signer signer);

/* payload_make() with a note, signed. */
struct payload_file signed_payload(const struct payload_description *what,
                                   enum signer signer);

#endif
