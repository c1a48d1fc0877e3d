// SPDX-License-Identifier: GPL-2.0
/*
 * Copies to and from dom0's addresses: page by page, through its page tables,
 * up to what it cannot reach itself.
 */
#include "unit.h"
#include <string.h>
#include <xen/guest_access.h>
#include <asm/cpu.h>
#include <asm/current.h>
#include <asm/guest_memory.h>
#include <asm/layout.h>
#include <asm/npt.h>
#include <asm/page.h>

#define RW (PTE_PRESENT | PTE_WRITE)
#define BYTES 4096UL

/* dom0's RAM: four tables, then pages of data. Entry n of the last table maps
 * page n of the data, but for those that a test changes. */
enum {
    TOP,
    L3,
    L2,
    L1,
    FIRST_PAGE,
    NR_PAGES = FIRST_PAGE + 4
};

static uint8_t ram[NR_PAGES][BYTES] __attribute__((aligned(4096)));
static struct vmcb vmcb;
static struct vcpu vcpu = {.vmcb = &vmcb};
struct pcpu fake_pcpu = {.vcpu = &vcpu};

/* Frames past the RAM are the hypervisor's, as far as dom0 is concerned. */
void *npt_ram(paddr_t gpa)
{
    return gpa < sizeof(ram) ? &ram[0][0] + gpa : NULL;
}

static uint64_t *table(unsigned int i)
{
    return (uint64_t *)ram[i];
}

static void map(unsigned int n, uint64_t entry)
{
    table(L1)[n] = entry;
}

static uint8_t pattern(unsigned int i)
{
    return i * 7 + i / 256;
}

static int set_up(void **state)
{
    (void)state;
    memset(ram, 0, sizeof(ram));
    for (unsigned int i = TOP; i < L1; i++) {
        table(i)[0] = table(i)[511] = ((i + 1) * BYTES) | RW;
    }
    for (unsigned int n = 0; n < 4; n++) {
        map(n, (FIRST_PAGE + n) * BYTES | RW);
    }
    for (unsigned int i = 0; i < 4 * BYTES; i++) {
        ram[FIRST_PAGE + i / BYTES][i % BYTES] = pattern(i);
    }
    vmcb.cr0 = CR0_PG;
    vmcb.cr3 = 0;
    vmcb.efer = EFER_LMA | EFER_NXE;
    vmcb.cs.attributes = 0x200;
    return 0;
}

/* 16 bytes each side that nobody may touch. */
static uint8_t ours[3 * BYTES];
static uint8_t *const mine = ours + 16;

static void from(uint64_t va, unsigned long bytes, unsigned long left)
{
    memset(ours, 0xee, sizeof(ours));
    assert_int_equal(raw_copy_from_guest(mine, (void *)va, bytes), left);
    for (unsigned long i = 0; i < bytes - left; i++) {
        assert_int_equal(mine[i], pattern(va % (4 * BYTES) + i));
    }
    assert_int_equal(ours[15], 0xee);
    assert_int_equal(mine[bytes - left], 0xee);
}

static void copies_of_every_small_size_and_offset(void **state)
{
    (void)state;
    for (unsigned int offset = 0; offset < 9; offset++) {
        for (unsigned int bytes = 0; bytes < 40; bytes++) {
            from(offset, bytes, 0);
            from(BYTES - 20 + offset, bytes, 0);
        }
    }
}

static void copies_cross_pages(void **state)
{
    (void)state;
    from(BYTES - 1, 2, 0);
    from(100, 2 * BYTES + 77, 0);
    map(1, (FIRST_PAGE + 3) * BYTES | RW); /* not beside each other */
    memcpy(ram[FIRST_PAGE + 3], ram[FIRST_PAGE + 1], BYTES);
    memset(ram[FIRST_PAGE + 1], 0, BYTES);
    from(BYTES - 5, BYTES, 0);
}

static void copy_ends_where_the_tables_do(void **state)
{
    (void)state;
    map(1, 0);
    from(0, BYTES, 0);
    from(0, BYTES + 1, 1);
    from(BYTES - 3, 10, 7);
    from(BYTES, 1, 1);
    map(3, 0);
    from(3 * BYTES - 3, 10, 7);
}

