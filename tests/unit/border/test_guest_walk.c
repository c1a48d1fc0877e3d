// SPDX-License-Identifier: GPL-2.0
/*
 * Walks through page tables that a test has made: what is reached, what is not,
 * which bits are set, and what another vCPU may do meanwhile.
 */
#include "unit.h"
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <xen/errno.h>
#include <asm/guest_walk.h>
#include <asm/layout.h>
#include <asm/page.h>

#define NX (1UL << 63)
#define BASE 0x10000UL /* of the tables, one after the other */
#define RW (PTE_PRESENT | PTE_WRITE)
#define HOLE 0x3000UL /* an address without RAM */

enum {
    TOP,
    L3,
    L2,
    L1,
    NR_TABLES
};

static uint64_t table[NR_TABLES][512] __attribute__((aligned(4096)));

/* Another vCPU's stores into an entry, each between the walk's load of it and
 * its store: the tables are read-only meanwhile, so that the store faults. */
static uint64_t *raced_entry;
static uint64_t raced_value[2];
static unsigned int races;
static unsigned int nr_looks;

static void protect(int how)
{
    assert_int_equal(mprotect(table, sizeof(table), how), 0);
}

static void race(int signal)
{
    (void)signal;
    protect(PROT_READ | PROT_WRITE);
    races--;
    *raced_entry = raced_value[races % 2];
}

static uint64_t address_of(unsigned int i)
{
    return BASE + i * PAGE_SIZE;
}

static uint64_t *entry_at(paddr_t gpa)
{
    uint64_t *entry;

    nr_looks++;
    if (gpa < BASE || gpa >= BASE + sizeof(table)) {
        return NULL;
    }
    assert_int_equal(gpa % sizeof(uint64_t), 0);
    entry = &table[0][0] + (gpa - BASE) / sizeof(uint64_t);
    if (entry == raced_entry && races) {
        protect(PROT_READ);
    }
    return entry;
}

static struct guest_paging paging = {
    .cr0 = CR0_PG,
    .cr3 = BASE,
    .efer = EFER_LMA | EFER_NXE,
    .entry_at = entry_at,
};

/* All levels, indices 1, 2, 3 and 4, to page 0x77000. */
#define VA (1UL << 39 | 2UL << 30 | 3UL << 21 | 4UL << 12 | 0x123)

static int set_up(void **state)
{
    (void)state;
    protect(PROT_READ | PROT_WRITE);
    memset(table, 0, sizeof(table));
    table[TOP][1] = address_of(L3) | RW;
    table[L3][2] = address_of(L2) | RW;
    table[L2][3] = address_of(L1) | RW;
    table[L1][4] = 0x77000 | RW;
    paging.efer = EFER_LMA | EFER_NXE;
    paging.cr0 = CR0_PG;
    paging.cr3 = BASE;
    races = 0;
    raced_entry = NULL;
    nr_looks = 0;
    return 0;
}

static void is_refused(uint64_t va, bool is_write)
{
    paddr_t gpa = 42;

    assert_int_equal(guest_walk(&paging, va, is_write, &gpa), -EFAULT);
    assert_int_equal(gpa, 42);
}

static void leads_to(uint64_t va, bool is_write, paddr_t wanted)
{
    paddr_t gpa;

    assert_int_equal(guest_walk(&paging, va, is_write, &gpa), 0);
    assert_int_equal(gpa, wanted);
}

static void small_page_is_found(void **state)
{
    (void)state;
    leads_to(VA, false, 0x77123);
    leads_to(VA | 0xfff, true, 0x77fff);
}

static void large_pages_are_found(void **state)
{
    (void)state;
    table[L2][3] = 0x40200000 | RW | PTE_LARGE;
    leads_to(VA, true, 0x40200000 | (VA & 0x1fffff));
    table[L3][2] = 0x80000000 | RW | PTE_LARGE;
    leads_to(VA, true, 0x80000000 | (VA & 0x3fffffff));
}

static void pat_bit_of_a_large_page_is_no_address(void **state)
{
    (void)state;
    table[L2][3] = 0x40201000 | RW | PTE_LARGE;
    leads_to(VA, false, 0x40200000 | (VA & 0x1fffff));
}

