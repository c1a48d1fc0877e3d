/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verb status: which hypervisor runs, what is loaded in which order, what
 * failed last. Asks only; what a hypervisor does not tell is said to be not
 * known.
 */
#include "commands.h"

#include <errno.h>
#include <string.h>

#include "hypervisor_identity.h"
#include "livepatch_list.h"
#include "log_excerpt.h"
#include "payload_elf.h"
#include "payload_state.h"
#include "report.h"
#include "retry.h"
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

static size_t count_in_state(const struct payload_list *list,
                             enum payload_state state)
{
    size_t nr = 0;

    for (size_t i = 0; i < list->nr; i++) {
        nr += list->entries[i].status.state == (uint32_t)state;
    }
    return nr;
}

static void print_payloads(FILE *out, const struct payload_list *list)
{
    fprintf(out, "payloads:       %zu, %zu of them applied\n", list->nr,
            count_in_state(list, PAYLOAD_APPLIED));
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

static enum outcome tell(struct session *session,
                         const struct hypervisor_identity *identity,
                         const struct payload_list *list)
{
    const struct wire *wire = &session->client.wire;

    if (session->report) {
        report_hypervisor(session->report, wire, identity);
        payload_list_report(list, session->report);
    } else {
        print_hypervisor(session->out, wire, identity);
        print_payloads(session->out, list);
    }
    return OUTCOME_DONE;
}

static enum outcome try_status(struct session *session)
{
    const struct attempt attempt = {REQUEST_LIST, "status", NULL};
    const struct log_excerpt whole_log = {.is_started = true};
    struct hypervisor_identity identity;
    struct list_progress progress;
    struct payload_list list;
    enum outcome outcome;
    int rc = hypervisor_identify(&session->client, &identity);

    if (!rc) {
        rc = client_list(&session->client, &list, &progress);
    }
    if (rc) {
        return session_refused(session, &attempt, rc);
    }
    outcome = tell(session, &identity, &list);
    payload_list_free(&list);
    log_excerpt_print(session, &whole_log, outcome);
    return outcome;
}

enum outcome cmd_status(struct session *session, int nr_args, char **args)
{
    enum outcome outcome = session_connect(session);
    struct retry retry = {0};

    (void)nr_args; /* none, by the table of commands */
    (void)args;
    if (outcome != OUTCOME_DONE) {
        return outcome;
    }
    do {
        outcome = try_status(session);
    } while (retry_after(session, &retry, outcome));
    return outcome;
}
