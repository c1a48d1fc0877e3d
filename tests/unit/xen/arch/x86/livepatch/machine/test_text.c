// SPDX-License-Identifier: GPL-2.0
/*
 * x86's writing to sealed text, on the hypervisor's own page tables: what is
 * written where, wherever a change lies in its pages, and that nothing of it
 * can be written before and after.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <xen/errno.h>
#include <xen/livepatch_arch.h>
#include <xen/mm.h>
#include <asm/cpu.h>

#include "machine.h"

#define MOST_CHANGES 8
#define MOST_PAGES 8192
#define MANY_VIRT 0x480000000000UL

#define PAGE(n) (TEXT_VIRT + (n)*PAGE_SIZE)

static struct livepatch_change changes[MOST_CHANGES];
static const uint32_t in_order[MOST_CHANGES] = {0, 1, 2, 3, 4, 5, 6, 7};

/* A change to bytes that count up from `first`. */
static void set_change(unsigned int i, unsigned long where, unsigned int nr,
                       uint8_t first)
{
    changes[i] = (struct livepatch_change){
        .where = (uint8_t *)where,
        .nr_bytes = nr,
    };
    for (unsigned int at = 0; at < nr; at++) {
        changes[i].before[at] = machine_filling(where + at);
        changes[i].after[at] = first + at;
    }
}

static struct livepatch_window *open_window(unsigned int nr)
{
    struct livepatch_window *window = NULL;

    assert_int_equal(arch_livepatch_window_open(changes, in_order, nr, &window),
                     0);
    assert_non_null(window);
    return window;
}

static void assert_refused(unsigned int nr, int rc)
{
    struct livepatch_window *const untouched = (void *)&changes;
    struct livepatch_window *window = untouched;
    const unsigned int before = machine_allocations();

    assert_int_equal(arch_livepatch_window_open(changes, in_order, nr, &window),
                     rc);
    assert_ptr_equal(window, untouched);
    assert_int_equal(machine_allocations(), before);
}

static bool is_in(const struct livepatch_change *change, unsigned long virt)
{
    return virt - (unsigned long)change->where < change->nr_bytes;
}

static uint8_t wanted_at(unsigned long virt, unsigned int nr)
{
    uint8_t wanted = machine_filling(virt);

    for (unsigned int i = 0; i < nr; i++) {
        if (is_in(&changes[i], virt)) {
            wanted = changes[i].after[virt - (unsigned long)changes[i].where];
        }
    }
    return wanted;
}

/* All of the text: the changes' bytes, and nothing else is other. */
static void assert_text(unsigned int pages, unsigned int nr_changes)
{
    for (unsigned long virt = PAGE(0); virt < PAGE(pages); virt++) {
        if (*machine_text(virt) != wanted_at(virt, nr_changes)) {
            fail_msg("text + %#lx is %#x, wanted %#x", virt - PAGE(0),
                     *machine_text(virt), wanted_at(virt, nr_changes));
        }
    }
}

/* ---- one change, anywhere in its pages ------------------------------------
 */

struct place_row {
    const char *name;
    unsigned int at, nr_bytes; /* from the start of the text */
    unsigned int pages;        /* that it needs */
};

static const struct place_row places[] = {
    {"change_inside_a_page", 100, 5, 1},
    {"change_at_the_start_of_a_page", PAGE_SIZE, 5, 1},
    {"change_of_the_last_byte_of_a_page", PAGE_SIZE - 1, 1, 1},
    {"change_that_ends_with_its_page", PAGE_SIZE - 5, 5, 1},
    {"trampoline_that_crosses_with_its_last_byte", PAGE_SIZE - 4, 5, 2},
    {"trampoline_that_crosses_in_its_middle", PAGE_SIZE - 2, 5, 2},
    {"trampoline_that_crosses_with_its_first_byte", PAGE_SIZE - 1, 5, 2},
    {"two_bytes_that_cross", 2 * PAGE_SIZE - 1, 2, 2},
    {"longest_change_inside_a_page", 7, 31, 1},
    {"longest_change_that_ends_with_its_page", PAGE_SIZE - 31, 31, 1},
    {"longest_change_that_crosses_with_its_last_byte", PAGE_SIZE - 30, 31, 2},
    {"longest_change_that_crosses_with_its_first_byte", PAGE_SIZE - 1, 31, 2},
    {"change_of_no_bytes", PAGE_SIZE, 0, 1},
};

