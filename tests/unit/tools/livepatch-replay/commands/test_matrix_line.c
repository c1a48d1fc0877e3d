/* SPDX-License-Identifier: GPL-2.0 */
/* A line of a matrix: its words, its name, and what it may not say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "commands/matrix_line.h"

static struct options common;
static struct matrix_line line;
static char *said;
static size_t nr_said;

static int set_up(void **state)
{
    (void)state;
    common = options_new();
    common.matrix = "m";
    common.junit = "j";
    common.wants_tap = true;
    common.nr_cycles = 3;
    text_list_add(&common.stack, "below");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    matrix_line_free(&line);
    line = (struct matrix_line){0};
    options_free(&common);
    free(said);
    said = NULL;
    return 0;
}

static int parse(const char *text)
{
    FILE *err = open_memstream(&said, &nr_said);
    int rc = matrix_line_parse(&common, text, &line, err);

    fclose(err);
    return rc;
}

static void line_comes_on_top_of_what_all_have(void **state)
{
    (void)state;
    assert_int_equal(parse("-x dir/xen.gz --cpus 4 --stack two fix.livepatch"),
                     1);
    assert_string_equal(line.options.hypervisor, "dir/xen.gz");
    assert_int_equal(line.options.nr_cpus, 4);
    assert_int_equal(line.options.nr_cycles, 3);
    assert_int_equal(line.options.stack.nr, 2);
    assert_string_equal(line.options.payloads.items[0], "fix.livepatch");
    assert_int_equal(common.stack.nr, 1);
    assert_int_equal(common.nr_cpus, 2);
}

static void how_it_is_told_is_not_the_lines(void **state)
{
    (void)state;
    assert_int_equal(parse("-x xen p"), 1);
    assert_null(line.options.junit);
    assert_null(line.options.matrix);
    assert_false(line.options.wants_tap);
    matrix_line_free(&line);
    line = (struct matrix_line){0};
    free(said);
    assert_true(parse("-x xen --json p") < 0);
    assert_string_equal(said, "livepatch-replay: a line of a matrix says what "
                              "is replayed, and nothing of how it is told\n");
}

static void line_is_named_by_its_hypervisor_or_itself(void **state)
{
    (void)state;
    assert_int_equal(parse("-x dir/x+en.gz p"), 1);
    assert_string_equal(line.name, "x_en.gz-2cpus");
    matrix_line_free(&line);
    free(said);
    assert_int_equal(parse("  4.17/a: -x xen p"), 1);
    assert_string_equal(line.name, "4.17_a");
}

static void quotes_keep_blanks(void **state)
{
    (void)state;
    assert_int_equal(parse("-x 'a b' --cmdline \"loglvl=all x='y'\" p\t# q"),
                     1);
    assert_string_equal(line.options.hypervisor, "a b");
    assert_string_equal(line.options.cmdline, "loglvl=all x='y'");
    assert_int_equal(line.options.payloads.nr, 1);
}

static void quote_without_an_end_is_refused(void **state)
{
    (void)state;
    assert_true(parse("-x 'xen p") < 0);
    assert_string_equal(said, "livepatch-replay: a quote has no end\n");
}

static void empty_lines_and_comments_are_none(void **state)
{
    (void)state;
    assert_int_equal(parse(" \t "), 0);
    free(said);
    assert_int_equal(parse("# -x xen p"), 0);
}

static void what_is_missing_is_named(void **state)
{
    (void)state;
    assert_true(parse("only: p") < 0);
    assert_string_equal(said,
                        "livepatch-replay: --hypervisor FILE is missing\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(line_comes_on_top_of_what_all_have),
        TEST(how_it_is_told_is_not_the_lines),
        TEST(line_is_named_by_its_hypervisor_or_itself),
        TEST(quotes_keep_blanks),
        TEST(quote_without_an_end_is_refused),
        TEST(empty_lines_and_comments_are_none),
        TEST(what_is_missing_is_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
