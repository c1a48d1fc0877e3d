/* SPDX-License-Identifier: GPL-2.0 */
/* Suites, cases and stops as JSON, by tools/lib's words over json-c. */
#include "result/json.h"

#include <errno.h>
#include <string.h>

#include "lib/report.h"

static const char *const words[] = {
    [VERDICT_UNREACHED] = "unreached", [VERDICT_SKIPPED] = "skipped",
    [VERDICT_PASSED] = "passed",       [VERDICT_FAILED] = "failed",
    [VERDICT_BROKEN] = "broken",
};

static const char *word_of_suite(const struct suite *suite)
{
    struct tally tally = suite_tally(suite);

    return words[tally.nr_failed > 0   ? VERDICT_FAILED
                 : tally.nr_broken > 0 ? VERDICT_BROKEN
                                       : VERDICT_PASSED];
}

static void add_case(struct json_object *list, const struct test_case *told)
{
    struct json_object *object = report_list_object(list);
    struct json_object *notes;

    report_add_text(object, "name", told->name);
    report_add_text(object, "title", told->title);
    report_add_text(object, "verdict", words[told->verdict]);
    report_add_real(object, "seconds", told->seconds);
    if (told->why != NULL) {
        report_add_text(object, "why", told->why);
    }
    notes = report_add_list(object, "notes");
    for (size_t i = 0; i < told->notes.nr; i++) {
        report_list_text(notes, told->notes.items[i],
                         strlen(told->notes.items[i]));
    }
}

static void add_suite(struct json_object *list, const struct suite *suite)
{
    struct json_object *object = report_list_object(list);
    struct json_object *members;

    report_add_text(object, "name", suite->name);
    report_add_text(object, "payloads", suite->payloads);
    report_add_text(object, "verdict", word_of_suite(suite));
    report_add_real(object, "seconds", suite->seconds);
    members = report_add_list(object, "steps");
    for (size_t i = 0; i < suite->nr_cases; i++) {
        add_case(members, &suite->cases[i]);
    }
    members = report_add_list(object, "stops");
    for (size_t i = 0; i < suite->nr_stops; i++) {
        struct json_object *stop = report_list_object(members);

        report_add_text(stop, "action", suite->stops[i].action);
        report_add_number(stop, "stop_ns", (int64_t)suite->stops[i].ns);
    }
    members = report_add_object(object, "free_pages");
    report_add_number(members, "before", suite->free_pages.before);
    report_add_number(members, "unloaded", suite->free_pages.unloaded);
    report_add_number(members, "after", suite->free_pages.after);
    if (suite->artifacts != NULL) {
        report_add_text(object, "artifacts", suite->artifacts);
    }
}

int json_print(const struct report *report, FILE *out)
{
    struct json_object *object = report_new();
    struct json_object *suites;
    int rc;

    if (object == NULL) {
        return -ENOMEM;
    }
    report_add_text(object, "hypervisor", report->hypervisor);
    report_add_text(object, "kind", report->kind);
    report_add_text(object, "accelerator", report->accelerator);
    report_add_number(object, "cpus", report->nr_cpus);
    report_add_number(object, "exit_status", report_status(report));
    suites = report_add_list(object, "suites");
    for (size_t i = 0; i < report->nr_suites; i++) {
        add_suite(suites, &report->suites[i]);
    }
    rc = report_print(object, out);
    report_free(object);
    return rc;
}
