// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of memory that is contiguous in virtual addresses, with real aliases
 * for the direct map. Each test gives back what it takes.
 */
#include "unit.h"
#include <xen/lib.h>
#include <xen/string.h>
#include <xen/vmap.h>
#include <xen/xmalloc.h>

#include "fake_memory.h"
#include "fake_panic.h"

static int setup(void **state)
{
    if (fake_memory_setup(state)) {
        return -1;
    }
    for (int i = 0; i < VMAP_REGION_NR; i++) {
        vm_init_type(i, fake_region[i],
                     fake_region[i] + FAKE_REGION_PAGES * PAGE_SIZE);
    }
    return 0;
}

static int check_all_free(void **state)
{
    (void)state;
    fake_maps_left = -1;
    assert_int_equal(vmap_pages_used(), 0);
    assert_int_equal(xmalloc_bytes_used(), 0);
    assert_int_equal(xenheap_free_pages(), xenheap_total_pages());
    assert_int_equal(fake_pages_hidden(), 0);
    return 0;
}

static void pages_lie_in_their_region(void **state)
{
    char *a = vmalloc(1);
    char *b = vmalloc_xen(PAGE_SIZE + 1);

    (void)state;
    assert_true(a >= fake_region[VMAP_DEFAULT] &&
                a < fake_region[VMAP_DEFAULT] + FAKE_REGION_PAGES * PAGE_SIZE);
    assert_true(b >= fake_region[VMAP_XEN] &&
                b < fake_region[VMAP_XEN] + FAKE_REGION_PAGES * PAGE_SIZE);
    assert_int_equal(vmap_pages_used(), 3);
    vfree(a);
    vfree(b);
}

static void all_bytes_can_be_written(void **state)
{
    char *p = vmalloc(5 * PAGE_SIZE);

    (void)state;
    for (unsigned int i = 0; i < 5; i++) {
        memset(p + i * PAGE_SIZE, (int)i, PAGE_SIZE);
    }
    for (unsigned int i = 0; i < 5; i++) {
        assert_int_equal(p[i * PAGE_SIZE + 7], i);
    }
    vfree(p);
}

static void pages_around_an_allocation_are_not_mapped(void **state)
{
    char *a = vmalloc_xen(2 * PAGE_SIZE);
    char *b = vmalloc_xen(PAGE_SIZE);

    (void)state;
    assert_false(fake_is_mapped(a - PAGE_SIZE));
    assert_true(fake_is_mapped(a));
    assert_true(fake_is_mapped(a + PAGE_SIZE));
    assert_false(fake_is_mapped(a + 2 * PAGE_SIZE));
    assert_false(fake_is_mapped(b - PAGE_SIZE));
    assert_false(fake_is_mapped(b + PAGE_SIZE));
    vfree(a);
    vfree(b);
}

static void gap_takes_only_what_leaves_guards(void **state)
{
    char *a = vmalloc_xen(PAGE_SIZE);
    char *gap = vmalloc_xen(2 * PAGE_SIZE);
    char *c = vmalloc_xen(PAGE_SIZE);
    char *large;
    char *small;

    (void)state;
    vfree(gap);
    large = vmalloc_xen(3 * PAGE_SIZE);
    assert_true(large > c);
    small = vmalloc_xen(2 * PAGE_SIZE);
    assert_ptr_equal(small, gap);
    vfree(a);
    vfree(c);
    vfree(large);
    vfree(small);
}

static void direct_map_hides_pages_of_the_payload_region_only(void **state)
{
    char *a = vmalloc_xen(3 * PAGE_SIZE);
    char *b = vmalloc(2 * PAGE_SIZE);

    (void)state;
    assert_int_equal(fake_pages_hidden(), 3);
    vfree(a);
    assert_int_equal(fake_pages_hidden(), 0);
    vfree(b);
}

static void cleared_memory_is_clear(void **state)
{
    char *p = vmalloc(PAGE_SIZE);

    (void)state;
    memset(p, 0xff, PAGE_SIZE);
    vfree(p);
    p = vzalloc(PAGE_SIZE);
    for (unsigned int i = 0; i < PAGE_SIZE; i++) {
        assert_int_equal(p[i], 0);
    }
    vfree(p);
}

/* The region ends with guards: two pages less than it has. */
static void region_can_be_filled_but_for_its_guards(void **state)
{
    char *p;

    (void)state;
    assert_null(vmalloc_xen((FAKE_REGION_PAGES - 1) * PAGE_SIZE));
    p = vmalloc_xen((FAKE_REGION_PAGES - 2) * PAGE_SIZE);
    assert_non_null(p);
    assert_null(vmalloc_xen(1));
    vfree(p);
}

static void absurd_amounts_give_null(void **state)
{
    (void)state;
    assert_null(vmalloc(~0UL));
    assert_null(vmalloc_xen(1UL << 40));
}

static void failed_mapping_at_any_page_leaves_nothing(void **state)
{
    (void)state;
    for (long maps = 0; maps < 4; maps++) {
        fake_maps_left = maps;
        assert_null(vmalloc_xen(4 * PAGE_SIZE));
        check_all_free(NULL);
    }
}

static void exhausted_heap_leaves_nothing(void **state)
{
    const unsigned long taken = xenheap_free_pages() - 5;
    void *most = alloc_xenheap_pages(taken);

    (void)state;
    assert_null(vmalloc(20 * PAGE_SIZE));
    assert_int_equal(vmap_pages_used(), 0);
    assert_int_equal(xenheap_free_pages(), 5);
    free_xenheap_pages(most, taken);
}

static void free_of_nothing_is_allowed(void **state)
{
    (void)state;
    vfree(NULL);
}

static void *bad;

static void free_bad(void)
{
    vfree(bad);
}

static void second_free_names_the_pointer(void **state)
{
    char message[128];

    (void)state;
    bad = vmalloc_xen(1);
    vfree(bad);
    snprintf(message, sizeof(message),
             "vfree: %p was never allocated, or is free already\n", bad);
    assert_panic(free_bad, message);
}

int main(void)
{
#define vmap_test(f) cmocka_unit_test_teardown(f, check_all_free)
    const struct CMUnitTest tests[] = {
        vmap_test(pages_lie_in_their_region),
        vmap_test(all_bytes_can_be_written),
        vmap_test(pages_around_an_allocation_are_not_mapped),
        vmap_test(gap_takes_only_what_leaves_guards),
        vmap_test(direct_map_hides_pages_of_the_payload_region_only),
        vmap_test(cleared_memory_is_clear),
        vmap_test(region_can_be_filled_but_for_its_guards),
        vmap_test(absurd_amounts_give_null),
        vmap_test(failed_mapping_at_any_page_leaves_nothing),
        vmap_test(exhausted_heap_leaves_nothing),
        vmap_test(free_of_nothing_is_allowed),
        vmap_test(second_free_names_the_pointer),
    };

    return cmocka_run_group_tests(tests, setup, NULL);
}
