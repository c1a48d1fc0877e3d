// SPDX-License-Identifier: GPL-2.0
/*
 * SHA-256, RSA (PKCS #1 v1.5) and ECDSA P-256 by BearSSL, whose code is linked
 * into the hypervisor as Debian ships it: made for user space, it runs between
 * arch_livepatch_call_with_vectors()' two ends. It allocates nothing and keeps
 * nothing.
 */
#include <xen/livepatch_keys.h>
#include <xen/string.h>

#include <bearssl/bearssl_ec.h>
#include <bearssl/bearssl_hash.h>
#include <bearssl/bearssl_rsa.h>

#define ZEROS 64

struct digest_call {
    const struct livepatch_piece *pieces;
    unsigned int nr;
    uint8_t *digest;
};

static void add_zeros(br_sha256_context *context, size_t nr)
{
    static const uint8_t zeros[ZEROS];

    while (nr) {
        const size_t part = nr < ZEROS ? nr : ZEROS;

        br_sha256_update(context, zeros, part);
        nr -= part;
    }
}

static void make_digest(void *arg)
{
    const struct digest_call *call = arg;
    br_sha256_context context;

    br_sha256_init(&context);
    for (unsigned int i = 0; i < call->nr; i++) {
        if (call->pieces[i].bytes) {
            br_sha256_update(&context, call->pieces[i].bytes,
                             call->pieces[i].nr);
        } else {
            add_zeros(&context, call->pieces[i].nr);
        }
    }
    br_sha256_out(&context, call->digest);
}

void livepatch_digest(const struct livepatch_piece *pieces, unsigned int nr,
                      uint8_t digest[LIVEPATCH_DIGEST_BYTES])
{
    struct digest_call call = {pieces, nr, digest};

    arch_livepatch_call_with_vectors(make_digest, &call);
}

struct signature_call {
    const struct livepatch_key *key;
    const uint8_t *signature;
    size_t nr;
    const uint8_t *digest;
    bool is_right;
};

/* Both are public: it does not matter how long it takes. */
static bool is_same(const uint8_t *a, const uint8_t *b, size_t nr)
{
    uint8_t differs = 0;

    for (size_t i = 0; i < nr; i++) {
        differs |= a[i] ^ b[i];
    }
    return differs == 0;
}

static bool is_rsa(const struct signature_call *call)
{
    const br_rsa_public_key key = {
        .n = (unsigned char *)call->key->number,
        .nlen = call->key->nr_number,
        .e = (unsigned char *)call->key->exponent,
        .elen = call->key->nr_exponent,
    };
    uint8_t signed_digest[LIVEPATCH_DIGEST_BYTES];

    return call->nr == key.nlen &&
           br_rsa_i62_pkcs1_vrfy(call->signature, call->nr, BR_HASH_OID_SHA256,
                                 sizeof(signed_digest), &key, signed_digest) &&
           is_same(signed_digest, call->digest, sizeof(signed_digest));
}

static bool is_p256(const struct signature_call *call)
{
    const br_ec_public_key key = {
        .curve = BR_EC_secp256r1,
        .q = (unsigned char *)call->key->number,
        .qlen = call->key->nr_number,
    };

    return br_ecdsa_i31_vrfy_raw(&br_ec_p256_m31, call->digest,
                                 LIVEPATCH_DIGEST_BYTES, &key, call->signature,
                                 call->nr);
}

static void check_signature(void *arg)
{
    struct signature_call *call = arg;

    call->is_right = call->key->algorithm == LIVEPATCH_SIGNED_RSA
                         ? is_rsa(call)
                         : is_p256(call);
}

bool livepatch_is_signed_by(const struct livepatch_key *key,
                            const uint8_t *signature, size_t nr,
                            const uint8_t digest[LIVEPATCH_DIGEST_BYTES])
{
    struct signature_call call = {
        .key = key,
        .signature = signature,
        .nr = nr,
        .digest = digest,
    };

    arch_livepatch_call_with_vectors(check_signature, &call);
    return call.is_right;
}
