// SPDX-License-Identifier: GPL-2.0
/*
 * The walk over relocation records: indices, links, places and which sections
 * are walked at all. What each type stores is the arch's test's.
 */
#include "steps.h"

#define TEXT_BYTES 16
#define RELA ".rela.text"

/* Symbols of the object: 1 absolute, 2 in .comment, 3 in .text; 4 in all. */
#define SYMBOL_ABS 1
#define SYMBOL_UNLOADED 2
#define ABS_VALUE 0x1122334455667788

/* .text of 16 bytes with one record for an HOST_RELOC_ABS64 at its start. */
static struct payload_builder *start_object(void)
{
    struct payload_builder *builder = builder_new();
    uint32_t text, comment;

    text = builder_section(builder, ".text", SHT_PROGBITS,
                           SHF_ALLOC | SHF_EXECINSTR, 16, NULL, TEXT_BYTES);
    comment = builder_section(builder, ".comment", SHT_PROGBITS, 0, 1, "x", 2);
    builder_symbol(builder, "abs", SHN_ABS, ABS_VALUE, 0);
    builder_symbol(builder, "c", comment, 0, 0);
    builder_symbol(builder, "f", text, 0, 0);
    builder_relocation(builder, text, 0, HOST_RELOC_ABS64, SYMBOL_ABS, 0);
    return builder;
}

static int relocate(struct pipeline *p)
{
    return lp_relocate(&p->elf, &p->layout, &p->image, &p->symbols);
}

struct record_row {
    const char *name;
    int rc;
    const char *says;
    Elf_RelA record;
};

#define RECORD(offset, type, symbol, addend)                                   \
    {                                                                          \
        (offset), ELF64_R_INFO((uint64_t)(symbol), (uint64_t)(type)), (addend) \
    }

static const struct record_row records[] = {
    {"value_is_symbol_plus_addend", 0, NULL, RECORD(0, HOST_RELOC_ABS64, 1, 1)},
    {"place_may_be_unaligned", 0, NULL, RECORD(3, HOST_RELOC_ABS64, 1, 0)},
    {"last_place_for_8_bytes", 0, NULL, RECORD(8, HOST_RELOC_ABS64, 1, 0)},
    {"8_bytes_one_past_the_last_place_are_einval", -EINVAL,
     RELA "[0]: " HOST_RELOC_ABS64_NAME
          " of 8 bytes at 0x9 in a section of 0x10 bytes",
     RECORD(9, HOST_RELOC_ABS64, 1, 0)},
    {"last_place_for_4_bytes", 0, NULL, RECORD(12, HOST_RELOC_PC32, 3, 0)},
    {"4_bytes_one_past_the_last_place_are_einval", -EINVAL,
     RELA "[0]: " HOST_RELOC_PC32_NAME " of 4 bytes at 0xd",
     RECORD(13, HOST_RELOC_PC32, 3, 0)},
    {"place_at_the_end_is_einval", -EINVAL, RELA "[0]: " HOST_RELOC_ABS64_NAME,
     RECORD(16, HOST_RELOC_ABS64, 1, 0)},
    {"place_that_wraps_is_einval", -EINVAL, "at 0xfffffffffffffffc",
     RECORD(UINT64_MAX - 3, HOST_RELOC_ABS64, 1, 0)},
    {"none_changes_nothing", 0, NULL, RECORD(0, HOST_RELOC_NONE, 1, 0)},
    {"none_may_stand_at_the_end", 0, NULL, RECORD(16, HOST_RELOC_NONE, 1, 0)},
    {"none_past_the_end_is_einval", -EINVAL, RELA "[0]: " HOST_RELOC_NONE_NAME,
     RECORD(17, HOST_RELOC_NONE, 1, 0)},
    {"symbol_0_is_eopnotsupp", -EOPNOTSUPP,
     RELA "[0]: relocation against symbol 0",
     RECORD(0, HOST_RELOC_ABS64, 0, 0)},
    {"symbol_0_of_none_is_eopnotsupp", -EOPNOTSUPP,
     RELA "[0]: relocation against symbol 0", RECORD(0, HOST_RELOC_NONE, 0, 0)},
    {"symbol_one_past_the_last_is_einval", -EINVAL, RELA "[0]: symbol 4 of 4",
     RECORD(0, HOST_RELOC_ABS64, 4, 0)},
    {"highest_symbol_is_einval", -EINVAL, "symbol 4294967295 of 4",
     RECORD(0, HOST_RELOC_ABS64, 0xffffffff, 0)},
    {"symbol_of_an_unloaded_section_is_einval", -EINVAL,
     RELA "[0]: symbol 2 lies in a section that is not loaded",
     RECORD(0, HOST_RELOC_ABS64, SYMBOL_UNLOADED, 0)},
    {"unknown_type_is_eopnotsupp", -EOPNOTSUPP, RELA "[0]: relocation type 200",
     RECORD(0, 200, 1, 0)},
    {"highest_type_is_eopnotsupp", -EOPNOTSUPP, "relocation type 4294967295",
     RECORD(0, 0xffffffff, 1, 0)},
    {"value_that_does_not_fit_is_eoverflow", -EOVERFLOW,
     RELA "[0]: " HOST_RELOC_PC32_NAME ": ", RECORD(0, HOST_RELOC_PC32, 1, 0)},
};