/* With no page behind the last one that it needs. */
static void change_is_written_and_restored(void **state)
{
    const struct place_row *row = *state;
    const unsigned long end = row->at + row->nr_bytes - (row->nr_bytes != 0);
    struct livepatch_window *window;

    machine_start(end / PAGE_SIZE + 1);
    set_change(0, PAGE(0) + row->at, row->nr_bytes, 0xa0);
    window = open_window(1);
    assert_text(end / PAGE_SIZE + 1, 0);
    arch_livepatch_window_write(window);
    assert_int_equal(machine_pages_opened(), row->pages);
    assert_text(end / PAGE_SIZE + 1, 1);
    arch_livepatch_window_restore(window);
    assert_int_equal(machine_pages_opened(), row->pages);
    assert_text(end / PAGE_SIZE + 1, 0);
    arch_livepatch_window_close(window);
    assert_int_equal(machine_allocations(), 0);
}

static void window_can_be_written_again(void **state)
{
    struct livepatch_window *window;

    (void)state;
    machine_start(3);
    set_change(0, PAGE(1) - 2, 5, 0xa0);
    window = open_window(1);
    for (unsigned int i = 0; i < 3; i++) {
        arch_livepatch_window_write(window);
        assert_text(3, 1);
        arch_livepatch_window_restore(window);
        assert_text(3, 0);
    }
    arch_livepatch_window_close(window);
}

/* ---- several ---------------------------------------------------------------
 */

static void assert_written(unsigned int nr_changes, unsigned int nr_pages)
{
    struct livepatch_window *window = open_window(nr_changes);

    arch_livepatch_window_write(window);
    assert_int_equal(machine_pages_opened(), nr_pages);
    assert_text(TEXT_PAGES, nr_changes);
    arch_livepatch_window_restore(window);
    assert_text(TEXT_PAGES, 0);
    arch_livepatch_window_close(window);
}

static void two_changes_share_a_page(void **state)
{
    (void)state;
    machine_start(TEXT_PAGES);
    set_change(0, PAGE(2) + 16, 5, 0xa0);
    set_change(1, PAGE(2) + 64, 9, 0xb0);
    assert_written(2, 1);
}

static void change_that_crosses_shares_both_pages(void **state)
{
    (void)state;
    machine_start(TEXT_PAGES);
    set_change(0, PAGE(2) + 16, 5, 0xa0);
    set_change(1, PAGE(3) - 3, 5, 0xb0);
    set_change(2, PAGE(3) + 100, 31, 0xc0);
    assert_written(3, 2);
}

static void two_changes_cross_one_after_the_other(void **state)
{
    (void)state;
    machine_start(TEXT_PAGES);
    set_change(0, PAGE(3) - 3, 5, 0xa0);
    set_change(1, PAGE(4) - 1, 5, 0xb0);
    set_change(2, PAGE(6), 5, 0xc0);
    assert_written(3, 4);
}

static void change_of_no_bytes_stands_between_others(void **state)
{
    (void)state;
    machine_start(TEXT_PAGES);
    set_change(0, PAGE(1) + 8, 5, 0xa0);
    set_change(1, PAGE(1) + 16, 0, 0xb0);
    set_change(2, PAGE(1) + 16, 5, 0xc0);
    assert_written(3, 1);
}

/* They are numbered as the payload has them, and written so. */
static void changes_may_lie_in_another_order(void **state)
{
    static const uint32_t order[] = {2, 0, 1};
    struct livepatch_window *window = NULL;

    (void)state;
    machine_start(TEXT_PAGES);
    set_change(0, PAGE(4) - 1, 5, 0xa0);
    set_change(1, PAGE(6) + 9, 5, 0xb0);
    set_change(2, PAGE(1) - 30, 31, 0xc0);
    assert_int_equal(arch_livepatch_window_open(changes, order, 3, &window), 0);
    arch_livepatch_window_write(window);
    assert_int_equal(machine_pages_opened(), 5);
    assert_text(TEXT_PAGES, 3);
    arch_livepatch_window_restore(window);
    assert_text(TEXT_PAGES, 0);
    arch_livepatch_window_close(window);
}

/* Of two changes of a place the later one counts; both are undone. */
static void changes_are_undone_from_the_last_to_the_first(void **state)
{
    struct livepatch_window *window;

    (void)state;
    machine_start(TEXT_PAGES);
    set_change(0, PAGE(1) - 2, 5, 0xa0);
    set_change(1, PAGE(1) - 2, 5, 0xb0);
    memcpy(changes[1].before, changes[0].after, sizeof(changes[0].after));
    window = open_window(2);
    arch_livepatch_window_write(window);
    assert_text(TEXT_PAGES, 2);
    arch_livepatch_window_restore(window);
    assert_text(TEXT_PAGES, 0);
    arch_livepatch_window_close(window);
}

