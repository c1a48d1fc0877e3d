/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What dom0 tells, line by line, as verdicts; and what a machine that ends
 * early is held against.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "run/plan.h"
#include "run/story.h"

static struct report report;
static struct suite *suite;
static struct story story;

static int set_up(void **state)
{
    (void)state;
    suite = report_add_suite(&report, "fix", "fix.livepatch");
    plan_suite(suite, &(struct wishes){.has_check = true, .has_cycles = true});
    story = story_begin(suite, 10.0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    report_free_suites(&report);
    return 0;
}

static enum verdict verdict_of(const char *name)
{
    const struct test_case *found = suite_find(suite, name);

    assert_non_null(found);
    return found->verdict;
}

static const char *why_of(const char *name)
{
    return suite_find(suite, name)->why;
}

static void first_word_passes_the_boot(void **state)
{
    (void)state;
    story_hear(&story, "start", 15.5);
    assert_int_equal(verdict_of("boot"), VERDICT_PASSED);
    assert_true(suite_find(suite, "boot")->seconds == 5.5);
    assert_true(story.has_started);
}

static void step_gets_its_verdict_notes_and_time(void **state)
{
    (void)state;
    story_hear(&story, "start", 11.0);
    story_hear(&story, "step apply", 12.0);
    story_hear(&story, "note the reason, with words", 12.5);
    story_hear(&story, "failed apply of fix fails", 14.0);
    assert_int_equal(verdict_of("apply"), VERDICT_FAILED);
    assert_string_equal(why_of("apply"), "apply of fix fails");
    assert_int_equal(suite_find(suite, "apply")->notes.nr, 1);
    assert_string_equal(suite_find(suite, "apply")->notes.items[0],
                        "the reason, with words");
    assert_true(suite_find(suite, "apply")->seconds == 2.0);
    assert_int_equal(verdict_of("upload"), VERDICT_UNREACHED);
}

static void skipped_step_says_why(void **state)
{
    (void)state;
    story_hear(&story, "step apply-again", 12.0);
    story_hear(&story, "skipped it has data of its own", 12.0);
    assert_int_equal(verdict_of("apply-again"), VERDICT_SKIPPED);
    assert_string_equal(why_of("apply-again"), "it has data of its own");
}

static void stops_and_pages_are_kept(void **state)
{
    (void)state;
    story_hear(&story, "step cycles", 12.0);
    story_hear(&story, "value apply_stop_ns 75904", 12.0);
    story_hear(&story, "value revert_stop_ns 80000", 12.0);
    story_hear(&story, "value cycle 1", 12.0);
    story_hear(&story, "value free_pages_after 16299", 12.0);
    assert_int_equal(suite->nr_stops, 2);
    assert_string_equal(suite->stops[0].action, "apply");
    assert_int_equal(suite->stops[0].ns, 75904);
    assert_string_equal(suite->stops[1].action, "revert");
    assert_int_equal(suite->free_pages.after, 16299);
    assert_int_equal(suite->free_pages.before, -1);
}

static void machine_that_ends_in_a_step_fails_that_step(void **state)
{
    (void)state;
    story_hear(&story, "start", 11.0);
    story_hear(&story, "step apply", 12.0);
    story_break_off(&story, VERDICT_FAILED, "it went down", 13.0);
    assert_int_equal(verdict_of("apply"), VERDICT_FAILED);
    assert_string_equal(why_of("apply"), "it went down");
    assert_int_equal(verdict_of("revert"), VERDICT_UNREACHED);
}

static void machine_that_ends_between_steps_fails_the_next(void **state)
{
    (void)state;
    suite_find(suite, "verify")->verdict = VERDICT_PASSED;
    story_hear(&story, "start", 11.0);
    story_hear(&story, "step check-before", 12.0);
    story_hear(&story, "passed", 12.0);
    story_break_off(&story, VERDICT_FAILED, "it went down", 13.0);
    assert_int_equal(verdict_of("check-before"), VERDICT_PASSED);
    assert_int_equal(verdict_of("other-build-id"), VERDICT_FAILED);
}

static void machine_that_never_comes_up_is_no_fault_of_the_payload(void **state)
{
    (void)state;
    story_break_off(&story, VERDICT_FAILED, "it went down", 13.0);
    assert_int_equal(verdict_of("boot"), VERDICT_BROKEN);
    assert_int_equal(report_status(&report), 3);
}

static void end_after_the_last_word_breaks_nothing(void **state)
{
    (void)state;
    story_hear(&story, "start", 11.0);
    story_hear(&story, "end", 12.0);
    story_break_off(&story, VERDICT_FAILED, "it went down", 13.0);
    assert_int_equal(report_status(&report), 0);
}

static void odd_lines_decide_nothing(void **state)
{
    (void)state;
    story_hear(&story, "start", 11.0);
    story_hear(&story, "", 11.0);
    story_hear(&story, "passedly", 11.0);
    story_hear(&story, "step nothing-known", 11.0);
    story_hear(&story, "passed", 11.0);
    assert_int_equal(story.nr_odd, 4);
    for (size_t i = 0; i < suite->nr_cases; i++) {
        if (strcmp(suite->cases[i].name, "boot") != 0) {
            assert_int_equal(suite->cases[i].verdict, VERDICT_UNREACHED);
        }
    }
}

static void plan_has_what_is_wished(void **state)
{
    struct report other = {0};
    struct suite *bare = report_add_suite(&other, "bare", "");
    char *steps;

    (void)state;
    plan_suite(bare, &(struct wishes){0});
    steps = plan_for_dom0(bare);
    assert_string_equal(
        steps, "other-build-id upload apply revert apply-again unload memory");
    free(steps);
    report_free_suites(&other);
    bare = report_add_suite(&other, "bare", "");
    plan_suite(bare, &(struct wishes){.has_check = true,
                                      .has_below = true,
                                      .has_cycles = true,
                                      .is_replace = true});
    steps = plan_for_dom0(bare);
    assert_string_equal(
        steps, "check-before below other-build-id upload apply check-after "
               "revert check-reverted apply-again check-again unload cycles "
               "memory remove-below");
    free(steps);
    report_free_suites(&other);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(first_word_passes_the_boot),
        TEST(step_gets_its_verdict_notes_and_time),
        TEST(skipped_step_says_why),
        TEST(stops_and_pages_are_kept),
        TEST(machine_that_ends_in_a_step_fails_that_step),
        TEST(machine_that_ends_between_steps_fails_the_next),
        TEST(machine_that_never_comes_up_is_no_fault_of_the_payload),
        TEST(end_after_the_last_word_breaks_nothing),
        TEST(odd_lines_decide_nothing),
        TEST(plan_has_what_is_wished),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
