// SPDX-License-Identifier: GPL-2.0
/*
 * PEM, then DER, then the numbers, each by BearSSL, which keeps a key that is
 * read in its decoder: that is the key, and is cleared when it is freed.
 */
#include "lib/signing_key.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <bearssl/bearssl_ec.h>
#include <bearssl/bearssl_hash.h>
#include <bearssl/bearssl_pem.h>
#include <bearssl/bearssl_rsa.h>
#include <bearssl/bearssl_x509.h>

#define KEY_FILE_BYTES_MAX 65536U
#define SCALAR_BYTES 32U
#define NAME_BYTES 128U /* of an object in PEM */

struct signing_key {
    br_skey_decoder_context decoder;
    br_ec_private_key ec;
};

/* All of a small file; a byte more than `room` shows one that is larger. */
static int read_small(const char *path, unsigned char *bytes, size_t room,
                      size_t *nr, FILE *err)
{
    FILE *file = fopen(path, "re");
    int rc = 0;

    if (!file) {
        rc = -errno;
        fprintf(err, "Could not open %s.\nError %d: %s\n", path, -rc,
                strerror(-rc));
        return rc;
    }
    *nr = fread(bytes, 1, room, file);
    if (ferror(file)) {
        rc = -EIO;
        fprintf(err, "%s: cannot be read.\n", path);
    } else if (*nr == room) {
        rc = -EINVAL;
        fprintf(err,
                "%s: has %zu bytes or more: neither a key nor a "
                "signature.\n",
                path, room);
    }
    fclose(file);
    return rc;
}

/* ---- a key --------------------------------------------------------------- */

static void push_der(void *arg, const void *bytes, size_t nr)
{
    br_skey_decoder_push(arg, bytes, nr);
}

static bool is_key_name(const char *name)
{
    return !strcmp(name, "PRIVATE KEY") || !strcmp(name, "RSA PRIVATE KEY") ||
           !strcmp(name, "EC PRIVATE KEY");
}

/* True when there was a key among the PEM's objects; *name of the last. */
static bool decode_pem(const unsigned char *pem, size_t nr,
                       br_skey_decoder_context *decoder, char name[NAME_BYTES])
{
    br_pem_decoder_context context;
    bool is_in_key = false;

    br_pem_decoder_init(&context);
    name[0] = '\0';
    while (nr) {
        size_t taken = br_pem_decoder_push(&context, pem, nr);
        int event = br_pem_decoder_event(&context);

        pem += taken;
        nr -= taken;
        if (event == BR_PEM_BEGIN_OBJ) {
            snprintf(name, NAME_BYTES, "%s", br_pem_decoder_name(&context));
            is_in_key = is_key_name(name);
            br_pem_decoder_setdest(&context, is_in_key ? push_der : NULL,
                                   decoder);
        } else if (event == BR_PEM_END_OBJ && is_in_key) {
            return true;
        } else if (event == BR_PEM_ERROR || (!event && !taken)) {
            return false;
        }
    }
    return false;
}

static int check_kind(const char *path, struct signing_key *key, FILE *err)
{
    const br_rsa_private_key *rsa = br_skey_decoder_get_rsa(&key->decoder);
    const br_ec_private_key *ec = br_skey_decoder_get_ec(&key->decoder);

    if (rsa && (rsa->n_bitlen == 2048 || rsa->n_bitlen == 3072 ||
                rsa->n_bitlen == 4096)) {
        return 0;
    }
    if (ec && ec->curve == BR_EC_secp256r1 && ec->xlen <= SCALAR_BYTES) {
        return 0;
    }
    if (rsa) {
        fprintf(err,
                "%s: an RSA key of %u bits; 2048, 3072 or 4096 sign "
                "payloads.\n",
                path, (unsigned int)rsa->n_bitlen);
    } else {
        fprintf(err, "%s: neither an RSA key nor one on the curve P-256.\n",
                path);
    }
    return -EINVAL;
}

static int decode_key(const char *path, const unsigned char *pem, size_t nr,
                      struct signing_key *key, FILE *err)
{
    char name[NAME_BYTES];
    bool is_found;

    br_skey_decoder_init(&key->decoder);
    is_found = decode_pem(pem, nr, &key->decoder, name);
    if (!is_found && strstr(name, "ENCRYPTED")) {
        fprintf(err,
                "%s: the key is encrypted. Sign by openssl, in two steps: "
                "see sign --digest.\n",
                path);
        return -EINVAL;
    }
    if (!is_found || br_skey_decoder_last_error(&key->decoder)) {
        fprintf(err, "%s: %s, expected a private key in PEM.\n", path,
                name[0] ? name : "not PEM");
        return -EINVAL;
    }
    return check_kind(path, key, err);
}

