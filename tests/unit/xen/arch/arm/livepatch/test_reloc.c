// SPDX-License-Identifier: GPL-2.0
/*
 * arm64's relocation types: the lowest and the highest value that each field
 * holds, one past each, values and places that no instruction can have, and the
 * types that are not supported. What stands in the field then, the linker knows
 * (test_reference.c).
 *
 * Source of the ranges: AAELF64, "Static Data relocations" and "Static AArch64
 * relocations".
 */
#include "steps.h"

#include <xen/livepatch_arch.h>

#define PLACE 8 /* offset in .text, which begins a page */
#define FILL 0xcc

struct value_row {
    const char *name;
    uint32_t type;
    int64_t value; /* of S + A, or of S + A - P */
    int rc;
};

#define ROW(text, reloc, value, rc)                                            \
    {                                                                          \
        text, R_AARCH64_##reloc, (value), (rc)                                 \
    }

/* step: from one value that the field can hold to the next. */
#define BOUNDS(text, reloc, lowest, highest, step)                             \
    ROW(text "_lowest", reloc, lowest, 0),                                     \
        ROW(text "_highest", reloc, highest, 0),                               \
        ROW(text "_one_below_the_lowest_is_eoverflow", reloc,                  \
            (lowest) - (step), -EOVERFLOW),                                    \
        ROW(text "_one_above_the_highest_is_eoverflow", reloc,                 \
            (highest) + (step), -EOVERFLOW)

/* Everything fits. */
#define ALL(text, reloc)                                                       \
    ROW(text "_lowest", reloc, INT64_MIN, 0),                                  \
        ROW(text "_highest", reloc, INT64_MAX, 0),                             \
        ROW(text "_minus_one", reloc, -1, 0)

/* Any value that is a multiple of `unit` fits. */
#define ALL_MULTIPLES(text, reloc, unit)                                       \
    ROW(text "_lowest", reloc, INT64_MIN, 0),                                  \
        ROW(text "_highest", reloc, INT64_MAX - (unit) + 1, 0),                \
        ROW(text "_one_byte_off_is_einval", reloc, 1, -EINVAL),                \
        ROW(text "_half_off_is_einval", reloc, 0x100 + (unit) / 2, -EINVAL)

static const struct value_row values[] = {
    ALL("abs64", ABS64),
    ALL("prel64", PREL64),
    BOUNDS("abs32", ABS32, -0x80000000LL, 0xffffffffLL, 1),
    BOUNDS("abs16", ABS16, -0x8000, 0xffff, 1),
    BOUNDS("prel32", PREL32, -0x80000000LL, 0x7fffffffLL, 1),
    BOUNDS("prel16", PREL16, -0x8000, 0x7fff, 1),
    BOUNDS("movw_uabs_g0", MOVW_UABS_G0, 0, 0xffff, 1),
    BOUNDS("movw_uabs_g1", MOVW_UABS_G1, 0, 0xffffffffLL, 1),
    BOUNDS("movw_uabs_g2", MOVW_UABS_G2, 0, 0xffffffffffffLL, 1),
    ALL("movw_uabs_g0_nc", MOVW_UABS_G0_NC),
    ALL("movw_uabs_g1_nc", MOVW_UABS_G1_NC),
    ALL("movw_uabs_g2_nc", MOVW_UABS_G2_NC),
    ALL("movw_uabs_g3", MOVW_UABS_G3),
    BOUNDS("movw_sabs_g0", MOVW_SABS_G0, -0x10000, 0xffff, 1),
    BOUNDS("movw_sabs_g1", MOVW_SABS_G1, -0x100000000LL, 0xffffffffLL, 1),
    BOUNDS("movw_sabs_g2", MOVW_SABS_G2, -0x1000000000000LL, 0xffffffffffffLL,
           1),
    BOUNDS("movw_prel_g0", MOVW_PREL_G0, -0x10000, 0xffff, 1),
    BOUNDS("movw_prel_g1", MOVW_PREL_G1, -0x100000000LL, 0xffffffffLL, 1),
    BOUNDS("movw_prel_g2", MOVW_PREL_G2, -0x1000000000000LL, 0xffffffffffffLL,
           1),
    ALL("movw_prel_g0_nc", MOVW_PREL_G0_NC),
    ALL("movw_prel_g1_nc", MOVW_PREL_G1_NC),
    ALL("movw_prel_g2_nc", MOVW_PREL_G2_NC),
    ALL("movw_prel_g3", MOVW_PREL_G3),
    BOUNDS("adr", ADR_PREL_LO21, -0x100000, 0xfffff, 1),
    ALL("add", ADD_ABS_LO12_NC),
    ALL("ldst8", LDST8_ABS_LO12_NC),
    ALL_MULTIPLES("ldst16", LDST16_ABS_LO12_NC, 2),
    ALL_MULTIPLES("ldst32", LDST32_ABS_LO12_NC, 4),
    ALL_MULTIPLES("ldst64", LDST64_ABS_LO12_NC, 8),
    ALL_MULTIPLES("ldst128", LDST128_ABS_LO12_NC, 16),
    BOUNDS("literal", LD_PREL_LO19, -0x100000, 0xffffc, 4),
    ROW("literal_between_words_is_einval", LD_PREL_LO19, 0x102, -EINVAL),
    BOUNDS("tstbr", TSTBR14, -0x8000, 0x7ffc, 4),
    ROW("tstbr_of_19_bits_is_eoverflow", TSTBR14, 0xffffc, -EOVERFLOW),
    ROW("tstbr_between_instructions_is_einval", TSTBR14, 2, -EINVAL),
    BOUNDS("condbr", CONDBR19, -0x100000, 0xffffc, 4),
    ROW("condbr_between_instructions_is_einval", CONDBR19, -1, -EINVAL),
    BOUNDS("jump", JUMP26, -0x8000000, 0x7fffffc, 4),
    ROW("jump_between_instructions_is_einval", JUMP26, 0x1001, -EINVAL),
    BOUNDS("call", CALL26, -0x8000000, 0x7fffffc, 4),
    ROW("call_between_instructions_is_einval", CALL26, 0x1002, -EINVAL),
    {"none_stores_nothing", R_AARCH64_NONE, 0x12345678, 0},
    {"old_none_stores_nothing", 256, 0x12345678, 0},
};

