// SPDX-License-Identifier: GPL-2.0
/*
 * Signatures that are almost right, made by who has the private key: blocks of
 * PKCS #1 v1.5 (RFC 8017, 9.2) with one thing wrong, by RSA without padding; a
 * forgery for exponent 3 that needs no key (Bleichenbacher, CRYPTO 2006). Made
 * anew for a new key each time.
 */
#include "steps.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/rsa.h>

#include "signing.h"

#define BLOCK 256 /* bytes, of a key of 2,048 bits */
#define DIGEST LIVEPATCH_DIGEST_BYTES

/* DigestInfo of SHA-256 up to the digest itself (RFC 8017, 9.2, note 1). */
static const uint8_t prefix[] = {0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60,
                                 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02,
                                 0x01, 0x05, 0x00, 0x04, 0x20};

/* ---- RSA ----------------------------------------------------------------- */

/* 00 01 ff .. ff 00 and what is given, at the end of the block. */
static void fill_block(uint8_t *block, size_t bytes, const void *info,
                       size_t nr)
{
    memset(block, 0xff, bytes);
    block[0] = 0;
    block[1] = 1;
    block[bytes - nr - 1] = 0;
    memcpy(block + bytes - nr, info, nr);
}

static void fill_right(uint8_t block[BLOCK], const uint8_t *digest)
{
    uint8_t info[sizeof(prefix) + DIGEST];

    memcpy(info, prefix, sizeof(prefix));
    memcpy(info + sizeof(prefix), digest, DIGEST);
    fill_block(block, BLOCK, info, sizeof(info));
}

#define INFO_BYTES (sizeof(prefix) + DIGEST)
#define SEPARATOR (BLOCK - INFO_BYTES - 1)

typedef void breaker(uint8_t block[BLOCK], const uint8_t *digest);

static void first_byte_1(uint8_t block[BLOCK], const uint8_t *digest)
{
    (void)digest;
    block[0] = 1;
}

static void type_0(uint8_t block[BLOCK], const uint8_t *digest)
{
    (void)digest;
    block[1] = 0;
}

static void type_2(uint8_t block[BLOCK], const uint8_t *digest)
{
    (void)digest;
    block[1] = 2;
}

static void zero_padding(uint8_t block[BLOCK], const uint8_t *digest)
{
    (void)digest;
    memset(block + 2, 0, SEPARATOR - 2);
}

static void first_padding_byte(uint8_t block[BLOCK], const uint8_t *digest)
{
    (void)digest;
    block[2] = 0xfe;
}

static void last_padding_byte(uint8_t block[BLOCK], const uint8_t *digest)
{
    (void)digest;
    block[SEPARATOR - 1] = 0xfe;
}

static void padding_ends_early(uint8_t block[BLOCK], const uint8_t *digest)
{
    (void)digest;
    block[SEPARATOR - 1] = 0;
}

static void no_separator(uint8_t block[BLOCK], const uint8_t *digest)
{
    (void)digest;
    block[SEPARATOR] = 0xff;
}

static void other_separator(uint8_t block[BLOCK], const uint8_t *digest)
{
    (void)digest;
    block[SEPARATOR] = 1;
}

/* What stands at the end of the block stands one byte earlier. */
static void byte_behind(uint8_t block[BLOCK], const uint8_t *digest)
{
    (void)digest;
    memmove(block + SEPARATOR - 1, block + SEPARATOR, INFO_BYTES + 1);
    block[BLOCK - 1] = 0;
}

static void garbage_behind(uint8_t block[BLOCK], const uint8_t *digest)
{
    uint8_t right[BLOCK];

    fill_right(right, digest);
    memset(block, 0x5a, BLOCK);
    memcpy(block, right, 2);
    memset(block + 2, 0xff, 8);
    memcpy(block + 10, right + SEPARATOR, INFO_BYTES + 1);
}

static void short_digest(uint8_t block[BLOCK], const uint8_t *digest)
{
    uint8_t info[INFO_BYTES - 1];

    memcpy(info, prefix, sizeof(prefix));
    memcpy(info + sizeof(prefix), digest, DIGEST - 1);
    info[1]--;
    info[sizeof(prefix) - 1]--;
    fill_block(block, BLOCK, info, sizeof(info));
}

static void empty_digest(uint8_t block[BLOCK], const uint8_t *digest)
{
    uint8_t info[sizeof(prefix)];

    (void)digest;
    memcpy(info, prefix, sizeof(prefix));
    info[1] -= DIGEST;
    info[sizeof(prefix) - 1] = 0;
    fill_block(block, BLOCK, info, sizeof(info));
}

static void other_algorithm(uint8_t block[BLOCK], const uint8_t *digest)
{
    (void)digest;
    block[SEPARATOR + 1 + 14] = 2; /* SHA-384's, over 32 bytes */
}

static void digest_alone(uint8_t block[BLOCK], const uint8_t *digest)
{
    fill_block(block, BLOCK, digest, DIGEST);
}