static void reserved_bits_are_efault(void **state)
{
    (void)state;
    for (unsigned int bit = 13; bit < 21; bit++) {
        table[L2][3] = 0x40200000 | RW | PTE_LARGE | 1UL << bit;
        is_refused(VA, false);
    }
    for (unsigned int bit = 13; bit < 30; bit++) {
        table[L3][2] = 0x80000000 | RW | PTE_LARGE | 1UL << bit;
        is_refused(VA, false);
    }
    table[TOP][1] |= PTE_LARGE;
    is_refused(VA, false);
    table[TOP][1] = 1UL << 39 | RW | PTE_LARGE;
    is_refused(VA, false);
}

static void no_execute_is_reserved_without_nxe(void **state)
{
    (void)state;
    for (unsigned int level = TOP; level <= L1; level++) {
        set_up(NULL);
        table[level][level + 1] |= NX;
        leads_to(VA, true, 0x77123);
        paging.efer = EFER_LMA;
        is_refused(VA, false);
    }
}

static void absent_entry_of_each_level_is_efault(void **state)
{
    (void)state;
    for (unsigned int level = TOP; level <= L1; level++) {
        set_up(NULL);
        table[level][level + 1] &= ~(uint64_t)PTE_PRESENT;
        is_refused(VA, false);
        is_refused(VA, true);
    }
}

static void read_only_entry_of_each_level_forbids_writes(void **state)
{
    (void)state;
    for (unsigned int level = TOP; level <= L1; level++) {
        set_up(NULL);
        table[level][level + 1] &= ~(uint64_t)PTE_WRITE;
        leads_to(VA, false, 0x77123);
        is_refused(VA, true);
    }
}

static void read_only_large_page_forbids_writes(void **state)
{
    (void)state;
    table[L2][3] = 0x40200000 | PTE_PRESENT | PTE_LARGE;
    is_refused(VA, true);
    table[L3][2] = 0x80000000 | PTE_PRESENT | PTE_LARGE;
    is_refused(VA, true);
}

static void address_that_is_not_canonical_is_efault(void **state)
{
    static const uint64_t bad[] = {
        1UL << 47,      VA | 1UL << 47,     VA | 1UL << 63,
        VA | 1UL << 48, 0xffff7fffffffffff, 0x0000800000000000,
    };

    (void)state;
    for (unsigned int i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        is_refused(bad[i], false);
        is_refused(bad[i], true);
    }
    assert_int_equal(nr_looks, 0);
}

static void both_ends_of_the_address_space_are_canonical(void **state)
{
    (void)state;
    for (unsigned int i = 0; i < NR_TABLES - 1; i++) {
        table[i][0] = table[i][511] = table[i][255] = address_of(i + 1) | RW;
    }
    table[TOP][256] = address_of(L3) | RW;
    table[L1][0] = table[L1][511] = 0x88000 | RW;
    leads_to(0, true, 0x88000);
    leads_to(~0UL, true, 0x88fff);
    leads_to(0x00007fffffffffff, true, 0x88fff);
    leads_to(0xffff800000000000, true, 0x88000);
}

static void table_without_ram_is_efault(void **state)
{
    (void)state;
    for (unsigned int level = TOP; level < L1; level++) {
        set_up(NULL);
        table[level][level + 1] = HOLE | RW;
        is_refused(VA, false);
    }
    paging.cr3 = HOLE;
    is_refused(VA, false);
}

static void bits_that_are_no_address_are_left_out(void **state)
{
    (void)state;
    paging.cr3 = BASE | 0xfff | 1UL << 63;
    table[L3][2] |= NX | 0x7ffUL << 52 | 0xe00;
    table[L1][4] |= NX | 0x7ffUL << 52 | 0xe00 | PTE_LARGE; /* PAT, here */
    leads_to(VA, true, 0x77123);
}

static void read_sets_accessed_all_the_way(void **state)
{
    (void)state;
    leads_to(VA, false, 0x77123);
    for (unsigned int level = TOP; level <= L1; level++) {
        assert_true(table[level][level + 1] & PTE_ACCESSED);
        assert_false(table[level][level + 1] & PTE_DIRTY);
    }
}

static void write_sets_dirty_in_the_leaf_alone(void **state)
{
    (void)state;
    leads_to(VA, true, 0x77123);
    assert_false(table[L2][3] & PTE_DIRTY);
    assert_int_equal(table[L1][4], 0x77000 | RW | PTE_ACCESSED | PTE_DIRTY);
}

