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

#include "result/html.h"
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
    suite = report_add_suite(&report, "fix<1>", "a&b");
    suite_set_machine(suite, "x\"en", "ours", "tcg", 2);
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

/* What it wrote becomes `text`. */
static void write_as(int (*write)(const struct report *report,
                                  const char *path))
{
    char path[] = "/tmp/test_forms.XXXXXX";
    int fd = mkstemp(path);
    FILE *file = fdopen(fd, "r");

    assert_int_equal(write(&report, path), 0);
    text = calloc(1, 20000);
    assert_true(fread(text, 1, 19999, file) > 0);
    fclose(file);
    unlink(path);
}

static void page_is_escaped_and_plots_stops(void **state)
{
    (void)state;
    write_as(html_write);
    has("<h1>livepatch-replay: 0 of 1 passed</h1>");
    has("<span class=\"v failed\">failed</span> fix&lt;1&gt;</h2>");
    has("a&amp;b on x&quot;en, 2 CPUs by tcg");
    has("<b>a &lt; b &amp;&amp; &quot;c&quot;</b><pre>esc ?[31m ]]&gt; ? end\n");
    has("<span class=\"v none\">not reached</span>");
    has("median 0.000 ms of 3");
    has("<title>revert: 0.000 ms</title>");
    assert_null(strstr(text, "<script"));
    assert_null(strstr(text, "fix<1>"));
}

/* As high as the plot for the longest stop, a third of that for the first. */
static void bars_are_as_high_as_stops_are_long(void **state)
{
    (void)state;
    write_as(html_write);
    has("height=\"120.0\" fill=\"#1f6feb\"><title>apply: 0.000 ms");
    has("height=\"40.0\" fill=\"#1f6feb\"><title>apply: 0.000 ms");
    has("height=\"80.0\" fill=\"#8a63d2\"><title>revert: 0.000 ms");
}

static int write_json(const struct report *told, const char *path)
{
    FILE *out = fopen(path, "w");
    int rc = json_print(told, out);

    fclose(out);
    return rc;
}

static void json_is_read_as_it_was_written(void **state)
{
    char path[] = "/tmp/test_forms.XXXXXX";
    struct report read = {0};
    char *before;

    (void)state;
    close(mkstemp(path));
    report.suites[0].artifacts = strdup("kept");
    report.suites[0].free_pages = (struct free_pages){30, 20, 10};
    free(report.suites[0].cases[1].notes.items[0]);
    report.suites[0].cases[1].notes.items[0] = strdup("plain");
    assert_int_equal(write_json(&report, path), 0);
    assert_int_equal(json_read(path, &read), 0);
    write_as(write_json);
    before = text;
    report_free_suites(&report);
    report = read;
    write_as(write_json);
    assert_string_equal(text, before);
    free(before);
    assert_true(json_read("/dev/null", &read) < 0);
    unlink(path);
}

static void suites_of_another_report_come_behind(void **state)
{
    struct report other = {0};

    (void)state;
    report_add_suite(&other, "second", "");
    report_take(&report, &other);
    report_take(&report, &other);
    assert_int_equal(other.nr_suites, 0);
    assert_int_equal(report.nr_suites, 2);
    assert_string_equal(report.suites[1].name, "second");
}

static void junit_is_escaped_and_counts(void **state)
{
    (void)state;
    write_as(junit_write);
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
    assert_true(html_write(&report, "/nonexistent/folder/x.html") < 0);
    assert_true(html_write(&report, "/dev/full") < 0);
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
        TEST(page_is_escaped_and_plots_stops),
        TEST(bars_are_as_high_as_stops_are_long),
        TEST(json_is_read_as_it_was_written),
        TEST(suites_of_another_report_come_behind),
        TEST(junit_that_cannot_be_written_is_told),
        TEST(json_has_steps_and_stops),
        TEST(stops_have_their_median),
        TEST(failed_payload_outweighs_what_broke),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
