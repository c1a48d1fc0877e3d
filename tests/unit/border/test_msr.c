// SPDX-License-Identifier: GPL-2.0
/*
 * dom0's MSRs: which are intercepted, what reading and writing each of them
 * gives, and that the bitmap says the same.
 */
#include "unit.h"
#include <string.h>
#include <xen/lib.h>
#include <xen/mm.h>
#include <asm/apic.h>
#include <asm/cpu.h>
#include <asm/guest_msr.h>
#include <asm/npt.h>

#include "fake_printk.h"

#define APIC_BASE 0xfee00900UL
#define SYSCFG 0x740000UL
#define TSC 1000000UL
#define HYPERCALL_PAGE 0x1234000UL
#define ENCRYPTION 0x07800000UL

static struct vmcb vmcb;
static struct vcpu vcpu = {.vmcb = &vmcb};
static uint8_t page[PAGE_SIZE + 1];
static uint64_t written;
static unsigned int nr_written;
static uint32_t features[X86_FEATURE_WORDS];

uint64_t rdmsr(uint32_t msr)
{
    assert_int_equal(msr, MSR_APIC_BASE);
    return APIC_BASE;
}

int rdmsr_safe(uint32_t msr, uint64_t *value)
{
    assert_int_equal(msr, MSR_SYSCFG);
    *value = SYSCFG;
    return 0;
}

int wrmsr_safe(uint32_t msr, uint64_t value)
{
    assert_true(msr == MSR_SYSCFG || msr == MSR_XSS);
    written = value;
    nr_written++;
    return 0;
}

uint64_t rdtsc(void)
{
    return TSC;
}

bool boot_cpu_has(unsigned int feature)
{
    return features[feature / 32] >> feature % 32 & 1;
}

void *npt_ram(paddr_t gpa)
{
    return gpa == HYPERCALL_PAGE ? page : NULL;
}

static unsigned int injected;

void vcpu_inject_exception(struct vcpu *v, unsigned int vector,
                           bool has_error_code, uint32_t error_code)
{
    assert_ptr_equal(v, &vcpu);
    assert_true(has_error_code);
    assert_int_equal(error_code, 0);
    injected = vector;
}

void vcpu_skip_instruction(struct vcpu *v, unsigned int bytes)
{
    v->vmcb->rip += bytes;
}

static int set_up(void **state)
{
    (void)state;
    memset(&vmcb, 0, sizeof(vmcb));
    memset(vcpu.regs, 0, sizeof(vcpu.regs));
    memset(features, 0xff, sizeof(features));
    vmcb.efer = EFER_SVME | EFER_LME | EFER_LMA | EFER_NXE | EFER_SCE;
    vmcb.cr0 = CR0_PG;
    nr_written = 0;
    fake_log_clear();
    return 0;
}

/* Either it is done and stepped over, or it is #GP at the instruction and
 * nothing has changed. */
static bool is_done(void)
{
    const bool done = vmcb.rip == 2;

    assert_int_equal(injected, done ? 0 : VECTOR_GENERAL_PROTECTION);
    assert_true(done || vmcb.rip == 0);
    return done;
}

static void serve(uint32_t msr, bool is_write)
{
    vmcb.rip = 0;
    vmcb.exit_info_1 = is_write;
    vcpu.regs[REG_RCX] = 0xffffffff00000000 | msr;
    injected = 0;
    guest_msr_serve(&vcpu);
}

static bool write(uint32_t msr, uint64_t value)
{
    vcpu.regs[REG_RAX] = 0xffffffff00000000 | (uint32_t)value;
    vcpu.regs[REG_RDX] = value >> 32;
    serve(msr, true);
    return is_done();
}

static bool read(uint32_t msr, uint64_t *value)
{
    serve(msr, false);
    *value = vcpu.regs[REG_RAX] | vcpu.regs[REG_RDX] << 32;
    return is_done();
}

/* What is dom0's of each range: R read, W write some value, P not intercepted
 * for reads. */
