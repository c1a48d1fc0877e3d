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
#define MAXU32 0xffffffffLL

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
    {"32_zero", R_X86_64_32, 0, 0, 4},
    {"32_below_zero_is_eoverflow", R_X86_64_32, -1, -EOVERFLOW, 0},
    {"32_highest", R_X86_64_32, MAXU32, 0, 4},
    {"32_one_above_the_highest_is_eoverflow", R_X86_64_32, MAXU32 + 1,
     -EOVERFLOW, 0},
    {"32s_lowest", R_X86_64_32S, MIN32, 0, 4},
    {"32s_one_below_the_lowest_is_eoverflow", R_X86_64_32S, MIN32 - 1,
     -EOVERFLOW, 0},
    {"32s_highest", R_X86_64_32S, MAX32, 0, 4},
    {"32s_one_above_the_highest_is_eoverflow", R_X86_64_32S, MAX32 + 1,
     -EOVERFLOW, 0},
    {"16_lowest", R_X86_64_16, -0x8000, 0, 2},
    {"16_one_below_the_lowest_is_eoverflow", R_X86_64_16, -0x8001, -EOVERFLOW,
     0},
    {"16_highest", R_X86_64_16, 0xffff, 0, 2},
    {"16_one_above_the_highest_is_eoverflow", R_X86_64_16, 0x10000, -EOVERFLOW,
     0},
    {"pc16_lowest", R_X86_64_PC16, -0x8000, 0, 2},
    {"pc16_one_below_the_lowest_is_eoverflow", R_X86_64_PC16, -0x8001,
     -EOVERFLOW, 0},
    {"pc16_highest", R_X86_64_PC16, 0x7fff, 0, 2},
    {"pc16_one_above_the_highest_is_eoverflow", R_X86_64_PC16, 0x8000,
     -EOVERFLOW, 0},
    {"8_lowest", R_X86_64_8, -0x80, 0, 1},
    {"8_one_below_the_lowest_is_eoverflow", R_X86_64_8, -0x81, -EOVERFLOW, 0},
    {"8_highest", R_X86_64_8, 0xff, 0, 1},
    {"8_one_above_the_highest_is_eoverflow", R_X86_64_8, 0x100, -EOVERFLOW, 0},
    {"pc8_lowest", R_X86_64_PC8, -0x80, 0, 1},
    {"pc8_one_below_the_lowest_is_eoverflow", R_X86_64_PC8, -0x81, -EOVERFLOW,
     0},
    {"pc8_highest", R_X86_64_PC8, 0x7f, 0, 1},
    {"pc8_one_above_the_highest_is_eoverflow", R_X86_64_PC8, 0x80, -EOVERFLOW,
     0},
    {"pc64_lowest", R_X86_64_PC64, INT64_MIN, 0, 8},
    {"pc64_highest", R_X86_64_PC64, INT64_MAX, 0, 8},
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
    const bool is_relative = arch_livepatch_howto(row->type)->pc_relative;
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

static const uint32_t supported[] = {
    R_X86_64_NONE,      R_X86_64_64,
    R_X86_64_PC32,      R_X86_64_PLT32,
    R_X86_64_GOTPCREL,  R_X86_64_32,
    R_X86_64_32S,       R_X86_64_16,
    R_X86_64_PC16,      R_X86_64_8,
    R_X86_64_PC8,       R_X86_64_PC64,
    R_X86_64_GOTPCRELX, R_X86_64_REX_GOTPCRELX,
};

static bool is_supported(uint32_t type)
{
    for (unsigned int i = 0; i < sizeof(supported) / sizeof(*supported); i++) {
        if (supported[i] == type) {
            return true;
        }
    }
    return false;
}

static void other_types_are_not_supported(void **state)
{
    (void)state;
    for (uint32_t type = 0; type < 300; type++) {
        assert_int_equal(arch_livepatch_howto(type) != NULL,
                         is_supported(type));
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
