// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of bytes that do nothing: as inline assembly and as filling they are
 * the same, and each length is one instruction.
 */
#include "host/test.h"

#include <string.h>
#include <asm/insn_shape.h>
#include <asm/nops.h>

/* The NOPs' bytes one after another: number n begins after 1 + ... + n - 1. */
extern const uint8_t all_nops[], all_nops_end[];
__asm__(".pushsection .rodata\n"
        "all_nops:\n" ASM_NOP1 "\n" ASM_NOP2 "\n" ASM_NOP3 "\n" ASM_NOP4
        "\n" ASM_NOP5 "\n" ASM_NOP6 "\n" ASM_NOP7 "\n" ASM_NOP8 "\n" ASM_NOP9
        "\nall_nops_end:\n"
        ".popsection\n");

static void each_is_one_instruction_of_its_length(void **state)
{
    const uint8_t *nop = all_nops;

    (void)state;
    for (unsigned int length = 1; length <= ASM_NOP_MAX; length++) {
        struct insn_shape shape;

        assert_true(insn_shape(nop, length, &shape));
        assert_int_equal(shape.bytes, length);
        assert_false(shape.is_branch);
        nop += length;
    }
    assert_ptr_equal(nop, all_nops_end);
}

static void filling_is_of_the_same_bytes(void **state)
{
    const uint8_t *nop = all_nops;
    uint8_t bytes[ASM_NOP_MAX + 1];

    (void)state;
    for (unsigned int length = 1; length <= ASM_NOP_MAX; length++) {
        memset(bytes, 0xee, sizeof(bytes));
        fill_with_nops(bytes, length);
        assert_memory_equal(bytes, nop, length);
        assert_int_equal(bytes[length], 0xee);
        nop += length;
    }
}

static void they_do_nothing(void **state)
{
    unsigned long before = 0x5a5a, after = before;

    (void)state;
    __asm__ __volatile__(ASM_NOP1 "\n" ASM_NOP2 "\n" ASM_NOP3 "\n" ASM_NOP4
                                  "\n" ASM_NOP5 "\n" ASM_NOP6 "\n" ASM_NOP7
                                  "\n" ASM_NOP8 "\n" ASM_NOP9
                         : "+a"(after));
    assert_int_equal(after, before);
}

static void long_filling_is_of_the_longest(void **state)
{
    uint8_t bytes[2 * ASM_NOP_MAX + 3];
    const uint8_t *longest = all_nops_end - ASM_NOP_MAX;

    (void)state;
    memset(bytes, 0xee, sizeof(bytes));
    fill_with_nops(bytes, 2 * ASM_NOP_MAX + 2);
    assert_memory_equal(bytes, longest, ASM_NOP_MAX);
    assert_memory_equal(bytes + ASM_NOP_MAX, longest, ASM_NOP_MAX);
    assert_memory_equal(bytes + 2 * ASM_NOP_MAX, all_nops + 1, 2);
    assert_int_equal(bytes[2 * ASM_NOP_MAX + 2], 0xee);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_is_one_instruction_of_its_length),
        cmocka_unit_test(filling_is_of_the_same_bytes),
        cmocka_unit_test(they_do_nothing),
        cmocka_unit_test(long_filling_is_of_the_longest),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
