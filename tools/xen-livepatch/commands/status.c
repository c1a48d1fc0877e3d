/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verb status: which hypervisor runs, what is loaded in which order, what
 * failed last. Asks only; what a hypervisor does not tell is said to be not
 * known.
 */
#include "commands/commands.h"

#include <errno.h>
#include <string.h>

#include "history/deed_text.h"
#include "history/stack_order.h"
#include "history/standing_failure.h"
#include "hypervisor/extension.h"
#include "hypervisor/sysctl_layout.h"
#include "lib/payload_elf.h"
#include "lib/report.h"
#include "lib/safe_text.h"
#include "screen/colour.h"
#include "screen/payload_report.h"
#include "session/log_excerpt.h"
#include "session/machine.h"
#include "session/overview.h"

static struct build_id build_id_of(const struct hypervisor_identity *identity)
{
    return (struct build_id){identity->build_id, identity->build_id_bytes};
}

static void print_hypervisor(FILE *out, const struct wire *wire,
                             const struct hypervisor_identity *identity)
{
    const char *releases = sysctl_releases_of(wire->version);

    fprintf(out, "hypervisor:     Xen %u.%u", identity->major, identity->minor);
    safe_print(out, identity->extra, strlen(identity->extra));
    fputs("\nbuild-id:       ", out);
    build_id_print(build_id_of(identity), out);
    fprintf(out, "\ninterface:      sysctl version 0x%02x (%s%s)\n",
            wire->version, releases ? "as Xen " : "newer than all that are ",
            releases ? releases : "known here");
}

static void print_payload(FILE *out, const struct payload_entry *entry)
{
    fputs("  ", out);
    safe_print(out, entry->name, strlen(entry->name));
    fputs(": ", out);
    colour_print_state(out, entry->status.state);
    if (entry->status.rc == -EAGAIN) {
        fputs(", an action is under way", out);
    } else if (entry->status.rc) {
        colour_start(out, COLOUR_BAD);
        fprintf(out, ", its last action failed (%d, %s)", -entry->status.rc,
                strerror(-entry->status.rc));
        colour_end(out);
    }
    fputc('\n', out);
}

static void print_payloads(FILE *out, const struct overview *overview)
{
    const struct payload_list *list = &overview->list;

    fprintf(out, "payloads:       %zu, %zu of them applied\n", list->nr,
            overview_count(overview, PAYLOAD_APPLIED));
    for (size_t i = 0; i < list->nr; i++) {
        print_payload(out, &list->entries[i]);
    }
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

static void print_stack(FILE *out, const struct stack_order *order)
{
    fputs("stack:          ", out);
    for (size_t i = 0; order->is_known && i < order->nr; i++) {
        const char *name = order->entries[i]->name;

        safe_print(out, name, strlen(name));
        fputs(i + 1 < order->nr ? ", " : " (the newest last)\n", out);
    }
    if (!order->is_known) {
        fputs("not known, because not all that was applied is in the log\n",
              out);
    }
}

static void tell_stack(struct session *session, const struct payload_list *list,
                       const struct deed_history *log)
{
    struct extension_history records = {.nr = 0};
    bool has_records = !extension_read_history(&session->client, 1, &records);
    struct json_object *stack;
    struct stack_order order;
    int rc = stack_order_find(list, log, has_records ? &records : NULL, &order);

    extension_history_free(&records);
    if (rc) {
        return;
    }
    if (!session->report && order.nr > 1) {
        print_stack(session->out, &order);
    }
    stack = order.is_known ? report_add_list(session->report, "stack") : NULL;
    for (size_t i = 0; i < order.nr; i++) {
        const char *name = order.entries[i]->name;

        report_list_text(stack, name, strlen(name));
    }
    stack_order_free(&order);
}

static void tell_last_failure(struct session *session,
                              const struct deed_history *log)
{
    struct past_deed failure;
    char boot[BOOT_ID_BYTES];

    machine_boot_id(boot);
    if (!standing_failure_find(log, boot, &failure)) {
        return;
    }
    report_add_copy(session->report, "last_failure", failure.object);
    if (!session->report) {
        fputs("last failure:   ", session->out);
        past_deed_print(session->out, &failure);
    }
}

/* What only the log knows; one that cannot be read is said to be so. */
static void tell_past(struct session *session, const struct payload_list *list)
{
    const char *path = session->options.log_path;
    struct deed_history log = {.nr = 0};
    int rc = path ? deed_history_read(path, &log) : 0;

    if (rc) {
        fprintf(session->err, "xen-livepatch: status: %s: %s.\n", path,
                strerror(-rc));
    }
    tell_stack(session, list, &log);
    tell_last_failure(session, &log);
    deed_history_free(&log);
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

static void tell_payloads(struct session *session,
                          const struct overview *overview)
{
    if (session->report) {
        payload_list_report(&overview->list, session->report);
    } else {
        print_payloads(session->out, overview);
    }
}

/* A hypervisor that does not answer for payloads still says what it is. */
enum outcome cmd_status(struct session *session, int nr_args, char **args)
{
    const struct log_excerpt whole_log = {.is_started = true};
    struct overview overview;
    enum outcome outcome = overview_take(session, "status", &overview);

    (void)nr_args; /* none, by the table of commands */
    (void)args;
    if (overview.is_identified) {
        tell_hypervisor(session, &overview);
    }
    if (outcome != OUTCOME_DONE) {
        return outcome;
    }
    tell_payloads(session, &overview);
    tell_past(session, &overview.list);
    overview_free(&overview);
    log_excerpt_print(session, &whole_log, OUTCOME_DONE);
    return OUTCOME_DONE;
}