static void copy_ends_where_dom0s_memory_does(void **state)
{
    (void)state;
    map(1, sizeof(ram) | RW);
    from(BYTES - 3, 10, 7);
    from(BYTES, 8, 8);
    map(0, 0x000ffffffffff000 | RW);
    from(0, 8, 8);
}

static void write_into_a_page_that_is_not_dom0s_writes_nothing(void **state)
{
    (void)state;
    map(1, sizeof(ram) | RW);
    memset(mine, 0x5a, 16);
    assert_int_equal(raw_copy_to_guest((void *)(BYTES - 8), mine, 16), 8);
    assert_int_equal(ram[FIRST_PAGE][BYTES - 1], 0x5a);
    assert_int_equal(ram[FIRST_PAGE][BYTES - 9], pattern(BYTES - 9));
    assert_int_equal(ram[FIRST_PAGE + 1][0], pattern(BYTES));
}

static void write_into_a_read_only_page_is_refused(void **state)
{
    (void)state;
    map(1, (FIRST_PAGE + 1) * BYTES | PTE_PRESENT);
    memset(mine, 0x5a, 16);
    assert_int_equal(raw_copy_to_guest((void *)(BYTES - 8), mine, 16), 8);
    assert_int_equal(ram[FIRST_PAGE + 1][0], pattern(BYTES));
    from(BYTES, 16, 0);
}

static void write_marks_the_page_dirty(void **state)
{
    (void)state;
    assert_int_equal(raw_copy_to_guest((void *)0x10, mine, 1), 0);
    assert_true(table(L1)[0] & PTE_DIRTY);
    assert_false(table(L1)[1] & (PTE_DIRTY | PTE_ACCESSED));
}

static void
copy_past_the_end_of_the_address_space_is_refused_whole(void **state)
{
    (void)state;
    map(511, (FIRST_PAGE + 3) * BYTES | RW);
    from(-8UL, 8, 0);
    from(-8UL, 9, 9);
    from(-1UL, 2, 2);
    from(0x100, ~0UL, ~0UL);
}

static void address_that_is_not_canonical_is_refused(void **state)
{
    (void)state;
    from(1UL << 47, 8, 8);
    from(0xffff7ffffffffff8, 16, 16);
    from(1UL << 63, 1, 1);
}

static void code_is_read_up_to_what_is_mapped(void **state)
{
    uint8_t code[15];

    (void)state;
    vmcb.rip = BYTES - 5;
    assert_int_equal(guest_read_code(&vcpu, code, sizeof(code)), 15);
    map(1, 0);
    assert_int_equal(guest_read_code(&vcpu, code, sizeof(code)), 5);
    assert_int_equal(code[4], pattern(BYTES - 1));
    vmcb.rip = BYTES;
    assert_int_equal(guest_read_code(&vcpu, code, sizeof(code)), 0);
}

static void code_outside_64_bit_mode_is_at_its_segment(void **state)
{
    uint8_t code;

    (void)state;
    vmcb.cs.attributes = 0;
    vmcb.cs.base = 0xffffff00;
    vmcb.rip = 0x180;
    assert_false(guest_is_64bit(&vcpu));
    assert_int_equal(guest_read_code(&vcpu, &code, 1), 1);
    assert_int_equal(code, pattern(0x80));
    vmcb.cs.attributes = 0x200;
    vmcb.efer = 0;
    assert_false(guest_is_64bit(&vcpu));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(copies_of_every_small_size_and_offset, set_up),
        cmocka_unit_test_setup(copies_cross_pages, set_up),
        cmocka_unit_test_setup(copy_ends_where_the_tables_do, set_up),
        cmocka_unit_test_setup(copy_ends_where_dom0s_memory_does, set_up),
        cmocka_unit_test_setup(
            write_into_a_page_that_is_not_dom0s_writes_nothing, set_up),
        cmocka_unit_test_setup(write_into_a_read_only_page_is_refused, set_up),
        cmocka_unit_test_setup(write_marks_the_page_dirty, set_up),
        cmocka_unit_test_setup(
            copy_past_the_end_of_the_address_space_is_refused_whole, set_up),
        cmocka_unit_test_setup(address_that_is_not_canonical_is_refused,
                               set_up),
        cmocka_unit_test_setup(code_is_read_up_to_what_is_mapped, set_up),
        cmocka_unit_test_setup(code_outside_64_bit_mode_is_at_its_segment,
                               set_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
