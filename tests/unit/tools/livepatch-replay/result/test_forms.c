/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One report in all its forms: names, reasons and lines of consoles that hold
 * what XML, JSON, TAP and terminals must not be given as it is.
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

#include "result/json.h"
#include "result/junit.h"
#include "result/terminal.h"

static struct report report;
static char *text;
static size_t nr_bytes;

static int set_up(void **state)
{
    struct suite *suite;
    struct test_case *added;

    (void)state;
    report = (struct report){.hypervisor = strdup("x\"en"),
                             .kind = "ours",
                             .accelerator = "tcg",
                             .nr_cpus = 2};
    suite = report_add_suite(&report, "fix<1>", "a&b");
    case_decide(suite_add_case(suite, "upload", "it uploads"), VERDICT_PASSED,
                NULL);
    added = suite_add_case(suite, "apply", "it applies");
    case_decide(added, VERDICT_FAILED, "a < b && \"c\"");
    text_list_add(&added->notes, "esc \x1b[31m ]]> \xff end");
    case_decide(suite_add_case(suite, "apply-again", "again"), VERDICT_SKIPPED,
                "it has data");
    suite_add_case(suite, "unload", "it unloads");
    suite_add_stop(suite, "apply", 300);
    suite_add_stop(suite, "apply", 100);
    suite_add_stop(suite, "revert", 200);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    report_free_suites(&report);
    free(text);
    text = NULL;
    return 0;
}

static void has(const char *wanted)
{
    if (strstr(text, wanted) == NULL) {
        fail_msg("\"%s\" is not in:\n%s", wanted, text);
    }
}

static void tell(enum form form)
{
    FILE *out = open_memstream(&text, &nr_bytes);
    struct terminal terminal = {.form = form, .out = out};
    struct suite *suite = &report.suites[0];

    terminal_begin_suite(&terminal, suite);
    for (size_t i = 0; i < 3; i++) {
        terminal_tell_case(&terminal, suite, &suite->cases[i]);
    }
    terminal_tell_unreached(&terminal, suite);
    terminal_end_suite(&terminal, suite);
    terminal_end(&terminal, &report);
    fclose(out);
}

static void words_say_what_failed_and_why(void **state)
{
    (void)state;
    tell(FORM_WORDS);
    has("  ok     upload            it uploads (0.0 s)\n");
    has("  FAILED apply             it applies (0.0 s)\n"
        "           a < b && \"c\"\n"
        "             esc \\x1b[31m ]]> \\xff end\n");
    has("  skip   apply-again       again: it has data\n");
    has("  -      unload            it unloads\n");
    has("0.000 ms at the median of 3 stops");
    has("  fix<1>: FAILED in apply; 1 of 4 steps passed, 2 skipped; 0.0 s\n");
}

static void tap_is_numbered_and_has_its_plan(void **state)
{
    (void)state;
    tell(FORM_TAP);
    has("TAP version 13\n# fix<1>:\nok 1 - fix<1>: upload\n"
        "not ok 2 - fix<1>: apply\n#   a < b && \"c\"\n");
    has("ok 3 - fix<1>: apply-again # SKIP it has data\n"
        "ok 4 - fix<1>: unload # SKIP not reached\n");
    has("\n1..4\n");
    for (const char *line = text; line != NULL && *line != '\0';
         line = strchr(line, '\n') + 1) {
        assert_true(strchr("#on1T", *line) != NULL);
    }
}

static void junit_is_escaped_and_counts(void **state)
{
    char path[] = "/tmp/test_forms.XXXXXX";
    int fd = mkstemp(path);
    FILE *file;

    (void)state;
    assert_int_equal(junit_write(&report, path), 0);
    file = fdopen(fd, "r");
    text = calloc(1, 10000);
    assert_true(fread(text, 1, 9999, file) > 0);
    fclose(file);
    unlink(path);
    has("<testsuite name=\"fix&lt;1&gt;\" tests=\"4\" failures=\"1\" "
        "errors=\"0\" skipped=\"2\"");
    has("<failure message=\"a &lt; b &amp;&amp; &quot;c&quot;\" "
        "type=\"apply\">esc ?[31m ]]&gt; ? end\n");
    has("<skipped message=\"it has data\"/>");
    has("<skipped message=\"not reached\"/>");
    has("apply stopped all CPUs for 0.000 ms\n");
}

static void junit_that_cannot_be_written_is_told(void **state)
{
    (void)state;
    assert_true(junit_write(&report, "/nonexistent/folder/x.xml") < 0);
    assert_true(junit_write(&report, "/dev/full") < 0);
}

static void json_has_steps_and_stops(void **state)
{
    FILE *out = open_memstream(&text, &nr_bytes);

    (void)state;
    assert_int_equal(json_print(&report, out), 0);
    fclose(out);
    has("\"hypervisor\": \"x\\\"en\"");
    has("\"exit_status\": 1");
    has("\"verdict\": \"unreached\"");
    has("\"why\": \"a < b && \\\"c\\\"\"");
    has("\"stop_ns\": 300");
}

static void stops_have_their_median(void **state)
{
    struct stop_range range;

    (void)state;
    assert_true(suite_stop_range(&report.suites[0], &range));
    assert_int_equal(range.shortest_ns, 100);
    assert_int_equal(range.median_ns, 200);
    assert_int_equal(range.longest_ns, 300);
}

static void failed_payload_outweighs_what_broke(void **state)
{
    struct suite *suite = &report.suites[0];

    (void)state;
    assert_int_equal(report_status(&report), 1);
    case_decide(&suite->cases[0], VERDICT_BROKEN, NULL);
    assert_int_equal(report_status(&report), 1);
    case_decide(&suite->cases[1], VERDICT_PASSED, NULL);
    assert_int_equal(report_status(&report), 3);
    case_decide(&suite->cases[0], VERDICT_PASSED, NULL);
    assert_int_equal(report_status(&report), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(words_say_what_failed_and_why),
        TEST(tap_is_numbered_and_has_its_plan),
        TEST(junit_is_escaped_and_counts),
        TEST(junit_that_cannot_be_written_is_told),
        TEST(json_has_steps_and_stops),
        TEST(stops_have_their_median),
        TEST(failed_payload_outweighs_what_broke),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
