/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Memory that is there, or ends the program: what there is none of is asked for
 * in a process of its own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "lib/memory.h"

#define NO_MEMORY "test_memory: no memory\n"

/* The sanitizer's allocator ends the program by itself, unless it is told. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "allocator_may_return_null=1";
}

static void ask_for_nothing(size_t nr)
{
    (void)nr;
}

static void ask_for_items(size_t nr)
{
    free(must_alloc_items(nr, 16));
}

static void ask_to_resize(size_t nr)
{
    free(must_resize(NULL, nr, 16));
}

static void ask_an_arena(size_t nr)
{
    struct arena arena;

    arena_open(&arena);
    arena_take(&arena, nr, 16);
    arena_close(&arena);
}

/* What a child that does it says on stderr, in static memory; its status. */
static const char *said_by(void (*ask)(size_t nr), size_t nr, int *status)
{
    static char said[4000];
    size_t bytes = 0;
    ssize_t part;
    int ends[2];
    pid_t child;

    assert_int_equal(pipe(ends), 0);
    child = fork();
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        ask(nr);
        _exit(0);
    }
    close(ends[1]);
    while ((part = read(ends[0], said + bytes, sizeof(said) - 1 - bytes)) > 0) {
        bytes += (size_t)part;
    }
    said[bytes] = '\0';
    close(ends[0]);
    assert_int_equal(waitpid(child, status, 0), child);
    return said;
}

static void check_ends(void (*ask)(size_t nr), size_t nr)
{
    int status;
    const char *said = said_by(ask, nr, &status);
    const size_t length = strlen(said);

    /* The sanitizer's own warning may stand before it. */
    assert_true(length >= strlen(NO_MEMORY));
    assert_string_equal(said + length - strlen(NO_MEMORY), NO_MEMORY);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 1);
}

static void what_there_is_goes_on(void **state)
{
    int status;

    (void)state;
    assert_string_equal(said_by(ask_for_nothing, 0, &status), "");
    assert_int_equal(status, 0);
    assert_string_equal(said_by(ask_for_items, 100, &status), "");
    assert_int_equal(status, 0);
    assert_string_equal(said_by(ask_an_arena, 100, &status), "");
    assert_int_equal(status, 0);
}

static void too_much_ends_the_program(void **state)
{
    (void)state;
    check_ends(ask_for_items, SIZE_MAX / 32);
    check_ends(ask_to_resize, SIZE_MAX / 32);
    check_ends(ask_an_arena, SIZE_MAX / 32);
}

static void a_product_that_wraps_ends_the_program(void **state)
{
    (void)state;
    check_ends(ask_for_items, SIZE_MAX / 16 + 2);
    check_ends(ask_to_resize, SIZE_MAX / 16 + 2);
    check_ends(ask_an_arena, SIZE_MAX / 16 + 2);
}

static void items_are_zeroed(void **state)
{
    static const unsigned char zeroes[64];
    unsigned char *used = must_alloc(sizeof(zeroes));
    unsigned char *items;

    (void)state;
    assert_memory_equal(used, zeroes, sizeof(zeroes));
    memset(used, 0xff, sizeof(zeroes));
    free(used);
    items = must_alloc_items(16, 4);
    assert_memory_equal(items, zeroes, sizeof(zeroes));
    free(items);
}

static void none_is_memory_too(void **state)
{
    void *none = must_alloc(0);
    void *no_items = must_alloc_items(0, 16);
    void *resized = must_resize(NULL, 0, 16);

    (void)state;
    assert_non_null(none);
    assert_non_null(no_items);
    assert_non_null(resized);
    free(none);
    free(no_items);
    free(resized);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_there_is_goes_on),
        cmocka_unit_test(too_much_ends_the_program),
        cmocka_unit_test(a_product_that_wraps_ends_the_program),
        cmocka_unit_test(items_are_zeroed),
        cmocka_unit_test(none_is_memory_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
