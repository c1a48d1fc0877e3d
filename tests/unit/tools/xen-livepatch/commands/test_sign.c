/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verb sign: notes with digests and signatures, which openssl makes or
 * checks; keys and signatures that are none. What the loader says of the signed
 * file is asked of verify.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "fake/fake_hypervisor.h"
#include "fake/run_command.h"
#include "fake/sample_elf.h"
#include "lib/payload_signature.h"

#define MOST_BYTES 65536

/* Once for all tests: keys of each kind, by openssl. */
static int make_keys(void **state)
{
    static const char script[] =
        "for bits in 1024 2048 3072 4096; do"
        "  openssl genrsa -out rsa$bits.key $bits;"
        "  openssl pkey -in rsa$bits.key -pubout -out rsa$bits.pem;"
        " done;"
        "openssl rsa -in rsa2048.key -traditional -out old_rsa.key;"
        "openssl ecparam -genkey -name prime256v1 -out old_p256.key;"
        "openssl pkcs8 -topk8 -nocrypt -in old_p256.key -out p256.key;"
        "openssl pkey -in p256.key -pubout -out p256.pem;"
        "openssl pkcs8 -topk8 -in p256.key -passout pass:x -out locked.key;"
        "openssl ecparam -genkey -name secp384r1 -noout -out p384.key;"
        "openssl genpkey -algorithm ed25519 -out ed25519.key";
    char command[sizeof(script) + 64];

    if (enter_scratch_folder(state)) {
        return -1;
    }
    snprintf(command, sizeof(command), "{ %s; } >/dev/null 2>&1", script);
    return system(command);
}

static int start_sample(void **state)
{
    struct sample_elf payload;
    int rc = start_fake(state);

    sample_payload_make(&payload);
    sample_write(&payload, "fix1.livepatch");
    return rc;
}

static size_t read_back(const char *path, unsigned char *bytes)
{
    FILE *file = fopen(path, "r");
    size_t nr;

    assert_non_null(file);
    nr = fread(bytes, 1, MOST_BYTES, file);
    fclose(file);
    return nr;
}

static struct payload_signature signature_of(const char *path)
{
    static unsigned char bytes[MOST_BYTES];
    struct elf_file elf;
    size_t nr = read_back(path, bytes);

    assert_int_equal(elf_file_open(path, bytes, nr, &elf, stderr), 0);
    return payload_signature_of(&elf);
}

/* What upstream's rule says is signed: `plain` is the file with zeros in the
 * place of the signature, which goes to `detached`. */
static void take_apart(const char *path)
{
    static unsigned char bytes[MOST_BYTES];
    struct payload_signature signature = signature_of(path);
    size_t nr = read_back(path, bytes);

    write_file("detached", bytes + signature.at, signature.nr_bytes);
    memset(bytes + signature.at, 0, signature.nr_bytes);
    write_file("plain", bytes, nr);
}

/* ---- what is made -------------------------------------------------------- */

static void file_gets_its_digest(void **state)
{
    (void)state;
    assert_int_equal(run_command("sign", "fix1.livepatch", NULL)->outcome, 0);
    assert_int_equal(signature_of("fix1.livepatch").algorithm,
                     LIVEPATCH_SIGNED_NOT);
    take_apart("fix1.livepatch");
    assert_int_equal(
        system("openssl dgst -sha256 -binary plain | cmp - detached"), 0);
    assert_contains(run_command("info", "fix1.livepatch", NULL)->out,
                    "signature:      digest, 32 bytes, not checked here\n");
}

struct key_row {
    const char *name;
    const char *key, *public;
    uint8_t algorithm;
    size_t nr_bytes;
};

static const struct key_row keys[] = {
    {"rsa_of_2048_bits_signs", "rsa2048.key", "rsa2048.pem",
     LIVEPATCH_SIGNED_RSA, 256},
    {"rsa_of_3072_bits_signs", "rsa3072.key", "rsa3072.pem",
     LIVEPATCH_SIGNED_RSA, 384},
    {"rsa_of_4096_bits_signs", "rsa4096.key", "rsa4096.pem",
     LIVEPATCH_SIGNED_RSA, 512},
    {"rsa_in_its_older_form_signs", "old_rsa.key", "rsa2048.pem",
     LIVEPATCH_SIGNED_RSA, 256},
    {"p256_signs", "p256.key", "p256.pem", LIVEPATCH_SIGNED_P256, 64},
    {"p256_in_its_older_form_signs", "old_p256.key", "p256.pem",
     LIVEPATCH_SIGNED_P256, 64},
};