static bool is_unchanged(const struct pipeline *p)
{
    static const uint8_t zero[TEXT_BYTES];

    return memcmp(p->image.base, zero, TEXT_BYTES) == 0;
}

static void record_is_judged(void **state)
{
    const struct record_row *row = *state;
    struct pipeline p;

    pipeline_build(&p, start_object(), STAGE_SYMBOLS);
    *file_record(&p.file, RELA, 0) = row->record;
    assert_int_equal(relocate(&p), row->rc);
    if (row->rc) {
        assert_logged(row->says);
        assert_true(is_unchanged(&p));
    }
    assert_int_equal(host_log_errors(), row->rc != 0);
    pipeline_close(&p);
}

static void stored_value_is_symbol_plus_addend(void **state)
{
    const uint64_t expected = ABS_VALUE + 5;
    struct pipeline p;

    (void)state;
    pipeline_build(&p, start_object(), STAGE_SYMBOLS);
    file_record(&p.file, RELA, 0)->r_offset = 3;
    file_record(&p.file, RELA, 0)->r_addend = 5;
    assert_int_equal(relocate(&p), 0);
    assert_memory_equal(p.image.base + 3, &expected, sizeof(expected));
    assert_int_equal(p.image.base[2], 0);
    assert_int_equal(p.image.base[11], 0);
    pipeline_close(&p);
}

struct batch_row {
    const char *name;
    int rc;
    bool has_worked;
    const char *says;
    struct file_edit edit;
};

static const struct batch_row batches[] = {
    {"good_section_is_applied", 0, true, NULL, EDIT_SECTION(RELA, sh_flags, 0)},
    {"rel_is_eopnotsupp", -EOPNOTSUPP, false, RELA ": SHT_REL",
     EDIT_SECTION(RELA, sh_type, SHT_REL)},
    {"link_to_no_symbol_table_is_einval", -EINVAL, false, RELA ": sh_link is 1",
     EDIT_SECTION(RELA, sh_link, 1)},
    {"link_0_is_einval", -EINVAL, false, RELA ": sh_link is 0",
     EDIT_SECTION(RELA, sh_link, 0)},
    {"records_of_23_bytes_are_einval", -EINVAL, false, "in entries of 0x17",
     EDIT_SECTION(RELA, sh_entsize, 23)},
    {"records_of_0_bytes_are_einval", -EINVAL, false, "in entries of 0 ",
     EDIT_SECTION(RELA, sh_entsize, 0)},
    {"part_of_a_record_is_einval", -EINVAL, false, ": 0x17 bytes in entries",
     EDIT_SECTION(RELA, sh_size, 23)},
    {"empty_section_is_skipped", 0, false, NULL,
     EDIT_SECTION(RELA, sh_size, 0)},
    {"target_0_is_skipped", 0, false, NULL, EDIT_SECTION(RELA, sh_info, 0)},
    {"target_past_the_table_is_skipped", 0, false, NULL,
     EDIT_SECTION(RELA, sh_info, 1000)},
    {"highest_target_is_skipped", 0, false, NULL,
     EDIT_SECTION(RELA, sh_info, 0xffffffff)},
    {"target_that_is_not_loaded_is_skipped", 0, false, NULL,
     EDIT_SECTION(RELA, sh_info, 2)},
};

static void section_is_judged(void **state)
{
    const struct batch_row *row = *state;
    struct pipeline p;

    pipeline_build(&p, start_object(), STAGE_SYMBOLS);
    file_edit(&p.file, &row->edit);
    assert_int_equal(relocate(&p), row->rc);
    assert_int_equal(is_unchanged(&p), !row->has_worked);
    if (row->says) {
        assert_logged(row->says);
    }
    assert_int_equal(host_log_errors(), row->rc != 0);
    pipeline_close(&p);
}

static void records_may_be_longer(void **state)
{
    struct payload_builder *builder = start_object();
    const uint32_t records = builder_find(builder, RELA);
    const Elf_RelA second = RECORD(8, HOST_RELOC_ABS64, SYMBOL_ABS, 0);
    const uint64_t expected = ABS_VALUE;
    struct pipeline p;

    (void)state;
    builder_append(builder, records, "wide    ", 8);
    builder_append(builder, records, &second, sizeof(second));
    builder_append(builder, records, "wide    ", 8);
    pipeline_build(&p, builder, STAGE_SYMBOLS);
    file_named_section(&p.file, RELA)->sh_entsize = 32;
    assert_int_equal(relocate(&p), 0);
    assert_memory_equal(p.image.base, &expected, 8);
    assert_memory_equal(p.image.base + 8, &expected, 8);
    pipeline_close(&p);
}

