/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Whom a hypervisor believes: the keys that it was built with, and the
 * cryptography that a signature is checked with. The keys come from a program
 * that runs when the hypervisor is built (xen/tools/keys), in the tools and in
 * tests from their host.
 */
#ifndef XEN_LIVEPATCH_KEYS_H
#define XEN_LIVEPATCH_KEYS_H

#include <xen/types.h>
#include <public/livepatch_signature.h>

/* An id: SHA-256 of the key's SubjectPublicKeyInfo in DER (RFC 5280), as text
 * of 64 digits with its NUL. */
#define LIVEPATCH_KEY_ID_TEXT 65

/* A public key, unpacked. Numbers are big-endian, the first byte not 0. There
 * is no pointer in it: all that is believed lies together. */
struct livepatch_key {
    uint8_t algorithm;   /* LIVEPATCH_SIGNED_RSA or _P256 */
    uint8_t nr_exponent; /* RSA alone */
    uint16_t nr_number;
    char id[LIVEPATCH_KEY_ID_TEXT];
    uint8_t exponent[8];
    uint8_t
        number[LIVEPATCH_SIGNATURE_MOST_BYTES]; /* RSA: the modulus; P-256:
                         the point, uncompressed (65 bytes, the first is 4) */
};

struct livepatch_keyring {
    unsigned int nr;
    unsigned int floor; /* LIVEPATCH_VERIFY_*: no command line goes below */
    /* The keys are another machine's, and not all are known: a signature that
     * none of them made is taken for good. In a hypervisor never. */
    bool is_incomplete;
    struct livepatch_key key[];
};

const struct livepatch_keyring *livepatch_keyring(void);

/* The policy that is in force (LIVEPATCH_VERIFY_*), and its name. */
unsigned int livepatch_policy(void);
const char *livepatch_policy_name(unsigned int policy);

/* A piece of what is hashed; bytes NULL: so many zeros. */
struct livepatch_piece {
    const uint8_t *bytes;
    size_t nr;
};

/*
 * SHA-256 (FIPS 180-4) of the pieces, one behind the other. Hypercall context;
 * the guest's registers stay as they are. So for all of these.
 */
void livepatch_digest(const struct livepatch_piece *pieces, unsigned int nr,
                      uint8_t digest[LIVEPATCH_DIGEST_BYTES]);

/* Whether signature[0 .. nr) is the key's of a text with this digest, in the
 * key's algorithm (public/livepatch_signature.h). */
bool livepatch_is_signed_by(const struct livepatch_key *key,
                            const uint8_t *signature, size_t nr,
                            const uint8_t digest[LIVEPATCH_DIGEST_BYTES]);

/*
 * What an architecture gives for that: calls fn(arg), which may use the
 * registers of floating point and vectors and, as code that was compiled with a
 * stack protector does, what the C library's thread register leads to; then all
 * of these are again what they were. fn neither sleeps nor is interrupted.
 */
void arch_livepatch_call_with_vectors(void (*fn)(void *arg), void *arg);

#endif
