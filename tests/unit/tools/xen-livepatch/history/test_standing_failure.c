/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which failure in the log still stands.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fake/run_command.h"
#include "history/standing_failure.h"

struct line {
    const char *names; /* in the words of JSON */
    int exit_status;
    const char *boot; /* NULL: now */
};

/* The verb of the failure that stands in this log, "" when none does. */
static const char *standing_in(const struct line *lines, size_t nr,
                               const char *boot)
{
    static char verb[16];
    struct deed_history log;
    struct past_deed failure;
    FILE *file = fopen("log", "w");

    assert_non_null(file);
    for (size_t i = 0; i < nr; i++) {
        fprintf(file,
                "{\"boot\":\"%s\",\"command\":\"%zu\",\"names\":[%s],"
                "\"exit_status\":%d}\n",
                lines[i].boot ? lines[i].boot : "now", i, lines[i].names,
                lines[i].exit_status);
    }
    fclose(file);
    assert_int_equal(deed_history_read("log", &log), 0);
    snprintf(verb, sizeof(verb), "%s",
             standing_failure_find(&log, boot, &failure) ? failure.verb : "");
    deed_history_free(&log);
    return verb;
}

#define STANDING(lines)                                                        \
    standing_in(lines, sizeof(lines) / sizeof((lines)[0]), "now")

static void newest_failure_stands(void **state)
{
    static const struct line lines[] = {
        {"\"a\"", 1, NULL}, {"\"b\"", 2, NULL}, {"\"c\"", 0, NULL}};

    (void)state;
    assert_string_equal(STANDING(lines), "1");
}

static void what_went_well_later_is_no_failure(void **state)
{
    static const struct line lines[] = {
        {"\"a\"", 1, NULL}, {"\"b\"", 1, NULL}, {"\"b\"", 0, NULL}};

    (void)state;
    assert_string_equal(STANDING(lines), "0");
}

static void what_went_well_before_failed_since(void **state)
{
    static const struct line lines[] = {{"\"a\"", 0, NULL}, {"\"a\"", 1, NULL}};

    (void)state;
    assert_string_equal(STANDING(lines), "1");
}

static void set_is_made_good_when_all_of_it_is(void **state)
{
    static const struct line half[] = {
        {"\"a\",\"b\"", 1, NULL}, {"\"b\"", 0, NULL}, {"\"c\"", 0, NULL}};
    static const struct line whole[] = {
        {"\"a\",\"b\"", 1, NULL}, {"\"b\"", 0, NULL}, {"\"a\"", 0, NULL}};

    (void)state;
    assert_string_equal(STANDING(half), "0");
    assert_string_equal(STANDING(whole), "");
}

static void failure_of_another_boot_does_not_stand(void **state)
{
    static const struct line lines[] = {{"\"a\"", 1, "before"}};

    (void)state;
    assert_string_equal(STANDING(lines), "");
    assert_string_equal(standing_in(lines, 1, ""), "");
}

static void success_in_another_boot_makes_nothing_good(void **state)
{
    static const struct line lines[] = {{"\"a\"", 1, NULL},
                                        {"\"a\"", 0, "other"}};

    (void)state;
    assert_string_equal(STANDING(lines), "0");
}

static void many_names_are_remembered(void **state)
{
    struct line lines[100];
    char names[100][8];

    (void)state;
    for (size_t i = 0; i < 100; i++) {
        snprintf(names[i], sizeof(names[i]), "\"%zu\"", i % 50);
        lines[i] = (struct line){names[i], i < 50, NULL};
    }
    assert_string_equal(STANDING(lines), "");
    lines[70].exit_status = 1; /* of 20 */
    assert_string_equal(STANDING(lines), "70");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(newest_failure_stands),
        cmocka_unit_test(what_went_well_later_is_no_failure),
        cmocka_unit_test(what_went_well_before_failed_since),
        cmocka_unit_test(set_is_made_good_when_all_of_it_is),
        cmocka_unit_test(failure_of_another_boot_does_not_stand),
        cmocka_unit_test(success_in_another_boot_makes_nothing_good),
        cmocka_unit_test(many_names_are_remembered),
    };

    return cmocka_run_group_tests_name("xen-livepatch standing failure", tests,
                                       enter_scratch_folder,
                                       leave_scratch_folder);
}
