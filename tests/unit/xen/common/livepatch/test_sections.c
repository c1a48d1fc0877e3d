// SPDX-License-Identifier: GPL-2.0
/*
 * Sections that mean something: presence, number, flags, type and size of each
 * of the table's rows, and those that are refused because nobody would honour
 * them.
 */
#include "steps.h"

#include <stdio.h>

#include "sections.h"

static const struct payload_description with_metadata = {
    .functions = NULL, /* filled in from payload_simple */
    .id = 0x11,
    .metadata = "a=1",
    .metadata_bytes = 4,
};

static struct payload_file make_file(void)
{
    struct payload_description what = with_metadata;

    what.functions = payload_simple.functions;
    what.nr_functions = payload_simple.nr_functions;
    return payload_make(&what);
}

static int find_in(struct payload_file file, struct lp_sections *sections)
{
    struct pipeline p;
    int rc;

    pipeline_open(&p, file, STAGE_ELF);
    rc = lp_sections_find(&p.elf, sections);
    pipeline_close(&p);
    return rc;
}

static void all_sections_are_found(void **state)
{
    struct payload_file file = make_file();
    uint32_t expected[LP_SECTION_NR];
    struct lp_sections sections;

    (void)state;
    memset(expected, 0, sizeof(expected));
    for (unsigned int i = 0; i < LP_SECTION_HOOKS; i++) {
        expected[i] = file_find_section(&file, lp_sections_name(i));
    }
    assert_int_equal(find_in(file, &sections), 0);
    assert_memory_equal(sections.index, expected, sizeof(expected));
}

static void metadata_may_be_missing(void **state)
{
    struct lp_sections sections;

    (void)state;
    assert_int_equal(find_in(payload_make(&payload_simple), &sections), 0);
    assert_int_equal(sections.index[LP_SECTION_MODINFO], 0);
}

/* Each row is tried on each of the sections named. */
struct shape_row {
    const char *name;
    int rc;
    const char *says; /* behind the section's name */
    struct file_edit edit;
};

static const struct shape_row shapes[] = {
    {"section_without_alloc_is_einval", -EINVAL, ": type",
     EDIT_SECTION(NULL, sh_flags, 0)},
    {"section_as_nobits_is_einval", -EINVAL, ": type 8",
     EDIT_SECTION(NULL, sh_type, SHT_NOBITS)},
    {"empty_section_is_einval", -EINVAL, ": 0 bytes",
     EDIT_SECTION(NULL, sh_size, 0)},
};

static void shape_is_refused(void **state)
{
    const struct shape_row *row = *state;

    for (unsigned int i = 0; i < LP_SECTION_HOOKS; i++) {
        struct payload_file file = make_file();
        struct lp_sections sections;
        struct file_edit edit = row->edit;
        char says[64];

        edit.section = lp_sections_name(i);
        file_edit(&file, &edit);
        host_log_clear();
        assert_int_equal(find_in(file, &sections), row->rc);
        snprintf(says, sizeof(says), "%s%s", edit.section, row->says);
        assert_logged(says);
        assert_int_equal(host_log_errors(), 1);
    }
}

static void missing_section_is_einval(void **state)
{
    (void)state;
    for (unsigned int i = 0; i < LP_SECTION_FUNCS; i++) {
        struct payload_file file = make_file();
        struct lp_sections sections;
        char says[64];

        /* Any other name: that of section 0, which is empty. */
        file_named_section(&file, lp_sections_name(i))->sh_name = 0;
        host_log_clear();
        assert_int_equal(find_in(file, &sections), -EINVAL);
        snprintf(says, sizeof(says), "section %s is missing",
                 lp_sections_name(i));
        assert_logged(says);
    }
}

static void neither_entries_nor_hooks_is_einval(void **state)
{
    struct payload_file file = make_file();
    struct lp_sections sections;

    (void)state;
    file_named_section(&file, ".livepatch.funcs")->sh_name = 0;
    assert_int_equal(find_in(file, &sections), -EINVAL);
    assert_logged("neither .livepatch.funcs nor hooks");
}

