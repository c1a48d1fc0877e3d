// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of the program that makes the symbol table, by what it prints and how
 * it ends. That its table is right is test_symbols.c's job.
 */
#include "unit.h"
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

static char output[65536];

/* Runs the program, standard error included; gives its exit status. */
static int run(const char *arguments)
{
    char command[512];
    FILE *program;
    size_t length;

    snprintf(command, sizeof(command), "%s %s 2>&1", SYMBOLS, arguments);
    program = popen(command, "r");
    assert_non_null(program);
    length = fread(output, 1, sizeof(output) - 1, program);
    output[length] = '\0';
    return WEXITSTATUS(pclose(program));
}

#define N32 "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"
#define N127 N32 N32 N32 "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"

static void map_lists_addresses_kinds_and_full_names(void **state)
{
    (void)state;
    assert_int_equal(run("--map " IMAGES "/image"), 0);
    assert_string_equal(
        output, "0xffff82d040200000 T global_fn\n"
                "0xffff82d040200000 T _start\n"
                "0xffff82d040200000 T alias_fn\n"
                "0xffff82d040200000 t common/first.c#label_of_global_fn\n"
                "0xffff82d040200040 t common/first.c#local_fn\n"
                "0xffff82d040200080 t arch/second.c#local_fn\n"
                "0xffff82d040202000 T init_fn\n"
                "0xffff82d040203000 d common/first.c#counter\n"
                "0xffff82d040203008 d arch/second.c#counter\n"
                "0xffff82d040203008 D " N127 "\n"
                "0xffff82d040203008 D " N127 "n\n"
                "0xffff82d040204000 D _end\n");
}

static void table_without_an_image_is_empty(void **state)
{
    (void)state;
    assert_int_equal(run(""), 0);
    assert_non_null(strstr(output, "symbols_nr = 0;"));
    assert_non_null(strstr(output, "symbols_nr_buckets = 1;"));
}

static void one_name_at_two_addresses_fails_naming_both(void **state)
{
    (void)state;
    assert_int_equal(run(IMAGES "/ambiguous"), 1);
    assert_string_equal(output,
                        "symbols: " IMAGES
                        "/ambiguous: 'common/first.c#local_fn' is at "
                        "0xffff82d040200040 (t) and at 0xffff82d040200080 (t): "
                        "rename one of them\n");
}

static void file_that_is_no_image_is_named(void **state)
{
    (void)state;
    assert_int_equal(run("/dev/null"), 1);
    assert_string_equal(output, "symbols: /dev/null: not an ELF file\n");
    assert_int_equal(run("/nowhere"), 1);
    assert_string_equal(output,
                        "symbols: /nowhere: No such file or directory\n");
}

static void object_without_bounds_is_refused(void **state)
{
    (void)state;
    assert_int_equal(run(IMAGES "/first.o"), 1);
    assert_string_equal(output,
                        "symbols: " IMAGES "/first.o: no symbol '_start'\n");
}

static void wrong_arguments_give_the_usage(void **state)
{
    (void)state;
    assert_int_equal(run("a b"), 2);
    assert_string_equal(output, "usage: symbols [[--map] IMAGE]\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(map_lists_addresses_kinds_and_full_names),
        cmocka_unit_test(table_without_an_image_is_empty),
        cmocka_unit_test(one_name_at_two_addresses_fails_naming_both),
        cmocka_unit_test(file_that_is_no_image_is_named),
        cmocka_unit_test(object_without_bounds_is_refused),
        cmocka_unit_test(wrong_arguments_give_the_usage),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
