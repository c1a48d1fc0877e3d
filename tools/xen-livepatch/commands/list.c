/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verb list: a table of all payloads in the layout of the stock command,
 * which scripts take apart. Names and metadata come from payloads, so they are
 * printed escaped.
 */
#include "commands/commands.h"

#include <string.h>

#include "hypervisor/livepatch_list.h"
#include "lib/safe_text.h"
#include "screen/colour.h"
#include "screen/payload_report.h"
#include "session/machine.h"
#include "session/retry.h"

#define NAME_COLUMNS 40U

static const char heading[] =
    " ID                                     | status     | metadata\n"
    "----------------------------------------+------------+---------------\n";

static void print_name(FILE *out, const char *name)
{
    size_t nr_columns = safe_print(out, name, strlen(name));

    for (; nr_columns < NAME_COLUMNS; nr_columns++) {
        fputc(' ', out);
    }
}

static void print_status(FILE *out, const struct payload_status *status)
{
    fputs("| ", out);
    colour_print_state(out, status->state);
    if (status->rc) {
        colour_start(out, COLOUR_BAD);
        fprintf(out, " (%d, %s)", -status->rc, strerror(-status->rc));
        colour_end(out);
    }
}

/* Metadata is a row of strings, the last NUL ends it: "a=1\0b=2\0". */
static void print_metadata(FILE *out, const struct payload_entry *entry)
{
    size_t i = 0;

    while (i + 1 < entry->metadata_bytes) {
        size_t nr = strnlen(entry->metadata + i, entry->metadata_bytes - 1 - i);

        safe_print(out, entry->metadata + i, nr);
        i += nr;
        if (i + 1 < entry->metadata_bytes) {
            fputc(';', out);
            i++;
        }
    }
}

static void print_list(FILE *out, const struct payload_list *list)
{
    if (!list->nr) {
        fputs("Nothing to list\n", out);
        return;
    }
    fputs(heading, out);
    for (size_t i = 0; i < list->nr; i++) {
        const struct payload_entry *entry = &list->entries[i];

        print_name(out, entry->name);
        print_status(out, &entry->status);
        fputs("    | ", out);
        print_metadata(out, entry);
        fputc('\n', out);
    }
}

static enum outcome complain_of_list(struct session *session,
                                     const struct list_progress *progress,
                                     int rc)
{
    const struct attempt attempt = {REQUEST_LIST, "list", NULL};

    if (progress->is_sized) {
        fprintf(session->err, "Failed to list %u/%u.\n", progress->nr_read,
                progress->nr_total);
    } else {
        fputs("Failed to get list sizes.\n", session->err);
    }
    return session_refused(session, &attempt, rc);
}

/* What is spent, after the table. */
static void tell_spent(struct session *session, const struct payload_list *list)
{
    for (size_t i = 0; i < list->nr && !session->options.is_quiet; i++) {
        if (list->entries[i].status.state == PAYLOAD_SPENT) {
            payload_spent_print(session->err, list->entries[i].name);
        }
    }
}

/* What is known beyond the list, and only then more than that. */
static void show(struct session *session, struct payload_list *list)
{
    struct extension_payloads payloads;
    const struct payload_facts facts = {&payloads, machine_now_ms()};
    bool is_told = !extension_read_payloads(&session->client, &payloads);

    payload_list_refine(list, &payloads);
    if (session->report) {
        payload_list_report(list, is_told ? &facts : NULL, session->report);
    } else {
        print_list(session->out, list);
        fflush(session->out);
    }
    tell_spent(session, list);
    extension_payloads_free(&payloads);
}

static enum outcome try_list(struct session *session)
{
    struct list_progress progress;
    struct payload_list list;
    int rc = client_list(&session->client, &list, &progress);

    if (rc) {
        return complain_of_list(session, &progress, rc);
    }
    show(session, &list);
    payload_list_free(&list);
    return OUTCOME_DONE;
}

enum outcome cmd_list(struct session *session, int nr_args, char **args)
{
    enum outcome outcome = session_connect(session);
    struct retry retry = {0};

    (void)nr_args; /* none, by the table of commands */
    (void)args;
    if (outcome != OUTCOME_DONE) {
        return outcome;
    }
    do {
        outcome = try_list(session);
    } while (retry_after(session, &retry, outcome));
    return outcome;
}