/* Each kind, alone, with one pointer's worth of bytes, or with none. */
static void hooks_are_found_and_must_not_be_empty(void **state)
{
    (void)state;
    for (unsigned int i = LP_SECTION_HOOKS; i <= LP_SECTION_HOOKS_LAST; i++) {
        for (unsigned int bytes = 0; bytes <= 8; bytes += 8) {
            struct payload_builder *builder = payload_start(&payload_simple);
            struct lp_sections sections;
            const int rc = bytes ? 0 : -EINVAL;

            builder_section(builder, lp_sections_name(i), SHT_PROGBITS,
                            SHF_ALLOC, 8, NULL, bytes);
            assert_int_equal(find_in(builder_finish(builder), &sections), rc);
            if (rc == 0) {
                assert_int_not_equal(sections.index[i], 0);
            }
        }
    }
}

static void hooks_of_any_kind_are_purpose_enough(void **state)
{
    (void)state;
    for (unsigned int i = LP_SECTION_HOOKS; i <= LP_SECTION_HOOKS_LAST; i++) {
        struct payload_builder *builder = payload_start(&payload_simple);
        struct lp_sections sections;
        struct payload_file file;

        builder_section(builder, lp_sections_name(i), SHT_PROGBITS, SHF_ALLOC,
                        8, NULL, 8);
        file = builder_finish(builder);
        file_named_section(&file, ".livepatch.funcs")->sh_name = 0;
        assert_int_equal(find_in(file, &sections), 0);
    }
}

static void duplicate_section_is_einval(void **state)
{
    (void)state;
    for (unsigned int i = 0; i < LP_SECTION_HOOKS; i++) {
        struct payload_file file = make_file();
        struct lp_sections sections;
        char says[64];

        *file_named_section(&file, ".text") =
            *file_named_section(&file, lp_sections_name(i));
        host_log_clear();
        assert_int_equal(find_in(file, &sections), -EINVAL);
        snprintf(says, sizeof(says), "are both %s", lp_sections_name(i));
        assert_logged(says);
    }
}

struct size_row {
    const char *name;
    uint64_t bytes;
    int rc;
};

static const struct size_row funcs_sizes[] = {
    {"funcs_of_104_bytes", 104, 0},
    {"funcs_of_103_bytes_is_einval", 103, -EINVAL},
    {"funcs_of_105_bytes_is_einval", 105, -EINVAL},
    {"funcs_of_64_bytes_is_einval", 64, -EINVAL},
};

static void funcs_size_is_judged(void **state)
{
    const struct size_row *row = *state;
    struct payload_file file = make_file();
    struct lp_sections sections;

    file_named_section(&file, ".livepatch.funcs")->sh_size = row->bytes;
    assert_int_equal(find_in(file, &sections), row->rc);
}

struct unsupported_row {
    const char *name; /* of the test and of the section */
};

static const struct unsupported_row unsupported[] = {
    {".bss.percpu"},     {".data.percpu"}, {".init.text"}, {".init_array"},
    {".initcall1.init"}, {".ctors"},       {".dtors"},     {".exit.text"},
    {".fini_array"},     {".discard"},     {".exitcall"},  {".livepatch.other"},
};

/* With content; an empty one asks for nothing. */
static void section_is_not_supported(void **state)
{
    const struct unsupported_row *row = *state;

    for (unsigned int bytes = 0; bytes <= 8; bytes += 8) {
        struct payload_builder *builder = payload_start(&payload_simple);
        struct lp_sections sections;

        builder_section(builder, row->name, SHT_PROGBITS, SHF_ALLOC, 8, NULL,
                        bytes);
        assert_int_equal(find_in(builder_finish(builder), &sections),
                         bytes ? -EOPNOTSUPP : 0);
    }
    assert_logged(row->name);
}

/* One whose records are of `bytes` each. */
struct special_row {
    const char *name; /* of the test and of the section */
    enum lp_section id;
    unsigned int bytes;
};

static const struct special_row special[] = {
    {".bug_frames.0", LP_SECTION_BUGS + BUGFRAME_run_fn,
     BUG_FRAME_BYTES(BUGFRAME_run_fn)},
    {".bug_frames.1", LP_SECTION_BUGS + BUGFRAME_warn,
     BUG_FRAME_BYTES(BUGFRAME_warn)},
    {".bug_frames.2", LP_SECTION_BUGS + BUGFRAME_bug,
     BUG_FRAME_BYTES(BUGFRAME_bug)},
    {".bug_frames.3", LP_SECTION_BUGS + BUGFRAME_assert,
     BUG_FRAME_BYTES(BUGFRAME_assert)},
    {".ex_table", LP_SECTION_EX_TABLE, ARCH_LIVEPATCH_EX_BYTES},
    {".altinstructions", LP_SECTION_ALTERNATIVES, ARCH_LIVEPATCH_ALT_BYTES},
    {".altinstr_replacement", LP_SECTION_ALTERNATIVE_CODE, 1},
    {".alt_call_sites", LP_SECTION_ALTERNATIVE_CALLS,
     ARCH_LIVEPATCH_ALT_CALL_BYTES},
};

