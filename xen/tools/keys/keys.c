// SPDX-License-Identifier: GPL-2.0
/*
 * Unpacks public keys for the hypervisor, which reads no PEM and no DER. Takes
 * what is to be asked of payloads at least (none, digest, signature) and files
 * with a public key in PEM each, gives C source for livepatch_keyring() of
 * <xen/livepatch_keys.h> on standard output. Takes RSA keys of 2,048, 3,072 and
 * 4,096 bits with an exponent of at most 64 bits, and ECDSA keys on P-256.
 *
 * usage: keys FLOOR [PEM...]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
#include <openssl/x509.h>

#define MOST_NUMBER_BYTES 512
#define MOST_EXPONENT_BYTES 8
#define POINT_BYTES 65

static void __attribute__((noreturn)) fail(const char *path, const char *why)
{
    fprintf(stderr, "keys: %s: %s\n", path, why);
    exit(1);
}

static void print_bytes(const char *field, const unsigned char *bytes, int nr)
{
    printf("         .%s = {", field);
    for (int i = 0; i < nr; i++) {
        printf("%s0x%02x,", i % 12 ? " " : "\n             ", bytes[i]);
    }
    printf("},\n");
}

static EVP_PKEY *read_key(const char *path)
{
    FILE *file = fopen(path, "r");
    EVP_PKEY *key;

    if (!file) {
        fail(path, "cannot be read");
    }
    key = PEM_read_PUBKEY(file, NULL, NULL, NULL);
    fclose(file);
    if (!key) {
        fail(path, "holds no public key in PEM; of a private key, 'openssl "
                   "pkey -in PRIVATE -pubout' makes one");
    }
    return key;
}

/* How `openssl pkey -pubin -outform DER | sha256sum` tells it. */
static void print_id(const char *path, EVP_PKEY *key)
{
    unsigned char *der = NULL;
    unsigned char id[SHA256_DIGEST_LENGTH];
    const int nr = i2d_PUBKEY(key, &der);

    if (nr <= 0) {
        fail(path, "cannot be written as DER");
    }
    SHA256(der, (size_t)nr, id);
    OPENSSL_free(der);
    printf("         .id = \"");
    for (size_t i = 0; i < sizeof(id); i++) {
        printf("%02x", id[i]);
    }
    printf("\",\n");
}

static void print_number(const char *path, EVP_PKEY *key, const char *which,
                         const char *field, int most)
{
    unsigned char bytes[MOST_NUMBER_BYTES];
    BIGNUM *number = NULL;
    int nr;

    if (!EVP_PKEY_get_bn_param(key, which, &number) ||
        BN_num_bytes(number) > most) {
        fail(path, "a key with such numbers is not supported");
    }
    nr = BN_bn2bin(number, bytes);
    BN_free(number);
    printf("         .nr_%s = %d,\n", field, nr);
    print_bytes(field, bytes, nr);
}

static void print_rsa(const char *path, EVP_PKEY *key)
{
    const int bits = EVP_PKEY_get_bits(key);

    if (bits != 2048 && bits != 3072 && bits != 4096) {
        fail(path, "an RSA key has 2,048, 3,072 or 4,096 bits");
    }
    printf("        {.algorithm = LIVEPATCH_SIGNED_RSA,\n");
    print_id(path, key);
    print_number(path, key, OSSL_PKEY_PARAM_RSA_E, "exponent",
                 MOST_EXPONENT_BYTES);
    print_number(path, key, OSSL_PKEY_PARAM_RSA_N, "number", MOST_NUMBER_BYTES);
}

static void print_p256(const char *path, EVP_PKEY *key)
{
    unsigned char point[POINT_BYTES];
    char curve[64];
    size_t nr;

    if (!EVP_PKEY_get_group_name(key, curve, sizeof(curve), &nr) ||
        strcmp(curve, "prime256v1")) {
        fail(path, "of elliptic curves only P-256 (prime256v1) is supported");
    }
    /* Whatever form it has in the file. */
    if (!EVP_PKEY_set_utf8_string_param(
            key, OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT, "uncompressed") ||
        !EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, point,
                                         sizeof(point), &nr) ||
        nr != sizeof(point)) {
        fail(path, "its point cannot be written");
    }
    printf("        {.algorithm = LIVEPATCH_SIGNED_P256,\n");
    print_id(path, key);
    printf("         .nr_number = %d,\n", POINT_BYTES);
    print_bytes("number", point, POINT_BYTES);
}

static void print_key(const char *path)
{
    EVP_PKEY *key = read_key(path);

    if (EVP_PKEY_is_a(key, "RSA")) {
        print_rsa(path, key);
    } else if (EVP_PKEY_is_a(key, "EC")) {
        print_p256(path, key);
    } else {
        fail(path, "neither an RSA key nor one on an elliptic curve");
    }
    printf("        },\n");
    EVP_PKEY_free(key);
}

static const char *floor_name(const char *text)
{
    if (!strcmp(text, "none")) {
        return "LIVEPATCH_VERIFY_NONE";
    }
    if (!strcmp(text, "digest")) {
        return "LIVEPATCH_VERIFY_DIGEST";
    }
    if (!strcmp(text, "signature")) {
        return "LIVEPATCH_VERIFY_SIGNATURE";
    }
    fail(text, "LIVEPATCH_VERIFY is none, digest or signature");
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: keys FLOOR [PEM...]\n");
        return 2;
    }
    printf("// SPDX-License-Identifier: GPL-2.0\n"
           "/* Made by xen/tools/keys. */\n"
           "#include <xen/compiler.h>\n"
           "#include <xen/livepatch_keys.h>\n\n"
           "/* Beside the code that reads it, where nobody can write. */\n"
           "static const struct livepatch_keyring\n"
           "    __section(\".livepatch_keys\") ring = {\n"
           "    .nr = %d,\n"
           "    .floor = %s,\n"
           "    .key = {\n",
           argc - 2, floor_name(argv[1]));
    for (int i = 2; i < argc; i++) {
        print_key(argv[i]);
    }
    printf("    },\n"
           "};\n\n"
           "const struct livepatch_keyring *livepatch_keyring(void)\n"
           "{\n"
           "    return &ring;\n"
           "}\n");
    return ferror(stdout) || fflush(stdout) ? 1 : 0;
}
