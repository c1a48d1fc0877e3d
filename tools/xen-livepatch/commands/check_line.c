/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Level by level, code by code. A bar would start the numbers, so a bar in a
 * text is shown as other bytes that are not printable are.
 */
#include "commands/check_line.h"

#include <inttypes.h>
#include <string.h>

#include "lib/safe_text.h"

#define NR_NAMES_MAX 5U
#define NS_PER_US 1000

static void print_plain(FILE *out, const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "|");

        safe_print(out, text, length);
        text += length;
        if (*text) {
            fputs("\\x7c", out);
            text++;
        }
    }
}

/* Those of the points from i on that have its code and level; their number. */
static size_t print_code(FILE *out, const struct judgement *judgement, size_t i)
{
    const struct attention_point *first = &judgement->points[i];
    size_t nr = 0;

    fputs(attention_kinds[first->code].word, out);
    for (; i < judgement->nr && judgement->points[i].code == first->code; i++) {
        const char *name = judgement->points[i].name;

        if (name && nr < NR_NAMES_MAX) {
            fputs(nr ? ", " : " ", out);
            print_plain(out, name);
        }
        nr++;
    }
    if (nr > NR_NAMES_MAX) {
        fprintf(out, " and %zu more", nr - NR_NAMES_MAX);
    }
    return nr;
}

/* Whether something was printed, here or `before`. */
static bool print_level(FILE *out, const struct judgement *judgement,
                        enum attention_level level, bool before)
{
    for (size_t i = 0; i < judgement->nr;) {
        const struct attention_point *point = &judgement->points[i];

        if (point->level != level) {
            i++;
            continue;
        }
        fputs(before ? "; " : "", out);
        i += print_code(out, judgement, i);
        if (!before && level != ATTENTION_NOTE) {
            fputs(": ", out);
            print_plain(out, point->text);
        }
        before = true;
    }
    return before;
}

static size_t count_applied(const struct facts *facts)
{
    size_t nr = 0;

    for (size_t i = 0; i < facts->nr_loaded; i++) {
        nr += facts->loaded[i].status.state == PAYLOAD_APPLIED;
    }
    return nr;
}

static void print_numbers(FILE *out, const struct facts *facts,
                          const struct judgement *judgement)
{
    static const struct {
        const char *word;
        enum attention_code code;
    } counted[] = {
        {"held_back", ATTENTION_HELD_BACK},
        {"not_applied", ATTENTION_NOT_APPLIED},
        {"needs_boot", ATTENTION_NEEDS_BOOT},
        {"on_trial", ATTENTION_ON_TRIAL},
    };
    const struct stop_facts *stops = &facts->stops;

    fprintf(out, " | payloads=%zu applied=%zu", facts->nr_loaded,
            count_applied(facts));
    for (size_t i = 0; i < sizeof(counted) / sizeof(counted[0]); i++) {
        fprintf(out, " %s=%zu", counted[i].word,
                judgement_count(judgement, counted[i].code));
    }
    if (stops->last_ns) {
        fprintf(out, " last_stop=%" PRId64 ".%03dus",
                stops->last_ns / NS_PER_US, (int)(stops->last_ns % NS_PER_US));
    }
    fprintf(out, " late=%" PRIu64, stops->nr_late);
    if (stops->is_counted) {
        fprintf(out, " stops=%" PRIu64 "c missed_stops=%" PRIu64 "c", stops->nr,
                stops->nr_missed);
    }
    fputc('\n', out);
}

void check_line_print(FILE *out, const struct facts *facts,
                      const struct judgement *judgement)
{
    enum attention_level worst = judgement_worst(judgement);
    bool has_text = worst != ATTENTION_NOTE;

    fprintf(out, "LIVEPATCH %s - ", attention_level_word(worst));
    if (!has_text) {
        fprintf(out, "%zu payload%s applied, nothing needs attention",
                count_applied(facts), count_applied(facts) == 1 ? "" : "s");
    } else if (print_level(out, judgement, ATTENTION_CRITICAL, false)) {
        print_level(out, judgement, ATTENTION_WARNING, true);
    } else {
        print_level(out, judgement, ATTENTION_WARNING, false);
    }
    print_level(out, judgement, ATTENTION_NOTE, true);
    print_numbers(out, facts, judgement);
}

void check_line_print_unknown(FILE *out, const char *reason)
{
    fputs("LIVEPATCH UNKNOWN - ", out);
    while (*reason) {
        size_t length = strcspn(reason, "|\n");

        safe_print(out, reason, length);
        reason += length;
        if (*reason == '|') {
            fputs("\\x7c", out);
        } else if (*reason && reason[1]) {
            fputs("; ", out);
        }
        reason += *reason != '\0';
    }
    fputc('\n', out);
}