static const struct {
    uint32_t first, last;
    const char *may;
} rows[] = {
    {0x10, 0x10, "PW"}, /* TSC */
    {0x1b, 0x1b, "PW"}, /* APIC base */
    {0x3b, 0x3b, ""},
    {0x1cc, 0x1d4, ""},
    {0x6a0, 0x6a8, ""},
    {0x800, 0x8ff, ""},
    {0xda0, 0xda0, "PW"}, /* XSS */
    {0x40000000, 0x40000000, "W"},
    {0xc0000080, 0xc0000080, "RW"}, /* EFER */
    {0xc0000104, 0xc0000104, ""},
    {0xc0000105, 0xc0000106, ""},
    {0xc0000300, 0xc0000303, ""},
    {0xc0010000, 0xc0010007, ""},
    {0xc0010010, 0xc0010010, "PW"}, /* SYSCFG */
    {0xc0010111, 0xc0010113, "P"},  /* SMM */
    {0xc0010114, 0xc0010114, "R"},  /* VM_CR */
    {0xc0010116, 0xc0010116, ""},
    {0xc0010117, 0xc0010117, ""}, /* VM_HSAVE_PA */
    {0xc0010118, 0xc0010118, ""},
    {0xc001011e, 0xc001011e, ""},
    {0xc0010130, 0xc001013f, ""},
    {0xc0010200, 0xc001020f, ""},
    {0xc0010230, 0xc001023b, ""},
    {0xc0010240, 0xc0010247, ""},
    {0xc0011030, 0xc001103f, ""},
};

static const char *may(uint32_t msr)
{
    for (unsigned int i = 0; i < ARRAY_SIZE(rows); i++) {
        if (msr >= rows[i].first && msr <= rows[i].last) {
            return rows[i].may;
        }
    }
    return NULL;
}

/* The bitmap's two bits for each of three ranges of 0x2000. */
static void bitmap_is_that_of_the_table(void **state)
{
    static const uint32_t bases[] = {0, 0xc0000000, 0xc0010000};
    static uint8_t bitmap[2 * PAGE_SIZE];

    (void)state;
    guest_msr_fill_bitmap(bitmap);
    for (unsigned int i = 0; i < 3 * 0x2000; i++) {
        const uint32_t msr = bases[i / 0x2000] + i % 0x2000;
        const unsigned int bits = bitmap[i / 4] >> i % 4 * 2 & 3;
        const char *is = may(msr);
        const unsigned int wanted = !is ? 0 : strchr(is, 'P') ? 2 : 3;

        if (bits != wanted) {
            fail_msg("MSR %#x: %u in the bitmap, wanted %u", msr, bits, wanted);
        }
    }
    for (unsigned int i = 3 * 0x2000 / 4; i < sizeof(bitmap); i++) {
        assert_int_equal(bitmap[i], 0);
    }
}

static void what_is_not_dom0s_is_a_protection_fault(void **state)
{
    static const uint64_t values[] = {
        0, 1, 5, 0x18, 0x100000000, ~0UL, 1UL << 63, 0x200000, 0x1000};

    (void)state;
    for (unsigned int i = 0; i < ARRAY_SIZE(rows); i++) {
        for (uint32_t msr = rows[i].first; msr <= rows[i].last; msr++) {
            uint64_t value;

            print_message("MSR %#x\n", msr);
            assert_int_equal(read(msr, &value),
                             strchr(rows[i].may, 'R') != NULL);
            for (unsigned int n = 0;
                 !strchr(rows[i].may, 'W') && n < ARRAY_SIZE(values); n++) {
                assert_false(write(msr, values[n]));
            }
        }
    }
}

static void unknown_number_is_a_protection_fault(void **state)
{
    static const uint32_t unknown[] = {0x2000,     0x40000001, 0x3fffffff,
                                       0xc0002000, 0xc0012000, 0xffffffff};
    uint64_t value;

    (void)state;
    for (unsigned int i = 0; i < ARRAY_SIZE(unknown); i++) {
        assert_false(read(unknown[i], &value));
        assert_false(write(unknown[i], 0));
    }
}

