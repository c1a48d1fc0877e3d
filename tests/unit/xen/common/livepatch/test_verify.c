// SPDX-License-Identifier: GPL-2.0
/*
 * What is asked of a payload's file before it is looked at: notes, policies,
 * keys. OpenSSL signs, the loader checks.
 */
#include "steps.h"

#include <stdio.h>

#include "host/boot_option.h"
#include "signing.h"

#define NONE LIVEPATCH_VERIFY_NONE
#define DIGEST LIVEPATCH_VERIFY_DIGEST
#define SIGNATURE LIVEPATCH_VERIFY_SIGNATURE

/* ---- who signed, and what is asked --------------------------------------- */

static void ask(unsigned int policy)
{
    static const char *const values[] = {"none", "digest", "signature"};

    assert_int_equal(host_boot_option("livepatch_verify", values[policy]), 0);
}

/* What comes of a payload of this signer. */
static int try_signed(enum signer signer)
{
    struct payload_file file = signed_payload(&payload_simple, signer);
    const int rc = try_load(&file, "fix");

    if (rc == 0) {
        must_unload(find_payload("fix"));
    }
    payload_file_free(&file);
    return rc;
}

struct signer_row {
    const char *name;
    enum signer signer;
    unsigned int policy;
    enum signer believed[4];
    int rc;
    const char *says;
};

#define NO_KEYS                                                                \
    {                                                                          \
        SIGNER_NR                                                              \
    }
#define KEYS(...)                                                              \
    {                                                                          \
        __VA_ARGS__, SIGNER_NR                                                 \
    }

static const struct signer_row signers[] = {
    {"rsa_2048_loads", SIGNER_RSA_2048, SIGNATURE, KEYS(SIGNER_RSA_2048), 0,
     "; signed by key 00000000000000000000000000000000000000000000"
     "00000000000000000001"},
    {"rsa_3072_loads", SIGNER_RSA_3072, SIGNATURE, KEYS(SIGNER_RSA_3072), 0,
     "; signed by key 0"},
    {"rsa_4096_loads", SIGNER_RSA_4096, SIGNATURE, KEYS(SIGNER_RSA_4096), 0,
     "; signed by key 0"},
    {"rsa_with_exponent_3_loads", SIGNER_RSA_E3, SIGNATURE, KEYS(SIGNER_RSA_E3),
     0, "; signed by key 0"},
    {"p256_loads", SIGNER_P256, SIGNATURE, KEYS(SIGNER_P256), 0,
     "; signed by key 0"},
    {"signed_loads_where_a_digest_is_asked", SIGNER_P256, DIGEST,
     KEYS(SIGNER_P256), 0, "; signed by key 0"},
    {"the_key_that_made_it_is_found_among_others", SIGNER_RSA_2048_OTHER,
     SIGNATURE, KEYS(SIGNER_P256, SIGNER_RSA_2048, SIGNER_RSA_2048_OTHER), 0,
     "0000000004"},

    {"other_rsa_key_is_eperm", SIGNER_RSA_2048_OTHER, SIGNATURE,
     KEYS(SIGNER_RSA_2048), -EPERM,
     "fix: signed (RSA), but by none of the 1 such keys"},
    {"other_p256_key_is_eperm", SIGNER_P256_OTHER, SIGNATURE,
     KEYS(SIGNER_P256, SIGNER_RSA_2048), -EPERM,
     "fix: signed (ECDSA P-256), but by none of the 1 such keys"},
    {"other_key_is_eperm_where_nothing_is_asked", SIGNER_RSA_2048_OTHER, NONE,
     KEYS(SIGNER_RSA_2048), -EPERM, "by none of the 1"},
    {"rsa_of_a_size_without_key_is_esrch", SIGNER_RSA_3072, SIGNATURE,
     KEYS(SIGNER_RSA_2048, SIGNER_RSA_4096, SIGNER_P256), -ESRCH,
     "signed (RSA, 3072 bits), and no key of that kind is built in"},
    {"p256_without_key_is_esrch", SIGNER_P256, SIGNATURE, KEYS(SIGNER_RSA_2048),
     -ESRCH, "no key of that kind is built in"},
    {"signed_where_there_is_no_key_is_esrch", SIGNER_RSA_2048, NONE, NO_KEYS,
     -ESRCH, "no key of that kind is built in"},

    {"digest_loads_where_nothing_is_asked", SIGNER_NOBODY, NONE,
     KEYS(SIGNER_P256), 0, "; with its digest"},
    {"digest_loads_where_it_is_asked", SIGNER_NOBODY, DIGEST, NO_KEYS, 0,
     "fix: loaded"},
    {"digest_is_eperm_where_a_signature_is_asked", SIGNER_NOBODY, SIGNATURE,
     KEYS(SIGNER_P256), -EPERM,
     "signed by nobody, and livepatch_verify=signature demands that"},
};