/* One record, at an offset of a .text that begins a page. */
static struct payload_builder *start_object(uint32_t type, uint64_t offset)
{
    struct payload_builder *builder = builder_new();
    uint8_t fill[16];
    uint32_t text;

    memset(fill, FILL, sizeof(fill));
    text = builder_section(builder, ".text", SHT_PROGBITS,
                           SHF_ALLOC | SHF_EXECINSTR, 4096, fill, sizeof(fill));
    builder_symbol(builder, "abs", SHN_ABS, 0x1000, 0);
    builder_relocation(builder, text, offset, type, 1, 0);
    return builder;
}

static int relocate(struct pipeline *p)
{
    return lp_relocate(&p->elf, &p->layout, &p->image, &p->symbols);
}

static bool is_filled(const uint8_t *from, unsigned int bytes)
{
    while (bytes && from[bytes - 1] == FILL) {
        bytes--;
    }
    return bytes == 0;
}

/* What is refused is not stored, and what is stored stays in its place. */
static void assert_stored(const struct pipeline *p, const struct value_row *row)
{
    const unsigned int bytes =
        row->rc ? 0 : arch_livepatch_howto(row->type)->place_bytes;
    const uint8_t *text = p->image.base;

    assert_true(is_filled(text, PLACE));
    assert_true(is_filled(text + PLACE + bytes, 16 - PLACE - bytes));
}

static void value_is_judged(void **state)
{
    const struct value_row *row = *state;
    const bool is_relative = arch_livepatch_howto(row->type)->pc_relative;
    struct pipeline p;

    pipeline_build(&p, start_object(row->type, PLACE), STAGE_SYMBOLS);
    file_record(&p.file, ".rela.text", 0)->r_addend =
        (int64_t)((uint64_t)row->value - 0x1000 +
                  (is_relative ? (uint64_t)p.image.base + PLACE : 0));
    assert_int_equal(relocate(&p), row->rc);
    assert_stored(&p, row);
    assert_int_equal(host_log_errors(), row->rc != 0);
    pipeline_close(&p);
}

/* ---- pages --------------------------------------------------------------- */

struct page_row {
    const char *name;
    uint32_t type;
    int64_t target; /* from the page that the place is in */
    int rc;
    int64_t pages;
};

#define PAGE_ROW(text, target, rc, pages)                                      \
    {                                                                          \
        "adrp_" text, R_AARCH64_ADR_PREL_PG_HI21, (target), (rc), (pages)      \
    }
#define FURTHEST 0x100000000LL