static void svm_is_off_for_good(void **state)
{
    uint64_t value;

    (void)state;
    assert_true(read(MSR_VM_CR, &value));
    assert_int_equal(value, 0x18);
    assert_true(read(MSR_EFER, &value));
    assert_int_equal(value, EFER_LME | EFER_LMA | EFER_NXE | EFER_SCE);
}

/* Bits of EFER with the feature's word and bit in CPUID. */
static const struct {
    uint64_t bit;
    unsigned int word, feature;
} efer_bits[] = {
    {1 << 0, 2, 11},  {1 << 11, 2, 20}, {1 << 14, 2, 25},
    {1 << 15, 3, 17}, {1 << 21, 11, 8},
};

static void efer_takes_what_cpuid_shows(void **state)
{
    const uint64_t base = EFER_LME | EFER_LMA;

    (void)state;
    for (unsigned int i = 0; i < ARRAY_SIZE(efer_bits); i++) {
        const uint64_t bit = efer_bits[i].bit;

        print_message("bit %#lx\n", bit);
        set_up(NULL);
        assert_true(write(MSR_EFER, base | bit));
        assert_int_equal(vmcb.efer, base | bit | EFER_SVME);
        vmcb.efer = base | EFER_SVME;
        features[efer_bits[i].word] &= ~(1u << efer_bits[i].feature);
        assert_false(write(MSR_EFER, base | bit));
        assert_int_equal(vmcb.efer, base | EFER_SVME);
    }
}

static void efer_takes_no_other_bit(void **state)
{
    const uint64_t before = vmcb.efer;

    (void)state;
    for (unsigned int bit = 0; bit < 64; bit++) {
        if (!((1UL << bit) & (0x20cd01UL))) {
            assert_false(
                write(MSR_EFER, (before & ~(uint64_t)EFER_SVME) | 1UL << bit));
            assert_int_equal(vmcb.efer, before);
        }
    }
}

static void efer_keeps_svm_and_what_paging_decides(void **state)
{
    (void)state;
    assert_false(write(MSR_EFER, EFER_NXE)); /* LME off while paging */
    assert_true(write(MSR_EFER, EFER_LME));  /* LMA is not written */
    assert_int_equal(vmcb.efer, EFER_LME | EFER_LMA | EFER_SVME);
    vmcb.cr0 = 0;
    vmcb.efer = EFER_SVME;
    assert_true(write(MSR_EFER, EFER_LMA));
    assert_int_equal(vmcb.efer, EFER_SVME);
    assert_true(write(MSR_EFER, EFER_LME));
    assert_int_equal(vmcb.efer, EFER_LME | EFER_SVME);
    assert_true(write(MSR_EFER, 0));
    assert_int_equal(vmcb.efer, EFER_SVME);
}

static void apic_base_stays(void **state)
{
    (void)state;
    assert_true(write(MSR_APIC_BASE, APIC_BASE));
    assert_false(write(MSR_APIC_BASE, APIC_BASE | 0x400));    /* x2APIC */
    assert_false(write(MSR_APIC_BASE, APIC_BASE & ~0x800UL)); /* off */
    assert_false(write(MSR_APIC_BASE, APIC_BASE + 0x1000));
    assert_false(write(MSR_APIC_BASE, 0));
}

/* How often the log says so, of ten thousand times. */
static unsigned int count_told(bool is_write, uint32_t msr, const char *words)
{
    unsigned int nr = 0;

    for (unsigned int i = 0; i < 10000; i++) {
        fake_log_clear();
        serve(msr, is_write);
        nr += strstr(fake_log, words) != NULL;
    }
    return nr;
}

