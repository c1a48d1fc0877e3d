/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Suites, cases and stops as JSON, by tools/lib's words over json-c; and read
 * again, which only this program's own JSON has to be.
 */
#include "result/json.h"

#include <errno.h>
#include <json-c/json.h>
#include <string.h>

#include "lib/report.h"

static const char *const words[] = {
    [VERDICT_UNREACHED] = "unreached", [VERDICT_SKIPPED] = "skipped",
    [VERDICT_PASSED] = "passed",       [VERDICT_FAILED] = "failed",
    [VERDICT_BROKEN] = "broken",
};

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
    report_add_text(object, "hypervisor", suite->machine.hypervisor);
    report_add_text(object, "kind", suite->machine.kind);
    report_add_text(object, "accelerator", suite->machine.accelerator);
    report_add_number(object, "cpus", suite->machine.nr_cpus);
    report_add_text(object, "verdict", words[suite_verdict(suite)]);
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
    report_add_number(object, "exit_status", report_status(report));
    suites = report_add_list(object, "suites");
    for (size_t i = 0; i < report->nr_suites; i++) {
        add_suite(suites, &report->suites[i]);
    }
    rc = report_print(object, out);
    report_free(object);
    return rc;
}

/* "" where there is none. */
static const char *text_of(struct json_object *object, const char *key)
{
    const char *text =
        json_object_get_string(json_object_object_get(object, key));

    return text != NULL ? text : "";
}

static int64_t number_of(struct json_object *object, const char *key)
{
    return json_object_get_int64(json_object_object_get(object, key));
}

static enum verdict verdict_of(const char *word)
{
    enum verdict verdict = VERDICT_UNREACHED;

    while (verdict < VERDICT_BROKEN && strcmp(words[verdict], word) != 0) {
        verdict++;
    }
    return verdict;
}

static size_t length_of(struct json_object *list)
{
    return list != NULL ? json_object_array_length(list) : 0;
}

static void read_case(struct json_object *object, struct suite *suite)
{
    struct test_case *read = suite_add_case(suite, text_of(object, "name"),
                                            text_of(object, "title"));
    struct json_object *notes = json_object_object_get(object, "notes");

    read->seconds =
        json_object_get_double(json_object_object_get(object, "seconds"));
    case_decide(read, verdict_of(text_of(object, "verdict")),
                json_object_get_string(json_object_object_get(object, "why")));
    for (size_t i = 0; i < length_of(notes); i++) {
        text_list_add(&read->notes, json_object_get_string(
                                        json_object_array_get_idx(notes, i)));
    }
}

static void read_suite(struct json_object *object, struct report *report)
{
    struct suite *suite = report_add_suite(report, text_of(object, "name"),
                                           text_of(object, "payloads"));
    struct json_object *steps = json_object_object_get(object, "steps");
    struct json_object *stops = json_object_object_get(object, "stops");
    struct json_object *pages = json_object_object_get(object, "free_pages");
    const char *artifacts = text_of(object, "artifacts");

    suite_set_machine(suite, text_of(object, "hypervisor"),
                      text_of(object, "kind"), text_of(object, "accelerator"),
                      (unsigned int)number_of(object, "cpus"));
    suite->seconds =
        json_object_get_double(json_object_object_get(object, "seconds"));
    for (size_t i = 0; i < length_of(steps); i++) {
        read_case(json_object_array_get_idx(steps, i), suite);
    }
    for (size_t i = 0; i < length_of(stops); i++) {
        struct json_object *stop = json_object_array_get_idx(stops, i);

        suite_add_stop(suite, text_of(stop, "action"),
                       (uint64_t)number_of(stop, "stop_ns"));
    }
    suite->free_pages = (struct free_pages){number_of(pages, "before"),
                                            number_of(pages, "unloaded"),
                                            number_of(pages, "after")};
    suite->artifacts = *artifacts != '\0' ? must_copy(artifacts) : NULL;
}

int json_read(const char *path, struct report *report)
{
    struct json_object *object = json_object_from_file(path);
    struct json_object *suites;

    if (!json_object_object_get_ex(object, "suites", &suites)) {
        json_object_put(object);
        return -EINVAL;
    }
    for (size_t i = 0; i < length_of(suites); i++) {
        read_suite(json_object_array_get_idx(suites, i), report);
    }
    json_object_put(object);
    return 0;
}
