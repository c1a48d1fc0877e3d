/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verb status: which hypervisor runs, what is loaded in which order, what
 * failed last. Asks only; what a hypervisor does not tell is said to be not
 * known.
 */
#include "commands.h"

#include <errno.h>
#include <string.h>

#include "log_excerpt.h"
#include "overview.h"
#include "payload_elf.h"
#include "payload_state.h"
#include "report.h"
#include "safe_text.h"
#include "sysctl_layout.h"

static struct build_id build_id_of(const struct hypervisor_identity *identity)
{
    return (struct build_id){identity->build_id, identity->build_id_bytes};
}

static void print_hypervisor(FILE *out, const struct wire *wire,
                             const struct hypervisor_identity *identity)
{
    fprintf(out, "hypervisor:     Xen %u.%u", identity->major, identity->minor);
    safe_print(out, identity->extra, strlen(identity->extra));
    fputs("\nbuild-id:       ", out);
    build_id_print(build_id_of(identity), out);
    fprintf(out, "\ninterface:      sysctl version 0x%02x (as Xen %s)\n",
            wire->version, wire->layout->releases);
}

static void print_payload(FILE *out, const struct payload_entry *entry)
{
    fputs("  ", out);
    safe_print(out, entry->name, strlen(entry->name));
    fprintf(out, ": %s", payload_state_word(entry->status.state));
    if (entry->status.rc == -EAGAIN) {
        fputs(", an action is under way", out);
    } else if (entry->status.rc) {
        fprintf(out, ", its last action failed (%d, %s)", -entry->status.rc,
                strerror(-entry->status.rc));
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

enum outcome cmd_status(struct session *session, int nr_args, char **args)
{
    const struct log_excerpt whole_log = {.is_started = true};
    const struct wire *wire = &session->client.wire;
    struct overview overview;
    enum outcome outcome = overview_take(session, "status", &overview);

    (void)nr_args; /* none, by the table of commands */
    (void)args;
    if (outcome != OUTCOME_DONE) {
        return outcome;
    }
    if (session->report) {
        report_hypervisor(session->report, wire, &overview.identity);
        payload_list_report(&overview.list, session->report);
    } else {
        print_hypervisor(session->out, wire, &overview.identity);
        print_payloads(session->out, &overview);
    }
    overview_free(&overview);
    log_excerpt_print(session, &whole_log, OUTCOME_DONE);
    return OUTCOME_DONE;
}
