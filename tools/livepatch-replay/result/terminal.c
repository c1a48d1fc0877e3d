/* SPDX-License-Identifier: GPL-2.0 */
/* Lines for people, and TAP. What others wrote is made safe for a terminal. */
#include "result/terminal.h"

#include <string.h>

#include "lib/safe_text.h"

#define NR_VERDICTS 5

static const char *const words[NR_VERDICTS] = {
    [VERDICT_UNREACHED] = "-",   [VERDICT_SKIPPED] = "skip",
    [VERDICT_PASSED] = "ok",     [VERDICT_FAILED] = "FAILED",
    [VERDICT_BROKEN] = "BROKEN",
};

static void print_safe(FILE *out, const char *text)
{
    safe_print(out, text, strlen(text));
}

void terminal_begin_suite(struct terminal *terminal, const struct suite *suite)
{
    if (terminal->form == FORM_NONE) {
        return;
    }
    if (terminal->form == FORM_TAP && terminal->nr_told == 0) {
        fputs("TAP version 13\n", terminal->out);
    }
    fputs(terminal->form == FORM_TAP ? "# " : "", terminal->out);
    print_safe(terminal->out, suite->name);
    fputs(":\n", terminal->out);
    fflush(terminal->out);
}

static void print_notes(FILE *out, const struct test_case *told,
                        const char *margin)
{
    if (told->why != NULL) {
        fputs(margin, out);
        print_safe(out, told->why);
        fputc('\n', out);
    }
    for (size_t i = 0; i < told->notes.nr; i++) {
        fputs(margin, out);
        fputs("  ", out);
        print_safe(out, told->notes.items[i]);
        fputc('\n', out);
    }
}

static bool is_bad(const struct test_case *told)
{
    return told->verdict == VERDICT_FAILED || told->verdict == VERDICT_BROKEN;
}

static void tell_words(FILE *out, const struct test_case *told)
{
    fprintf(out, "  %-7s%-18s%s", words[told->verdict], told->name,
            told->title);
    if (told->verdict == VERDICT_SKIPPED && told->why != NULL) {
        fputs(": ", out);
        print_safe(out, told->why);
    } else if (told->verdict != VERDICT_UNREACHED) {
        fprintf(out, " (%.1f s)", told->seconds);
    }
    fputc('\n', out);
    if (is_bad(told)) {
        print_notes(out, told, "           ");
    }
}

/* "#" begins a directive in TAP, so that none of it may stand in a reason. */
static void tell_tap(FILE *out, size_t number, const struct suite *suite,
                     const struct test_case *told)
{
    fprintf(out, "%s %zu - ", is_bad(told) ? "not ok" : "ok", number);
    print_safe(out, suite->name);
    fprintf(out, ": %s", told->name);
    if (told->verdict == VERDICT_UNREACHED) {
        fputs(" # SKIP not reached", out);
    } else if (told->verdict == VERDICT_SKIPPED) {
        fputs(" # SKIP ", out);
        print_safe(out, told->why != NULL ? told->why : "");
    }
    fputc('\n', out);
    if (is_bad(told)) {
        print_notes(out, told, "#   ");
    }
}

void terminal_tell_case(struct terminal *terminal, const struct suite *suite,
                        const struct test_case *told)
{
    terminal->nr_told++;
    if (terminal->form == FORM_WORDS) {
        tell_words(terminal->out, told);
    } else if (terminal->form == FORM_TAP) {
        tell_tap(terminal->out, terminal->nr_told, suite, told);
    }
    fflush(terminal->out);
}

void terminal_tell_unreached(struct terminal *terminal,
                             const struct suite *suite)
{
    for (size_t i = 0; i < suite->nr_cases; i++) {
        if (suite->cases[i].verdict == VERDICT_UNREACHED) {
            terminal_tell_case(terminal, suite, &suite->cases[i]);
        }
    }
}

/* The names of the cases with this verdict, after `words`. */
static void print_names(FILE *out, const struct suite *suite,
                        enum verdict verdict, const char *word)
{
    const char *before = word;

    for (size_t i = 0; i < suite->nr_cases; i++) {
        if (suite->cases[i].verdict == verdict) {
            fprintf(out, "%s%s", before, suite->cases[i].name);
            before = ", ";
        }
    }
}

static void print_stops(FILE *out, const struct suite *suite)
{
    struct stop_range range;

    if (suite_stop_range(suite, &range)) {
        fprintf(out,
                "  all CPUs stood still for %.3f ms at the median of %zu "
                "stops, %.3f to %.3f ms\n",
                (double)range.median_ns / 1e6, suite->nr_stops,
                (double)range.shortest_ns / 1e6,
                (double)range.longest_ns / 1e6);
    }
}

void terminal_end_suite(struct terminal *terminal, const struct suite *suite)
{
    struct tally tally = suite_tally(suite);
    FILE *out = terminal->out;

    if (terminal->form == FORM_NONE) {
        return;
    }
    if (terminal->form == FORM_TAP) {
        fputc('#', out);
    }
    print_stops(out, suite);
    if (terminal->form == FORM_TAP) {
        fputs(suite->nr_stops > 0 ? "#" : "", out);
    }
    fputs("  ", out);
    print_safe(out, suite->name);
    if (tally.nr_failed > 0) {
        print_names(out, suite, VERDICT_FAILED, ": FAILED in ");
    } else if (tally.nr_broken > 0) {
        print_names(out, suite, VERDICT_BROKEN, ": cannot be judged, broken: ");
    } else {
        fputs(": passed", out);
    }
    fprintf(out, "; %zu of %zu steps passed, %zu skipped; %.1f s\n",
            tally.nr_passed, suite->nr_cases, tally.nr_skipped, suite->seconds);
    if (suite->artifacts != NULL) {
        fprintf(out, "%s  consoles and logs: %s\n",
                terminal->form == FORM_TAP ? "#" : "", suite->artifacts);
    }
    fflush(out);
}

void terminal_end(struct terminal *terminal, const struct report *report)
{
    size_t nr_bad = 0;

    if (terminal->form == FORM_TAP) {
        fprintf(terminal->out, "1..%zu\n", terminal->nr_told);
    }
    for (size_t i = 0; i < report->nr_suites; i++) {
        struct tally tally = suite_tally(&report->suites[i]);

        nr_bad += tally.nr_failed + tally.nr_broken > 0;
    }
    if (terminal->form == FORM_WORDS && report->nr_suites > 1) {
        fprintf(terminal->out, "%zu of %zu passed\n",
                report->nr_suites - nr_bad, report->nr_suites);
    }
    fflush(terminal->out);
}
