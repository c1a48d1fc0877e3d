// SPDX-License-Identifier: GPL-2.0
/*
 * An address for each symbol: one row for each kind of st_shndx.
 */
#include "steps.h"

#include <xen/kernel.h>

enum base {
    BASE_NONE,       /* the value itself */
    BASE_TEXT,       /* counts from .text */
    BASE_HYPERVISOR, /* the hypervisor's symbol of the same name */
};

#define SECTION_TEXT 1
#define SECTION_COMMENT 2

struct symbol_row {
    const char *name;
    const char *symbol;
    uint16_t shndx;
    uint64_t value;
    int rc;
    enum base base;
    bool has_value;
    const char *says;
};

static const struct symbol_row rows[] = {
    {"undefined_symbol_is_the_hypervisor_s", "answer", SHN_UNDEF, 0, 0,
     BASE_HYPERVISOR, true, NULL},
    {"static_symbol_is_found_by_its_full_name", "common/file.c#local",
     SHN_UNDEF, 0, 0, BASE_HYPERVISOR, true, NULL},
    {"value_of_an_undefined_symbol_does_not_matter", "answer", SHN_UNDEF, 7, 0,
     BASE_HYPERVISOR, true, NULL},
    {"unknown_symbol_is_enoent", "nothing", SHN_UNDEF, 0, -ENOENT, BASE_NONE,
     false, "unknown symbol 'nothing'"},
    {"short_name_of_a_static_is_enoent", "local", SHN_UNDEF, 0, -ENOENT,
     BASE_NONE, false, "unknown symbol 'local'"},
    {"prefix_of_a_name_is_enoent", "answe", SHN_UNDEF, 0, -ENOENT, BASE_NONE,
     false, "unknown symbol 'answe'"},
    {"empty_name_is_enoent", "", SHN_UNDEF, 0, -ENOENT, BASE_NONE, false,
     "unknown symbol ''"},
    {"init_symbol_is_enoent", "boot_only", SHN_UNDEF, 0, -ENOENT, BASE_NONE,
     false, "unknown symbol 'boot_only'"},
    {"absolute_symbol_keeps_its_value", "abs", SHN_ABS, 0x123456789abcdef0, 0,
     BASE_NONE, true, NULL},
    {"common_symbol_is_einval", "com", SHN_COMMON, 8, -EINVAL, BASE_NONE, false,
     "symbol 'com' is COMMON"},
    {"reserved_index_is_eopnotsupp", "odd", 0xff00, 0, -EOPNOTSUPP, BASE_NONE,
     false, "symbol 'odd': reserved section index 0xff00"},
    {"extended_index_is_eopnotsupp", "odd", SHN_XINDEX, 0, -EOPNOTSUPP,
     BASE_NONE, false, "reserved section index 0xffff"},
    {"index_past_the_table_is_einval", "odd", 6, 0, -EINVAL, BASE_NONE, false,
     "symbol 'odd': section 6 of 6"},
    {"highest_normal_index_is_einval", "odd", 0xfeff, 0, -EINVAL, BASE_NONE,
     false, "symbol 'odd': section 65279 of 6"},
    {"symbol_counts_from_its_section", "f", SECTION_TEXT, 4, 0, BASE_TEXT, true,
     NULL},
    {"symbol_may_mark_the_end", "end", SECTION_TEXT, 16, 0, BASE_TEXT, true,
     NULL},
    {"symbol_past_the_end_is_einval", "far", SECTION_TEXT, 17, -EINVAL,
     BASE_NONE, false, "symbol 'far': value 0x11 in section 1 of 0x10 bytes"},
    {"symbol_that_wraps_is_einval", "far", SECTION_TEXT, UINT64_MAX, -EINVAL,
     BASE_NONE, false, "symbol 'far': value 0xffffffffffffffff"},
    {"symbol_of_an_unloaded_section_has_no_value", "c", SECTION_COMMENT, 0, 0,
     BASE_NONE, false, NULL},
    {"defined_symbol_wins_over_the_hypervisor_s", "answer", SECTION_TEXT, 8, 0,
     BASE_TEXT, true, NULL},
};