/* ---- who can write, and when -----------------------------------------------
 */

static void nothing_can_be_written_before_and_after(void **state)
{
    struct livepatch_window *window;

    (void)state;
    machine_start(TEXT_PAGES);
    set_change(0, PAGE(1) - 2, 5, 0xa0);
    set_change(1, PAGE(4), 5, 0xb0);
    window = open_window(2);
    assert_int_equal(machine_pages_open(), 0);
    arch_livepatch_window_write(window);
    assert_int_equal(machine_pages_opened(), 3);
    assert_int_equal(machine_pages_open(), 0);
    arch_livepatch_window_restore(window);
    assert_int_equal(machine_pages_opened(), 3);
    assert_int_equal(machine_pages_open(), 0);
    arch_livepatch_window_close(window);
}

static void write_opens_its_own_window_s_pages_alone(void **state)
{
    struct livepatch_window *large, *small;

    (void)state;
    machine_start(TEXT_PAGES);
    set_change(0, PAGE(1), 5, 0xa0);
    small = open_window(1);
    set_change(1, PAGE(3), 5, 0xb0);
    set_change(2, PAGE(5), 5, 0xc0);
    large = open_window(3);
    arch_livepatch_window_write(large);
    assert_int_equal(machine_pages_opened(), 3);
    arch_livepatch_window_write(small);
    assert_int_equal(machine_pages_opened(), 1);
    arch_livepatch_window_restore(large);
    assert_text(TEXT_PAGES, 0);
    arch_livepatch_window_close(small);
    arch_livepatch_window_close(large);
}

/* Each load serialises: what is fetched after the last is the new text. */
static void write_loads_cr3_twice_and_leaves_it_as_it_was(void **state)
{
    struct livepatch_window *window;
    unsigned long normal;

    (void)state;
    machine_start(TEXT_PAGES);
    set_change(0, PAGE(1), 5, 0xa0);
    window = open_window(1);
    normal = machine_other_cr3();
    write_cr3(normal);
    machine_forget_deeds();
    arch_livepatch_window_write(window);
    assert_int_equal(read_cr3(), normal);
    arch_livepatch_window_restore(window);
    assert_int_equal(read_cr3(), normal);
    assert_string_equal(machine_deeds(), "WWWW");
    arch_livepatch_window_close(window);
}

/* The machine compares all of the tables with those of the boot. */
static void window_has_the_mappings_that_were_made_since(void **state)
{
    struct livepatch_window *window;

    (void)state;
    machine_start(TEXT_PAGES);
    set_change(0, PAGE(1), 5, 0xa0);
    arch_livepatch_window_close(open_window(1));
    machine_map_many(MANY_VIRT, 2);
    window = open_window(1);
    arch_livepatch_window_write(window);
    assert_text(TEXT_PAGES, 1);
    arch_livepatch_window_close(window);
}

/* ---- what is refused --------------------------------------------------------
 */

static void unmapped_page_is_einval(void **state)
{
    (void)state;
    machine_start(2);
    set_change(0, PAGE(1), 5, 0xa0);
    set_change(1, PAGE(2), 5, 0xb0);
    assert_refused(2, -EINVAL);
}

static void unmapped_second_page_is_einval(void **state)
{
    (void)state;
    machine_start(2);
    set_change(0, PAGE(2) - 4, 5, 0xa0);
    assert_refused(1, -EINVAL);
}

static void unmapped_first_page_is_einval(void **state)
{
    (void)state;
    machine_start(2);
    set_change(0, PAGE(0) - 1, 5, 0xa0);
    assert_refused(1, -EINVAL);
}

static void no_memory_is_enomem(void **state)
{
    struct livepatch_window *window;
    unsigned int n;

    (void)state;
    machine_start(TEXT_PAGES);
    set_change(0, PAGE(1) - 2, 5, 0xa0);
    for (n = 1; n <= 3; n++) {
        machine_fail_nth(n);
        assert_refused(1, -ENOMEM);
    }
    machine_fail_nth(4);
    window = open_window(1);
    arch_livepatch_window_close(window);
    arch_livepatch_window_close(NULL);
    machine_fail_nth(0);
    assert_int_equal(machine_allocations(), 0);
}

