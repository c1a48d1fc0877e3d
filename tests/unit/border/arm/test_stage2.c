// SPDX-License-Identifier: GPL-2.0
/*
 * What dom0 reaches through its second stage, found by walking it as the
 * processor does: all but the hypervisor's own pages, each where it is, and the
 * interrupt controller for reading alone.
 */
#include "unit.h"
#include <stdlib.h>
#include <string.h>
#include <xen/errno.h>
#include <xen/kernel.h>
#include <xen/memory.h>
#include <xen/mm.h>
#include <xen/sched.h>
#include <asm/stage2.h>
#include <asm/system.h>
#include <asm/tlb.h>

#include "fake_panic.h"

#define NOWHERE (~0UL)
#define MIB (1UL << 20)
#define GIB (1UL << 30)
#define MOST_PAGES 64

#define GICD 0x08000000UL
#define GICR 0x080a0000UL
#define GICD_BYTES 0x10000UL
#define GICR_BYTES 0xf60000UL

uint64_t fake_vtcr_el2, fake_vttbr_el2;
static unsigned int nr_flushes, nr_pages, most_pages;
static uint8_t heap[MOST_PAGES][PAGE_SIZE] __attribute__((aligned(PAGE_SIZE)));

/* An image that ends within a page; a heap of whole large pages. */
struct memory_range own_memory[NR_OWN_RANGES] = {
    {0x40200000, 0x40263800, 0},
    {0x7c000000, 0x80000000, 0},
};

void *alloc_xenheap_pages(unsigned int nr)
{
    assert_int_equal(nr, 1);
    return nr_pages < most_pages ? memset(heap[nr_pages++], 0xee, PAGE_SIZE)
                                 : NULL;
}

paddr_t virt_to_maddr(const void *va)
{
    return (paddr_t)va;
}

void *maddr_to_virt(paddr_t ma)
{
    return (void *)ma;
}

struct found {
    paddr_t at;
    bool can_read, can_write;
};

/* Arm ARM, D8.2.4 and D8.3.1: three levels, the first of 1024 entries. */
static struct found walk(paddr_t gpa)
{
    const uint64_t *table =
        (const uint64_t *)(fake_vttbr_el2 & 0x0000fffffffff000UL);
    const struct found none = {NOWHERE, false, false};

    assert_false((uintptr_t)table % 8192);
    for (unsigned int shift = 30;; shift -= 9) {
        const uint64_t entry =
            table[(gpa >> shift) & (shift == 30 ? 1023 : 511)];
        const uint64_t mask = (1UL << shift) - 1;
        const bool is_table_or_page = entry & 2;

        if (!(entry & 1) || (shift == 12 && !is_table_or_page)) {
            return none;
        }
        if (shift == 12 || !is_table_or_page) {
            assert_true(entry & (1UL << 10)); /* accessed */
            assert_int_equal(entry >> 8 & 3, 3);
            assert_int_equal(entry >> 2 & 15, 15);
            assert_int_equal(entry >> 53 & 3, 0); /* can be executed */
            assert_false(entry & 0x0000fffffffff000UL & mask);
            return (struct found){(entry & 0x0000fffffffff000UL & ~mask) |
                                      (gpa & mask),
                                  entry >> 6 & 1, entry >> 7 & 1};
        }
        table = (const uint64_t *)(entry & 0x0000fffffffff000UL);
    }
}

static paddr_t watched = NOWHERE; /* not there when it is flushed */

void flush_tlb_guest(void)
{
    nr_flushes++;
    assert_true(watched == NOWHERE || walk(watched).at == NOWHERE);
}

static int set_up(void **state)
{
    (void)state;
    watched = NOWHERE;
    nr_pages = 0;
    most_pages = MOST_PAGES;
    stage2_init(GICD, GICD_BYTES, GICR, GICR_BYTES);
    stage2_load();
    nr_flushes = 0;
    return 0;
}

static bool is_own(paddr_t at)
{
    return (at >= 0x40200000 && at < 0x40264000) ||
           (at >= 0x7c000000 && at < 0x80000000);
}

static bool is_gic(paddr_t at)
{
    return (at >= GICD && at < GICD + GICD_BYTES) ||
           (at >= GICR && at < GICR + GICR_BYTES);
}

static void check_page(paddr_t at)
{
    const struct found found = walk(at);

    if (is_own(at)) {
        assert_int_equal(found.at, NOWHERE);
    } else {
        assert_int_equal(found.at, at);
        assert_true(found.can_read);
        assert_int_equal(found.can_write, !is_gic(at));
    }
}

static void each_page_of_the_first_gibibytes_is_as_it_should(void **state)
{
    (void)state;
    for (paddr_t at = 0; at < 3 * GIB; at += PAGE_SIZE) {
        check_page(at + (at >> PAGE_SHIFT) % PAGE_SIZE);
    }
}

static void everything_above_is_where_it_is(void **state)
{
    (void)state;
    for (paddr_t at = 3 * GIB; at < 1024 * GIB; at += GIB / 4) {
        check_page(at + 0x123);
    }
}

static void addresses_have_40_bits_and_tables_a_vmid(void **state)
{
    (void)state;
    assert_int_equal(fake_vtcr_el2 & 0x3f, 24);   /* 64 - 40 */
    assert_int_equal(fake_vtcr_el2 >> 6 & 3, 1);  /* begins at level 1 */
    assert_int_equal(fake_vtcr_el2 >> 14 & 3, 0); /* pages of 4 KiB */
    assert_int_equal(fake_vtcr_el2 >> 16 & 7, 2); /* 40 physical bits */
    assert_int_equal(fake_vttbr_el2 >> 48, 1);
}

static void replaced_page_alone_changes_and_is_told(void **state)
{
    const paddr_t gpa = 0x50403000, frame = 0x7c005000;

    (void)state;
    watched = gpa;
    assert_int_equal(arch_replace_guest_page(gpa, frame), 0);
    assert_int_equal(nr_flushes, 1);
    for (paddr_t at = 0x50000000; at < 0x50800000; at += PAGE_SIZE) {
        assert_int_equal(walk(at).at, at == gpa ? frame : at);
    }
    most_pages = nr_pages;
    assert_int_equal(arch_replace_guest_page(gpa, gpa), 0);
    assert_int_equal(walk(gpa).at, gpa);
    assert_true(walk(gpa).can_write);
    assert_int_equal(nr_flushes, 2);
}

static void without_memory_nothing_changes(void **state)
{
    (void)state;
    most_pages = nr_pages;
    assert_int_equal(arch_replace_guest_page(0x60000000, 0x7c005000), -ENOMEM);
    assert_int_equal(walk(0x60000000).at, 0x60000000);
    assert_int_equal(nr_flushes, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(each_page_of_the_first_gibibytes_is_as_it_should,
                               set_up),
        cmocka_unit_test_setup(everything_above_is_where_it_is, set_up),
        cmocka_unit_test_setup(addresses_have_40_bits_and_tables_a_vmid,
                               set_up),
        cmocka_unit_test_setup(replaced_page_alone_changes_and_is_told, set_up),
        cmocka_unit_test_setup(without_memory_nothing_changes, set_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
