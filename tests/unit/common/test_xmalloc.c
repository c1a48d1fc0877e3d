// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of the heap for small objects, on top of the real page allocator. Each
 * test gives back what it takes.
 */
#include "unit.h"
#include <xen/lib.h>
#include <xen/mm.h>
#include <xen/string.h>
#include <xen/xmalloc.h>

#include "fake_memory.h"
#include "fake_panic.h"

#define HEAP_PAGES (FAKE_MEMORY_PAGES - 1)

static int check_all_free(void **state)
{
    (void)state;
    assert_int_equal(xmalloc_bytes_used(), 0);
    assert_int_equal(xenheap_free_pages(), HEAP_PAGES);
    return 0;
}

static void every_size_is_usable_and_aligned(void **state)
{
    (void)state;
    for (unsigned long align = 1; align <= PAGE_SIZE; align *= 2) {
        for (unsigned long size = 1; size <= 3 * PAGE_SIZE; size += 61) {
            char *p = _xmalloc(size, align);

            assert_non_null(p);
            assert_int_equal((uintptr_t)p % align, 0);
            memset(p, 0x5a, size);
            xfree(p);
        }
    }
}

static void objects_do_not_overlap(void **state)
{
    enum {
        NR = 500
    };
    char *objects[NR];

    (void)state;
    for (int i = 0; i < NR; i++) {
        objects[i] = _xmalloc(1 + i, 8);
        memset(objects[i], i, 1 + i);
    }
    for (int i = 0; i < NR; i++) {
        for (int j = 0; j <= i; j++) {
            assert_int_equal(objects[i][j], (char)i);
        }
    }
    for (int i = 0; i < NR; i++) {
        xfree(objects[(i * 7) % NR]);
    }
}

static void cleared_object_is_clear_after_use_of_its_memory(void **state)
{
    char *p = _xmalloc(100, 8);

    (void)state;
    memset(p, 0xff, 100);
    xfree(p);
    p = _xzalloc(100, 8);
    for (int i = 0; i < 100; i++) {
        assert_int_equal(p[i], 0);
    }
    xfree(p);
}

static void full_slab_takes_objects_again_after_a_free(void **state)
{
    enum {
        NR = 3
    }; /* objects of 1024 bytes in a page */
    void *objects[NR];
    unsigned long free_pages;

    (void)state;
    for (int i = 0; i < NR; i++) {
        objects[i] = _xmalloc(1024, 8);
    }
    free_pages = xenheap_free_pages();
    xfree(objects[1]);
    assert_ptr_equal(_xmalloc(1024, 8), objects[1]);
    assert_int_equal(xenheap_free_pages(), free_pages);
    for (int i = 0; i < NR; i++) {
        xfree(objects[i]);
    }
}

static void exhausted_memory_gives_null(void **state)
{
    void *all = alloc_xenheap_pages(HEAP_PAGES);

    (void)state;
    assert_null(_xmalloc(16, 8));
    assert_null(_xzalloc(5000, 8));
    free_xenheap_pages(all, HEAP_PAGES);
}

static void absurd_amounts_give_null(void **state)
{
    (void)state;
    assert_null(xmalloc_array(uint64_t, ~0UL / 4));
    assert_null(xmalloc_bytes(~0UL));
    assert_null(xmalloc_bytes(1UL << 40));
    assert_null(_xmalloc(FAKE_MEMORY_PAGES * PAGE_SIZE, PAGE_SIZE));
}

static void no_bytes_are_an_object_too(void **state)
{
    void *a = xmalloc_bytes(0);
    void *b = xmalloc_bytes(0);

    (void)state;
    assert_non_null(a);
    assert_ptr_not_equal(a, b);
    xfree(a);
    xfree(b);
}

static void free_of_nothing_is_allowed(void **state)
{
    (void)state;
    xfree(NULL);
}

static void *bad;

static void free_bad(void)
{
    xfree(bad);
}

static void __printf(2, 3) assert_bad(void *p, const char *fmt, ...)
{
    char message[128];
    va_list args;

    bad = p;
    va_start(args, fmt);
    vsnprintf(message, sizeof(message), fmt, args);
    va_end(args);
    assert_panic(free_bad, message);
}

static void second_free_names_the_pointer(void **state)
{
    void *kept = _xmalloc(32, 8);
    void *p = _xmalloc(32, 8);

    (void)state;
    xfree(p);
    assert_bad(p, "xfree: %p (32 bytes) is free already\n", p);
    xfree(kept);
    assert_bad(p, "xfree: %p was never allocated, or is free already\n", p);
}

static void second_free_of_a_run_names_the_pointer(void **state)
{
    void *p = _xmalloc(10000, 8);

    (void)state;
    xfree(p);
    assert_bad(p, "xfree: %p was never allocated, or is free already\n", p);
}

static void inner_pointer_is_named(void **state)
{
    char *small = _xmalloc(64, 8);
    char *large = _xmalloc(5000, 8);

    (void)state;
    assert_bad(small + 8, "xfree: %p is inside an object of 64 bytes\n",
               small + 8);
    assert_bad(large + 8, "xfree: %p is inside an object of 2 pages\n",
               large + 8);
    xfree(small);
    xfree(large);
}

int main(void)
{
#define heap_test(f) cmocka_unit_test_teardown(f, check_all_free)
    const struct CMUnitTest tests[] = {
        heap_test(every_size_is_usable_and_aligned),
        heap_test(objects_do_not_overlap),
        heap_test(cleared_object_is_clear_after_use_of_its_memory),
        heap_test(full_slab_takes_objects_again_after_a_free),
        heap_test(exhausted_memory_gives_null),
        heap_test(absurd_amounts_give_null),
        heap_test(no_bytes_are_an_object_too),
        heap_test(free_of_nothing_is_allowed),
        heap_test(second_free_names_the_pointer),
        heap_test(second_free_of_a_run_names_the_pointer),
        heap_test(inner_pointer_is_named),
    };

    return cmocka_run_group_tests(tests, fake_memory_setup, NULL);
}
