/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The page: the verdict over all, then for each suite its steps with their
 * times, what a console or a check said of those that went wrong, and a plot of
 * how long each action stopped the CPUs. No script, nothing that is loaded.
 * Whatever comes from outside goes through put(), which escapes.
 */
#include "result/html.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define PLOT_WIDTH 720U
#define PLOT_HEIGHT 120U
#define PLOT_MARGIN 20U

static const char style[] =
    "body{font:15px/1.5 system-ui,sans-serif;max-width:60em;margin:2em auto;"
    "padding:0 1em;color:#1c1e21;background:#fff}"
    "h1{font-size:1.4em}h2{font-size:1.1em;margin-top:2em}"
    "table{border-collapse:collapse;width:100%}"
    "th{text-align:left;font-weight:600}"
    "td,th{padding:.2em .6em;border-bottom:1px solid #ddd;vertical-align:top}"
    "td:last-child,th:last-child{text-align:right;white-space:nowrap}"
    "pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f6f7f8;"
    "padding:.6em;margin:.3em 0;font-size:13px}"
    ".v{display:inline-block;min-width:5.5em;text-align:center;color:#fff;"
    "border-radius:.3em;background:#6a737d}"
    ".passed{background:#1a7f37}.failed{background:#c62828}"
    ".broken{background:#9a5b00}"
    ".about{color:#555}svg{max-width:100%;height:auto}";

static const char *const words[] = {
    [VERDICT_UNREACHED] = "not reached", [VERDICT_SKIPPED] = "skipped",
    [VERDICT_PASSED] = "passed",         [VERDICT_FAILED] = "failed",
    [VERDICT_BROKEN] = "broken",
};

/* Text as it stands; bytes that no text has become question marks. */
static void put(FILE *out, const char *text)
{
    for (const char *at = text; *at != '\0'; at++) {
        switch (*at) {
        case '<':
            fputs("&lt;", out);
            break;
        case '>':
            fputs("&gt;", out);
            break;
        case '&':
            fputs("&amp;", out);
            break;
        case '"':
            fputs("&quot;", out);
            break;
        default:
            fputc((*at < ' ' && *at != '\t') || *at > '~' ? '?' : *at, out);
        }
    }
}

static void put_verdict(FILE *out, enum verdict verdict)
{
    fprintf(out, "<span class=\"v %s\">%s</span>",
            verdict >= VERDICT_PASSED ? words[verdict] : "none",
            words[verdict]);
}

static void put_notes(FILE *out, const struct test_case *told)
{
    if (told->notes.nr == 0) {
        return;
    }
    fputs("<pre>", out);
    for (size_t i = 0; i < told->notes.nr; i++) {
        put(out, told->notes.items[i]);
        fputc('\n', out);
    }
    fputs("</pre>", out);
}

static void put_case(FILE *out, const struct test_case *told)
{
    bool is_bad =
        told->verdict == VERDICT_FAILED || told->verdict == VERDICT_BROKEN;

    fputs("<tr><td>", out);
    put_verdict(out, told->verdict);
    fputs("</td><td>", out);
    put(out, told->name);
    fputs("</td><td>", out);
    put(out, told->title);
    if (told->why != NULL) {
        fputs(is_bad ? "<br><b>" : "<br>", out);
        put(out, told->why);
        fputs(is_bad ? "</b>" : "", out);
    }
    if (is_bad) {
        put_notes(out, told);
    }
    fputs("</td><td>", out);
    if (told->verdict != VERDICT_UNREACHED) {
        fprintf(out, "%.1f s", told->seconds);
    }
    fputs("</td></tr>\n", out);
}

/* A bar for each stop, in their order, the longest one as high as the plot. */
static void put_bars(FILE *out, const struct suite *suite, uint64_t longest_ns)
{
    double step = (double)PLOT_WIDTH / (double)suite->nr_stops;

    for (size_t i = 0; i < suite->nr_stops; i++) {
        const struct stop *stop = &suite->stops[i];
        double height = longest_ns != 0 ? (double)stop->ns /
                                              (double)longest_ns * PLOT_HEIGHT
                                        : 0;

        fprintf(out,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" "
                "fill=\"%s\"><title>",
                (double)i * step, PLOT_MARGIN + PLOT_HEIGHT - height,
                step > 3 ? step - 1 : step, height,
                strcmp(stop->action, "revert") == 0 ? "#8a63d2" : "#1f6feb");
        put(out, stop->action);
        fprintf(out, ": %.3f ms</title></rect>\n", (double)stop->ns / 1e6);
    }
}

