// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of the console ring: what a reader with an index sees as the ring
 * fills, wraps and is cleared. The ring's state runs on through the tests, so
 * each one starts at the ring's end.
 */
#include "unit.h"
#include <asm/current.h>
#include <xen/console.h>
#include <xen/lib.h>

unsigned int fake_cpu;
static unsigned int nr_put;

void arch_console_write(const char *text, size_t bytes)
{
    (void)text;
    nr_put += bytes;
}

/* An index behind everything that was written. */
static uint32_t ring_end(void)
{
    uint32_t index = console_ring_start();
    char part[4096];

    while (console_ring_read(&index, part, sizeof(part))) {
    }
    return index;
}

static int clear_ring(void **state)
{
    (void)state;
    console_ring_clear(ring_end());
    nr_put = 0;
    return 0;
}

static void write_repeated(char c, uint32_t times)
{
    for (uint32_t i = 0; i < times; i++) {
        console_write(&c, 1);
    }
}

static void reader_goes_on_from_its_index(void **state)
{
    uint32_t index = ring_end();
    char text[8] = "";

    (void)state;
    console_write("abcdef", 6);
    assert_int_equal(console_ring_read(&index, text, 4), 4);
    assert_memory_equal(text, "abcd", 4);
    assert_int_equal(console_ring_read(&index, text, 4), 2);
    assert_memory_equal(text, "ef", 2);
    assert_int_equal(console_ring_read(&index, text, 4), 0);
    assert_int_equal(index, ring_end());
}

static void every_character_reaches_the_arch(void **state)
{
    (void)state;
    console_write("abc\n", 4);
    assert_int_equal(nr_put, 4);
}

static void reader_left_behind_starts_at_the_oldest_byte(void **state)
{
    uint32_t index = ring_end();
    const uint32_t before = index;
    char c = '\0';

    (void)state;
    write_repeated('x', 10);
    write_repeated('y', CONSOLE_RING_BYTES);
    assert_int_equal(console_ring_start(), before + 10);
    assert_int_equal(console_ring_read(&index, &c, 1), 1);
    assert_int_equal(c, 'y');
    assert_int_equal(index, before + 11);
}

static void full_ring_gives_exactly_its_size(void **state)
{
    uint32_t index;

    (void)state;
    write_repeated('z', CONSOLE_RING_BYTES + 1);
    index = console_ring_start();
    assert_int_equal(ring_end() - index, CONSOLE_RING_BYTES);
}

static void index_ahead_of_the_end_starts_at_the_oldest_byte(void **state)
{
    uint32_t index = ring_end() + 100;
    const uint32_t end = ring_end();
    char text[4];

    (void)state;
    console_write("abc", 3);
    assert_int_equal(console_ring_read(&index, text, 4), 3);
    assert_memory_equal(text, "abc", 3);
    assert_int_equal(index, end + 3);
}

static void clearing_forgets_what_lies_before_the_index(void **state)
{
    uint32_t index = ring_end();
    char text[8];

    (void)state;
    console_write("abcdef", 6);
    console_ring_read(&index, text, 2);
    console_ring_clear(index);
    index = console_ring_start();
    assert_int_equal(console_ring_read(&index, text, 8), 4);
    assert_memory_equal(text, "cdef", 4);
}

static void clearing_at_an_unknown_index_changes_nothing(void **state)
{
    const uint32_t start = console_ring_start();

    (void)state;
    console_write("abc", 3);
    console_ring_clear(start + 4);
    console_ring_clear(start - 1);
    assert_int_equal(console_ring_start(), start);
}

static void line_starts_after_a_newline_only(void **state)
{
    (void)state;
    console_write("a", 1);
    assert_false(console_at_line_start());
    console_write("\n", 1);
    assert_true(console_at_line_start());
}

static void owner_passes_through_its_own_lock(void **state)
{
    const bool was_taken = console_lock();

    (void)state;
    assert_true(was_taken);
    assert_false(console_lock());
    console_write("a", 1);
    console_unlock(false);
    assert_false(console_lock());
    console_unlock(was_taken);
    assert_true(console_lock());
    console_unlock(true);
}

static void broken_lock_is_free_for_another_cpu(void **state)
{
    (void)state;
    console_lock();
    fake_cpu = 3;
    console_break_lock();
    assert_true(console_lock());
    console_unlock(true);
    fake_cpu = 0;
}

int main(void)
{
#define ring_test(f) cmocka_unit_test_setup(f, clear_ring)
    const struct CMUnitTest tests[] = {
        ring_test(reader_goes_on_from_its_index),
        ring_test(every_character_reaches_the_arch),
        ring_test(reader_left_behind_starts_at_the_oldest_byte),
        ring_test(full_ring_gives_exactly_its_size),
        ring_test(index_ahead_of_the_end_starts_at_the_oldest_byte),
        ring_test(clearing_forgets_what_lies_before_the_index),
        ring_test(clearing_at_an_unknown_index_changes_nothing),
        ring_test(line_starts_after_a_newline_only),
        ring_test(owner_passes_through_its_own_lock),
        ring_test(broken_lock_is_free_for_another_cpu),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