static void signer_is_judged(void **state)
{
    const struct signer_row *row = *state;

    host_keyring(signer_ring(NONE, row->believed));
    ask(row->policy);
    assert_int_equal(try_signed(row->signer), row->rc);
    assert_logged(row->says);
    assert_int_equal(host_log_errors(), row->rc ? 1 : 0);
}

struct unmarked_row {
    const char *name;
    unsigned int asked, floor;
    int rc;
    const char *says;
};

static const struct unmarked_row unmarked[] = {
    {"unmarked_loads_where_nothing_is_asked", NONE, NONE, 0,
     "; neither signed nor with a digest"},
    {"unmarked_is_eperm_where_a_digest_is_asked", DIGEST, NONE, -EPERM,
     "fix: has no .note.Xen.signature, and livepatch_verify=digest demands"},
    {"unmarked_is_eperm_where_a_signature_is_asked", SIGNATURE, NONE, -EPERM,
     "livepatch_verify=signature demands one"},
    {"command_line_does_not_go_below_digest", NONE, DIGEST, -EPERM,
     "livepatch_verify=digest demands one"},
    {"command_line_does_not_go_below_signature", DIGEST, SIGNATURE, -EPERM,
     "livepatch_verify=signature demands one"},
    {"command_line_goes_above_what_is_built_in", SIGNATURE, DIGEST, -EPERM,
     "livepatch_verify=signature demands one"},
};

static void unmarked_is_judged(void **state)
{
    const struct unmarked_row *row = *state;
    struct payload_file file = payload_make(&payload_simple);

    host_keyring(RING(row->floor, SIGNER_P256));
    ask(row->asked);
    assert_int_equal(try_load(&file, "fix"), row->rc);
    assert_logged(row->says);
    if (row->rc == 0) {
        must_unload(find_payload("fix"));
    }
    payload_file_free(&file);
}

static void other_words_are_no_policy(void **state)
{
    static const char *const words[] = {"", "non", "nones", "Digest", "1"};

    (void)state;
    ask(DIGEST);
    for (unsigned int i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        assert_int_equal(host_boot_option("livepatch_verify", words[i]),
                         -EINVAL);
    }
    assert_int_equal(livepatch_policy(), DIGEST);
}

/* The old hypervisor believes A, the next one A and B, the last one B alone. */
static void keys_rotate_over_three_hypervisors(void **state)
{
    (void)state;
    ask(SIGNATURE);
    host_keyring(RING(SIGNATURE, SIGNER_P256));
    assert_int_equal(try_signed(SIGNER_P256), 0);
    assert_int_equal(try_signed(SIGNER_RSA_2048), -ESRCH);
    host_keyring(RING(SIGNATURE, SIGNER_P256, SIGNER_RSA_2048));
    assert_int_equal(try_signed(SIGNER_P256), 0);
    assert_int_equal(try_signed(SIGNER_RSA_2048), 0);
    host_keyring(RING(SIGNATURE, SIGNER_RSA_2048));
    assert_int_equal(try_signed(SIGNER_P256), -ESRCH);
    assert_int_equal(try_signed(SIGNER_RSA_2048), 0);
}

