// SPDX-License-Identifier: GPL-2.0
/*
 * The findings in the order in which they were made, which is that of the
 * objects.
 */
#include "explain/explain.h"

#include <string.h>

#include "lib/report.h"

static const char *const words[] = {
    [FINDING_TAKEN] = "taken",
    [FINDING_IGNORED] = "ignored",
    [FINDING_WARNING] = "warning",
    [FINDING_REFUSED] = "refused",
};

void explain_findings(const struct findings *findings, bool is_whole, FILE *out)
{
    const char *object = "";

    for (size_t i = 0; i < findings->nr; i++) {
        const struct finding *finding = &findings->all[i];

        if (!is_whole && finding->kind != FINDING_WARNING &&
            finding->kind != FINDING_REFUSED) {
            continue;
        }
        if (strcmp(object, finding->object) != 0) {
            object = finding->object;
            fprintf(out, "%s\n", object);
        }
        fprintf(out, "  %-8s %s%s%s\n", words[finding->kind], finding->symbol,
                finding->symbol[0] ? ": " : "", finding->reason);
        if (finding->remedy) {
            fprintf(out, "           %s\n", finding->remedy);
        }
    }
}

static size_t bytes_of(const struct plan *plan, enum piece_kind kind)
{
    size_t bytes = 0;

    for (size_t i = 0; i < plan->nr_inclusions; i++) {
        if (plan->inclusions[i].piece->kind == kind) {
            bytes += plan->inclusions[i].piece->size;
        }
    }
    return bytes;
}

void explain_plan(const struct plan *plan, FILE *out)
{
    fprintf(out, "%zu function%s replaced; %zu bytes of code, %zu of data%s\n",
            plan->nr_replacements, plan->nr_replacements == 1 ? "" : "s",
            bytes_of(plan, PIECE_FUNCTION) + bytes_of(plan, PIECE_SNIPPET),
            bytes_of(plan, PIECE_VARIABLE) + bytes_of(plan, PIECE_STRING) +
                bytes_of(plan, PIECE_CONSTANT) + bytes_of(plan, PIECE_UNNAMED),
            plan->has_writable_funcs ? "; entries are writable" : "");
}

void explain_as_json(const struct findings *findings, const struct plan *plan,
                     struct json_object *report)
{
    struct json_object *list = report_add_list(report, "findings");

    for (size_t i = 0; i < findings->nr; i++) {
        const struct finding *finding = &findings->all[i];
        struct json_object *object = report_list_object(list);

        report_add_text(object, "verdict", words[finding->kind]);
        report_add_text(object, "object", finding->object);
        if (finding->symbol[0]) {
            report_add_text(object, "symbol", finding->symbol);
        }
        report_add_text(object, "reason", finding->reason);
        if (finding->remedy) {
            report_add_text(object, "remedy", finding->remedy);
        }
    }
    report_add_flag(report, "entries_writable", plan->has_writable_funcs);
    list = report_add_list(report, "functions");
    for (size_t i = 0; i < plan->nr_replacements; i++) {
        const struct replacement *replacement = &plan->replacements[i];
        struct json_object *object = report_list_object(list);

        report_add_text(object, "name", replacement->name);
        report_add_address(object, "old_address", replacement->old_address);
        report_add_number(object, "old_bytes", replacement->old_bytes);
        report_add_number(object, "new_bytes", replacement->new_bytes);
        report_add_number(object, "expected_bytes", replacement->nr_expected);
    }
}
