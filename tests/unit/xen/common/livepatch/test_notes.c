// SPDX-License-Identifier: GPL-2.0
/*
 * GNU build-id notes: what is read, and every way in which one can reach past
 * its section. Each note stands in a heap block of exactly its size.
 */
#include "host/test.h"

#include "notes.h"

#include <xen/elfstructs.h>

/* A note's header and what follows it; at most 64 bytes are given. */
struct note_row {
    const char *name;
    uint32_t namesz, descsz, type;
    const char *owner; /* 4 bytes after the header */
    size_t bytes;      /* of the section */
    int rc;
};

#define NT_ID 3

static const struct note_row notes[] = {
    {"sha1_id_is_read", 4, 20, NT_ID, "GNU", 36, 0},
    {"id_of_one_byte_is_read", 4, 1, NT_ID, "GNU", 17, 0},
    {"bytes_behind_the_note_do_not_matter", 4, 20, NT_ID, "GNU", 60, 0},
    {"section_of_12_bytes_is_einval", 4, 20, NT_ID, "GNU", 12, -EINVAL},
    {"section_of_1_byte_is_einval", 4, 20, NT_ID, "GNU", 1, -EINVAL},
    {"id_that_ends_late_is_einval", 4, 20, NT_ID, "GNU", 35, -EINVAL},
    {"section_that_ends_in_the_name_is_einval", 4, 20, NT_ID, "GNU", 14,
     -EINVAL},
    {"empty_id_is_einval", 4, 0, NT_ID, "GNU", 36, -EINVAL},
    {"id_of_4_gib_is_einval", 4, 0xffffffff, NT_ID, "GNU", 36, -EINVAL},
    {"name_of_4_gib_is_einval", 0xffffffff, 20, NT_ID, "GNU", 36, -EINVAL},
    {"lengths_that_wrap_together_are_einval", 0xfffffff0, 0x20, NT_ID, "GNU",
     36, -EINVAL},
    {"name_whose_padding_ends_late_is_einval", 21, 1, NT_ID, "GNU", 34,
     -EINVAL},
    {"other_type_is_einval", 4, 20, 1, "GNU", 36, -EINVAL},
    {"other_owner_is_einval", 4, 20, NT_ID, "Xen", 36, -EINVAL},
    {"owner_without_nul_is_einval", 4, 20, NT_ID, "GNUx", 36, -EINVAL},
    {"short_name_is_einval", 3, 20, NT_ID, "GNU", 36, -EINVAL},
    {"long_name_is_einval", 5, 16, NT_ID, "GNU", 36, -EINVAL},
    {"no_name_is_einval", 0, 20, NT_ID, "GNU", 36, -EINVAL},
};

static uint8_t *make_note(const struct note_row *row)
{
    const Elf64_Nhdr header = {row->namesz, row->descsz, row->type};
    uint8_t whole[64];
    uint8_t *note = malloc(row->bytes);

    for (unsigned int i = 0; i < sizeof(whole); i++) {
        whole[i] = i;
    }
    memcpy(whole, &header, sizeof(header));
    memcpy(whole + sizeof(header), row->owner, 4);
    memcpy(note, whole, row->bytes);
    return note;
}

static void note_is_judged(void **state)
{
    const struct note_row *row = *state;
    const struct lp_build_id untouched = {(const uint8_t *)"x", 99};
    struct lp_build_id id = untouched;
    uint8_t *note = make_note(row);

    assert_int_equal(lp_notes_build_id("fix", ".note", note, row->bytes, &id),
                     row->rc);
    if (row->rc) {
        assert_ptr_equal(id.bytes, untouched.bytes);
        assert_int_equal(id.len, untouched.len);
        assert_int_equal(host_log_errors(), 1);
        assert_logged("livepatch: fix: .note");
    } else {
        assert_ptr_equal(id.bytes, note + 16);
        assert_int_equal(id.len, row->descsz);
    }
    free(note);
}

static void ids_of_equal_bytes_are_the_same(void **state)
{
    const struct lp_build_id a = {(const uint8_t *)"abcd", 4};
    const struct lp_build_id same = {(const uint8_t *)"abcdef", 4};
    const struct lp_build_id longer = {(const uint8_t *)"abcdef", 5};
    const struct lp_build_id other = {(const uint8_t *)"abce", 4};

    (void)state;
    assert_true(lp_notes_same_id(&a, &same));
    assert_false(lp_notes_same_id(&a, &longer));
    assert_false(lp_notes_same_id(&longer, &same));
    assert_false(lp_notes_same_id(&a, &other));
}

static void id_is_printed_as_hex_of_up_to_20_bytes(void **state)
{
    uint8_t bytes[64];
    const struct lp_build_id two = {(const uint8_t *)"\x0f\xa0", 2};
    const struct lp_build_id many = {bytes, sizeof(bytes)};
    char text[LP_ID_TEXT];

    (void)state;
    memset(bytes, 0xab, sizeof(bytes));
    assert_string_equal(lp_notes_id_text(&two, text), "0fa0");
    assert_int_equal(strlen(lp_notes_id_text(&many, text)), 43);
    assert_string_equal(text + 38, "ab...");
}

int main(void)
{
    static struct host_tests tests;

    host_add_rows(&tests, notes, note_is_judged);
    host_add(&tests, ids_of_equal_bytes_are_the_same);
    host_add(&tests, id_is_printed_as_hex_of_up_to_20_bytes);
    return host_run(&tests);
}
