// SPDX-License-Identifier: GPL-2.0
/*
 * The shared-info page: in one place at a time, whoever moves it, and what was
 * there before comes back.
 */
#include "unit.h"
#include <pthread.h>
#include <sched.h>
#include <string.h>
#include <xen/errno.h>
#include <xen/sched.h>
#include <xen/memory.h>
#include <xen/shared_page.h>
#include <asm/vcpu.h>

#define FRAME 0x5000UL /* the page's own */
#define RAM_PAGES 256
#define FIRST_PAGE 0x100UL
#define NR_MOVES 200 /* by each of two */

struct memmap dom0_memmap = {
    .nr = 2,
    .range = {{FIRST_PAGE << 12, (FIRST_PAGE + RAM_PAGES) << 12, MEMORY_RAM},
              {1UL << 40, 1UL << 41, MEMORY_RESERVED}},
};

static uint8_t page[4096] __attribute__((aligned(4096)));
static paddr_t frame_at[RAM_PAGES]; /* as the nested tables have it */
static bool has_no_memory;

void *alloc_xenheap_pages(unsigned int nr)
{
    assert_int_equal(nr, 1);
    memset(page, 0xee, sizeof(page));
    return page;
}

paddr_t virt_to_maddr(const void *va)
{
    assert_ptr_equal(va, page);
    return FRAME;
}

unsigned int nr_vcpus(void)
{
    return 2;
}

static unsigned int nr_inside; /* vCPUs in arch_replace_guest_page() */
static bool have_met;

/* Waits a bit, so that two that do not exclude each other meet. */
int arch_replace_guest_page(paddr_t gpa, paddr_t maddr)
{
    const unsigned long nr = (gpa >> 12) - FIRST_PAGE;

    if (has_no_memory && maddr == FRAME) {
        return -ENOMEM;
    }
    if (__atomic_fetch_add(&nr_inside, 1, __ATOMIC_SEQ_CST)) {
        __atomic_store_n(&have_met, true, __ATOMIC_RELAXED);
    }
    sched_yield();
    __atomic_store_n(&frame_at[nr], maddr, __ATOMIC_SEQ_CST);
    __atomic_fetch_sub(&nr_inside, 1, __ATOMIC_SEQ_CST);
    return 0;
}

static paddr_t gpa_of(unsigned int nr)
{
    return (FIRST_PAGE + nr) << 12;
}

static int set_up(void **state)
{
    (void)state;
    has_no_memory = false;
    for (unsigned int i = 0; i < RAM_PAGES; i++) {
        frame_at[i] = gpa_of(i);
    }
    return arch_map_shared_info(FIRST_PAGE);
}

/* The one place where the page is; all others have what is theirs. */
static unsigned int find_page(void)
{
    unsigned int at = RAM_PAGES;

    for (unsigned int i = 0; i < RAM_PAGES; i++) {
        if (frame_at[i] == FRAME) {
            assert_int_equal(at, RAM_PAGES);
            at = i;
        } else {
            assert_int_equal(frame_at[i], gpa_of(i));
        }
    }
    assert_true(at < RAM_PAGES);
    return at;
}

static void page_is_clear(void **state)
{
    static const uint8_t zero[4096];

    (void)state;
    assert_memory_equal(page, zero, sizeof(page));
}

static void dom0_is_the_one_domain_and_privileged(void **state)
{
    (void)state;
    assert_ptr_equal(current_domain(), dom0);
    assert_int_equal(dom0->domain_id, 0);
    assert_true(dom0->is_privileged);
    assert_int_equal(dom0->nr_vcpus, 2);
    assert_int_equal(dom0->total_pages, RAM_PAGES);
}

static void page_moves_and_the_old_one_comes_back(void **state)
{
    (void)state;
    assert_int_equal(arch_map_shared_info(FIRST_PAGE + 7), 0);
    assert_int_equal(find_page(), 7);
    assert_int_equal(arch_map_shared_info(FIRST_PAGE + RAM_PAGES - 1), 0);
    assert_int_equal(find_page(), RAM_PAGES - 1);
    assert_int_equal(arch_map_shared_info(FIRST_PAGE + RAM_PAGES - 1), 0);
    assert_int_equal(find_page(), RAM_PAGES - 1);
}

static void failed_move_changes_nothing(void **state)
{
    (void)state;
    assert_int_equal(arch_map_shared_info(FIRST_PAGE + 7), 0);
    has_no_memory = true;
    assert_int_equal(arch_map_shared_info(FIRST_PAGE + 9), -ENOMEM);
    assert_int_equal(find_page(), 7);
    has_no_memory = false;
    assert_int_equal(arch_map_shared_info(FIRST_PAGE + 9), 0);
    assert_int_equal(find_page(), 9);
}

static void page_goes_nowhere_but_to_ram(void **state)
{
    static const uint64_t bad[] = {
        0,         FIRST_PAGE - 1,         FIRST_PAGE + RAM_PAGES,
        1UL << 28, 0xfffffffffffff,        0x10000000000000,
        ~0UL,      FIRST_PAGE | 1UL << 52, FIRST_PAGE | 1UL << 63,
    };

    (void)state;
    for (unsigned int i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_int_equal(arch_map_shared_info(bad[i]), -EINVAL);
    }
    assert_int_equal(find_page(), 0);
}

static void *move_about(void *first)
{
    for (unsigned int i = 0; i < NR_MOVES; i++) {
        assert_int_equal(
            arch_map_shared_info(FIRST_PAGE + (uintptr_t)first + i % 100), 0);
    }
    return NULL;
}

static void two_vcpus_that_move_it_leave_it_in_one_place(void **state)
{
    pthread_t other;

    (void)state;
    pthread_create(&other, NULL, move_about, (void *)1);
    move_about((void *)128);
    pthread_join(other, NULL);
    assert_false(have_met);
    find_page();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(page_is_clear, set_up),
        cmocka_unit_test_setup(dom0_is_the_one_domain_and_privileged, set_up),
        cmocka_unit_test_setup(page_moves_and_the_old_one_comes_back, set_up),
        cmocka_unit_test_setup(failed_move_changes_nothing, set_up),
        cmocka_unit_test_setup(page_goes_nowhere_but_to_ram, set_up),
        cmocka_unit_test_setup(two_vcpus_that_move_it_leave_it_in_one_place,
                               set_up),
    };

    domain_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
