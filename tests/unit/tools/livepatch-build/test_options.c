/* SPDX-License-Identifier: GPL-2.0 */
/* The command's options and what it says while it builds. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "commands/options.h"
#include "commands/progress_line.h"

#define NR(array) (sizeof(array) / sizeof(*(array)))

static int parse(struct options *options, const char *const *argv)
{
    char *said = NULL;
    size_t bytes = 0;
    FILE *err = open_memstream(&said, &bytes);
    int rc = options_parse(options, (char **)argv, err);

    fclose(err);
    assert_int_equal(rc != 0, bytes != 0); /* a refusal has its words */
    free(said);
    return rc;
}

static void options_may_be_given_again(void **state)
{
    /* getopt_long() puts operands behind options. */
    const char *words[] = {"livepatch-build", "diff", "--source=/tree",
                           "old.o",           "-p",   "one",
                           "--patch",         "two",  "-j8",
                           "--json",          NULL};
    struct options options = options_new();

    (void)state;
    assert_int_equal(parse(&options, words), 0);
    assert_string_equal(options.source, "/tree");
    assert_int_equal(options.patches.nr, 2);
    assert_string_equal(options.patches.items[1], "two");
    assert_int_equal(options.nr_jobs, 8);
    assert_true(options.wants_json);
    assert_int_equal(options.operands.nr, 2);
    assert_string_equal(options.operands.items[0], "diff");
    assert_string_equal(options.operands.items[1], "old.o");
    assert_null(options.cache);
    options_free(&options);
}

static void wrong_options_are_einval(void **state)
{
    static const char *const rows[][2] = {
        {"--sources", NULL}, {"--source", NULL}, {"-j0", NULL},
        {"-jx", NULL},       {"-j-1", NULL},     {"-j", "2x"},
        {"-z", NULL},        {"--json=1", NULL}, {"-j", "4097"},
    };

    (void)state;
    for (size_t i = 0; i < NR(rows); i++) {
        const char *const words[] = {"livepatch-build", rows[i][0], rows[i][1],
                                     NULL};
        struct options options = options_new();

        if (parse(&options, words) != -EINVAL) {
            fail_msg("taken: %s", rows[i][0]);
        }
        options_free(&options);
    }
}

static void options_that_contradict_each_other_are_einval(void **state)
{
    static const char *const rows[][2] = {
        {"--replace-base", "--depends=below.livepatch"},
        {"--base=one", "--source=tree"},
        {"--base=one", "--config=file"},
        {"--base=one", "--xen-syms=file"},
        {"--base=one", "--depends=xen-syms"},
        {"--base=one", "--xen-depends=xen-syms"},
    };

    (void)state;
    for (size_t i = 0; i < NR(rows); i++) {
        for (size_t k = 0; k < 2; k++) {
            const char *const words[] = {"livepatch-build", rows[i][k],
                                         k == 0 ? rows[i][1] : NULL, NULL};
            struct options options = options_new();

            if (parse(&options, words) != (k == 0 ? -EINVAL : 0)) {
                fail_msg("%s %s", words[1], k == 0 ? words[2] : "");
            }
            options_free(&options);
        }
    }
}

static void a_base_has_options_of_its_own(void **state)
{
    static const struct {
        const char *name, *value;
        int rc;
    } rows[] = {
        {"patch", "one", 0},        {"patch", "two", 0},
        {"arch", "arm64", 0},       {"expect", "", 0},
        {"expect", "yes", -EINVAL}, {"arch", "", -EINVAL},
        {"output", "x", -EINVAL},   {"base", "x", -EINVAL},
        {"jobs", "2", -EINVAL},     {"json", "", -EINVAL},
        {"--patch", "x", -EINVAL},
    };
    struct options options = options_new();
    FILE *err = fopen("/dev/null", "w");

    (void)state;
    for (size_t i = 0; i < NR(rows); i++) {
        if (options_set_of_base(&options, rows[i].name, rows[i].value, err) !=
            rows[i].rc) {
            fail_msg("%s %s", rows[i].name, rows[i].value);
        }
    }
    assert_int_equal(options.patches.nr, 2);
    assert_string_equal(options.arch, "arm64");
    assert_true(options.wants_expectations);
    fclose(err);
    options_free(&options);
}

static void help_has_a_line_for_every_option(void **state)
{
    static const char *const wanted[] = {"--source DIR", "-p, --patch FILE",
                                         "-j, --jobs N", "--cache DIR",
                                         "--json",       "-h, --help"};
    char *help = NULL, *rest, *line;
    size_t bytes = 0;
    FILE *out = open_memstream(&help, &bytes);

    (void)state;
    options_print_help(out);
    fclose(out);
    for (size_t i = 0; i < NR(wanted); i++) {
        assert_non_null(strstr(help, wanted[i]));
    }
    rest = help;
    while ((line = strsep(&rest, "\n")) != NULL) {
        assert_true(strlen(line) < 100);
    }
    free(help);
}

static void progress_says_how_much_is_left(void **state)
{
    char text[PROGRESS_BYTES];

    (void)state;
    progress_text(&(struct build_progress){"before", 120, 380, 24, false},
                  text);
    assert_string_equal(text,
                        "building before: 120 of about 380 objects, 52 s left");
    /* Nothing done, nothing expected, more than expected: no guess. */
    progress_text(&(struct build_progress){"before", 0, 380, 1, false}, text);
    assert_string_equal(text, "building before: 0 objects, 1 s");
    progress_text(&(struct build_progress){"after", 3, 0, 2, false}, text);
    assert_string_equal(text, "building after: 3 objects, 2 s");
    progress_text(&(struct build_progress){"before", 381, 380, 90, false},
                  text);
    assert_string_equal(text, "building before: 381 objects, 90 s");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_may_be_given_again),
        cmocka_unit_test(wrong_options_are_einval),
        cmocka_unit_test(options_that_contradict_each_other_are_einval),
        cmocka_unit_test(a_base_has_options_of_its_own),
        cmocka_unit_test(help_has_a_line_for_every_option),
        cmocka_unit_test(progress_says_how_much_is_left),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
