// SPDX-License-Identifier: GPL-2.0
/*
 * x86-64's relocation types: the lowest and the highest value that each field
 * holds, one past each, and the types that are not supported.
 */
#include "steps.h"

#include <xen/livepatch_arch.h>

#define PLACE 4 /* offset in .text */
#define FILL 0xcc

struct value_row {
    const char *name;
    uint32_t type;
    int64_t value; /* of S + A, or of S + A - P */
    int rc;
    unsigned int bytes; /* stored */
};

#define MIN32 (-0x80000000LL)
#define MAX32 0x7fffffffLL

static const struct value_row values[] = {
    {"64_lowest", R_X86_64_64, INT64_MIN, 0, 8},
    {"64_highest", R_X86_64_64, INT64_MAX, 0, 8},
    {"64_minus_one", R_X86_64_64, -1, 0, 8},
    {"64_zero", R_X86_64_64, 0, 0, 8},
    {"pc32_lowest", R_X86_64_PC32, MIN32, 0, 4},
    {"pc32_one_below_the_lowest_is_eoverflow", R_X86_64_PC32, MIN32 - 1,
     -EOVERFLOW, 0},
    {"pc32_highest", R_X86_64_PC32, MAX32, 0, 4},
    {"pc32_one_above_the_highest_is_eoverflow", R_X86_64_PC32, MAX32 + 1,
     -EOVERFLOW, 0},
    {"pc32_minus_one", R_X86_64_PC32, -1, 0, 4},
    {"pc32_zero", R_X86_64_PC32, 0, 0, 4},
    {"pc32_of_2_to_32_is_eoverflow", R_X86_64_PC32, 1LL << 32, -EOVERFLOW, 0},
    {"pc32_furthest_up_is_eoverflow", R_X86_64_PC32, INT64_MAX, -EOVERFLOW, 0},
    {"pc32_furthest_down_is_eoverflow", R_X86_64_PC32, INT64_MIN, -EOVERFLOW,
     0},
    {"plt32_lowest", R_X86_64_PLT32, MIN32, 0, 4},
    {"plt32_one_below_the_lowest_is_eoverflow", R_X86_64_PLT32, MIN32 - 1,
     -EOVERFLOW, 0},
    {"plt32_highest", R_X86_64_PLT32, MAX32, 0, 4},
    {"plt32_one_above_the_highest_is_eoverflow", R_X86_64_PLT32, MAX32 + 1,
     -EOVERFLOW, 0},
    {"none_stores_nothing", R_X86_64_NONE, 0x12345678, 0, 0},
};

static struct payload_builder *start_object(uint32_t type)
{
    struct payload_builder *builder = builder_new();
    uint8_t fill[16];
    uint32_t text;

    memset(fill, FILL, sizeof(fill));
    text = builder_section(builder, ".text", SHT_PROGBITS,
                           SHF_ALLOC | SHF_EXECINSTR, 16, fill, sizeof(fill));
    builder_symbol(builder, "abs", SHN_ABS, 0x1000, 0);
    builder_relocation(builder, text, PLACE, type, 1, 0);
    return builder;
}

/* What the field should hold afterwards, and what is around it. */
static void assert_stored(const struct pipeline *p, const struct value_row *row)
{
    uint8_t expected[16];

    memset(expected, FILL, sizeof(expected));
    memcpy(expected + PLACE, &row->value, row->bytes);
    assert_memory_equal(p->image.base, expected, sizeof(expected));
}

static void value_is_stored_or_refused(void **state)
{
    const struct value_row *row = *state;
    const bool is_relative =
        row->type == R_X86_64_PC32 || row->type == R_X86_64_PLT32;
    struct pipeline p;

    pipeline_build(&p, start_object(row->type), STAGE_SYMBOLS);
    file_record(&p.file, ".rela.text", 0)->r_addend =
        (int64_t)((uint64_t)row->value - 0x1000 +
                  (is_relative ? (uint64_t)p.image.base + PLACE : 0));
    assert_int_equal(lp_relocate(&p.elf, &p.layout, &p.image, &p.symbols),
                     row->rc);
    assert_stored(&p, row);
    pipeline_close(&p);
}

static void other_types_are_not_supported(void **state)
{
    (void)state;
    for (uint32_t type = 0; type < 300; type++) {
        const bool is_supported =
            type == R_X86_64_NONE || type == R_X86_64_64 ||
            type == R_X86_64_PC32 || type == R_X86_64_PLT32;

        assert_int_equal(arch_livepatch_howto(type) != NULL, is_supported);
    }
}

static void each_row_knows_its_own_type(void **state)
{
    (void)state;
    for (uint32_t type = 0; type < 300; type++) {
        const struct livepatch_howto *howto = arch_livepatch_howto(type);

        if (howto) {
            assert_int_equal(howto->type, type);
            assert_true(howto->place_bytes * 8 == howto->bits);
        }
    }
}

int main(void)
{
    static struct host_tests tests;

    host_add_rows(&tests, values, value_is_stored_or_refused);
    host_add(&tests, other_types_are_not_supported);
    host_add(&tests, each_row_knows_its_own_type);
    return host_run(&tests);
}
