// SPDX-License-Identifier: GPL-2.0
/*
 * OpenSSL's keys and signatures, in the forms that a note and a hypervisor
 * have.
 */
#include "signing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>

#define FRONT_BYTES 24 /* of a note before the signature */
#define MOST_KEYS 8

static void must(int is_well, const char *what)
{
    if (is_well <= 0) {
        fprintf(stderr, "signing: %s failed\n", what);
        abort();
    }
}

static EVP_PKEY *make_rsa(int bits, unsigned long exponent)
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, NULL);
    BIGNUM *e = BN_new();
    EVP_PKEY *key = NULL;

    must(BN_set_word(e, exponent), "an exponent");
    must(EVP_PKEY_keygen_init(context), "RSA");
    must(EVP_PKEY_CTX_set_rsa_keygen_bits(context, bits), "RSA's bits");
    must(EVP_PKEY_CTX_set1_rsa_keygen_pubexp(context, e), "RSA's exponent");
    must(EVP_PKEY_generate(context, &key), "an RSA key");
    EVP_PKEY_CTX_free(context);
    BN_free(e);
    return key;
}

EVP_PKEY *signer_key(enum signer signer)
{
    static EVP_PKEY *keys[SIGNER_NR];

    if (keys[signer]) {
        return keys[signer];
    }
    switch (signer) {
    case SIGNER_P256:
    case SIGNER_P256_OTHER:
        keys[signer] = EVP_EC_gen("P-256");
        break;
    case SIGNER_RSA_3072:
        keys[signer] = make_rsa(3072, 65537);
        break;
    case SIGNER_RSA_4096:
        keys[signer] = make_rsa(4096, 65537);
        break;
    case SIGNER_RSA_E3:
        keys[signer] = make_rsa(3072, 3);
        break;
    default:
        keys[signer] = make_rsa(2048, 65537);
    }
    must(keys[signer] != NULL, "a key");
    return keys[signer];
}

uint8_t signer_algorithm(enum signer signer)
{
    switch (signer) {
    case SIGNER_NOBODY:
        return LIVEPATCH_SIGNED_NOT;
    case SIGNER_P256:
    case SIGNER_P256_OTHER:
        return LIVEPATCH_SIGNED_P256;
    default:
        return LIVEPATCH_SIGNED_RSA;
    }
}

uint32_t signer_bytes(enum signer signer)
{
    switch (signer_algorithm(signer)) {
    case LIVEPATCH_SIGNED_NOT:
        return LIVEPATCH_DIGEST_BYTES;
    case LIVEPATCH_SIGNED_P256:
        return 64;
    default:
        return (uint32_t)EVP_PKEY_get_size(signer_key(signer));
    }
}

static size_t number_of(EVP_PKEY *key, const char *which, uint8_t *bytes)
{
    BIGNUM *number = NULL;
    int nr;

    must(EVP_PKEY_get_bn_param(key, which, &number), which);
    nr = BN_bn2bin(number, bytes);
    BN_free(number);
    return (size_t)nr;
}

struct livepatch_key signer_public(enum signer signer)
{
    struct livepatch_key public = {.algorithm = signer_algorithm(signer)};
    EVP_PKEY *key = signer_key(signer);
    size_t nr;

    snprintf(public.id, sizeof(public.id), "%064d", (int)signer + 1);
    if (public.algorithm == LIVEPATCH_SIGNED_P256) {
        must(EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY,
                                             public.number,
                                             sizeof(public.number), &nr),
             "a point");
        public.nr_number = (uint16_t)nr;
        return public;
    }
    public.nr_number =
        (uint16_t)number_of(key, OSSL_PKEY_PARAM_RSA_N, public.number);
    public.nr_exponent =
        (uint8_t)number_of(key, OSSL_PKEY_PARAM_RSA_E, public.exponent);
    return public;
}

const struct livepatch_keyring *signer_ring(unsigned int floor,
                                            const enum signer *signers)
{
    static struct livepatch_keyring *ring;

    if (!ring) {
        ring = malloc(sizeof(*ring) + MOST_KEYS * sizeof(ring->key[0]));
        must(ring != NULL, "a ring");
    }
    *ring = (struct livepatch_keyring){.floor = floor};
    for (; signers[ring->nr] != SIGNER_NR; ring->nr++) {
        ring->key[ring->nr] = signer_public(signers[ring->nr]);
    }
    return ring;
}

void add_signature_note(struct payload_builder *builder, uint8_t algorithm,
                        uint32_t nr_bytes)
{
    const Elf_Note note = {
        .n_namesz = sizeof(LIVEPATCH_SIGNATURE_OWNER),
        .n_descsz = sizeof(struct livepatch_signature_header) + nr_bytes,
        .n_type = LIVEPATCH_SIGNATURE_TYPE,
    };
    const struct livepatch_signature_header header = {
        .version = LIVEPATCH_SIGNATURE_VERSION,
        .algorithm = algorithm,
        .digest = LIVEPATCH_DIGEST_SHA256,
        .nr_bytes = nr_bytes,
    };
    const uint32_t section =
        builder_section(builder, LIVEPATCH_SIGNATURE_SECTION, SHT_NOTE, 0, 4,
                        &note, sizeof(note));

    builder_append(builder, section, LIVEPATCH_SIGNATURE_OWNER,
                   sizeof(LIVEPATCH_SIGNATURE_OWNER));
    builder_append(builder, section, &header, sizeof(header));
    builder_append(builder, section, NULL, nr_bytes);
}

uint8_t *signature_in(const struct payload_file *file)
{
    return file_content(file, LIVEPATCH_SIGNATURE_SECTION) + FRONT_BYTES;
}

void digest_of(const struct payload_file *file, enum signer signer,
               uint8_t digest[LIVEPATCH_DIGEST_BYTES])
{
    memset(signature_in(file), 0, signer_bytes(signer));
    SHA256(file->bytes, file->size, digest);
}

/* r and s of a signature in DER. */
static void unpack(const uint8_t *der, size_t nr, uint8_t *raw)
{
    ECDSA_SIG *numbers = d2i_ECDSA_SIG(NULL, &der, (long)nr);

    must(numbers != NULL, "a signature in DER");
    must(BN_bn2binpad(ECDSA_SIG_get0_r(numbers), raw, 32), "r");
    must(BN_bn2binpad(ECDSA_SIG_get0_s(numbers), raw + 32, 32), "s");
    ECDSA_SIG_free(numbers);
}

void sign_file(const struct payload_file *file, enum signer signer)
{
    uint8_t made[LIVEPATCH_SIGNATURE_MOST_BYTES];
    size_t nr = sizeof(made);
    EVP_MD_CTX *context;

    digest_of(file, signer, made);
    if (signer == SIGNER_NOBODY) {
        memcpy(signature_in(file), made, LIVEPATCH_DIGEST_BYTES);
        return;
    }
    context = EVP_MD_CTX_new();
    must(EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL,
                            signer_key(signer)),
         "signing");
    must(EVP_DigestSign(context, made, &nr, file->bytes, file->size),
         "signing");
    EVP_MD_CTX_free(context);
    if (signer_algorithm(signer) == LIVEPATCH_SIGNED_P256) {
        unpack(made, nr, signature_in(file));
    } else {
        memcpy(signature_in(file), made, nr);
    }
}

struct payload_file signed_payload(const struct payload_description *what,
                                   enum signer signer)
{
    struct payload_builder *builder = payload_start(what);
    struct payload_file file;

    add_signature_note(builder, signer_algorithm(signer), signer_bytes(signer));
    file = builder_finish(builder);
    sign_file(&file, signer);
    return file;
}