/* r and s become DER, for openssl. */
static void write_der(void)
{
    assert_int_equal(
        system("r=$(od -A n -v -t x1 -N 32 detached | tr -d ' \\n');"
               "s=$(od -A n -v -t x1 -j 32 detached | tr -d ' \\n');"
               "printf 'asn1=SEQUENCE:n\\n[n]\\nr=INTEGER:0x%s\\n"
               "s=INTEGER:0x%s\\n' $r $s >numbers;"
               "openssl asn1parse -genconf numbers -noout -out detached"),
        0);
}

static void key_signs(void **state)
{
    const struct key_row *row = *state;
    struct payload_signature signature;
    char check[256];

    start_sample(state);
    assert_int_equal(run_command("sign", "fix1.livepatch", "--key", row->key,
                                 "--output", "signed.livepatch", NULL)
                         ->outcome,
                     0);
    signature = signature_of("signed.livepatch");
    assert_int_equal(signature.algorithm, row->algorithm);
    assert_int_equal(signature.nr_bytes, row->nr_bytes);
    assert_int_equal(signature_of("fix1.livepatch").nr_bytes, 0);
    take_apart("signed.livepatch");
    if (row->algorithm == LIVEPATCH_SIGNED_P256) {
        write_der();
    }
    snprintf(check, sizeof(check),
             "openssl dgst -sha256 -verify %s -signature detached plain "
             ">/dev/null",
             row->public);
    assert_int_equal(system(check), 0);
}

/* ---- in two steps -------------------------------------------------------- */

static void sign_elsewhere(const char *kind, const char *key)
{
    const struct run *run =
        run_command("sign", "fix1.livepatch", "--digest", kind, NULL);
    char command[256];

    assert_int_equal(run->outcome, 0);
    assert_int_equal(strlen(run->out), 65);
    write_file("digest", run->out, 64);
    snprintf(command, sizeof(command),
             "tr a-f A-F <digest | basenc --base16 -d | openssl pkeyutl -sign "
             "-inkey %s -pkeyopt digest:sha256 -out elsewhere",
             key);
    assert_int_equal(system(command), 0);
}

static void rsa_signs_in_two_steps_as_in_one(void **state)
{
    (void)state;
    sign_elsewhere("rsa3072", "rsa3072.key");
    run_command("sign", "fix1.livepatch", "--key", "rsa3072.key", "--output",
                "one.livepatch", NULL);
    assert_int_equal(run_command("sign", "fix1.livepatch", "--signature",
                                 "elsewhere", "--output", "two.livepatch", NULL)
                         ->outcome,
                     0);
    assert_int_equal(system("cmp one.livepatch two.livepatch"), 0);
}

static void p256_signs_in_two_steps(void **state)
{
    (void)state;
    sign_elsewhere("p256", "p256.key");
    run_command("sign", "fix1.livepatch", "--signature", "elsewhere", NULL);
    take_apart("fix1.livepatch");
    write_der();
    assert_int_equal(system("openssl dgst -sha256 -verify p256.pem -signature "
                            "detached plain >/dev/null"),
                     0);
}

/* ---- again, and not at all ----------------------------------------------- */

static void note_that_is_there_is_exchanged(void **state)
{
    struct stat once, again;

    (void)state;
    run_command("sign", "fix1.livepatch", "--key", "rsa2048.key", NULL);
    stat("fix1.livepatch", &once);
    run_command("sign", "fix1.livepatch", NULL);
    assert_int_equal(signature_of("fix1.livepatch").algorithm,
                     LIVEPATCH_SIGNED_NOT);
    take_apart("fix1.livepatch");
    assert_int_equal(
        system("openssl dgst -sha256 -binary plain | cmp - detached"), 0);
    run_command("sign", "fix1.livepatch", "--key", "rsa4096.key", NULL);
    assert_int_equal(signature_of("fix1.livepatch").nr_bytes, 512);
    take_apart("fix1.livepatch");
    assert_int_equal(system("openssl dgst -sha256 -verify rsa4096.pem "
                            "-signature detached plain >/dev/null"),
                     0);
    stat("fix1.livepatch", &again);
    assert_true(again.st_size > once.st_size);
}

static void dry_run_writes_nothing(void **state)
{
    (void)state;
    assert_contains(
        run_command("sign", "fix1.livepatch", "--dry-run", NULL)->out,
        "not written");
    assert_int_equal(signature_of("fix1.livepatch").nr_bytes, 0);
}