/* What cannot be judged here is left to whom it is for. */
static void
signature_of_an_unknown_key_is_taken_by_who_does_not_know_all(void **state)
{
    struct livepatch_keyring ring = {.is_incomplete = true};

    (void)state;
    host_keyring(&ring);
    ask(NONE);
    assert_int_equal(try_signed(SIGNER_P256), 0);
    assert_logged("livepatch: fix: signed (ECDSA P-256) by a key that is not "
                  "known here");
}

/* ---- the note ------------------------------------------------------------ */

#define NOTE ".note.Xen.signature"
#define AT_NAMESZ 0
#define AT_DESCSZ 4
#define AT_TYPE 8
#define AT_OWNER 12
#define AT_VERSION 16
#define AT_ALGORITHM 18
#define AT_DIGEST 19
#define AT_BYTES 20
#define AT_SIGNATURE 24

struct note_row {
    const char *name;
    int rc;
    const char *says;
    struct file_edit edit;
};

/* Of a note with a digest. */
static const struct note_row notes[] = {
    {"owner_of_another_length_is_einval", -EINVAL, "owner of 5 bytes",
     EDIT_CONTENT(NOTE, AT_NAMESZ, 4, 5)},
    {"owner_of_4_gib_is_einval", -EINVAL, "owner of 4294967295 bytes",
     EDIT_CONTENT(NOTE, AT_NAMESZ, 4, 0xffffffff)},
    {"other_owner_is_einval", -EINVAL, "owner of 4 bytes",
     EDIT_CONTENT(NOTE, AT_OWNER, 4, 0x554e47)},
    {"owner_without_nul_is_einval", -EINVAL, "owner of 4 bytes",
     EDIT_CONTENT(NOTE, AT_OWNER + 3, 1, 'x')},
    {"other_type_is_einval", -EINVAL, "note of type 3",
     EDIT_CONTENT(NOTE, AT_TYPE, 4, 3)},
    {"note_longer_than_its_section_is_einval", -EINVAL,
     "41 bytes of note and 32 of signature in 56 bytes",
     EDIT_CONTENT(NOTE, AT_DESCSZ, 4, 41)},
    {"note_shorter_than_its_section_is_einval", -EINVAL, "36 bytes of note",
     EDIT_CONTENT(NOTE, AT_DESCSZ, 4, 36)},
    {"note_of_4_gib_is_einval", -EINVAL, "4294967295 bytes of note",
     EDIT_CONTENT(NOTE, AT_DESCSZ, 4, 0xffffffff)},
    {"signature_longer_than_the_note_is_einval", -EINVAL, "33 of signature",
     EDIT_CONTENT(NOTE, AT_BYTES, 4, 33)},
    {"signature_of_no_bytes_is_einval", -EINVAL, "and 0 of signature",
     EDIT_CONTENT(NOTE, AT_BYTES, 4, 0)},
    {"signature_of_4_gib_is_einval", -EINVAL, "4294967295 of signature",
     EDIT_CONTENT(NOTE, AT_BYTES, 4, 0xffffffff)},
    {"section_that_ends_in_the_header_is_einval", -EINVAL,
     "23 bytes hold no signature", EDIT_SECTION(NOTE, sh_size, 23)},
    {"section_that_ends_in_the_signature_is_einval", -EINVAL, "in 55 bytes",
     EDIT_SECTION(NOTE, sh_size, 55)},
    {"section_that_goes_on_is_einval", -EINVAL, "in 57 bytes",
     EDIT_SECTION(NOTE, sh_size, 57)},
    {"empty_section_is_einval", -EINVAL, "0 bytes hold no signature",
     EDIT_SECTION(NOTE, sh_size, 0)},
    {"section_past_the_file_is_einval", -EINVAL, "in a file of",
     EDIT_SECTION(NOTE, sh_offset, 1 << 30)},
    {"section_without_content_is_einval", -EINVAL,
     "of type 8: a signature's is", EDIT_SECTION(NOTE, sh_type, SHT_NOBITS)},
    {"section_of_another_type_is_einval", -EINVAL,
     "of type 1: a signature's is", EDIT_SECTION(NOTE, sh_type, SHT_PROGBITS)},
    {"section_of_another_name_is_einval", -EINVAL,
     "', of type 7: a signature's is .note.Xen.signature of type 7",
     EDIT_SECTION(NOTE, sh_name, 1)},
    {"version_0_is_eopnotsupp", -EOPNOTSUPP, "version 0",
     EDIT_CONTENT(NOTE, AT_VERSION, 2, 0)},
    {"version_2_is_eopnotsupp", -EOPNOTSUPP, "version 2",
     EDIT_CONTENT(NOTE, AT_VERSION, 2, 2)},
    {"unknown_algorithm_is_eopnotsupp", -EOPNOTSUPP, "algorithm 1",
     EDIT_CONTENT(NOTE, AT_ALGORITHM, 1, 1)},
    {"unknown_digest_is_eopnotsupp", -EOPNOTSUPP, "digest 1",
     EDIT_CONTENT(NOTE, AT_DIGEST, 1, 1)},
    {"rsa_of_256_bits_is_einval", -EINVAL,
     "32 bytes of signature by algorithm 0",
     EDIT_CONTENT(NOTE, AT_ALGORITHM, 1, LIVEPATCH_SIGNED_RSA)},
    {"p256_of_32_bytes_is_einval", -EINVAL,
     "32 bytes of signature by algorithm 128",
     EDIT_CONTENT(NOTE, AT_ALGORITHM, 1, LIVEPATCH_SIGNED_P256)},
    {"other_digest_is_ebadmsg", -EBADMSG,
     "the file is not what it was made as: its SHA-256 is",
     EDIT_CONTENT(NOTE, AT_SIGNATURE, 1, 0)},
    {"changed_code_is_ebadmsg", -EBADMSG, "is not what it was made as",
     EDIT_CONTENT(".text", 1, 1, 43)},
    {"changed_symbol_is_ebadmsg", -EBADMSG, "is not what it was made as",
     EDIT_CONTENT(".symtab", 3, 1, 0xff)},
    {"another_hypervisor_s_changed_payload_is_ebadmsg", -EBADMSG,
     "is not what it was made as",
     EDIT_CONTENT(".livepatch.xen_depends", 16, 1, 0xff)},
};