static void nobits_section_is_relocated(void **state)
{
    struct payload_builder *builder = start_object();
    const uint64_t expected = ABS_VALUE;
    uint32_t bss;
    struct pipeline p;

    (void)state;
    bss = builder_section(builder, ".bss", SHT_NOBITS, SHF_ALLOC | SHF_WRITE, 8,
                          NULL, 8);
    builder_relocation(builder, bss, 0, HOST_RELOC_ABS64, SYMBOL_ABS, 0);
    pipeline_build(&p, builder, STAGE_SYMBOLS);
    assert_int_equal(relocate(&p), 0);
    assert_memory_equal(lp_image_section(&p.image, &p.layout, bss), &expected,
                        8);
    pipeline_close(&p);
}

static void message_names_the_record(void **state)
{
    struct payload_builder *builder = start_object();
    struct pipeline p;

    (void)state;
    builder_relocation(builder, 1, 0, HOST_RELOC_ABS64, 93, 0);
    pipeline_build(&p, builder, STAGE_SYMBOLS);
    assert_int_equal(relocate(&p), -EINVAL);
    assert_logged("livepatch: test: .rela.text[1]: symbol 93 of 4\n");
    pipeline_close(&p);
}

/* Records stand at odd addresses when the file says so. */
static void unaligned_records_are_read(void **state)
{
    struct payload_builder *builder = builder_new();
    const uint64_t expected = ABS_VALUE;
    uint8_t content[1 + sizeof(Elf_RelA)] = {0};
    const Elf_RelA record = RECORD(0, HOST_RELOC_ABS64, 1, 0);
    struct pipeline p;
    uint32_t text, records;
    Elf_Shdr *header;

    (void)state;
    memcpy(content + 1, &record, sizeof(record));
    text = builder_section(builder, ".text", SHT_PROGBITS,
                           SHF_ALLOC | SHF_EXECINSTR, 16, NULL, TEXT_BYTES);
    records = builder_section(builder, RELA, SHT_RELA, 0, 1, content,
                              sizeof(content));
    builder_symbol(builder, "abs", SHN_ABS, ABS_VALUE, 0);
    pipeline_build(&p, builder, STAGE_SYMBOLS);
    header = file_section(&p.file, records);
    header->sh_offset++;
    header->sh_size--;
    header->sh_info = text;
    header->sh_entsize = sizeof(Elf_RelA);
    assert_int_equal(relocate(&p), 0);
    assert_memory_equal(p.image.base, &expected, 8);
    pipeline_close(&p);
}

/* Whatever it says. */
static void section_0_is_not_walked(void **state)
{
    struct pipeline p;

    (void)state;
    pipeline_build(&p, start_object(), STAGE_SYMBOLS);
    *file_section(&p.file, 0) = *file_named_section(&p.file, RELA);
    file_section(&p.file, 0)->sh_type = SHT_REL;
    assert_int_equal(relocate(&p), 0);
    assert_int_equal(host_log_errors(), 0);
    pipeline_close(&p);
}

static void first_section_may_hold_records(void **state)
{
    const Elf_RelA record = RECORD(0, HOST_RELOC_ABS64, 1, 0);
    const uint64_t expected = ABS_VALUE;
    struct payload_builder *builder = builder_new();
    uint32_t records, text;
    struct pipeline p;

    (void)state;
    records =
        builder_section(builder, RELA, SHT_RELA, 0, 8, &record, sizeof(record));
    text = builder_section(builder, ".text", SHT_PROGBITS,
                           SHF_ALLOC | SHF_EXECINSTR, 16, NULL, TEXT_BYTES);
    builder_symbol(builder, "abs", SHN_ABS, ABS_VALUE, 0);
    assert_int_equal(records, 1);
    pipeline_build(&p, builder, STAGE_SYMBOLS);
    file_section(&p.file, records)->sh_info = text;
    file_section(&p.file, records)->sh_entsize = sizeof(Elf_RelA);
    assert_int_equal(relocate(&p), 0);
    assert_memory_equal(p.image.base, &expected, 8);
    pipeline_close(&p);
}

int main(void)
{
    static struct host_tests tests;

    host_add_rows(&tests, records, record_is_judged);
    host_add(&tests, stored_value_is_symbol_plus_addend);
    host_add_rows(&tests, batches, section_is_judged);
    host_add(&tests, records_may_be_longer);
    host_add(&tests, nobits_section_is_relocated);
    host_add(&tests, message_names_the_record);
    host_add(&tests, unaligned_records_are_read);
    host_add(&tests, section_0_is_not_walked);
    host_add(&tests, first_section_may_hold_records);
    return host_run(&tests);
}