static void damaged_file_is_found_by_verify(void **state)
{
    static unsigned char bytes[MOST_BYTES];
    size_t nr;

    (void)state;
    run_command("sign", "fix1.livepatch", NULL);
    fake_fail_open(-ENOENT);
    assert_lacks(run_command("verify", "fix1.livepatch", NULL)->out, "SHA-256");
    nr = read_back("fix1.livepatch", bytes);
    bytes[nr / 2] ^= 1;
    write_file("fix1.livepatch", bytes, nr);
    fake_fail_open(-ENOENT);
    assert_contains(run_command("verify", "fix1.livepatch", NULL)->out,
                    "fix1.livepatch: EBADMSG: the file is not what it was made "
                    "as: its SHA-256 is ");
}

/* Who has the key is not known here: what is left is checked. */
static void signature_is_not_checked_by_verify(void **state)
{
    const struct run *run;

    (void)state;
    run_command("sign", "fix1.livepatch", "--key", "p256.key", NULL);
    fake_fail_open(-ENOENT);
    run = run_command("verify", "fix1.livepatch", NULL);
    assert_contains(run->out,
                    "fix1.livepatch: not checked: signed (ECDSA P-256) by a "
                    "key that is not known here\n");
    assert_int_equal(run->outcome, 15);
}

/* ---- what is refused ----------------------------------------------------- */

struct refused_row {
    const char *name;
    const char *option, *value;
    int outcome;
    const char *says;
};

static const struct refused_row refused[] = {
    {"key_that_is_not_there", "--key", "absent.key", 5, "absent.key"},
    {"key_of_another_kind", "--key", "ed25519.key", 5, "ed25519.key"},
    {"key_of_another_curve", "--key", "p384.key", 5, "curve P-256"},
    {"key_that_is_too_short", "--key", "rsa1024.key", 5, "RSA key of 1024"},
    {"key_that_is_encrypted", "--key", "locked.key", 5, "is encrypted"},
    {"public_key", "--key", "rsa2048.pem", 5, "PUBLIC KEY, expected a private"},
    {"key_that_is_no_pem", "--key", "fix1.livepatch", 5, "not PEM"},
    {"signature_that_is_none", "--signature", "p256.pem", 5,
     "are no signature by RSA"},
    {"digest_of_an_unknown_kind", "--digest", "rsa1024", 3,
     "'rsa1024' is none of rsa2048, rsa3072, rsa4096, p256"},
};

static void is_refused(void **state)
{
    const struct refused_row *row = *state;
    const struct run *run;

    start_sample(state);
    run = run_command("sign", "fix1.livepatch", row->option, row->value, NULL);
    assert_int_equal(run->outcome, row->outcome);
    assert_contains(run->err, row->says);
    assert_int_equal(signature_of("fix1.livepatch").nr_bytes, 0);
}

static void two_ways_at_once_are_refused(void **state)
{
    const struct run *run = run_command("sign", "fix1.livepatch", "--key",
                                        "p256.key", "--digest", "p256", NULL);

    (void)state;
    assert_int_equal(run->outcome, 3);
    assert_contains(run->err, "one of them");
}

#define NR_ROWS(rows) (sizeof(rows) / sizeof((rows)[0]))

int main(void)
{
    static struct CMUnitTest tests[64];
    size_t nr = 0;

#define ADD(fn)                                                                \
    tests[nr++] = (struct CMUnitTest){#fn, fn, start_sample, finish_fake, NULL}
    ADD(file_gets_its_digest);
    ADD(rsa_signs_in_two_steps_as_in_one);
    ADD(p256_signs_in_two_steps);
    ADD(note_that_is_there_is_exchanged);
    ADD(dry_run_writes_nothing);
    ADD(damaged_file_is_found_by_verify);
    ADD(signature_is_not_checked_by_verify);
    ADD(two_ways_at_once_are_refused);
    for (size_t i = 0; i < NR_ROWS(keys); i++) {
        tests[nr++] = (struct CMUnitTest){keys[i].name, key_signs, NULL,
                                          finish_fake, (void *)&keys[i]};
    }
    for (size_t i = 0; i < NR_ROWS(refused); i++) {
        tests[nr++] = (struct CMUnitTest){refused[i].name, is_refused, NULL,
                                          finish_fake, (void *)&refused[i]};
    }
    return _cmocka_run_group_tests("sign", tests, nr, make_keys,
                                   leave_scratch_folder);
}
