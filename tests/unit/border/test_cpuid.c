// SPDX-License-Identifier: GPL-2.0
/*
 * CPUID as dom0 sees it, from hardware that has everything and from hardware
 * that has nothing.
 */
#include "unit.h"
#include <asm/guest_cpuid.h>

#define BIT(n) (1u << (n))
#define ALL (~0u)
#define OSXSAVE (1UL << 18)
#define PKE (1UL << 22)

static struct cpuid_regs ask(uint32_t leaf, uint32_t subleaf, uint64_t cr4,
                             uint32_t raw)
{
    const struct cpuid_question question = {
        .leaf = leaf,
        .subleaf = subleaf,
        .guest_cr4 = cr4,
        .vcpu_id = 3,
        .version = 4 << 16 | 17,
    };

    return guest_cpuid(&question, (struct cpuid_regs){raw, raw, raw, raw});
}

/* What of a leaf with all bits set dom0 does not see; the rest it does. */
static const struct {
    uint32_t leaf, subleaf;
    uint32_t hidden[4];
} rows[] = {
    /* MONITOR, VMX, SMX, x2APIC, OSXSAVE (by CR4) */
    {1, 0, {0, 0, BIT(3) | BIT(5) | BIT(6) | BIT(21) | BIT(27), 0}},
    {5, 0, {ALL, ALL, ALL, ALL}},
    /* TSC_ADJUST; OSPKE (by CR4), shadow stacks, LA57, bus locks; IBT */
    {7, 0, {0, BIT(1), BIT(4) | BIT(7) | BIT(16) | BIT(24), BIT(20)}},
    /* FRED, LKGS, NMI source, LAM */
    {7, 1, {BIT(17) | BIT(18) | BIT(20) | BIT(26), 0, 0, BIT(18)}},
    {0xa, 0, {ALL, ALL, ALL, ALL}},
    {0xd, 0, {0, 0, 0, BIT(30)}},
    {0xd, 1, {0, 0, BIT(11) | BIT(12), 0}},
    {0xd, 11, {ALL, ALL, ALL, ALL}},
    {0xd, 12, {ALL, ALL, ALL, ALL}},
    {0xd, 62, {ALL, ALL, ALL, ALL}},
    {0x80000001,
     0,
     {0, 0,
      BIT(2) | BIT(10) | BIT(12) | BIT(15) | BIT(23) | BIT(24) | BIT(27) |
          BIT(28) | BIT(29),
      0}},
    {0x80000008, 0, {0, BIT(3) | BIT(8) | BIT(13) | BIT(21), 0, 0}},
    {0x8000000a, 0, {ALL, ALL, ALL, ALL}},
    {0x8000001b, 0, {ALL, ALL, ALL, ALL}},
    {0x8000001c, 0, {ALL, ALL, ALL, ALL}},
    {0x8000001f, 0, {ALL, ALL, ALL, ALL}},
    {0x80000021, 0, {BIT(7) | BIT(24), 0, 0, 0}},
    {0x80000022, 0, {ALL, ALL, ALL, ALL}},
    {0x80000023, 0, {ALL, ALL, ALL, ALL}},
    /* as they are */
    {0, 0, {0}},
    {4, 0, {0}},
    {7, 2, {0}},
    {0xb, 0, {0}},
    {0xb, 1, {0}},
    {0xd, 2, {0}},
    {0x80000000, 0, {0}},
    {0x80000002, 0, {0}},
    {0x80000007, 0, {0}},
    {0x8000001d, 0, {0}},
    {0x8000001e, 0, {0}},
    {0x80000020, 0, {0}},
    {0x80000026, 0, {0}},
};

static void hidden_bits_are_clear_and_all_others_stay(void **state)
{
    (void)state;
    for (unsigned int i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct cpuid_regs r = ask(rows[i].leaf, rows[i].subleaf, 0, ALL);

        print_message("leaf %#x.%u\n", rows[i].leaf, rows[i].subleaf);
        assert_int_equal(r.eax, ~rows[i].hidden[0]);
        assert_int_equal(r.ebx, ~rows[i].hidden[1]);
        assert_int_equal(r.ecx, ~rows[i].hidden[2]);
        assert_int_equal(r.edx, ~rows[i].hidden[3]);
    }
}

/* A hypervisor; EFER.LMSLE missing; SMM_CTL missing. */
static void nothing_else_is_made_up(void **state)
{
    (void)state;
    for (unsigned int i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const uint32_t leaf = rows[i].leaf;
        const struct cpuid_regs r = ask(leaf, rows[i].subleaf, 0, 0);

        print_message("leaf %#x.%u\n", leaf, rows[i].subleaf);
        assert_int_equal(r.eax, leaf == 0x80000021 ? BIT(9) : 0);
        assert_int_equal(r.ebx, leaf == 0x80000008 ? BIT(20) : 0);
        assert_int_equal(r.ecx, leaf == 1 ? BIT(31) : 0);
        assert_int_equal(r.edx, 0);
    }
}

static void mirrored_bits_are_those_of_dom0s_cr4(void **state)
{
    (void)state;
    assert_false(ask(1, 0, 0, ALL).ecx & BIT(27));
    assert_true(ask(1, 0, OSXSAVE, 0).ecx & BIT(27));
    assert_false(ask(7, 0, 0, ALL).ecx & BIT(4));
    assert_true(ask(7, 0, PKE, 0).ecx & BIT(4));
    assert_false(ask(7, 1, PKE, 0).ecx & BIT(4));
}

static void hypervisor_leaves_are_xens_and_nobody_elses(void **state)
{
    const struct cpuid_regs base = ask(0x40000000, 0, 0, ALL);

    (void)state;
    assert_int_equal(base.eax, 0x40000004);
    assert_int_equal(base.ebx, 0x566e6558); /* XenVMMXenVMM */
    assert_int_equal(base.ecx, 0x65584d4d);
    assert_int_equal(base.edx, 0x4d4d566e);
    assert_int_equal(ask(0x40000001, 0, 0, ALL).eax, 4 << 16 | 17);
    assert_int_equal(ask(0x40000002, 0, 0, ALL).eax, 1);
    assert_int_equal(ask(0x40000002, 0, 0, ALL).ebx, 0x40000000);
    assert_int_equal(ask(0x40000004, 0, 0, ALL).eax, 1 << 3 | 1 << 4);
    assert_int_equal(ask(0x40000004, 0, 0, ALL).ebx, 3);
    for (uint32_t leaf = 0x40000005; leaf < 0x50000000; leaf += 0xfb) {
        const struct cpuid_regs r = ask(leaf, 0, 0, ALL);

        assert_int_equal(r.eax | r.ebx | r.ecx | r.edx, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hidden_bits_are_clear_and_all_others_stay),
        cmocka_unit_test(nothing_else_is_made_up),
        cmocka_unit_test(mirrored_bits_are_those_of_dom0s_cr4),
        cmocka_unit_test(hypervisor_leaves_are_xens_and_nobody_elses),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
