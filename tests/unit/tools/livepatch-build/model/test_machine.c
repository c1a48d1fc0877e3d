/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a machine's code does: nothing, or lead out of itself without a
 * relocation.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "model/machine.h"
#include "model/object.h"

#define CODE(...)                                                              \
    .code = {__VA_ARGS__}, .nr = sizeof((const unsigned char[]){__VA_ARGS__})
#define WORD(x)                                                                \
    (x) & 0xff, (x) >> 8 & 0xff, (x) >> 16 & 0xff, (uint32_t)(x) >> 24
#define NOP 0xd503201f

struct example {
    unsigned char code[16];
    size_t nr;
};

/* The section's bytes 4 to the last but 4 of these. */
static bool leaves(const struct machine *machine, const struct example *example,
                   size_t relocated)
{
    struct relocation relocation = {.offset = relocated};
    const struct section section = {
        .bytes = example->code,
        .size = example->nr,
        .relocations = &relocation,
        .nr_relocations = relocated ? 1 : 0,
    };

    return machine->leaves(&section, 4, example->nr - 4);
}

static void what_does_nothing_is_filler(void **state)
{
    static const struct example x86[] = {
        {CODE(0x90)},
        {CODE(0xcc, 0xcc)},
        {CODE(0, 0, 0)},
        {CODE(0x66, 0x90, 0x0f, 0x1f, 0x44, 0x00, 0x00)},
        {CODE(0x66, 0x2e, 0x0f, 0x1f, 0x84, 0, 0, 0, 0, 0)},
    };
    static const struct example arm[] = {
        {CODE(WORD(NOP))},
        {CODE(WORD(0), WORD(NOP))},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(x86) / sizeof(*x86); i++) {
        assert_true(machine_x86.is_filler(x86[i].code, x86[i].nr));
    }
    for (size_t i = 0; i < sizeof(arm) / sizeof(*arm); i++) {
        assert_true(machine_arm.is_filler(arm[i].code, arm[i].nr));
    }
}

static void what_does_something_is_no_filler(void **state)
{
    static const struct example x86[] = {
        {CODE(0x90, 0xc3)},       /* ret */
        {CODE(0x0f, 0x0b, 0x90)}, /* ud2 */
        {CODE(0, 0xb8, 1, 2, 3, 4)},
        {CODE(0x0f, 0x1f, 0x44, 0x00)}, /* a part of one */
    };
    static const struct example arm[] = {
        {CODE(WORD(NOP), WORD(0xd65f03c0))}, /* ret */
        {CODE(WORD(NOP), 0, 0)},
        {CODE(WORD(0xd503203f))}, /* yield */
    };

    (void)state;
    for (size_t i = 0; i < sizeof(x86) / sizeof(*x86); i++) {
        assert_false(machine_x86.is_filler(x86[i].code, x86[i].nr));
    }
    for (size_t i = 0; i < sizeof(arm) / sizeof(*arm); i++) {
        assert_false(machine_arm.is_filler(arm[i].code, arm[i].nr));
    }
}

/* From byte 4, where `end` is the first byte behind. */
static void x86_code_leaves_by_each_kind_of_distance(void **state)
{
    static const struct {
        struct example example;
        bool leaves;
    } all[] = {
        {{CODE(0, 0, 0, 0, 0x90, 0x90, 0, 0, 0, 0)}, false},
        {{CODE(0, 0, 0, 0, 0xeb, 0xfe, 0, 0, 0, 0)}, false}, /* jmp itself */
        {{CODE(0, 0, 0, 0, 0xeb, 0xfd, 0, 0, 0, 0)}, true},  /* before */
        {{CODE(0, 0, 0, 0, 0xeb, 0x00, 0, 0, 0, 0)}, true},  /* the end */
        {{CODE(0, 0, 0, 0, 0xeb, 0x00, 0x90, 0, 0, 0, 0)}, false},
        {{CODE(0, 0, 0, 0, 0x74, 0xfd, 0, 0, 0, 0)}, true}, /* je */
        {{CODE(0, 0, 0, 0, 0xe8, 0, 0, 0, 0, 0, 0, 0, 0)}, true},
        {{CODE(0, 0, 0, 0, 0x0f, 0x84, 0, 0, 0, 0, 0, 0, 0, 0)}, true},
        {{CODE(0, 0, 0, 0, 0x48, 0x8d, 0x05, 0, 0, 0, 0, 0, 0, 0, 0)}, true},
        {{CODE(0, 0, 0, 0, 0x48, 0x8d, 0x45, 0x7f, 0, 0, 0, 0)}, false},
        {{CODE(0, 0, 0, 0, 0xb8, 0, 1, 0, 0, 0, 0, 0, 0)}, false}, /* mov */
    };

    (void)state;
    for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
        if (leaves(&machine_x86, &all[i].example, 0) != all[i].leaves) {
            fail_msg("row %zu", i);
        }
    }
}

static void arm_code_leaves_by_each_kind_of_distance(void **state)
{
    static const struct {
        uint32_t insn; /* at byte 4, with a nop behind it */
        bool leaves;
    } all[] = {
        {NOP, false},        {0x14000000, false}, /* b to itself */
        {0x14000001, false},                      /* to the nop */
        {0x14000002, true},                       /* to the end */
        {0x17ffffff, true},                       /* before */
        {0x97ffffff, true},                       /* bl */
        {0x54ffffe0, true},                       /* b.eq */
        {0x54000020, false},                      /* 〃 to the nop */
        {0xb4ffffe0, true},                       /* cbz x0 */
        {0x35ffffe0, true},                       /* cbnz w0 */
        {0x3707ffe0, true},                       /* tbnz */
        {0x36000020, false},                      /* tbz, to the nop */
        {0x58ffffe0, true},                       /* ldr x0, literal */
        {0x98ffffe0, true},                       /* ldrsw */
        {0x70000020, false},                      /* adr, 7 bytes on */
        {0x10000040, true},                       /* adr, 8 bytes on */
        {0x10ffffe0, true},                       /* adr, a word before */
        {0x90ffffe0, false}, /* adrp: always with a relocation */
        {0xd63f0000, false}, /* blr */
        {0xf9400000, false}, /* ldr x0, [x0] */
    };

    (void)state;
    for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
        const struct example example = {
            CODE(0, 0, 0, 0, WORD(all[i].insn), WORD(NOP), 0, 0, 0, 0)};

        if (leaves(&machine_arm, &example, 0) != all[i].leaves) {
            fail_msg("row %zu", i);
        }
    }
}

static void what_has_a_relocation_does_not_leave(void **state)
{
    const struct example x86 = {CODE(0, 0, 0, 0, 0xe8, 0, 0, 0, 0, 0, 0, 0, 0)};
    const struct example arm = {CODE(0, 0, 0, 0, WORD(0x94000000), 0, 0, 0, 0)};
    const struct example behind = {
        CODE(0, 0, 0, 0, 0xeb, 0x7f, 0xe8, 0, 0, 0, 0, 0, 0, 0, 0)};

    (void)state;
    assert_false(leaves(&machine_x86, &x86, 5));
    assert_true(leaves(&machine_x86, &behind, 7));
    assert_false(leaves(&machine_arm, &arm, 4));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_does_nothing_is_filler),
        cmocka_unit_test(what_does_something_is_no_filler),
        cmocka_unit_test(x86_code_leaves_by_each_kind_of_distance),
        cmocka_unit_test(arm_code_leaves_by_each_kind_of_distance),
        cmocka_unit_test(what_has_a_relocation_does_not_leave),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
