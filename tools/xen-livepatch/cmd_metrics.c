/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verb metrics: the same facts as status, in the text format of Prometheus,
 * for the node exporter's textfile collector. The caller puts the output in its
 * place (by renaming a file, so that no half of it is read).
 */
#include "commands.h"

#include <errno.h>
#include <string.h>

#include "overview.h"
#include "payload_state.h"

static void print_heading(FILE *out, const char *name, const char *help)
{
    fprintf(out, "# HELP %s %s\n# TYPE %s gauge\n", name, help, name);
}

/* A label's value: what the format or a terminal could misread is escaped. */
static void print_value(FILE *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '\\' || *text == '"') {
            fprintf(out, "\\%c", *text);
        } else if (*text >= ' ' && *text <= '~') {
            fputc(*text, out);
        } else {
            fprintf(out, "\\\\x%02x", (unsigned char)*text);
        }
    }
}

static void print_hypervisor(FILE *out,
                             const struct hypervisor_identity *identity)
{
    static const char name[] = "xen_livepatch_hypervisor_info";

    print_heading(out, name, "The running hypervisor.");
    fprintf(out, "%s{version=\"%u.%u", name, identity->major, identity->minor);
    print_value(out, identity->extra);
    fputs("\",build_id=\"", out);
    for (size_t i = 0; i < identity->build_id_bytes; i++) {
        fprintf(out, "%02x", identity->build_id[i]);
    }
    fputs("\"} 1\n", out);
}

static void print_counts(FILE *out, const struct overview *overview)
{
    static const enum payload_state states[] = {PAYLOAD_CHECKED,
                                                PAYLOAD_APPLIED};
    static const char name[] = "xen_livepatch_payloads";

    print_heading(out, name, "Loaded payloads by state.");
    for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
        fprintf(out, "%s{state=\"%s\"} %zu\n", name,
                payload_state_word(states[i]),
                overview_count(overview, states[i]));
    }
}

static int error_of(const struct payload_status *status)
{
    return status->rc == -EAGAIN ? 0 : -status->rc;
}

static int busy_of(const struct payload_status *status)
{
    return status->rc == -EAGAIN;
}

static void print_for_each(FILE *out, const struct payload_list *list,
                           const char *name, const char *help,
                           int (*number_of)(const struct payload_status *))
{
    print_heading(out, name, help);
    for (size_t i = 0; i < list->nr; i++) {
        fprintf(out, "%s{name=\"", name);
        print_value(out, list->entries[i].name);
        fprintf(out, "\"} %d\n", number_of(&list->entries[i].status));
    }
}

enum outcome cmd_metrics(struct session *session, int nr_args, char **args)
{
    struct overview overview;
    enum outcome outcome;

    (void)nr_args; /* none, by the table of commands */
    (void)args;
    if (session->report) {
        fputs("metrics: they have a format of their own; --json is for "
              "status.\n",
              session->err);
        return OUTCOME_BAD_USAGE;
    }
    outcome = overview_take(session, "metrics", &overview);
    if (outcome != OUTCOME_DONE) {
        return outcome;
    }
    print_hypervisor(session->out, &overview.identity);
    print_counts(session->out, &overview);
    print_for_each(
        session->out, &overview.list, "xen_livepatch_payload_last_error",
        "Errno of the payload's last action, 0 for success.", error_of);
    print_for_each(session->out, &overview.list, "xen_livepatch_payload_busy",
                   "Whether an action on the payload is under way.", busy_of);
    overview_free(&overview);
    return OUTCOME_DONE;
}
