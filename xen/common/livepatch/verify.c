// SPDX-License-Identifier: GPL-2.0
/*
 * The digest of the file, what it is compared with, and the policy. What is
 * built in (the keyring's floor) holds whatever the command line says: that
 * can only ask for more.
 *
 * livepatch_verify=none|digest|signature. Without it: signature if there is a
 * key, or else the floor.
 */
#include "verify.h"

#include <xen/cache.h>
#include <xen/errno.h>
#include <xen/init.h>
#include <xen/lib.h>
#include <xen/livepatch_keys.h>
#include <xen/string.h>

#include "log.h"
#include "signature.h"

#define ID_SHOWN_BYTES 8
#define NOT_ASKED (-1)

static const char *const policy_names[] = {
    [LIVEPATCH_VERIFY_NONE] = "none",
    [LIVEPATCH_VERIFY_DIGEST] = "digest",
    [LIVEPATCH_VERIFY_SIGNATURE] = "signature",
};

/* Of the command line. */
static int __ro_after_init asked = NOT_ASKED;

static int parse_policy(const char *value)
{
    for (unsigned int i = 0; i < ARRAY_SIZE(policy_names); i++) {
        if (!strcmp(value, policy_names[i])) {
            asked = i;
            return 0;
        }
    }
    return -EINVAL;
}
custom_param("livepatch_verify", parse_policy);

unsigned int livepatch_policy(void)
{
    const struct livepatch_keyring *ring = livepatch_keyring();
    const unsigned int usual =
        ring->nr ? LIVEPATCH_VERIFY_SIGNATURE : LIVEPATCH_VERIFY_NONE;

    return max(asked == NOT_ASKED ? usual : (unsigned int)asked, ring->floor);
}

const char *livepatch_policy_name(unsigned int policy)
{
    return policy_names[policy];
}

/* ---- a payload ---------------------------------------------------------- */

/* SHA-256 of the file without the signature's own bytes. */
static void digest_file(const struct lp_elf *elf,
                        const struct lp_signature *signature,
                        uint8_t digest[LIVEPATCH_DIGEST_BYTES])
{
    const uint8_t *behind = signature->bytes + signature->nr_bytes;
    const struct livepatch_piece pieces[] = {
        {elf->bytes, signature->bytes - elf->bytes},
        {NULL, signature->nr_bytes},
        {behind, elf->bytes + elf->size - behind},
    };

    livepatch_digest(pieces, ARRAY_SIZE(pieces), digest);
}

static int check_digest(const struct lp_elf *elf,
                        const struct lp_signature *signature,
                        const uint8_t digest[LIVEPATCH_DIGEST_BYTES])
{
    if (memcmp(signature->bytes, digest, LIVEPATCH_DIGEST_BYTES)) {
        lp_err(elf->payload,
               "the file is not what it was made as: its SHA-256 is %*ph, its "
               "note says %*ph",
               ID_SHOWN_BYTES, digest, ID_SHOWN_BYTES, signature->bytes);
        return -EBADMSG;
    }
    return 0;
}

static bool is_for(const struct livepatch_key *key,
                   const struct lp_signature *signature)
{
    return key->algorithm == signature->algorithm &&
           (key->algorithm != LIVEPATCH_SIGNED_RSA ||
            key->nr_number == signature->nr_bytes);
}

/* The key that made it, or NULL; *nr_tried: keys that could have. */
static const struct livepatch_key *
find_signer(const struct lp_signature *signature,
            const uint8_t digest[LIVEPATCH_DIGEST_BYTES],
            unsigned int *nr_tried)
{
    const struct livepatch_keyring *ring = livepatch_keyring();

    *nr_tried = 0;
    for (unsigned int i = 0; i < ring->nr; i++) {
        const struct livepatch_key *key = &ring->key[i];

        if (!is_for(key, signature)) {
            continue;
        }
        (*nr_tried)++;
        if (livepatch_is_signed_by(key, signature->bytes, signature->nr_bytes,
                                   digest)) {
            return key;
        }
    }
    return NULL;
}

static const char *algorithm_name(const struct lp_signature *signature)
{
    return signature->algorithm == LIVEPATCH_SIGNED_RSA ? "RSA" : "ECDSA P-256";
}

static int check_signer(const struct lp_elf *elf,
                        const struct lp_signature *signature,
                        const uint8_t digest[LIVEPATCH_DIGEST_BYTES],
                        struct lp_voucher *voucher)
{
    unsigned int nr_tried;

    voucher->key = find_signer(signature, digest, &nr_tried);
    if (voucher->key) {
        return 0;
    }
    if (livepatch_keyring()->is_incomplete) {
        lp_warn(elf->payload, "signed (%s) by a key that is not known here",
                algorithm_name(signature));
        return 0;
    }
    if (nr_tried == 0) {
        lp_err(elf->payload,
               "signed (%s, %u bits), and no key of that kind is built in",
               algorithm_name(signature), 8 * signature->nr_bytes);
        return -ESRCH;
    }
    lp_err(elf->payload,
           "signed (%s), but by none of the %u such keys that are built in, or "
           "changed since",
           algorithm_name(signature), nr_tried);
    return -EPERM;
}

/* There is nothing to check. */
static int check_unmarked(const struct lp_elf *elf)
{
    const unsigned int policy = livepatch_policy();

    if (policy != LIVEPATCH_VERIFY_NONE) {
        lp_err(elf->payload, "has no %s, and livepatch_verify=%s demands one",
               LIVEPATCH_SIGNATURE_SECTION, policy_names[policy]);
        return -EPERM;
    }
    return 0;
}

static int check_marked(const struct lp_elf *elf,
                        const struct lp_signature *signature,
                        struct lp_voucher *voucher)
{
    uint8_t digest[LIVEPATCH_DIGEST_BYTES];
    int rc;

    digest_file(elf, signature, digest);
    if (signature->algorithm != LIVEPATCH_SIGNED_NOT) {
        return check_signer(elf, signature, digest, voucher);
    }
    rc = check_digest(elf, signature, digest);
    if (rc == 0 && livepatch_policy() == LIVEPATCH_VERIFY_SIGNATURE) {
        lp_err(elf->payload,
               "signed by nobody, and livepatch_verify=signature demands that");
        rc = -EPERM;
    }
    return rc;
}

int lp_verify(const struct lp_elf *elf, struct lp_voucher *voucher)
{
    struct lp_signature signature;
    const int rc = lp_signature_find(elf, &signature);

    if (rc) {
        return rc;
    }
    *voucher = (struct lp_voucher){.is_marked = signature.bytes};
    if (!signature.bytes) {
        return check_unmarked(elf);
    }
    return check_marked(elf, &signature, voucher);
}

const char *lp_verify_words(const struct lp_voucher *voucher)
{
    if (voucher->key) {
        return "signed by key ";
    }
    return voucher->is_marked ? "with its digest"
                              : "neither signed nor with a digest";
}