static int find_special(const struct special_row *row, uint32_t type,
                        uint64_t flags, uint64_t bytes,
                        struct lp_sections *sections)
{
    struct payload_builder *builder = payload_start(&payload_simple);

    builder_section(builder, row->name, type, flags, 8, NULL, bytes);
    host_log_clear();
    return find_in(builder_finish(builder), sections);
}

/* Whole records; a byte more or less is none. */
static void special_section_is_of_whole_records(void **state)
{
    const struct special_row *row = *state;
    struct lp_sections sections;

    for (unsigned int bytes = 0; bytes <= 3 * row->bytes; bytes++) {
        const int rc = bytes % row->bytes ? -EINVAL : 0;

        assert_int_equal(
            find_special(row, SHT_PROGBITS, SHF_ALLOC, bytes, &sections), rc);
        if (rc == 0) {
            assert_int_equal(sections.index[row->id] != 0, bytes != 0);
        } else {
            assert_logged(row->name);
        }
    }
}

static void special_section_without_alloc_is_einval(void **state)
{
    const struct special_row *row = *state;
    struct lp_sections sections;

    assert_int_equal(find_special(row, SHT_PROGBITS, 0, row->bytes, &sections),
                     -EINVAL);
    assert_logged(row->name);
    assert_int_equal(find_special(row, SHT_PROGBITS, 0, 0, &sections), 0);
}

static void special_section_as_nobits_is_einval(void **state)
{
    const struct special_row *row = *state;
    struct lp_sections sections;

    assert_int_equal(
        find_special(row, SHT_NOBITS, SHF_ALLOC, row->bytes, &sections),
        -EINVAL);
    assert_logged(row->name);
}

static void special_section_twice_is_einval(void **state)
{
    const struct special_row *row = *state;
    struct payload_builder *builder = payload_start(&payload_simple);
    struct lp_sections sections;

    for (unsigned int i = 0; i < 2; i++) {
        builder_section(builder, row->name, SHT_PROGBITS, SHF_ALLOC, 8, NULL,
                        row->bytes);
    }
    assert_int_equal(find_in(builder_finish(builder), &sections), -EINVAL);
    assert_logged("are both");
}

/* A section that the architecture has no records for, by 0 bytes. */
static void section_without_records_is_eopnotsupp(void **state)
{
    const struct special_row *row = *state;
    struct lp_sections sections;

    assert_int_equal(find_special(row, SHT_PROGBITS, SHF_ALLOC, 16, &sections),
                     -EOPNOTSUPP);
    assert_logged(row->name);
}

/* fn once for each special section. */
static void add_special(struct host_tests *tests, const char *name,
                        CMUnitTestFunction fn)
{
    for (unsigned int i = 0; i < sizeof(special) / sizeof(special[0]); i++) {
        if (special[i].bytes) {
            host_add_test(tests, name, fn, &special[i]);
        }
    }
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, all_sections_are_found);
    host_add(&tests, metadata_may_be_missing);
    host_add_rows(&tests, shapes, shape_is_refused);
    host_add(&tests, missing_section_is_einval);
    host_add(&tests, duplicate_section_is_einval);
    host_add(&tests, neither_entries_nor_hooks_is_einval);
    host_add(&tests, hooks_are_found_and_must_not_be_empty);
    host_add(&tests, hooks_of_any_kind_are_purpose_enough);
    host_add_rows(&tests, funcs_sizes, funcs_size_is_judged);
    host_add_rows(&tests, unsupported, section_is_not_supported);
    for (unsigned int i = 0; i < sizeof(special) / sizeof(special[0]); i++) {
        if (!special[i].bytes) {
            host_add_test(&tests, "section_without_records_is_eopnotsupp",
                          section_without_records_is_eopnotsupp, &special[i]);
        }
    }
    add_special(&tests, "special_section_is_of_whole_records",
                special_section_is_of_whole_records);
    add_special(&tests, "special_section_without_alloc_is_einval",
                special_section_without_alloc_is_einval);
    add_special(&tests, "special_section_as_nobits_is_einval",
                special_section_as_nobits_is_einval);
    add_special(&tests, "special_section_twice_is_einval",
                special_section_twice_is_einval);
    return host_run(&tests);
}