/* Whatever is asked, and before anything else of the file is looked at. */
static void note_is_judged(void **state)
{
    const struct note_row *row = *state;

    host_keyring(RING(NONE, SIGNER_RSA_2048, SIGNER_P256));
    for (unsigned int policy = NONE; policy <= SIGNATURE; policy++) {
        struct payload_file file =
            signed_payload(&payload_simple, SIGNER_NOBODY);

        ask(policy);
        host_log_clear();
        file_edit(&file, &row->edit);
        assert_int_equal(try_load(&file, "fix"), row->rc);
        assert_logged(row->says);
        assert_int_equal(host_log_errors(), 1);
        payload_file_free(&file);
    }
}

static void two_notes_are_einval(void **state)
{
    struct payload_builder *builder = payload_start(&payload_simple);
    struct payload_file file;

    (void)state;
    ask(NONE);
    add_signature_note(builder, LIVEPATCH_SIGNED_NOT, 32);
    add_signature_note(builder, LIVEPATCH_SIGNED_NOT, 32);
    file = builder_finish(builder);
    sign_file(&file, SIGNER_NOBODY);
    assert_int_equal(try_load(&file, "fix"), -EINVAL);
    assert_logged("are both .note.Xen.signature");
    payload_file_free(&file);
}

/* The note is a section as others are when it is loaded with them. */
static void note_that_is_loaded_too_changes_nothing(void **state)
{
    struct payload_file file = signed_payload(&payload_simple, SIGNER_P256);

    (void)state;
    host_keyring(RING(NONE, SIGNER_P256));
    ask(SIGNATURE);
    file_named_section(&file, NOTE)->sh_flags = SHF_ALLOC;
    sign_file(&file, SIGNER_P256);
    assert_int_equal(try_load(&file, "fix"), 0);
    must_unload(find_payload("fix"));
    payload_file_free(&file);
}

