// SPDX-License-Identifier: GPL-2.0
/*
 * Lengths of instructions of each kind, where their distances stand, and what
 * is not known. Each example is a whole instruction; every shorter part of it
 * must be refused.
 */
#include "host/test.h"

#include <asm/insn_shape.h>

struct shape_row {
    const char *name;
    uint8_t code[15];
    uint8_t bytes;
    uint8_t distance_at, distance_bytes; /* 0, 0: none */
    bool is_branch;
};

static const struct shape_row rows[] = {
    {"nop", {0x90}, 1, 0, 0, false},
    {"nop_of_9_bytes", {0x66, 0x0f, 0x1f, 0x84}, 9, 0, 0, false},
    {"registers", {0x48, 0x89, 0xe5}, 3, 0, 0, false},
    {"memory_at_a_register", {0x8b, 0x07}, 2, 0, 0, false},
    {"displacement_of_a_byte", {0x8b, 0x47, 0x08}, 3, 0, 0, false},
    {"displacement_of_32_bits", {0x8b, 0x87, 0, 1, 0, 0}, 6, 0, 0, false},
    {"base_and_index", {0x8b, 0x04, 0x0f}, 3, 0, 0, false},
    {"index_without_base", {0x8b, 0x04, 0x8d, 0, 1, 0, 0}, 7, 0, 0, false},
    {"base_index_and_byte", {0x8b, 0x44, 0x0d, 0x08}, 4, 0, 0, false},
    {"relative_operand", {0x48, 0x8b, 0x05, 0, 1, 0, 0}, 7, 3, 4, false},
    {"relative_operand_and_immediate",
     {0xc7, 0x05, 0, 1, 0, 0, 1, 0, 0, 0},
     10,
     2,
     4,
     false},
    {"relative_operand_and_byte", {0x83, 0x3d, 0, 1, 0, 0, 1}, 7, 2, 4, false},
    {"relative_operand_of_0f", {0x0f, 0xb6, 0x05, 0, 1, 0, 0}, 7, 3, 4, false},
    {"call", {0xe8, 0, 1, 0, 0}, 5, 1, 4, true},
    {"jump", {0xe9, 0, 1, 0, 0}, 5, 1, 4, true},
    {"short_jump", {0xeb, 0x10}, 2, 1, 1, true},
    {"short_condition", {0x74, 0x10}, 2, 1, 1, true},
    {"long_condition", {0x0f, 0x84, 0, 1, 0, 0}, 6, 2, 4, true},
    {"loop", {0xe2, 0xfe}, 2, 1, 1, true},
    {"jump_with_segment_prefix", {0x2e, 0xe9, 0, 1, 0, 0}, 6, 2, 4, true},
    {"call_through_memory", {0xff, 0x15, 0, 1, 0, 0}, 6, 2, 4, false},
    {"call_of_a_register", {0xff, 0xd0}, 2, 0, 0, false},
    {"immediate_of_8_bits", {0x04, 0x7f}, 2, 0, 0, false},
    {"immediate_of_16_bits", {0x66, 0xb8, 1, 0}, 4, 0, 0, false},
    {"immediate_of_32_bits", {0xb8, 1, 0, 0, 0}, 5, 0, 0, false},
    {"immediate_of_64_bits",
     {0x48, 0xb8, 1, 0, 0, 0, 0, 0, 0, 0},
     10,
     0,
     0,
     false},
    {"rex_before_another_prefix_does_not_count",
     {0x48, 0x66, 0xb8, 1, 0},
     5,
     0,
     0,
     false},
    {"rex_counts_more_than_operand_size",
     {0x66, 0x48, 0x81, 0xc0, 1, 0, 0, 0},
     8,
     0,
     0,
     false},
    {"test_of_a_byte", {0xf6, 0xc0, 1}, 3, 0, 0, false},
    {"not_of_a_byte", {0xf6, 0xd0}, 2, 0, 0, false},
    {"test_of_32_bits", {0xf7, 0xc0, 1, 0, 0, 0}, 6, 0, 0, false},
    {"multiplication", {0xf7, 0xe1}, 2, 0, 0, false},
    {"address_of_64_bits", {0xa1, 0, 0, 0, 0, 0, 0, 0, 0}, 9, 0, 0, false},
    {"address_of_32_bits", {0x67, 0xa1, 0, 0, 0, 0}, 6, 0, 0, false},
    {"enter", {0xc8, 0x10, 0, 0}, 4, 0, 0, false},
    {"return_over_arguments", {0xc2, 8, 0}, 3, 0, 0, false},
    {"control_register", {0x0f, 0x22, 0x18}, 3, 0, 0, false},
    {"msr", {0x0f, 0x32}, 2, 0, 0, false},
    {"rdtscp", {0x0f, 0x01, 0xf9}, 3, 0, 0, false},
    {"lfence", {0x0f, 0xae, 0xe8}, 3, 0, 0, false},
    {"rep_movsb", {0xf3, 0xa4}, 2, 0, 0, false},
    {"locked_add", {0xf0, 0x83, 0x07, 1}, 4, 0, 0, false},
    {"endbr64", {0xf3, 0x0f, 0x1e, 0xfa}, 4, 0, 0, false},
    {"map_0f38", {0xf2, 0x48, 0x0f, 0x38, 0xf1, 0xc0}, 6, 0, 0, false},
    {"map_0f3a", {0x66, 0x0f, 0x3a, 0x0f, 0xc1, 4}, 6, 0, 0, false},
    {"gs_relative", {0x65, 0x48, 0x8b, 0x04, 0x25, 0, 0, 0, 0}, 9, 0, 0, false},
};

