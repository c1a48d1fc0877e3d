/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verb status: what needs attention, then which hypervisor runs, what is
 * loaded in which order, what failed and was not made good. Asks only; what a
 * hypervisor does not tell is said to be not known.
 */
#include "commands/commands.h"

#include <errno.h>
#include <string.h>

#include "commands/loaded_report.h"
#include "history/deed_text.h"
#include "history/standing_failure.h"
#include "hypervisor/sysctl_layout.h"
#include "judgement/attention_report.h"
#include "judgement/survey.h"
#include "lib/payload_elf.h"
#include "lib/report.h"
#include "lib/safe_text.h"
#include "screen/colour.h"
#include "session/log_excerpt.h"

static void print_hypervisor(FILE *out, const struct wire *wire,
                             const struct hypervisor_identity *identity)
{
    const char *releases = sysctl_releases_of(wire->version);

    fprintf(out, "hypervisor:     Xen %u.%u", identity->major, identity->minor);
    safe_print(out, identity->extra, strlen(identity->extra));
    fputs("\nbuild-id:       ", out);
    build_id_print(
        (struct build_id){identity->build_id, identity->build_id_bytes}, out);
    fprintf(out, "\ninterface:      sysctl version 0x%02x (%s%s)\n",
            wire->version, releases ? "as Xen " : "newer than all that are ",
            releases ? releases : "known here");
}

static void report_hypervisor(struct json_object *report,
                              const struct wire *wire,
                              const struct hypervisor_identity *identity)
{
    char version[sizeof(identity->extra) + 32];

    snprintf(version, sizeof(version), "%u.%u%s", identity->major,
             identity->minor, identity->extra);
    report_add_text(report, "xen_version", version);
    report_add_hex(report, "build_id", identity->build_id,
                   identity->build_id_bytes);
    report_add_number(report, "interface_version", wire->version);
}

static void tell_hypervisor(struct session *session,
                            const struct overview *overview)
{
    const struct wire *wire = &session->client.wire;

    if (session->report) {
        report_hypervisor(session->report, wire, &overview->identity);
    } else {
        print_hypervisor(session->out, wire, &overview->identity);
    }
}

static void print_payload(FILE *out, const struct loaded_payload *payload)
{
    const struct payload_entry *entry = payload->entry;

    fputs("  ", out);
    safe_print(out, entry->name, strlen(entry->name));
    fputs(": ", out);
    colour_print_state(out, entry->status.state);
    if (payload->is_spent) {
        fputs(", spent", out);
    }
    if (entry->status.rc == -EAGAIN) {
        fputs(", an action is under way", out);
    } else if (entry->status.rc) {
        colour_start(out, COLOUR_BAD);
        fprintf(out, ", its last action failed (%d, %s)", -entry->status.rc,
                strerror(-entry->status.rc));
        colour_end(out);
    }
    fputc('\n', out);
    loaded_print(out, payload);
}

static void tell_payloads(struct session *session, const struct survey *survey)
{
    const struct loaded *loaded = &survey->loaded;
    struct json_object *list = report_add_list(session->report, "payloads");

    if (!session->report) {
        fprintf(session->out, "payloads:       %zu, %zu of them applied\n",
                loaded->nr, loaded->nr_applied);
    }
    for (size_t i = 0; i < loaded->nr; i++) {
        if (session->report) {
            loaded_report(report_list_object(list), &loaded->payloads[i]);
        } else {
            print_payload(session->out, &loaded->payloads[i]);
        }
    }
}

static void print_stack(FILE *out, const struct loaded *loaded)
{
    fputs("stack:          ", out);
    if (!loaded->is_order_known) {
        fputs("not known, because not all that was applied is in the log\n",
              out);
        return;
    }
    for (size_t place = 1; place <= loaded->nr_applied; place++) {
        const char *name = loaded_at_place(loaded, place)->entry->name;

        safe_print(out, name, strlen(name));
        fputs(place < loaded->nr_applied ? ", " : " (the newest last)\n", out);
    }
}

static void tell_stack(struct session *session, const struct loaded *loaded)
{
    struct json_object *stack;

    if (!session->report) {
        if (loaded->nr_applied > 1) {
            print_stack(session->out, loaded);
        }
        return;
    }
    stack = loaded->is_order_known ? report_add_list(session->report, "stack")
                                   : NULL;
    for (size_t place = 1; stack && place <= loaded->nr_applied; place++) {
        const char *name = loaded_at_place(loaded, place)->entry->name;

        report_list_text(stack, name, strlen(name));
    }
}

static void tell_last_failure(struct session *session,
                              const struct survey *survey)
{
    struct past_deed failure;

    if (!standing_failure_find(&survey->log, survey->boot, &failure)) {
        return;
    }
    report_add_copy(session->report, "last_failure", failure.object);
    if (!session->report) {
        fputs("last failure:   ", session->out);
        past_deed_print(session->out, &failure);
    }
}

static void tell(struct session *session, const struct survey *survey)
{
    const struct log_excerpt whole_log = {.is_started = true};

    if (session->report) {
        attention_report(session->report, &survey->judgement);
    } else {
        attention_print(session->out, &survey->judgement);
    }
    tell_hypervisor(session, &survey->overview);
    tell_payloads(session, survey);
    tell_stack(session, &survey->loaded);
    tell_last_failure(session, survey);
    log_excerpt_print(session, &whole_log, OUTCOME_DONE);
}

/* A hypervisor that does not answer for payloads still says what it is. */
enum outcome cmd_status(struct session *session, int nr_args, char **args)
{
    struct survey survey;
    enum outcome outcome;

    (void)nr_args; /* none, by the table of commands */
    (void)args;
    outcome = survey_take(session, "status", &survey);
    if (outcome == OUTCOME_DONE) {
        tell(session, &survey);
    } else if (survey.overview.is_identified) {
        tell_hypervisor(session, &survey.overview);
    }
    survey_free(&survey);
    return outcome;
}