/* ---- as many pages as there may be ------------------------------------------
 */

static struct livepatch_change many[MOST_PAGES + 1];
static uint32_t many_in_order[MOST_PAGES + 1];

/* One change a page, in the region where many pages show the same memory. */
static void set_many(void)
{
    machine_start(TEXT_PAGES);
    machine_map_many(MANY_VIRT, MOST_PAGES + 1);
    for (unsigned int i = 0; i <= MOST_PAGES; i++) {
        many[i] = (struct livepatch_change){
            .where = (uint8_t *)MANY_VIRT + i * PAGE_SIZE + i / TEXT_PAGES,
            .nr_bytes = 1,
            .after = {i % 251},
        };
        many_in_order[i] = i;
    }
}

static void as_many_pages_as_8192_are_written(void **state)
{
    struct livepatch_window *window = NULL;

    (void)state;
    set_many();
    assert_int_equal(
        arch_livepatch_window_open(many, many_in_order, MOST_PAGES, &window),
        0);
    arch_livepatch_window_write(window);
    assert_int_equal(machine_pages_opened(), MOST_PAGES);
    assert_int_equal(machine_pages_open(), 0);
    for (unsigned int i = 0; i < MOST_PAGES; i++) {
        assert_int_equal(*machine_text((unsigned long)many[i].where), i % 251);
    }
    arch_livepatch_window_close(window);
}

/* Not the changes are counted, but the pages that they lie in. */
static void more_changes_than_pages_are_taken(void **state)
{
    struct livepatch_window *window = NULL;

    (void)state;
    set_many();
    many[MOST_PAGES].where = many[MOST_PAGES - 1].where + 1;
    assert_int_equal(arch_livepatch_window_open(many, many_in_order,
                                                MOST_PAGES + 1, &window),
                     0);
    arch_livepatch_window_close(window);
}

static void more_pages_than_8192_are_enospc(void **state)
{
    struct livepatch_window *window = NULL;

    (void)state;
    set_many();
    assert_int_equal(arch_livepatch_window_open(many, many_in_order,
                                                MOST_PAGES + 1, &window),
                     -ENOSPC);
    assert_null(window);
    assert_int_equal(machine_allocations(), 0);
}

/* The last change crosses into one page too many. */
static void second_page_may_be_one_too_many(void **state)
{
    struct livepatch_window *window = NULL;

    (void)state;
    set_many();
    many[MOST_PAGES - 1].where =
        (uint8_t *)MANY_VIRT + MOST_PAGES * PAGE_SIZE - 1;
    many[MOST_PAGES - 1].nr_bytes = 2;
    assert_int_equal(
        arch_livepatch_window_open(many, many_in_order, MOST_PAGES, &window),
        -ENOSPC);
}

#define TEST(fn) cmocka_unit_test(fn)

static const struct CMUnitTest others[] = {
    TEST(window_can_be_written_again),
    TEST(two_changes_share_a_page),
    TEST(change_that_crosses_shares_both_pages),
    TEST(two_changes_cross_one_after_the_other),
    TEST(change_of_no_bytes_stands_between_others),
    TEST(changes_may_lie_in_another_order),
    TEST(changes_are_undone_from_the_last_to_the_first),
    TEST(nothing_can_be_written_before_and_after),
    TEST(write_opens_its_own_window_s_pages_alone),
    TEST(write_loads_cr3_twice_and_leaves_it_as_it_was),
    TEST(window_has_the_mappings_that_were_made_since),
    TEST(unmapped_page_is_einval),
    TEST(unmapped_second_page_is_einval),
    TEST(unmapped_first_page_is_einval),
    TEST(no_memory_is_enomem),
    TEST(as_many_pages_as_8192_are_written),
    TEST(more_changes_than_pages_are_taken),
    TEST(more_pages_than_8192_are_enospc),
    TEST(second_page_may_be_one_too_many),
};

#define NR(rows) (sizeof(rows) / sizeof((rows)[0]))

int main(void)
{
    struct CMUnitTest tests[NR(places)] = {{.name = NULL}};
    int failed;

    for (size_t i = 0; i < NR(places); i++) {
        tests[i].name = places[i].name;
        tests[i].test_func = change_is_written_and_restored;
        tests[i].initial_state = (void *)&places[i];
    }
    failed = cmocka_run_group_tests_name("places", tests, NULL, NULL);
    return failed + cmocka_run_group_tests_name("windows", others, NULL, NULL);
}
