/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verb metrics: what needs attention, the hypervisor and its payloads, the
 * last thing that was done, the last stop of the pCPUs and the last sync, for
 * the textfile collector of Prometheus' node exporter. --output puts them in
 * place at once, so that nobody reads a half. What is not known is left out.
 */
#include "commands/commands.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "commands/attention_metrics.h"
#include "commands/metric.h"
#include "lib/durable_file.h"
#include "judgement/attention_report.h"
#include "judgement/survey.h"
#include "lib/report.h"
#include "screen/payload_state.h"
#include "session/machine.h"

#define NS_PER_S 1e9
#define MS_PER_S 1e3

static void write_hypervisor(struct metric_writer *writer,
                             const struct hypervisor_identity *identity)
{
    char version[sizeof(identity->extra) + 32];
    char build_id[2 * BUILD_ID_BYTES_MAX + 1] = "";
    const struct metric_label labels[] = {
        {"version", version}, {"build_id", build_id}, {NULL, NULL}};

    snprintf(version, sizeof(version), "%u.%u%s", identity->major,
             identity->minor, identity->extra);
    for (size_t i = 0; i < identity->build_id_bytes; i++) {
        snprintf(build_id + 2 * i, 3, "%02x", identity->build_id[i]);
    }
    metric_family(writer, "xen_livepatch_hypervisor_info", METRIC_GAUGE,
                  "The running hypervisor.");
    metric_sample(writer, labels, 1);
}

static void write_counts(struct metric_writer *writer,
                         const struct overview *overview)
{
    static const enum payload_state states[] = {PAYLOAD_CHECKED,
                                                PAYLOAD_APPLIED};

    metric_family(writer, "xen_livepatch_payloads", METRIC_GAUGE,
                  "Loaded payloads by state.");
    for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
        const struct metric_label labels[] = {
            {"state", payload_state_word(states[i])}, {NULL, NULL}};

        metric_sample(writer, labels,
                      (double)overview_count(overview, states[i]));
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

static void write_for_each(const struct metric_writer *writer,
                           const struct payload_list *list,
                           int (*number_of)(const struct payload_status *))
{
    for (size_t i = 0; i < list->nr; i++) {
        const struct metric_label labels[] = {{"name", list->entries[i].name},
                                              {NULL, NULL}};

        metric_sample(writer, labels, number_of(&list->entries[i].status));
    }
}

static void write_payloads(struct metric_writer *writer,
                           const struct overview *overview)
{
    write_counts(writer, overview);
    metric_family(writer, "xen_livepatch_payload_last_error", METRIC_GAUGE,
                  "Errno of the payload's last action, 0 for success.");
    write_for_each(writer, &overview->list, error_of);
    metric_family(writer, "xen_livepatch_payload_busy", METRIC_GAUGE,
                  "Whether an action on the payload is under way.");
    write_for_each(writer, &overview->list, busy_of);
}

static void write_stops(struct metric_writer *writer,
                        const struct stop_facts *stops)
{
    if (stops->last_ns) {
        metric_single(writer, "xen_livepatch_last_stop_seconds",
                      "How long the last stop of the pCPUs was.",
                      (double)stops->last_ns / NS_PER_S);
    }
    if (!stops->is_counted) {
        return;
    }
    metric_family(writer, "xen_livepatch_stops_total", METRIC_COUNTER,
                  "Stops of the pCPUs since the hypervisor's start.");
    metric_sample(writer, NULL, (double)stops->nr);
    metric_family(writer, "xen_livepatch_missed_stops_total", METRIC_COUNTER,
                  "Attempts that missed their deadline.");
    metric_sample(writer, NULL, (double)stops->nr_missed);
}

static void write_last_deed(struct metric_writer *writer,
                            const struct survey *survey)
{
    const struct deed_history *log = &survey->log;
    struct past_deed deed;
    struct metric_label labels[] = {
        {"command", NULL}, {"name", NULL}, {NULL, NULL}};

    if (!log->nr) {
        return;
    }
    deed = deed_history_at(log, log->nr - 1);
    if (!past_deed_is_of(&deed, survey->boot)) {
        return;
    }
    labels[0].value = deed.verb;
    labels[1].value = deed.nr_names ? past_deed_name(&deed, 0) : "";
    metric_family(writer, "xen_livepatch_last_exit_status", METRIC_GAUGE,
                  "Exit status of what was done last, 0 for success.");
    metric_sample(writer, labels, (double)deed.exit_status);
}

static void write_sync(struct metric_writer *writer,
                       const struct survey *survey)
{
    const struct crash_guard *guard = &survey->guard;

    if (survey->facts.guard == GUARD_NOT_KNOWN) {
        return;
    }
    metric_single(writer, "xen_livepatch_sync_held",
                  "Whether sync holds payloads back after a crash.",
                  guard->is_held);
    if (!guard->synced_ms) {
        return;
    }
    metric_single(writer, "xen_livepatch_last_sync_exit_status",
                  "Exit status of the last sync, 0 for success.",
                  guard->synced_status);
    metric_single(writer, "xen_livepatch_last_sync_timestamp_seconds",
                  "When the last sync ended.",
                  (double)guard->synced_ms / MS_PER_S);
    metric_single(writer, "xen_livepatch_last_sync_age_seconds",
                  "Time since the last sync.",
                  (double)(machine_now_ms() - guard->synced_ms) / MS_PER_S);
}

static enum outcome write_all(struct session *session,
                              struct metric_writer *writer)
{
    struct survey survey;
    enum outcome outcome = survey_take(session, "metrics", &survey);

    if (outcome == OUTCOME_DONE) {
        attention_report(session->report, &survey.judgement);
        write_hypervisor(writer, &survey.overview.identity);
        attention_metrics_write(writer, &survey.judgement);
        write_payloads(writer, &survey.overview);
        write_last_deed(writer, &survey);
        write_stops(writer, &survey.facts.stops);
        write_sync(writer, &survey);
    }
    survey_free(&survey);
    return outcome;
}

static enum outcome put_in_place(struct session *session, const char *path,
                                 const char *text, size_t nr_bytes)
{
    int rc = durable_replace(path, text, nr_bytes);

    if (!rc) {
        return OUTCOME_DONE;
    }
    fprintf(session->err,
            "xen-livepatch: metrics: could not write %s: %s. What was there "
            "before is still there.\n",
            path, strerror(-rc));
    return OUTCOME_NO_OUTPUT;
}

static enum outcome write_to_file(struct session *session, const char *path)
{
    struct metric_writer writer = {.out = NULL};
    enum outcome outcome;
    char *text = NULL;
    size_t nr_bytes;

    writer.out = open_memstream(&text, &nr_bytes);
    if (!writer.out) {
        fputs("xen-livepatch: metrics: no memory.\n", session->err);
        return OUTCOME_NO_OUTPUT;
    }
    outcome = write_all(session, &writer);
    if (fclose(writer.out) == 0 && outcome == OUTCOME_DONE) {
        outcome = put_in_place(session, path, text, nr_bytes);
    }
    free(text);
    return outcome;
}

enum outcome cmd_metrics(struct session *session, int nr_args, char **args)
{
    struct metric_writer writer = {.out = session->out};
    const char *path = option_value(&session->options, OPTION_OUTPUT);

    (void)nr_args; /* none, by the table of commands */
    (void)args;
    if (path) {
        return write_to_file(session, path);
    }
    writer.list = report_add_list(session->report, "metrics");
    return write_all(session, &writer);
}