static const struct page_row pages[] = {
    PAGE_ROW("to_the_same_page_s_start", 0, 0, 0),
    PAGE_ROW("to_the_same_page_s_end", 0xfff, 0, 0),
    PAGE_ROW("to_the_next_page", 0x1000, 0, 1),
    PAGE_ROW("to_the_last_page_s_end", -1, 0, -1),
    PAGE_ROW("as_far_up_as_possible", FURTHEST - 1, 0, 0xfffff),
    PAGE_ROW("one_too_far_up_is_eoverflow", FURTHEST, -EOVERFLOW, 0),
    PAGE_ROW("as_far_down_as_possible", -FURTHEST, 0, -0x100000),
    PAGE_ROW("one_too_far_down_is_eoverflow", -FURTHEST - 1, -EOVERFLOW, 0),
    {"adrp_nc_takes_what_there_is", R_AARCH64_ADR_PREL_PG_HI21_NC,
     FURTHEST + 0x3000, 0, -0x100000 + 3},
};

static void page_is_judged(void **state)
{
    const struct page_row *row = *state;
    struct pipeline p;

    pipeline_build(&p, start_object(row->type, PLACE), STAGE_SYMBOLS);
    file_record(&p.file, ".rela.text", 0)->r_addend =
        (int64_t)((uint64_t)p.image.base + (uint64_t)row->target - 0x1000);
    assert_int_equal(relocate(&p), row->rc);
    if (row->rc == 0) {
        assert_int_equal(
            insn_get_field(insn_read(p.image.base + PLACE), INSN_FIELD_ADR),
            row->pages);
    }
    pipeline_close(&p);
}

/* ---- places -------------------------------------------------------------- */

/* Bytes of data may be anywhere, instructions not. */
static void instruction_at_an_odd_place_is_einval(void **state)
{
    (void)state;
    for (uint32_t type = 0; type < 600; type++) {
        const struct livepatch_howto *howto = arch_livepatch_howto(type);
        struct pipeline p;

        if (!howto || howto->via_got) {
            continue;
        }
        pipeline_build(&p, start_object(type, 2), STAGE_SYMBOLS);
        file_record(&p.file, ".rela.text", 0)->r_addend =
            howto->pc_relative ? (int64_t)p.image.base + 2 - 0x1000 : -0x1000;
        assert_int_equal(relocate(&p), howto->place_align ? -EINVAL : 0);
        assert_int_equal(howto->place_align, howto->field ? 4 : 0);
        if (howto->place_align) {
            assert_logged("must be aligned to 4");
        }
        pipeline_close(&p);
    }
}

static void got_with_an_addend_is_eopnotsupp(void **state)
{
    static const uint32_t types[] = {R_AARCH64_ADR_GOT_PAGE,
                                     R_AARCH64_LD64_GOT_LO12_NC};

    (void)state;
    for (unsigned int i = 0; i < 2; i++) {
        struct pipeline p;

        pipeline_build(&p, start_object(types[i], PLACE), STAGE_SYMBOLS);
        assert_int_equal(relocate(&p), 0);
        file_record(&p.file, ".rela.text", 0)->r_addend = 8;
        assert_int_equal(relocate(&p), -EOPNOTSUPP);
        assert_logged("with an addend is not supported");
        pipeline_close(&p);
    }
}

/* ---- the table ----------------------------------------------------------- */

static bool is_in(uint32_t type, const uint32_t *types, unsigned int nr)
{
    while (nr && types[nr - 1] != type) {
        nr--;
    }
    return nr != 0;
}

static bool has_rows(uint32_t type)
{
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        if (values[i].type == type) {
            return true;
        }
    }
    return false;
}

/* All types that are not supported are refused; all that are have rows above,
 * or are about pages. */
static void table_is_whole(void **state)
{
    static const uint32_t by_page[] = {
        R_AARCH64_ADR_PREL_PG_HI21, R_AARCH64_ADR_PREL_PG_HI21_NC,
        R_AARCH64_ADR_GOT_PAGE, R_AARCH64_LD64_GOT_LO12_NC};

    (void)state;
    for (uint32_t type = 0; type < 1100; type++) {
        const struct livepatch_howto *howto = arch_livepatch_howto(type);

        assert_int_equal(howto != NULL,
                         has_rows(type) || is_in(type, by_page, 4));
        if (howto) {
            assert_int_equal(howto->type, type);
        }
    }
    assert_null(arch_livepatch_howto(UINT32_MAX));
}

int main(void)
{
    static struct host_tests tests;

    host_add_rows(&tests, values, value_is_judged);
    host_add_rows(&tests, pages, page_is_judged);
    host_add(&tests, instruction_at_an_odd_place_is_einval);
    host_add(&tests, got_with_an_addend_is_eopnotsupp);
    host_add(&tests, table_is_whole);
    return host_run(&tests);
}
