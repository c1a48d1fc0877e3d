/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Picks the lines about live patching out of what the console ring gained, and
 * prints them indented and escaped, under one heading.
 */
#include "session/log_excerpt.h"

#include <string.h>

#include "lib/report.h"
#include "lib/safe_text.h"

/* Of a line about live patching; not all of Xen's have the prefix. */
static const char *const subjects[] = {"livepatch", "Livepatch", "LIVEPATCH",
                                       "xsplice", "build-id"};

struct log_excerpt log_excerpt_start(struct session *session)
{
    struct log_excerpt excerpt = {0};

    excerpt.is_started =
        console_find_end(&session->client, &excerpt.start) == 0;
    session->has_log_mark = excerpt.is_started;
    session->log_mark = excerpt.start;
    return excerpt;
}

static bool is_about_subject(const char *line, size_t nr_bytes)
{
    for (size_t i = 0; i < sizeof(subjects) / sizeof(subjects[0]); i++) {
        if (memmem(line, nr_bytes, subjects[i], strlen(subjects[i]))) {
            return true;
        }
    }
    return false;
}

static size_t trimmed_length(const char *line, size_t nr_bytes)
{
    while (nr_bytes && line[nr_bytes - 1] == '\r') {
        nr_bytes--;
    }
    return nr_bytes;
}

static void print_lines(struct session *session,
                        const struct console_text *text)
{
    struct json_object *list = report_add_list(session->failure, "log");
    FILE *err = session->err;
    const char *line = text->bytes;
    const char *end = text->bytes + text->nr_bytes;
    bool has_heading = false;

    while (line < end) {
        const char *newline = memchr(line, '\n', (size_t)(end - line));
        const char *line_end = newline ? newline : end;
        size_t nr_bytes = trimmed_length(line, (size_t)(line_end - line));

        if (is_about_subject(line, nr_bytes)) {
            if (!has_heading) {
                fputs("The hypervisor's log says:\n", err);
                has_heading = true;
            }
            fputs("  ", err);
            safe_print(err, line, nr_bytes);
            fputc('\n', err);
            report_list_text(list, line, nr_bytes);
        }
        line = newline ? newline + 1 : end;
    }
}

void log_excerpt_print(struct session *session,
                       const struct log_excerpt *excerpt, enum outcome outcome)
{
    struct console_text text;

    if (!excerpt->is_started ||
        (outcome == OUTCOME_DONE && !session->options.is_verbose)) {
        return;
    }
    if (console_read_after(&session->client, &excerpt->start, &text)) {
        return;
    }
    print_lines(session, &text);
    console_text_free(&text);
}
