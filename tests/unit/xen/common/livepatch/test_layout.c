// SPDX-License-Identifier: GPL-2.0
/*
 * Plans of a payload's memory: regions in order, each section at its
 * alignment, and what cannot be loaded.
 */
#include "steps.h"

#include <xen/mm.h>

#define A SHF_ALLOC
#define AW (SHF_ALLOC | SHF_WRITE)
#define AX (SHF_ALLOC | SHF_EXECINSTR)

/* An object with one symbol and no sections but the tables. */
static struct payload_builder *empty_object(void)
{
    return builder_new();
}

static uint32_t add(struct payload_builder *builder, const char *name,
                    uint64_t flags, uint64_t align, size_t bytes)
{
    return builder_section(builder, name, SHT_PROGBITS, flags, align, NULL,
                           bytes);
}

static void regions_come_as_text_rw_rodata_on_own_pages(void **state)
{
    struct payload_builder *builder = empty_object();
    const uint32_t rodata = add(builder, ".rodata", A, 1, 5);
    const uint32_t data = add(builder, ".data", AW, 8, 8);
    const uint32_t text = add(builder, ".text", AX, 16, 0x30);
    const uint32_t bss =
        builder_section(builder, ".bss", SHT_NOBITS, AW, 32, NULL, 4096);
    struct pipeline p;

    (void)state;
    pipeline_build(&p, builder, STAGE_LAYOUT);
    assert_int_equal(p.layout.section_offset[text], 0);
    assert_int_equal(p.layout.section_offset[data], 0x1000);
    assert_int_equal(p.layout.section_offset[bss], 0x1020);
    assert_int_equal(p.layout.section_offset[rodata], 0x3000);
    assert_int_equal(p.layout.total_bytes, 0x4000);
    assert_int_equal(p.layout.region[LP_TEXT].bytes, 0x30);
    assert_int_equal(p.layout.region[LP_RW].bytes, 0x1020);
    assert_int_equal(p.layout.region[LP_RODATA].bytes, 5);
    pipeline_close(&p);
}

static void sections_of_a_region_keep_the_order_of_the_file(void **state)
{
    struct payload_builder *builder = empty_object();
    const uint32_t first = add(builder, ".rodata.b", A, 1, 3);
    const uint32_t second = add(builder, ".rodata.a", A, 8, 4);
    const uint32_t third = add(builder, ".rodata.c", A, 1, 1);
    struct pipeline p;

    (void)state;
    pipeline_build(&p, builder, STAGE_LAYOUT);
    assert_int_equal(p.layout.section_offset[first], 0);
    assert_int_equal(p.layout.section_offset[second], 8);
    assert_int_equal(p.layout.section_offset[third], 12);
    pipeline_close(&p);
}

static void empty_section_is_placed(void **state)
{
    struct payload_builder *builder = empty_object();
    const uint32_t text = add(builder, ".text", AX, 1, 7);
    const uint32_t empty = add(builder, ".text.empty", AX, 4, 0);
    struct pipeline p;

    (void)state;
    (void)text;
    pipeline_build(&p, builder, STAGE_LAYOUT);
    assert_true(lp_layout_is_placed(&p.layout, empty));
    assert_int_equal(p.layout.section_offset[empty], 8);
    pipeline_close(&p);
}

static void section_without_alloc_is_not_placed(void **state)
{
    struct payload_builder *builder = empty_object();
    const uint32_t comment = add(builder, ".comment", 0, 1, 7);
    struct pipeline p;

    (void)state;
    add(builder, ".text", AX, 1, 7);
    pipeline_build(&p, builder, STAGE_LAYOUT);
    assert_false(lp_layout_is_placed(&p.layout, comment));
    assert_false(lp_layout_is_placed(&p.layout, 0));
    assert_false(lp_layout_is_placed(&p.layout, p.layout.nr_sections));
    assert_false(lp_layout_is_placed(&p.layout, UINT32_MAX));
    pipeline_close(&p);
}

/* An alignment of 0 must not bring the plan back to offset 0. */
static void alignment_0_does_not_overlap(void **state)
{
    struct payload_builder *builder = empty_object();
    const uint32_t first = add(builder, ".text", AX, 16, 20);
    const uint32_t second = add(builder, ".text.0", AX, 0, 20);
    struct pipeline p;

    (void)state;
    pipeline_build(&p, builder, STAGE_LAYOUT);
    assert_int_equal(p.layout.section_offset[first], 0);
    assert_int_equal(p.layout.section_offset[second], 20);
    pipeline_close(&p);
}

static void alignment_of_a_page_is_honoured(void **state)
{
    struct payload_builder *builder = empty_object();
    const uint32_t first = add(builder, ".rodata", A, 1, 1);
    const uint32_t second = add(builder, ".rodata.page", A, 4096, 1);
    struct pipeline p;

    (void)state;
    (void)first;
    pipeline_build(&p, builder, STAGE_LAYOUT);
    assert_int_equal(p.layout.section_offset[second], 4096);
    assert_int_equal(p.layout.total_bytes, 8192);
    pipeline_close(&p);
}

