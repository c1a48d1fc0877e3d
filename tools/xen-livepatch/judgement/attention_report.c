/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Two renderings of the same list.
 */
#include "judgement/attention_report.h"

#include <string.h>

#include "lib/report.h"
#include "lib/safe_text.h"
#include "screen/colour.h"

#define NR_SHOWN_MAX 8U

static void print_level(FILE *out, enum attention_level level)
{
    if (level != ATTENTION_NOTE) {
        colour_start(out,
                     level == ATTENTION_CRITICAL ? COLOUR_BAD : COLOUR_IDLE);
    }
    fputs(level == ATTENTION_NOTE ? "note" : attention_level_word(level), out);
    if (level != ATTENTION_NOTE) {
        colour_end(out);
    }
}

static void print_point(FILE *out, const struct attention_point *point)
{
    fputs("  ", out);
    print_level(out, point->level);
    fprintf(out, " %s", attention_kinds[point->code].word);
    if (point->name) {
        fputc(' ', out);
        safe_print(out, point->name, strlen(point->name));
    }
    fputs(": ", out);
    safe_print(out, point->text, strlen(point->text));
    fputs(".\n      ", out);
    safe_print(out, point->next, strlen(point->next));
    fputc('\n', out);
}

static void print_summary(FILE *out, const struct judgement *judgement)
{
    enum attention_level worst = judgement_worst(judgement);
    size_t nr = 0;

    for (size_t i = 0; i < judgement->nr; i++) {
        nr += judgement->points[i].level != ATTENTION_NOTE;
    }
    fputs("attention:      ", out);
    if (!nr) {
        fputs("nothing needs it\n", out);
        return;
    }
    print_level(out, worst);
    fprintf(out, ", %zu point%s\n", nr, nr == 1 ? "" : "s");
}

void attention_print(FILE *out, const struct judgement *judgement)
{
    size_t nr_of_code = 0;

    print_summary(out, judgement);
    for (size_t i = 0; i < judgement->nr; i++) {
        const struct attention_point *point = &judgement->points[i];
        bool is_last = i + 1 == judgement->nr || point[1].code != point->code;

        if (nr_of_code++ < NR_SHOWN_MAX) {
            print_point(out, point);
        } else if (is_last) {
            fputs("  ", out);
            print_level(out, point->level);
            fprintf(out, " %s: %zu more, which --json shows\n",
                    attention_kinds[point->code].word,
                    nr_of_code - NR_SHOWN_MAX);
        }
        nr_of_code = is_last ? 0 : nr_of_code;
    }
}

const char *attention_level_key(enum attention_level level)
{
    static const char *const keys[] = {
        [ATTENTION_NOTE] = "note",
        [ATTENTION_WARNING] = "warning",
        [ATTENTION_CRITICAL] = "critical",
    };

    return keys[level];
}

void attention_report(struct json_object *report,
                      const struct judgement *judgement)
{
    struct json_object *list = report_add_list(report, "attention");

    for (size_t i = 0; i < judgement->nr; i++) {
        const struct attention_point *point = &judgement->points[i];
        struct json_object *object = report_list_object(list);

        report_add_text(object, "code", attention_kinds[point->code].word);
        report_add_text(object, "level", attention_level_key(point->level));
        report_add_text(object, "name", point->name ? point->name : "");
        report_add_text(object, "text", point->text);
        report_add_text(object, "next", point->next);
    }
}