static void long_length(uint8_t block[BLOCK], const uint8_t *digest)
{
    uint8_t info[INFO_BYTES + 1] = {0x30, 0x81};

    memcpy(info + 2, prefix + 1, sizeof(prefix) - 1);
    memcpy(info + 1 + sizeof(prefix), digest, DIGEST);
    fill_block(block, BLOCK, info, sizeof(info));
}

static void parameters_of_a_byte(uint8_t block[BLOCK], const uint8_t *digest)
{
    uint8_t info[INFO_BYTES + 1];

    memcpy(info, prefix, 17);
    info[1]++;
    info[3]++;
    info[16] = 1;
    info[17] = 0x5a;
    memcpy(info + 18, prefix + 17, 2);
    memcpy(info + 20, digest, DIGEST);
    fill_block(block, BLOCK, info, sizeof(info));
}

static void other_digest(uint8_t block[BLOCK], const uint8_t *digest)
{
    (void)digest;
    block[BLOCK - 1] ^= 1;
}

struct block_row {
    const char *name;
    breaker *fn; /* NULL: the block is right */
    int rc;
};

static const struct block_row blocks[] = {
    {"right_block_loads", NULL, 0},
    {"first_byte_of_1_is_eperm", first_byte_1, -EPERM},
    {"block_of_type_0_is_eperm", type_0, -EPERM},
    {"block_of_type_2_is_eperm", type_2, -EPERM},
    {"padding_of_zeros_is_eperm", zero_padding, -EPERM},
    {"first_byte_of_padding_of_fe_is_eperm", first_padding_byte, -EPERM},
    {"last_byte_of_padding_of_fe_is_eperm", last_padding_byte, -EPERM},
    {"padding_that_ends_early_is_eperm", padding_ends_early, -EPERM},
    {"block_without_separator_is_eperm", no_separator, -EPERM},
    {"separator_of_1_is_eperm", other_separator, -EPERM},
    {"byte_behind_the_digest_is_eperm", byte_behind, -EPERM},
    {"garbage_behind_short_padding_is_eperm", garbage_behind, -EPERM},
    {"digest_of_31_bytes_is_eperm", short_digest, -EPERM},
    {"digest_of_no_bytes_is_eperm", empty_digest, -EPERM},
    {"digest_called_another_is_eperm", other_algorithm, -EPERM},
    {"digest_without_its_name_is_eperm", digest_alone, -EPERM},
    {"length_in_a_longer_form_is_eperm", long_length, -EPERM},
    {"parameters_with_content_are_eperm", parameters_of_a_byte, -EPERM},
    {"other_digest_is_eperm", other_digest, -EPERM},
};

/* Of a number: what only the private key can do. */
static void sign_block(const uint8_t block[BLOCK], uint8_t *signature)
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(signer_key(SIGNER_RSA_2048), NULL);
    size_t nr = BLOCK;

    assert_int_equal(EVP_PKEY_sign_init(context), 1);
    assert_int_equal(EVP_PKEY_CTX_set_rsa_padding(context, RSA_NO_PADDING), 1);
    assert_int_equal(EVP_PKEY_sign(context, signature, &nr, block, BLOCK), 1);
    EVP_PKEY_CTX_free(context);
}

static struct payload_file start_file(enum signer signer, uint8_t *digest)
{
    struct payload_file file = signed_payload(&payload_simple, signer);

    host_keyring(RING(LIVEPATCH_VERIFY_SIGNATURE, signer));
    digest_of(&file, signer, digest);
    return file;
}

static void finish_file(struct payload_file *file, int rc)
{
    assert_int_equal(try_load(file, "fix"), rc);
    if (rc == 0) {
        must_unload(find_payload("fix"));
    }
    payload_file_free(file);
}

static void block_is_judged(void **state)
{
    const struct block_row *row = *state;
    uint8_t digest[DIGEST], block[BLOCK];
    struct payload_file file = start_file(SIGNER_RSA_2048, digest);

    fill_right(block, digest);
    if (row->fn) {
        row->fn(block, digest);
    }
    sign_block(block, signature_in(&file));
    finish_file(&file, row->rc);
}

/* A signature is a number below the modulus: not the same and a modulus more,
 * nor one of those that are their own power. */
static void numbers_that_are_no_signature_are_eperm(void **state)
{
    const struct livepatch_key key = signer_public(SIGNER_RSA_2048);
    uint8_t digest[DIGEST], number[BLOCK];

    (void)state;
    for (unsigned int i = 0; i < 4; i++) {
        struct payload_file file = start_file(SIGNER_RSA_2048, digest);

        memset(number, 0, sizeof(number));
        if (i == 1) {
            number[BLOCK - 1] = 1;
        } else if (i > 1) {
            memcpy(number, key.number, BLOCK);
            number[BLOCK - 1] -= i == 2; /* the modulus is odd */
        }
        memcpy(signature_in(&file), number, BLOCK);
        finish_file(&file, -EPERM);
    }
}

