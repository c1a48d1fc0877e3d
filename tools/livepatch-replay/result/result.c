/* SPDX-License-Identifier: GPL-2.0 */
/* Suites and cases: grown one by one, counted, freed. */
#include "result/result.h"

#include <stdlib.h>
#include <string.h>

struct suite *report_add_suite(struct report *report, const char *name,
                               const char *payloads)
{
    struct suite *suite;

    report->suites = must_resize(report->suites, report->nr_suites + 1,
                                 sizeof(*report->suites));
    suite = &report->suites[report->nr_suites++];
    *suite = (struct suite){.name = must_copy(name),
                            .payloads = must_copy(payloads),
                            .free_pages = {-1, -1, -1}};
    return suite;
}

void suite_set_machine(struct suite *suite, const char *hypervisor,
                       const char *kind, const char *accelerator,
                       unsigned int nr_cpus)
{
    suite->machine = (struct booted){must_copy(hypervisor), must_copy(kind),
                                     must_copy(accelerator), nr_cpus};
}

struct test_case *suite_add_case(struct suite *suite, const char *name,
                                 const char *title)
{
    struct test_case *added;

    suite->cases =
        must_resize(suite->cases, suite->nr_cases + 1, sizeof(*suite->cases));
    added = &suite->cases[suite->nr_cases++];
    *added =
        (struct test_case){.name = must_copy(name), .title = must_copy(title)};
    return added;
}

struct test_case *suite_find(const struct suite *suite, const char *name)
{
    for (size_t i = 0; i < suite->nr_cases; i++) {
        if (strcmp(suite->cases[i].name, name) == 0) {
            return &suite->cases[i];
        }
    }
    return NULL;
}

void suite_add_stop(struct suite *suite, const char *action, uint64_t ns)
{
    suite->stops =
        must_resize(suite->stops, suite->nr_stops + 1, sizeof(*suite->stops));
    suite->stops[suite->nr_stops++] = (struct stop){must_copy(action), ns};
}

void case_decide(struct test_case *test_case, enum verdict verdict,
                 const char *why)
{
    char *kept = why != NULL ? must_copy(why) : NULL;

    free(test_case->why);
    test_case->why = kept;
    test_case->verdict = verdict;
}

struct tally suite_tally(const struct suite *suite)
{
    struct tally tally = {0};

    for (size_t i = 0; i < suite->nr_cases; i++) {
        enum verdict verdict = suite->cases[i].verdict;

        tally.nr_passed += verdict == VERDICT_PASSED;
        tally.nr_failed += verdict == VERDICT_FAILED;
        tally.nr_broken += verdict == VERDICT_BROKEN;
        tally.nr_skipped +=
            verdict == VERDICT_SKIPPED || verdict == VERDICT_UNREACHED;
    }
    return tally;
}

enum verdict suite_verdict(const struct suite *suite)
{
    struct tally tally = suite_tally(suite);

    return tally.nr_failed > 0   ? VERDICT_FAILED
           : tally.nr_broken > 0 ? VERDICT_BROKEN
                                 : VERDICT_PASSED;
}

static int compare_ns(const void *one, const void *other)
{
    uint64_t a = *(const uint64_t *)one, b = *(const uint64_t *)other;

    return (a > b) - (a < b);
}

bool suite_stop_range(const struct suite *suite, struct stop_range *range)
{
    uint64_t *sorted;

    if (suite->nr_stops == 0) {
        return false;
    }
    sorted = must_alloc(suite->nr_stops * sizeof(*sorted));
    for (size_t i = 0; i < suite->nr_stops; i++) {
        sorted[i] = suite->stops[i].ns;
    }
    qsort(sorted, suite->nr_stops, sizeof(*sorted), compare_ns);
    *range = (struct stop_range){sorted[0], sorted[suite->nr_stops / 2],
                                 sorted[suite->nr_stops - 1]};
    free(sorted);
    return true;
}

int report_status(const struct report *report)
{
    bool has_failed = false, is_broken = false;

    for (size_t i = 0; i < report->nr_suites; i++) {
        enum verdict verdict = suite_verdict(&report->suites[i]);

        has_failed = has_failed || verdict == VERDICT_FAILED;
        is_broken = is_broken || verdict == VERDICT_BROKEN;
    }
    return has_failed ? 1 : is_broken ? 3 : 0;
}

static void free_suite(struct suite *suite)
{
    for (size_t i = 0; i < suite->nr_cases; i++) {
        free(suite->cases[i].name);
        free(suite->cases[i].title);
        free(suite->cases[i].why);
        text_list_free(&suite->cases[i].notes);
    }
    for (size_t i = 0; i < suite->nr_stops; i++) {
        free(suite->stops[i].action);
    }
    free(suite->cases);
    free(suite->stops);
    free(suite->name);
    free(suite->machine.hypervisor);
    free(suite->machine.kind);
    free(suite->machine.accelerator);
    free(suite->payloads);
    free(suite->artifacts);
}

void report_take(struct report *report, struct report *other)
{
    report->suites =
        must_resize(report->suites, report->nr_suites + other->nr_suites + 1,
                    sizeof(*report->suites));
    for (size_t i = 0; i < other->nr_suites; i++) {
        report->suites[report->nr_suites++] = other->suites[i];
    }
    free(other->suites);
    *other = (struct report){0};
}

void report_free_suites(struct report *report)
{
    for (size_t i = 0; i < report->nr_suites; i++) {
        free_suite(&report->suites[i]);
    }
    free(report->suites);
    *report = (struct report){0};
}