int signing_key_read(const char *path, struct signing_key **key, FILE *err)
{
    unsigned char *pem = malloc(KEY_FILE_BYTES_MAX);
    struct signing_key *made = calloc(1, sizeof(*made));
    size_t nr = 0;
    int rc = -ENOMEM;

    if (pem && made) {
        rc = read_small(path, pem, KEY_FILE_BYTES_MAX, &nr, err);
    } else {
        fprintf(err, "%s: no memory for a key.\n", path);
    }
    if (!rc) {
        rc = decode_key(path, pem, nr, made, err);
    }
    if (pem) {
        explicit_bzero(pem, KEY_FILE_BYTES_MAX);
    }
    free(pem);
    if (rc) {
        signing_key_free(made);
        return rc;
    }
    *key = made;
    return 0;
}

void signing_key_free(struct signing_key *key)
{
    if (key) {
        explicit_bzero(key, sizeof(*key));
    }
    free(key);
}

uint8_t signing_key_algorithm(const struct signing_key *key)
{
    return br_skey_decoder_get_rsa(&key->decoder) ? LIVEPATCH_SIGNED_RSA
                                                  : LIVEPATCH_SIGNED_P256;
}

size_t signing_key_bytes(const struct signing_key *key)
{
    const br_rsa_private_key *rsa = br_skey_decoder_get_rsa(&key->decoder);

    return rsa ? rsa->n_bitlen / 8 : 2U * SCALAR_BYTES;
}

int signing_key_sign(const struct signing_key *key,
                     const uint8_t digest[LIVEPATCH_DIGEST_BYTES],
                     uint8_t *signature)
{
    const br_rsa_private_key *rsa = br_skey_decoder_get_rsa(&key->decoder);
    const br_ec_private_key *ec = br_skey_decoder_get_ec(&key->decoder);

    if (rsa) {
        return br_rsa_i62_pkcs1_sign(BR_HASH_OID_SHA256, digest,
                                     LIVEPATCH_DIGEST_BYTES, rsa, signature)
                   ? 0
                   : -EINVAL;
    }
    return br_ecdsa_i31_sign_raw(&br_ec_p256_m31, &br_sha256_vtable, digest, ec,
                                 signature)
               ? 0
               : -EINVAL;
}

/* ---- a signature that was made elsewhere --------------------------------- */

/* An INTEGER in DER of at most 32 bytes, at the end of `to`; where it ends, or
 * NULL. */
static const unsigned char *take_integer(const unsigned char *at,
                                         const unsigned char *end, uint8_t *to)
{
    size_t nr;

    if (end - at < 2 || at[0] != 0x02 || at[1] == 0 || at[1] > end - at - 2) {
        return NULL;
    }
    nr = at[1];
    at += 2;
    if (nr == SCALAR_BYTES + 1 && at[0] == 0) {
        at++;
        nr--;
    }
    if (nr > SCALAR_BYTES) {
        return NULL;
    }
    memset(to, 0, SCALAR_BYTES - nr);
    memcpy(to + SCALAR_BYTES - nr, at, nr);
    return at + nr;
}

/* SEQUENCE { r INTEGER, s INTEGER }, which has no length of over 127 bytes. */
static bool take_der(const unsigned char *der, size_t nr, uint8_t *raw)
{
    const unsigned char *end = der + nr;
    const unsigned char *at;

    if (nr < 2 || der[0] != 0x30 || der[1] != nr - 2) {
        return false;
    }
    at = take_integer(der + 2, end, raw);
    at = at ? take_integer(at, end, raw + SCALAR_BYTES) : NULL;
    return at == end;
}

int detached_signature_read(const char *path,
                            struct detached_signature *signature, FILE *err)
{
    unsigned char bytes[LIVEPATCH_SIGNATURE_MOST_BYTES + 1];
    struct detached_signature found = {.algorithm = LIVEPATCH_SIGNED_P256,
                                       .nr_bytes = 2U * SCALAR_BYTES};
    size_t nr = 0;
    int rc = read_small(path, bytes, sizeof(bytes), &nr, err);

    if (rc) {
        return rc;
    }
    if (nr == 256 || nr == 384 || nr == 512) {
        found.algorithm = LIVEPATCH_SIGNED_RSA;
        found.nr_bytes = nr;
        memcpy(found.bytes, bytes, nr);
    } else if (nr == found.nr_bytes && !take_der(bytes, nr, found.bytes)) {
        memcpy(found.bytes, bytes, nr);
    } else if (!take_der(bytes, nr, found.bytes)) {
        fprintf(err,
                "%s: %zu bytes are no signature by RSA (256, 384 or 512 "
                "bytes) or ECDSA P-256 (64 bytes, or DER).\n",
                path, nr);
        return -EINVAL;
    }
    *signature = found;
    return 0;
}