/* Adds the modulus to a signature as often as that fits into its bytes. */
static void signature_and_a_modulus_is_eperm(void **state)
{
    const struct livepatch_key key = signer_public(SIGNER_RSA_2048);
    BIGNUM *n = BN_bin2bn(key.number, key.nr_number, NULL);
    BIGNUM *sum = BN_new();
    bool is_tried = false;

    (void)state;
    for (uint8_t id = 1; id != 0; id++) {
        struct payload_description what = payload_simple;
        struct payload_file file;

        what.id = id;
        file = signed_payload(&what, SIGNER_RSA_2048);
        BN_bin2bn(signature_in(&file), BLOCK, sum);
        BN_add(sum, sum, n);
        if (BN_num_bytes(sum) > BLOCK) {
            payload_file_free(&file);
            continue;
        }
        host_keyring(RING(LIVEPATCH_VERIFY_SIGNATURE, SIGNER_RSA_2048));
        BN_bn2binpad(sum, signature_in(&file), BLOCK);
        finish_file(&file, -EPERM);
        is_tried = true;
        break;
    }
    assert_true(is_tried);
    BN_free(sum);
    BN_free(n);
}

static void pss_is_eperm(void **state)
{
    uint8_t digest[DIGEST];
    struct payload_file file = start_file(SIGNER_RSA_2048, digest);
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(signer_key(SIGNER_RSA_2048), NULL);
    size_t nr = BLOCK;

    (void)state;
    assert_int_equal(EVP_PKEY_sign_init(context), 1);
    EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING);
    EVP_PKEY_CTX_set_signature_md(context, EVP_sha256());
    assert_int_equal(
        EVP_PKEY_sign(context, signature_in(&file), &nr, digest, DIGEST), 1);
    EVP_PKEY_CTX_free(context);
    finish_file(&file, -EPERM);
}

/* ---- exponent 3, without the key ----------------------------------------- */

#define WIDE 384 /* bytes of 3,072 bits */

/* The least number whose cube is not below this one, by halving. */
static BIGNUM *cube_root(const BIGNUM *cube)
{
    BN_CTX *context = BN_CTX_new();
    BIGNUM *low = BN_new(), *high = BN_new(), *middle = BN_new();
    BIGNUM *power = BN_new();

    BN_zero(low);
    BN_lshift(high, BN_value_one(), BN_num_bits(cube) / 3 + 2);
    while (BN_cmp(low, high) < 0) {
        BN_add(middle, low, high);
        BN_rshift1(middle, middle);
        BN_sqr(power, middle, context);
        BN_mul(power, power, middle, context);
        if (BN_cmp(power, cube) < 0) {
            BN_add_word(middle, 1);
            BN_copy(low, middle);
        } else {
            BN_copy(high, middle);
        }
    }
    BN_free(power);
    BN_free(middle);
    BN_free(high);
    BN_CTX_free(context);
    return low;
}

/* A number whose cube begins as a block of short padding with this digest, and
 * ends in anything: who looks for the digest and not for the end is taken in.
 */
static void forgery_for_exponent_3_is_eperm(void **state)
{
    uint8_t digest[DIGEST], wanted[WIDE] = {0, 1}, got[WIDE];
    struct payload_file file = start_file(SIGNER_RSA_E3, digest);
    const size_t nr = 11 + INFO_BYTES;
    BN_CTX *context = BN_CTX_new();
    BIGNUM *cube, *root, *power = BN_new();

    (void)state;
    memset(wanted + 2, 0xff, 8);
    memcpy(wanted + 11, prefix, sizeof(prefix));
    memcpy(wanted + 11 + sizeof(prefix), digest, DIGEST);
    cube = BN_bin2bn(wanted, sizeof(wanted), NULL);
    root = cube_root(cube);
    BN_sqr(power, root, context);
    BN_mul(power, power, root, context);
    BN_bn2binpad(power, got, sizeof(got));
    assert_memory_equal(got, wanted, nr); /* it is the forgery */
    BN_bn2binpad(root, signature_in(&file), WIDE);
    BN_free(power);
    BN_free(root);
    BN_free(cube);
    BN_CTX_free(context);
    finish_file(&file, -EPERM);
}

/* ---- many ---------------------------------------------------------------- */

/* What OpenSSL signs loads, payload after payload. */
static void many_signatures_of_openssl_load(void **state)
{
    static const enum signer signers[] = {SIGNER_RSA_2048, SIGNER_RSA_3072,
                                          SIGNER_RSA_4096, SIGNER_RSA_E3,
                                          SIGNER_P256,     SIGNER_P256};

    (void)state;
    for (unsigned int i = 0; i < 120; i++) {
        const enum signer signer =
            signers[i % (sizeof(signers) / sizeof(signers[0]))];
        struct payload_description what = payload_simple;
        struct payload_file file;

        what.id = 1 + i;
        host_keyring(RING(LIVEPATCH_VERIFY_SIGNATURE, signer));
        file = signed_payload(&what, signer);
        finish_file(&file, 0);
    }
}

int main(void)
{
    static struct host_tests tests;

    host_add_rows(&tests, blocks, block_is_judged);
    host_add(&tests, numbers_that_are_no_signature_are_eperm);
    host_add(&tests, signature_and_a_modulus_is_eperm);
    host_add(&tests, pss_is_eperm);
    host_add(&tests, forgery_for_exponent_3_is_eperm);
    host_add(&tests, many_signatures_of_openssl_load);
    return host_run(&tests);
}