static void repeated_refusals_are_told_of_now_and_then(void **state)
{
    unsigned int nr;

    (void)state;
    nr = count_told(true, MSR_APIC_BASE, "vCPU 0: APIC base 0 refused (");
    assert_in_range(nr, 1, 20);
    nr = count_told(false, MSR_VM_HSAVE_PA, "#GP for read of MSR 0xc0010117 (");
    assert_in_range(nr, 1, 20);
}

static void time_stamp_counter_becomes_an_offset(void **state)
{
    (void)state;
    assert_true(write(MSR_TSC, TSC + 77));
    assert_int_equal(vmcb.tsc_offset, 77);
    assert_true(write(MSR_TSC, 0));
    assert_int_equal(vmcb.tsc_offset, -TSC);
    assert_int_equal(nr_written, 0);
}

static void syscfg_passes_but_for_encryption(void **state)
{
    (void)state;
    assert_true(write(MSR_SYSCFG, SYSCFG ^ 0x80000));
    assert_int_equal(written, SYSCFG ^ 0x80000);
    for (unsigned int bit = 0; bit < 64; bit++) {
        nr_written = 0;
        assert_int_equal(write(MSR_SYSCFG, SYSCFG ^ 1UL << bit),
                         !(ENCRYPTION & 1UL << bit));
        assert_int_equal(nr_written, !(ENCRYPTION & 1UL << bit));
    }
}

/* Of what XSAVES keeps, shadow stacks are hidden: bits 11 and 12. */
static void extended_states_pass_but_for_shadow_stacks(void **state)
{
    (void)state;
    assert_true(write(MSR_XSS, 0));
    assert_true(write(MSR_XSS, 0x100));
    assert_int_equal(written, 0x100);
    assert_int_equal(nr_written, 2);
    assert_false(write(MSR_XSS, 0x800));
    assert_false(write(MSR_XSS, 0x1100));
    assert_int_equal(nr_written, 2);
}

static void hypercall_page_is_filled_and_nothing_behind_it(void **state)
{
    (void)state;
    memset(page, 0xee, sizeof(page));
    assert_true(write(0x40000000, HYPERCALL_PAGE | 0xfff));
    for (unsigned int i = 0; i < PAGE_SIZE / 32; i++) {
        const uint8_t stub[] = {0xb8, (uint8_t)i, 0,    0,   0,
                                0x0f, 0x01,       0xd9, 0xc3};

        assert_memory_equal(page + i * 32, stub, sizeof(stub));
    }
    assert_int_equal(page[PAGE_SIZE], 0xee);
}

static void hypercall_page_outside_ram_is_a_protection_fault(void **state)
{
    (void)state;
    assert_false(write(0x40000000, HYPERCALL_PAGE + PAGE_SIZE));
    assert_false(write(0x40000000, ~0UL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(bitmap_is_that_of_the_table, set_up),
        cmocka_unit_test_setup(what_is_not_dom0s_is_a_protection_fault, set_up),
        cmocka_unit_test_setup(unknown_number_is_a_protection_fault, set_up),
        cmocka_unit_test_setup(svm_is_off_for_good, set_up),
        cmocka_unit_test_setup(efer_takes_what_cpuid_shows, set_up),
        cmocka_unit_test_setup(efer_takes_no_other_bit, set_up),
        cmocka_unit_test_setup(efer_keeps_svm_and_what_paging_decides, set_up),
        cmocka_unit_test_setup(apic_base_stays, set_up),
        cmocka_unit_test_setup(repeated_refusals_are_told_of_now_and_then,
                               set_up),
        cmocka_unit_test_setup(time_stamp_counter_becomes_an_offset, set_up),
        cmocka_unit_test_setup(syscfg_passes_but_for_encryption, set_up),
        cmocka_unit_test_setup(extended_states_pass_but_for_shadow_stacks,
                               set_up),
        cmocka_unit_test_setup(hypercall_page_is_filled_and_nothing_behind_it,
                               set_up),
        cmocka_unit_test_setup(hypercall_page_outside_ram_is_a_protection_fault,
                               set_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