struct refused_row {
    const char *name;
    uint64_t flags;
    uint64_t align;
    size_t bytes;
    int rc;
    const char *says;
};

static const struct refused_row refused[] = {
    {"writable_and_executable_is_eopnotsupp", AW | SHF_EXECINSTR, 1, 4,
     -EOPNOTSUPP, ".odd: writable and executable"},
    {"thread_local_is_eopnotsupp", AW | SHF_TLS, 1, 4, -EOPNOTSUPP,
     ".odd: flags"},
    {"compressed_is_eopnotsupp", A | SHF_COMPRESSED, 1, 4, -EOPNOTSUPP,
     ".odd: flags"},
    {"alignment_over_a_page_is_eopnotsupp", A, 8192, 4, -EOPNOTSUPP,
     ".odd: alignment 0x2000, at most 0x1000"},
    {"nothing_loaded_is_einval", 0, 1, 4, -EINVAL, "none of"},
    {"only_empty_sections_is_einval", AX, 1, 0, -EINVAL, "none of"},
};

static void plan_is_refused(void **state)
{
    const struct refused_row *row = *state;
    struct payload_builder *builder = empty_object();
    struct lp_layout layout;
    struct pipeline p;

    add(builder, ".odd", row->flags, row->align, row->bytes);
    pipeline_build(&p, builder, STAGE_ELF);
    assert_int_equal(lp_layout_plan(&p.elf, &p.sections, 0, &layout), row->rc);
    assert_logged(row->says);
    assert_int_equal(host_log_errors(), 1);
    pipeline_close(&p);
}

static void no_memory_is_enomem(void **state)
{
    struct payload_builder *builder = empty_object();
    struct lp_layout layout;
    struct pipeline p;

    (void)state;
    add(builder, ".text", AX, 1, 4);
    pipeline_build(&p, builder, STAGE_ELF);
    host_fail_nth(1);
    assert_int_equal(lp_layout_plan(&p.elf, &p.sections, 0, &layout), -ENOMEM);
    pipeline_close(&p);
}

struct private_row {
    const char *name;
    const char *section;
    uint64_t flags;
    size_t bytes;
    bool is_private;
};

static const struct private_row private_data[] = {
    {"data_is_private", ".data", AW, 8, true},
    {"rodata_is_not_private", ".rodata.more", A, 8, false},
    {"empty_data_is_not_private", ".data", AW, 0, false},
    {"writable_ids_are_not_private", ".livepatch.xen_depends", AW, 36, false},
    {"writable_funcs_are_not_private", ".livepatch.funcs", AW, 104, false},
    {"writable_hooks_are_not_private", ".livepatch.hooks.apply", AW, 8, false},
    {"writable_metadata_is_not_private", ".modinfo", AW, 8, false},
    {"section_with_the_name_of_none_is_private", ".livepatch", AW, 8, true},
    {"data_that_is_not_loaded_is_not_private", ".data", SHF_WRITE, 8, false},
};

struct flags_row {
    const char *name;
    uint64_t flags;
};

static const struct flags_row flags[] = {
    {"hooks_that_are_read_only", A},
    {"hooks_that_are_writable", AW},
    {"hooks_that_are_executable", AX},
};

static void private_data_is_noticed(void **state)
{
    const struct private_row *row = *state;
    struct payload_builder *builder = empty_object();
    struct pipeline p;

    add(builder, ".text", AX, 1, 4);
    add(builder, row->section, row->flags, 1, row->bytes);
    pipeline_build(&p, builder, STAGE_LAYOUT);
    assert_int_equal(p.layout.has_private_data, row->is_private);
    pipeline_close(&p);
}

/* Whatever the flags say: it is in the region that is sealed read-only. */
static void data_with_a_meaning_is_read_only(void **state)
{
    const struct flags_row *row = *state;
    struct payload_builder *builder = empty_object();
    const uint32_t section =
        add(builder, ".livepatch.hooks.load", row->flags, 8, 8);
    struct pipeline p;

    add(builder, ".text", AX, 1, 4);
    add(builder, ".data", AW, 1, 4);
    pipeline_build(&p, builder, STAGE_LAYOUT);
    assert_in_range(p.layout.section_offset[section],
                    p.layout.region[LP_RODATA].offset,
                    p.layout.region[LP_RODATA].offset +
                        p.layout.region[LP_RODATA].bytes - 8);
    assert_int_equal(p.layout.region[LP_RW].bytes, 4);
    pipeline_close(&p);
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, regions_come_as_text_rw_rodata_on_own_pages);
    host_add(&tests, sections_of_a_region_keep_the_order_of_the_file);
    host_add(&tests, empty_section_is_placed);
    host_add(&tests, section_without_alloc_is_not_placed);
    host_add(&tests, alignment_0_does_not_overlap);
    host_add(&tests, alignment_of_a_page_is_honoured);
    host_add_rows(&tests, refused, plan_is_refused);
    host_add(&tests, no_memory_is_enomem);
    host_add_rows(&tests, private_data, private_data_is_noticed);
    host_add_rows(&tests, flags, data_with_a_meaning_is_read_only);
    return host_run(&tests);
}
