/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The hypervisor numbers its records: the number that is next before an action
 * is where to look for the action's record after it. Others may act meanwhile,
 * so command and name must fit.
 */
#include "history/stop_watch.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "lib/report.h"

#define NS_PER_US 1000U
#define NS_PER_MS 1000000U
#define NS_PER_S 1000000000U
#define CPUS_IN_MASK 64U

struct stop_watch stop_watch_start(struct session *session)
{
    struct stop_watch watch = {0};

    watch.is_started = !extension_next_record(&session->client, &watch.next);
    return watch;
}

bool stop_watch_find(struct session *session, const struct stop_watch *watch,
                     uint32_t cmd, const char *name,
                     struct livepatch_ext_record *record)
{
    struct extension_history history;
    bool is_found = false;

    if (!watch->is_started ||
        extension_read_history(&session->client, watch->next, &history)) {
        return false;
    }
    for (size_t i = history.nr; i-- && !is_found;) {
        const struct livepatch_ext_record *seen = &history.records[i];

        is_found = seen->cmd == cmd && !strcmp(seen->name, name);
        if (is_found) {
            *record = *seen;
        }
    }
    extension_history_free(&history);
    return is_found;
}

void stop_watch_format(uint64_t ns, char *text, size_t nr_bytes)
{
    static const struct {
        uint64_t unit_ns;
        const char *word;
    } units[] = {{NS_PER_S, "s"}, {NS_PER_MS, "ms"}, {NS_PER_US, "us"}};

    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        uint64_t tenth_ns = units[i].unit_ns / 10;

        if (ns >= units[i].unit_ns) {
            snprintf(text, nr_bytes, "%" PRIu64 ".%" PRIu64 " %s",
                     ns / units[i].unit_ns, ns / tenth_ns % 10, units[i].word);
            return;
        }
    }
    snprintf(text, nr_bytes, "%" PRIu64 " ns", ns);
}

static void print_whose(FILE *err, const struct livepatch_ext_late *late)
{
    if (late->vcpu != UINT32_MAX) {
        fprintf(err, "vCPU %u of domain %u", late->vcpu, late->domain);
    } else {
        fputs("no vCPU", err);
    }
}

static void print_late(FILE *err, const struct livepatch_ext_late *late)
{
    fprintf(err, "  pCPU %u: ", late->cpu);
    switch (late->where) {
    case LIVEPATCH_EXT_IN_GUEST:
        fputs("in the guest, ", err);
        print_whose(err, late);
        break;
    case LIVEPATCH_EXT_IN_HYPERVISOR:
        fputs("in the hypervisor, for ", err);
        print_whose(err, late);
        break;
    default:
        fputs("its NMI was never taken", err);
        break;
    }
    if (late->address) {
        fprintf(err, ", at %#" PRIx64, late->address);
    }
    fputc('\n', err);
}

static uint32_t nr_described(const struct livepatch_ext_record *record)
{
    return record->nr_late < LIVEPATCH_EXT_MAX_LATE ? record->nr_late
                                                    : LIVEPATCH_EXT_MAX_LATE;
}

static bool is_described(const struct livepatch_ext_record *record,
                         unsigned int cpu)
{
    for (uint32_t i = 0; i < nr_described(record); i++) {
        if (record->late[i].cpu == cpu) {
            return true;
        }
    }
    return false;
}

/* Those that there was no room to describe, by number. */
static void print_other_late(FILE *err,
                             const struct livepatch_ext_record *record)
{
    const char *separator = "  also late: pCPU ";

    for (unsigned int cpu = 0; cpu < CPUS_IN_MASK; cpu++) {
        if (record->late_mask >> cpu & 1 && !is_described(record, cpu)) {
            fprintf(err, "%s%u", separator, cpu);
            separator = ", ";
        }
    }
    if (*separator == ',') {
        fputc('\n', err);
    }
}

static void print_miss(FILE *err, const struct livepatch_ext_record *record)
{
    char text[16];

    stop_watch_format(record->gather_time, text, sizeof(text));
    fprintf(err, "xen-livepatch: %u pCPU%s had not arrived after %s:\n",
            record->nr_late, record->nr_late == 1 ? "" : "s", text);
    for (uint32_t i = 0; i < nr_described(record); i++) {
        print_late(err, &record->late[i]);
    }
    print_other_late(err, record);
}

void stop_watch_tell(struct session *session,
                     const struct livepatch_ext_record *record)
{
    char stop[16];
    char gather[16];

    if (record->nr_cpus || record->nr_late) {
        stop_watch_report(report_add_object(session->report, "stop"), record);
    }
    if (record->nr_late) {
        print_miss(session->err, record);
    } else if (record->stop_time) {
        stop_watch_format(record->stop_time, stop, sizeof(stop));
        stop_watch_format(record->gather_time, gather, sizeof(gather));
        session_say(
            session, "  %u pCPU%s stood still for %s, %s after the call\n",
            record->nr_cpus, record->nr_cpus == 1 ? "" : "s", stop, gather);
    }
}

static const char *word_of_place(uint32_t where)
{
    static const char *const words[] = {
        [LIVEPATCH_EXT_IN_UNKNOWN] = "unknown",
        [LIVEPATCH_EXT_IN_GUEST] = "guest",
        [LIVEPATCH_EXT_IN_HYPERVISOR] = "hypervisor",
    };

    return where < sizeof(words) / sizeof(words[0]) ? words[where] : words[0];
}

static void report_late(struct json_object *list,
                        const struct livepatch_ext_late *late)
{
    struct json_object *object = report_list_object(list);

    report_add_number(object, "cpu", late->cpu);
    report_add_text(object, "where", word_of_place(late->where));
    if (late->vcpu != UINT32_MAX) {
        report_add_number(object, "domain", late->domain);
        report_add_number(object, "vcpu", late->vcpu);
    }
    report_add_address(object, "address", late->address);
}

void stop_watch_report(struct json_object *object,
                       const struct livepatch_ext_record *record)
{
    struct json_object *list;

    report_add_number(object, "nr_cpus", record->nr_cpus);
    report_add_number(object, "gather_ns", (int64_t)record->gather_time);
    report_add_number(object, "stop_ns", (int64_t)record->stop_time);
    report_add_number(object, "total_ns", (int64_t)record->total_time);
    report_add_number(object, "nr_late", record->nr_late);
    list = report_add_list(object, "late");
    for (uint32_t i = 0; i < nr_described(record); i++) {
        report_late(list, &record->late[i]);
    }
}