static void shape_is_known(void **state)
{
    const struct shape_row *row = *state;
    struct insn_shape shape;

    assert_true(insn_shape(row->code, sizeof(row->code), &shape));
    assert_int_equal(shape.bytes, row->bytes);
    assert_int_equal(shape.distance_at, row->distance_at);
    assert_int_equal(shape.distance_bytes, row->distance_bytes);
    assert_int_equal(shape.is_branch, row->is_branch);
    /* On the heap: a read past the end is seen. */
    for (unsigned int nr = 0; nr <= row->bytes; nr++) {
        uint8_t *part = malloc(nr ? nr : 1);

        memcpy(part, row->code, nr);
        assert_int_equal(insn_shape(part, nr, &shape), nr == row->bytes);
        free(part);
    }
}

struct unknown_row {
    const char *name;
    uint8_t code[16];
};

static const struct unknown_row unknown[] = {
    {"push_of_a_segment_is_unknown", {0x06}},
    {"far_call_is_unknown", {0x9a}},
    {"vex_of_2_bytes_is_unknown", {0xc5, 0xf8, 0x77}},
    {"vex_of_3_bytes_is_unknown", {0xc4, 0xe2, 0x79, 0x18, 0x00}},
    {"evex_is_unknown", {0x62, 0xf1, 0x7c, 0x48, 0x28, 0xc0}},
    {"xop_is_unknown", {0x8f, 0xe9, 0x78, 0x01, 0xc8}},
    {"xbegin_is_unknown", {0xc7, 0xf8, 0, 0, 0, 0}},
    {"branch_with_operand_size_is_unknown", {0x66, 0xe9, 0, 0, 0, 0}},
    {"condition_with_operand_size_is_unknown", {0x66, 0x0f, 0x84, 0, 0, 0, 0}},
    {"undefined_of_0f_is_unknown", {0x0f, 0x0a}},
    {"prefixes_alone_are_unknown",
     {0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
      0x66, 0x66, 0x66, 0x66}},
    {"sixteen_bytes_are_too_many",
     {0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
      0x66, 0x66, 0x66, 0x90}},
};

static void shape_is_unknown(void **state)
{
    const struct unknown_row *row = *state;
    struct insn_shape shape = {.bytes = 99};

    assert_false(insn_shape(row->code, sizeof(row->code), &shape));
    assert_int_equal(shape.bytes, 99);
}

int main(void)
{
    static struct host_tests tests;

    host_add_rows(&tests, rows, shape_is_known);
    host_add_rows(&tests, unknown, shape_is_unknown);
    return host_run(&tests);
}