/* ---- single bits --------------------------------------------------------- */

#define NR_FLIPS 2000

/* Not loaded, and given up before there was anything to allocate. */
static void assert_refused(const struct payload_file *file, size_t byte)
{
    int rc;

    host_fail_nth(1);
    rc = try_load(file, "fix");
    host_fail_nth(0);
    if (rc >= 0 || rc == -ENOMEM) {
        fail_msg("byte %zu of %zu: %d", byte, file->size, rc);
    }
    host_log_clear();
}

static void flip(const struct payload_file *file, size_t byte, unsigned int bit)
{
    file->bytes[byte] ^= 1U << bit;
    assert_refused(file, byte);
    file->bytes[byte] ^= 1U << bit;
}

static void flip_all(const struct payload_file *file, size_t from, size_t nr)
{
    for (size_t i = 0; i < 8 * nr; i++) {
        flip(file, from + i / 8, i % 8);
    }
}

static void set_up_flips(void)
{
    host_keyring(RING(NONE, SIGNER_RSA_2048, SIGNER_P256));
    ask(NONE);
}

static const struct flip_row {
    const char *name;
    enum signer signer;
} flips[] = {
    {"no_flip_of_a_payload_with_a_digest_loads", SIGNER_NOBODY},
    {"no_flip_of_a_payload_signed_by_rsa_loads", SIGNER_RSA_2048},
    {"no_flip_of_a_payload_signed_by_p256_loads", SIGNER_P256},
};

/* Of bits all over the file, where nothing is asked. */
static void no_flip_loads(void **state)
{
    const struct flip_row *row = *state;
    struct payload_file file = signed_payload(&payload_simple, row->signer);
    uint64_t random = 1;

    set_up_flips();
    for (unsigned int i = 0; i < NR_FLIPS; i++) {
        random = random * 6364136223846793005 + 1442695040888963407;
        flip(&file, (random >> 16) % file.size, random >> 61);
    }
    assert_int_equal(try_load(&file, "fix"), 0);
    must_unload(find_payload("fix"));
    payload_file_free(&file);
}

static const struct flip_row note_flips[] = {
    {"no_bit_of_a_note_with_a_digest_can_be_another", SIGNER_NOBODY},
    {"no_bit_of_a_note_of_rsa_can_be_another", SIGNER_RSA_2048},
    {"no_bit_of_a_note_of_p256_can_be_another", SIGNER_P256},
};

/* Each bit of the note, and of all that says where it is. */
static void no_bit_of_the_note_can_be_another(void **state)
{
    const struct flip_row *row = *state;
    struct payload_file file = signed_payload(&payload_simple, row->signer);
    const Elf_Shdr *section = file_named_section(&file, NOTE);
    const Elf_Shdr *names = file_named_section(&file, ".shstrtab");

    set_up_flips();
    flip_all(&file, section->sh_offset, section->sh_size);
    flip_all(&file, (const uint8_t *)section - file.bytes, sizeof(*section));
    flip_all(&file, 0, sizeof(Elf_Ehdr));
    flip_all(&file, names->sh_offset, names->sh_size);
    payload_file_free(&file);
}

int main(void)
{
    static struct host_tests tests;

    host_add_rows(&tests, signers, signer_is_judged);
    host_add_rows(&tests, unmarked, unmarked_is_judged);
    host_add(&tests, other_words_are_no_policy);
    host_add(&tests, keys_rotate_over_three_hypervisors);
    host_add(&tests,
             signature_of_an_unknown_key_is_taken_by_who_does_not_know_all);
    host_add_rows(&tests, notes, note_is_judged);
    host_add(&tests, two_notes_are_einval);
    host_add(&tests, note_that_is_loaded_too_changes_nothing);
    host_add_rows(&tests, flips, no_flip_loads);
    host_add_rows(&tests, note_flips, no_bit_of_the_note_can_be_another);
    return host_run(&tests);
}
