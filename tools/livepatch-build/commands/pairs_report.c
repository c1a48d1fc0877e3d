/* SPDX-License-Identifier: GPL-2.0 */
/* Printing pairs of objects. */
#include "commands/pairs_report.h"

#include <string.h>

#include "lib/report.h"
#include "lib/safe_text.h"

static const char *word_of(const struct object_pair *pair)
{
    return pair->before == NULL  ? "new"
           : pair->after == NULL ? "gone"
                                 : "changed";
}

static void print_line(FILE *out, const char *word, const char *text)
{
    fprintf(out, "%s ", word);
    safe_print(out, text, strlen(text));
    fputc('\n', out);
}

void pairs_print(const struct build_result *result, FILE *out)
{
    for (size_t i = 0; i < result->notes.nr; i++) {
        print_line(out, "note", result->notes.items[i]);
    }
    for (size_t i = 0; i < result->nr_pairs; i++) {
        print_line(out, word_of(&result->pairs[i]), result->pairs[i].name);
    }
    if (result->nr_pairs == 0) {
        fputs("no object of the image differs\n", out);
    }
}

static void add_texts(struct json_object *report, const char *key,
                      const struct text_list *texts)
{
    struct json_object *list = report_add_list(report, key);

    for (size_t i = 0; i < texts->nr; i++) {
        report_list_text(list, texts->items[i], strlen(texts->items[i]));
    }
}

static void add_edits(struct json_object *report,
                      const struct patch_text *edits)
{
    struct json_object *files = report_add_list(report, "edits");

    for (size_t i = 0; i < edits->nr_files; i++) {
        for (size_t j = 0; j < edits->files[i].nr_edits; j++) {
            const struct patch_edit *edit = &edits->files[i].edits[j];
            struct json_object *object = report_list_object(files);

            report_add_text(object, "file", edits->files[i].path);
            report_add_number(object, "old_line", edit->old_line);
            report_add_number(object, "old_lines", edit->nr_old);
            report_add_number(object, "new_line", edit->new_line);
            report_add_number(object, "new_lines", edit->nr_new);
        }
    }
}

int pairs_print_json(const struct build_result *result, FILE *out)
{
    struct json_object *report = report_new();
    struct json_object *list = report_add_list(report, "pairs");
    int rc;

    for (size_t i = 0; i < result->nr_pairs; i++) {
        struct json_object *pair = report_list_object(list);

        report_add_text(pair, "object", result->pairs[i].name);
        report_add_text(pair, "change", word_of(&result->pairs[i]));
    }
    report_add_number(report, "objects", (int64_t)result->nr_objects);
    report_add_flag(report, "was_kept", result->was_kept);
    add_edits(report, &result->edits);
    add_texts(report, "notes", &result->notes);
    add_texts(report, "compilers", &result->compilers);
    rc = report_print(report, out);
    report_free(report);
    return rc;
}
