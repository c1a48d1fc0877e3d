// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of the heap's pages. Each test gives back what it takes; the memory is
 * FAKE_MEMORY_PAGES pages, one of which holds the bitmap.
 */
#include "unit.h"
#include <xen/mm.h>
#include <xen/string.h>

#include "fake_memory.h"
#include "fake_panic.h"
#include "fake_printk.h"

#define HEAP_PAGES (FAKE_MEMORY_PAGES - 1)

static int check_all_free(void **state)
{
    (void)state;
    assert_int_equal(xenheap_free_pages(), HEAP_PAGES);
    return 0;
}

static void bitmap_takes_the_first_page(void **state)
{
    (void)state;
    assert_int_equal(xenheap_total_pages(), HEAP_PAGES);
}

static void pages_are_aligned_and_counted(void **state)
{
    void *va = alloc_xenheap_pages(3);

    (void)state;
    assert_int_equal((uintptr_t)va % PAGE_SIZE, 0);
    assert_int_equal(xenheap_free_pages(), HEAP_PAGES - 3);
    free_xenheap_pages(va, 3);
}

static void runs_do_not_overlap(void **state)
{
    char *a = alloc_xenheap_pages(5);
    char *b = alloc_xenheap_pages(7);

    (void)state;
    assert_true(a + 5 * PAGE_SIZE <= b || b + 7 * PAGE_SIZE <= a);
    memset(a, 1, 5 * PAGE_SIZE);
    memset(b, 2, 7 * PAGE_SIZE);
    assert_int_equal(a[5 * PAGE_SIZE - 1], 1);
    free_xenheap_pages(a, 5);
    free_xenheap_pages(b, 7);
}

static void all_of_the_heap_is_one_run(void **state)
{
    void *va = alloc_xenheap_pages(HEAP_PAGES);

    (void)state;
    assert_non_null(va);
    assert_null(alloc_xenheap_pages(1));
    free_xenheap_pages(va, HEAP_PAGES);
}

static void run_larger_than_the_heap_is_refused(void **state)
{
    (void)state;
    assert_null(alloc_xenheap_pages(HEAP_PAGES + 1));
}

static void freed_pages_between_others_are_found_again(void **state)
{
    char *all = alloc_xenheap_pages(HEAP_PAGES);

    (void)state;
    free_xenheap_pages(all + 100 * PAGE_SIZE, 2);
    free_xenheap_pages(all + 110 * PAGE_SIZE, 3);
    assert_ptr_equal(alloc_xenheap_pages(3), all + 110 * PAGE_SIZE);
    assert_ptr_equal(alloc_xenheap_pages(2), all + 100 * PAGE_SIZE);
    assert_null(alloc_xenheap_pages(1));
    free_xenheap_pages(all, HEAP_PAGES);
}

static void each_page_alone_can_be_taken(void **state)
{
    char *pages[HEAP_PAGES];

    (void)state;
    for (unsigned int i = 0; i < HEAP_PAGES; i++) {
        pages[i] = alloc_xenheap_pages(1);
        assert_non_null(pages[i]);
        pages[i][0] = (char)i;
    }
    assert_null(alloc_xenheap_pages(1));
    for (unsigned int i = 0; i < HEAP_PAGES; i++) {
        assert_int_equal(pages[i][0], (char)i);
        free_xenheap_pages(pages[i], 1);
    }
}

static void free_of_nothing_is_allowed(void **state)
{
    (void)state;
    free_xenheap_pages(NULL, 1);
}

static void *bad;
static char message[128];

static void free_bad(void)
{
    free_xenheap_pages(bad, 2);
}

static void assert_bad(void *va, const char *what)
{
    bad = va;
    snprintf(message, sizeof(message), "heap: free of %p (2 pages): %s\n", va,
             what);
    assert_panic(free_bad, message);
}

static void second_free_names_the_pointer(void **state)
{
    char *va = alloc_xenheap_pages(2);

    (void)state;
    free_xenheap_pages(va + PAGE_SIZE, 1);
    assert_bad(va, "page 1 is free already");
    free_xenheap_pages(va, 1);
    assert_bad(va, "page 0 is free already");
}

static void foreign_page_names_the_pointer(void **state)
{
    char *all = alloc_xenheap_pages(HEAP_PAGES);

    (void)state;
    assert_bad(all + 8, "not a page of the heap");
    assert_bad(all - PAGE_SIZE, "not a page of the heap");
    assert_bad(all + (HEAP_PAGES - 1) * PAGE_SIZE, "not a page of the heap");
    free_xenheap_pages(all, HEAP_PAGES);
}

int main(void)
{
#define heap_test(f) cmocka_unit_test_teardown(f, check_all_free)
    const struct CMUnitTest tests[] = {
        heap_test(bitmap_takes_the_first_page),
        heap_test(pages_are_aligned_and_counted),
        heap_test(runs_do_not_overlap),
        heap_test(all_of_the_heap_is_one_run),
        heap_test(run_larger_than_the_heap_is_refused),
        heap_test(freed_pages_between_others_are_found_again),
        heap_test(each_page_alone_can_be_taken),
        heap_test(free_of_nothing_is_allowed),
        heap_test(second_free_names_the_pointer),
        heap_test(foreign_page_names_the_pointer),
    };

    return cmocka_run_group_tests(tests, fake_memory_setup, NULL);
}
