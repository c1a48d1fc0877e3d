// SPDX-License-Identifier: GPL-2.0
/*
 * A vCPU's beginnings: all intercepts and the nested tables are in force, and
 * nothing of an earlier life is left but the time-stamp counter.
 */
#include "unit.h"
#include <string.h>
#include <asm/layout.h>
#include <asm/npt.h>
#include <asm/start_state.h>

static struct vmcb vmcb;
static struct vcpu vcpu = {.vmcb = &vmcb};

paddr_t npt_root(void)
{
    return 0x123000;
}

paddr_t svm_msr_bitmap(void)
{
    return 0x456000;
}

static int set_up(void **state)
{
    (void)state;
    memset(&vmcb, 0xa5, sizeof(vmcb));
    memset(vcpu.regs, 0xa5, sizeof(vcpu.regs));
    vmcb.tsc_offset = 77;
    return 0;
}

/* NMI, CPUID, INVLPGA, MSRs, shutdown; VMRUN to SKINIT, MONITOR,
 * MWAIT. */
static void border_is_closed(void)
{
    assert_int_equal(vmcb.intercept_1,
                     1u << 1 | 1u << 18 | 1u << 26 | 1u << 28 | 1u << 31);
    assert_int_equal(vmcb.intercept_2, 0xc7f);
    assert_int_equal(vmcb.msrpm_base, 0x456000);
    assert_int_equal(vmcb.np_enable, 1);
    assert_int_equal(vmcb.nested_cr3, 0x123000);
    assert_int_equal(vmcb.asid, 1);
    assert_int_equal(vmcb.tlb_control, 1);
    assert_int_equal(vmcb.clean_bits, 0);
    assert_int_equal(vmcb.event_injection, 0);
    assert_int_equal(vmcb.efer, EFER_SVME);
    assert_int_equal(vmcb.tsc_offset, 77);
}

static void kernel_starts_in_protected_mode_behind_the_border(void **state)
{
    (void)state;
    vcpu_set_kernel_state(&vcpu, 0x1000000, 0x10000);
    border_is_closed();
    assert_int_equal(vmcb.cr0, 0x11);
    assert_int_equal(vmcb.cr3 | vmcb.cr4, 0);
    assert_int_equal(vmcb.rip, 0x1000000);
    assert_int_equal(vcpu.regs[REG_RSI], 0x10000);
    assert_int_equal(vcpu.regs[REG_RAX], 0);
}

static void started_cpu_is_in_real_mode_behind_the_border(void **state)
{
    (void)state;
    vcpu_set_startup_state(&vcpu, 0x9a);
    border_is_closed();
    assert_int_equal(vmcb.cr0, 0x10);
    assert_int_equal(vmcb.rip, 0);
    assert_int_equal(vmcb.cs.selector, 0x9a00);
    assert_int_equal(vmcb.cs.base, 0x9a000);
    assert_int_equal(vmcb.cs.limit, 0xffff);
    assert_int_equal(vmcb.cpl, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(
            kernel_starts_in_protected_mode_behind_the_border, set_up),
        cmocka_unit_test_setup(started_cpu_is_in_real_mode_behind_the_border,
                               set_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
