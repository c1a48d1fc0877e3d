/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How a machine ended, told apart: the payload's doing or not, in which step,
 * with which lines.
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
#include "run/verdict.h"

static char folder[] = "/tmp/test_verdict.XXXXXX";
static struct report report;
static struct suite *suite;
static struct story story;
static struct remains remains;
static struct faults *faults;

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static int set_up(void **state)
{
    (void)state;
    suite = report_add_suite(&report, "fix", "fix.livepatch");
    plan_suite(suite, &(struct wishes){.has_check = true});
    suite_find(suite, STEP_VERIFY)->verdict = VERDICT_PASSED;
    story = story_begin(suite, 0);
    remains_begin(&remains, folder, "ours");
    write_file(remains.serial, "Kernel panic - of an earlier day\n");
    write_file(remains.hypervisor, "(XEN) hello\n");
    write_file(remains.words, "");
    remains_mark_start(&remains);
    story_hear(&story, "start", 1);
    remains.end = END_BY_ITSELF;
    remains.reason = strdup("guest-shutdown");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    unlink(remains.serial);
    unlink(remains.hypervisor);
    unlink(remains.words);
    remains_free(&remains);
    report_free_suites(&report);
    return 0;
}

static void say_reason(const char *reason)
{
    free(remains.reason);
    remains.reason = strdup(reason);
}

static enum verdict judged(const char *name)
{
    remains_judge(&remains, faults, &story, 2);
    return suite_find(suite, name)->verdict;
}

static void add_to(const char *path, const char *line)
{
    FILE *file = fopen(path, "a");

    fputs(line, file);
    fclose(file);
}

static void quiet_end_passes(void **state)
{
    (void)state;
    story_hear(&story, "end", 2);
    assert_int_equal(judged(STEP_CONSOLES), VERDICT_PASSED);
}

static void reset_after_the_end_fails_the_last_case(void **state)
{
    (void)state;
    say_reason("guest-reset");
    story_hear(&story, "end", 2);
    assert_int_equal(judged(STEP_CONSOLES), VERDICT_FAILED);
}

static void warning_in_a_console_fails_the_last_case(void **state)
{
    (void)state;
    add_to(remains.hypervisor, "(XEN) Xen WARN at x.c:1\r\n");
    story_hear(&story, "end", 2);
    assert_int_equal(judged(STEP_CONSOLES), VERDICT_FAILED);
    assert_string_equal(suite_find(suite, STEP_CONSOLES)->notes.items[0],
                        "machine.hypervisor: (XEN) Xen WARN at x.c:1");
}

static void reset_in_a_step_fails_it_and_shows_the_console(void **state)
{
    struct test_case *apply;

    (void)state;
    say_reason("guest-reset");
    story_hear(&story, "step apply", 2);
    add_to(remains.hypervisor, "(XEN) Panic on CPU 0:\n");
    assert_int_equal(judged("apply"), VERDICT_FAILED);
    apply = suite_find(suite, "apply");
    assert_string_equal(apply->why, "the machine went down (guest-reset)");
    assert_string_equal(apply->notes.items[apply->notes.nr - 1],
                        "(XEN) Panic on CPU 0:");
    assert_int_equal(report_status(&report), 1);
}

static void silence_fails_the_step_and_keeps_where_cpus_are(void **state)
{
    struct test_case *apply;

    (void)state;
    remains.end = END_SILENT;
    remains.registers = strdup("CPU#0\r\nRAX=0000000000000001\r\n"
                               "RIP=ffff82d040201000 RFL=00000002\r\n");
    story_hear(&story, "step apply", 2);
    assert_int_equal(judged("apply"), VERDICT_FAILED);
    apply = suite_find(suite, "apply");
    assert_string_equal(apply->notes.items[apply->notes.nr - 1],
                        "CPU 0: ffff82d040201000");
    assert_string_equal(apply->notes.items[apply->notes.nr - 2],
                        "--- where each CPU is");
}

static void dom0_that_panics_is_told_by_its_own_words(void **state)
{
    (void)state;
    say_reason("guest-reset");
    story_hear(&story, "step check-after", 2);
    add_to(remains.serial, "[    4.1] Kernel panic - not syncing: sysrq\r\n");
    remains_judge(&remains, faults, &story, 2);
    assert_string_equal(suite_find(suite, "check-after")->why,
                        "dom0's kernel panicked (Kernel panic - not syncing: "
                        "sysrq)");
    assert_int_equal(report_status(&report), 1);
}

static void what_ends_before_a_payload_is_there_is_not_its_fault(void **state)
{
    (void)state;
    say_reason("guest-reset");
    story_hear(&story, "step check-before", 2);
    add_to(remains.hypervisor, "(XEN) Panic on CPU 0:\n");
    assert_int_equal(judged("check-before"), VERDICT_BROKEN);
    assert_int_equal(suite_find(suite, STEP_CONSOLES)->verdict,
                     VERDICT_UNREACHED);
    assert_int_equal(report_status(&report), 3);
}

static void missing_qemu_is_named(void **state)
{
    (void)state;
    remains.status = 127;
    story_hear(&story, "step apply", 2);
    assert_int_equal(judged("apply"), VERDICT_BROKEN);
    assert_string_equal(suite_find(suite, "apply")->why,
                        "there is no qemu-system-x86_64 here: install "
                        "qemu-system-x86");
}

static void interrupt_is_no_fault_of_the_payload(void **state)
{
    (void)state;
    remains.end = END_INTERRUPTED;
    story_hear(&story, "step apply", 2);
    assert_int_equal(judged("apply"), VERDICT_BROKEN);
    assert_int_equal(report_status(&report), 3);
}

static void qemu_that_fails_is_no_fault_of_the_payload(void **state)
{
    (void)state;
    remains.status = 134;
    story_hear(&story, "step apply", 2);
    assert_int_equal(judged("apply"), VERDICT_BROKEN);
    assert_string_equal(suite_find(suite, "apply")->why,
                        "QEMU ended with exit status 134");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(quiet_end_passes),
        TEST(reset_after_the_end_fails_the_last_case),
        TEST(warning_in_a_console_fails_the_last_case),
        TEST(reset_in_a_step_fails_it_and_shows_the_console),
        TEST(silence_fails_the_step_and_keeps_where_cpus_are),
        TEST(dom0_that_panics_is_told_by_its_own_words),
        TEST(what_ends_before_a_payload_is_there_is_not_its_fault),
        TEST(missing_qemu_is_named),
        TEST(interrupt_is_no_fault_of_the_payload),
        TEST(qemu_that_fails_is_no_fault_of_the_payload),
    };
    int failed;

    faults = faults_read("tools/livepatch-replay/harness/faults", stderr);
    if (faults == NULL || mkdtemp(folder) == NULL) {
        return 1;
    }
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    faults_free(faults);
    rmdir(folder);
    return failed;
}