/* .text, .comment and one more symbol, number 1. */
static void open_with_symbol(struct pipeline *p, const struct symbol_row *row)
{
    struct payload_builder *builder = builder_new();

    builder_section(builder, ".text", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR,
                    16, NULL, 16);
    builder_section(builder, ".comment", SHT_PROGBITS, 0, 1, "x", 2);
    builder_symbol(builder, row->symbol, row->shndx, row->value, 0);
    pipeline_build(p, builder, STAGE_IMAGE);
    assert_int_equal(p->elf.nr_sections, 6);
}

static uint64_t expected_value(const struct pipeline *p,
                               const struct symbol_row *row)
{
    switch (row->base) {
    case BASE_TEXT:
        return (uint64_t)p->image.base + row->value;
    case BASE_HYPERVISOR:
        return (uint64_t)host_symbol(row->symbol);
    default:
        return row->has_value ? row->value : 0;
    }
}

static void symbol_gets_its_value(void **state)
{
    const struct symbol_row *row = *state;
    struct lp_symbols symbols = {.nr = 77};
    struct pipeline p;

    open_with_symbol(&p, row);
    assert_int_equal(
        lp_resolve_symbols(&p.elf, &p.layout, &p.image, &host_scope, &symbols),
        row->rc);
    if (row->rc) {
        assert_int_equal(symbols.nr, 77);
        assert_int_equal(host_log_errors(), 1);
        assert_logged(row->says);
    } else {
        assert_int_equal(symbols.nr, 2);
        assert_int_equal(symbols.symbol[1].has_value, row->has_value);
        assert_int_equal(symbols.symbol[1].value, expected_value(&p, row));
        lp_resolve_discard(&symbols);
    }
    pipeline_close(&p);
}

static void symbol_0_has_no_value(void **state)
{
    struct pipeline p;

    (void)state;
    pipeline_open(&p, payload_make(&payload_simple), STAGE_SYMBOLS);
    assert_false(p.symbols.symbol[0].has_value);
    pipeline_close(&p);
}

static void weak_undefined_symbol_is_enoent(void **state)
{
    struct payload_builder *builder = payload_start(&payload_simple);
    struct lp_symbols symbols;
    struct pipeline p;

    (void)state;
    builder_symbol(builder, "nothing", SHN_UNDEF, 0,
                   ELF64_ST_INFO(STB_WEAK, STT_NOTYPE));
    pipeline_build(&p, builder, STAGE_IMAGE);
    assert_int_equal(
        lp_resolve_symbols(&p.elf, &p.layout, &p.image, &host_scope, &symbols),
        -ENOENT);
    pipeline_close(&p);
}

static void no_memory_is_enomem(void **state)
{
    struct lp_symbols symbols;
    struct pipeline p;

    (void)state;
    pipeline_open(&p, payload_make(&payload_simple), STAGE_IMAGE);
    host_fail_nth(1);
    assert_int_equal(
        lp_resolve_symbols(&p.elf, &p.layout, &p.image, &host_scope, &symbols),
        -ENOMEM);
    pipeline_close(&p);
}

static void image_is_not_written(void **state)
{
    struct payload_file file = payload_make(&payload_simple);
    struct lp_symbols symbols;
    struct pipeline p;
    uint8_t *before;

    (void)state;
    pipeline_open(&p, file, STAGE_IMAGE);
    before = malloc(p.image.bytes);
    memcpy(before, p.image.base, p.image.bytes);
    assert_int_equal(
        lp_resolve_symbols(&p.elf, &p.layout, &p.image, &host_scope, &symbols),
        0);
    assert_memory_equal(before, p.image.base, p.image.bytes);
    lp_resolve_discard(&symbols);
    free(before);
    pipeline_close(&p);
}

int main(void)
{
    static struct host_tests tests;

    host_add_rows(&tests, rows, symbol_gets_its_value);
    host_add(&tests, symbol_0_has_no_value);
    host_add(&tests, weak_undefined_symbol_is_enoent);
    host_add(&tests, no_memory_is_enomem);
    host_add(&tests, image_is_not_written);
    return host_run(&tests);
}