static void no_paging_is_the_address_itself(void **state)
{
    (void)state;
    paging.cr0 = 0;
    leads_to(0x1234567812345678, true, 0x12345678);
}

static void paging_without_long_mode_is_eopnotsupp(void **state)
{
    paddr_t gpa = 42;

    (void)state;
    paging.efer = 0;
    assert_int_equal(guest_walk(&paging, VA, false, &gpa), -EOPNOTSUPP);
    assert_int_equal(gpa, 42);
}

static void start_races(uint64_t *entry, unsigned int nr, uint64_t value,
                        uint64_t other)
{
    signal(SIGSEGV, race); /* cmocka takes it back after the test */
    raced_entry = entry;
    raced_value[0] = value;
    raced_value[1] = other;
    races = nr;
}

static void entry_that_goes_away_is_efault_and_stays_clear(void **state)
{
    (void)state;
    for (unsigned int level = TOP; level <= L1; level++) {
        set_up(NULL);
        start_races(&table[level][level + 1], 1, 0, 0);
        is_refused(VA, true);
        assert_int_equal(races, 0);
        assert_int_equal(table[level][level + 1], 0);
    }
}

static void entry_that_changes_is_followed_anew(void **state)
{
    (void)state;
    start_races(&table[L1][4], 1, 0x99000 | RW, 0);
    leads_to(VA, true, 0x99123);
    assert_int_equal(table[L1][4], 0x99000 | RW | PTE_ACCESSED | PTE_DIRTY);
}

static void entry_that_becomes_read_only_is_not_written(void **state)
{
    (void)state;
    start_races(&table[L1][4], 1, 0x77000 | PTE_PRESENT, 0);
    is_refused(VA, true);
    assert_int_equal(table[L1][4], 0x77000 | PTE_PRESENT);
}

static void entry_that_changes_for_ever_is_efault(void **state)
{
    (void)state;
    start_races(&table[L1][4], 100000, 0x77000 | RW, 0x99000 | RW);
    is_refused(VA, true);
    assert_true(nr_looks < 1000);
    races = 0;
}

static void bits_that_are_set_are_not_stored_again(void **state)
{
    (void)state;
    leads_to(VA, true, 0x77123);
    protect(PROT_READ);
    leads_to(VA, true, 0x77123);
    leads_to(VA, false, 0x77123);
    protect(PROT_READ | PROT_WRITE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(small_page_is_found, set_up),
        cmocka_unit_test_setup(large_pages_are_found, set_up),
        cmocka_unit_test_setup(pat_bit_of_a_large_page_is_no_address, set_up),
        cmocka_unit_test_setup(reserved_bits_are_efault, set_up),
        cmocka_unit_test_setup(no_execute_is_reserved_without_nxe, set_up),
        cmocka_unit_test_setup(absent_entry_of_each_level_is_efault, set_up),
        cmocka_unit_test_setup(read_only_entry_of_each_level_forbids_writes,
                               set_up),
        cmocka_unit_test_setup(read_only_large_page_forbids_writes, set_up),
        cmocka_unit_test_setup(address_that_is_not_canonical_is_efault, set_up),
        cmocka_unit_test_setup(both_ends_of_the_address_space_are_canonical,
                               set_up),
        cmocka_unit_test_setup(table_without_ram_is_efault, set_up),
        cmocka_unit_test_setup(bits_that_are_no_address_are_left_out, set_up),
        cmocka_unit_test_setup(read_sets_accessed_all_the_way, set_up),
        cmocka_unit_test_setup(write_sets_dirty_in_the_leaf_alone, set_up),
        cmocka_unit_test_setup(no_paging_is_the_address_itself, set_up),
        cmocka_unit_test_setup(paging_without_long_mode_is_eopnotsupp, set_up),
        cmocka_unit_test_setup(entry_that_goes_away_is_efault_and_stays_clear,
                               set_up),
        cmocka_unit_test_setup(entry_that_changes_is_followed_anew, set_up),
        cmocka_unit_test_setup(entry_that_becomes_read_only_is_not_written,
                               set_up),
        cmocka_unit_test_setup(entry_that_changes_for_ever_is_efault, set_up),
        cmocka_unit_test_setup(bits_that_are_set_are_not_stored_again, set_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
