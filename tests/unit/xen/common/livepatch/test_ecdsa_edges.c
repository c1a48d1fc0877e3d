// SPDX-License-Identifier: GPL-2.0
/*
 * Signatures by ECDSA that are almost right: r and s out of their range, those
 * of others, exchanged; and the one that is another but right.
 */
#include "steps.h"

#include <openssl/bn.h>

#include "signing.h"

static void finish_file(struct payload_file *file, int rc)
{
    assert_int_equal(try_load(file, "fix"), rc);
    if (rc == 0) {
        must_unload(find_payload("fix"));
    }
    payload_file_free(file);
}

#define SCALAR 32

/* The order of P-256 (SEC 2, 2.4.2). */
static const uint8_t order[SCALAR] = {
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17,
    0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51};
static const uint8_t zero[SCALAR];
static const uint8_t one[SCALAR] = {[SCALAR - 1] = 1};
static const uint8_t most[SCALAR] = {[0 ... SCALAR - 1] = 0xff};

struct scalar_row {
    const char *name;
    const uint8_t *r, *s; /* NULL: as it is in the right signature */
};

static const struct scalar_row scalars[] = {
    {"r_of_0_is_eperm", zero, NULL},
    {"s_of_0_is_eperm", NULL, zero},
    {"both_of_0_are_eperm", zero, zero},
    {"r_of_the_order_is_eperm", order, NULL},
    {"s_of_the_order_is_eperm", NULL, order},
    {"both_of_the_order_are_eperm", order, order},
    {"r_of_1_is_eperm", one, NULL},
    {"s_of_1_is_eperm", NULL, one},
    {"both_of_1_are_eperm", one, one},
    {"r_of_all_bits_is_eperm", most, NULL},
    {"s_of_all_bits_is_eperm", NULL, most},
    {"r_of_0_and_s_of_1_are_eperm", zero, one},
    {"r_of_the_order_and_s_of_1_are_eperm", order, one},
};

static void scalar_is_judged(void **state)
{
    const struct scalar_row *row = *state;
    struct payload_file file = signed_payload(&payload_simple, SIGNER_P256);

    host_keyring(RING(LIVEPATCH_VERIFY_SIGNATURE, SIGNER_P256));
    if (row->r) {
        memcpy(signature_in(&file), row->r, SCALAR);
    }
    if (row->s) {
        memcpy(signature_in(&file) + SCALAR, row->s, SCALAR);
    }
    finish_file(&file, -EPERM);
}

/* To who only computes these are 1 and 2. */
static void scalar_past_the_order_is_eperm(void **state)
{
    BIGNUM *n = BN_bin2bn(order, SCALAR, NULL), *sum = BN_new();

    (void)state;
    for (unsigned int i = 0; i < 2; i++) {
        struct payload_file file = signed_payload(&payload_simple, SIGNER_P256);
        uint8_t *at = signature_in(&file) + i * SCALAR;

        BN_set_word(sum, 1 + i);
        BN_add(sum, sum, n);
        BN_bn2binpad(sum, at, SCALAR);
        host_keyring(RING(LIVEPATCH_VERIFY_SIGNATURE, SIGNER_P256));
        finish_file(&file, -EPERM);
    }
    BN_free(sum);
    BN_free(n);
}

static void r_and_s_exchanged_are_eperm(void **state)
{
    struct payload_file file = signed_payload(&payload_simple, SIGNER_P256);
    uint8_t r[SCALAR];

    (void)state;
    host_keyring(RING(LIVEPATCH_VERIFY_SIGNATURE, SIGNER_P256));
    memcpy(r, signature_in(&file), SCALAR);
    memcpy(signature_in(&file), signature_in(&file) + SCALAR, SCALAR);
    memcpy(signature_in(&file) + SCALAR, r, SCALAR);
    finish_file(&file, -EPERM);
}

/* ECDSA itself has two signatures for one: s, and the order less s. */
static void order_less_s_loads(void **state)
{
    struct payload_file file = signed_payload(&payload_simple, SIGNER_P256);
    uint8_t *s = signature_in(&file) + SCALAR;
    BIGNUM *n = BN_bin2bn(order, SCALAR, NULL);
    BIGNUM *other = BN_bin2bn(s, SCALAR, NULL);

    (void)state;
    host_keyring(RING(LIVEPATCH_VERIFY_SIGNATURE, SIGNER_P256));
    BN_sub(other, n, other);
    BN_bn2binpad(other, s, SCALAR);
    BN_free(other);
    BN_free(n);
    finish_file(&file, 0);
}

int main(void)
{
    static struct host_tests tests;

    host_add_rows(&tests, scalars, scalar_is_judged);
    host_add(&tests, scalar_past_the_order_is_eperm);
    host_add(&tests, r_and_s_exchanged_are_eperm);
    host_add(&tests, order_less_s_loads);
    return host_run(&tests);
}