static void put_plot(FILE *out, const struct suite *suite)
{
    struct stop_range range;

    if (!suite_stop_range(suite, &range)) {
        return;
    }
    fprintf(out,
            "<p class=\"about\">How long all CPUs stood still, stop by stop "
            "(<span style=\"color:#1f6feb\">apply</span>, <span "
            "style=\"color:#8a63d2\">revert</span>): median %.3f ms of %zu, "
            "%.3f to %.3f ms</p>\n",
            (double)range.median_ns / 1e6, suite->nr_stops,
            (double)range.shortest_ns / 1e6, (double)range.longest_ns / 1e6);
    fprintf(out,
            "<svg viewBox=\"0 0 %u %u\" width=\"%u\" height=\"%u\" "
            "role=\"img\"><text x=\"0\" y=\"14\" font-size=\"12\">%.3f "
            "ms</text>\n",
            PLOT_WIDTH, PLOT_HEIGHT + 2 * PLOT_MARGIN, PLOT_WIDTH,
            PLOT_HEIGHT + 2 * PLOT_MARGIN, (double)range.longest_ns / 1e6);
    put_bars(out, suite, range.longest_ns);
    fprintf(out,
            "<path d=\"M0 %u H%u\" stroke=\"#999\"/>"
            "<text x=\"0\" y=\"%u\" font-size=\"12\">0</text></svg>\n",
            PLOT_MARGIN + PLOT_HEIGHT, PLOT_WIDTH,
            PLOT_HEIGHT + 2 * PLOT_MARGIN - 4);
}

static void put_machine(FILE *out, const struct suite *suite)
{
    fputs("<p class=\"about\">", out);
    put(out, suite->payloads);
    fputs(" on ", out);
    put(out, suite->machine.hypervisor);
    fprintf(out, ", %u CPUs by ", suite->machine.nr_cpus);
    put(out, suite->machine.accelerator);
    fprintf(out, "; %.1f s", suite->seconds);
    if (suite->artifacts != NULL) {
        fputs("; consoles and logs: ", out);
        put(out, suite->artifacts);
    }
    fputs("</p>\n", out);
}

static void put_suite(FILE *out, const struct suite *suite)
{
    fputs("<h2>", out);
    put_verdict(out, suite_verdict(suite));
    fputc(' ', out);
    put(out, suite->name);
    fputs("</h2>\n", out);
    put_machine(out, suite);
    fputs("<table><tr><th></th><th>step</th><th></th><th>time</th></tr>\n",
          out);
    for (size_t i = 0; i < suite->nr_cases; i++) {
        put_case(out, &suite->cases[i]);
    }
    fputs("</table>\n", out);
    put_plot(out, suite);
}

static void put_page(FILE *out, const struct report *report)
{
    size_t nr_passed = 0;

    for (size_t i = 0; i < report->nr_suites; i++) {
        nr_passed += suite_verdict(&report->suites[i]) == VERDICT_PASSED;
    }
    fprintf(out,
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
            "<meta name=\"viewport\" content=\"width=device-width\">"
            "<title>livepatch-replay: %zu of %zu passed</title>"
            "<style>%s</style></head><body>\n<h1>livepatch-replay: %zu of %zu "
            "passed</h1>\n",
            nr_passed, report->nr_suites, style, nr_passed, report->nr_suites);
    for (size_t i = 0; i < report->nr_suites; i++) {
        put_suite(out, &report->suites[i]);
    }
    fputs("</body></html>\n", out);
}

int html_write(const struct report *report, const char *path)
{
    FILE *file = fopen(path, "we");
    int rc = 0;

    if (file == NULL) {
        return -errno;
    }
    put_page(file, report);
    if (fflush(file) != 0) {
        rc = -errno;
    }
    if (fclose(file) != 0 && rc == 0) {
        rc = -errno;
    }
    return rc;
}
