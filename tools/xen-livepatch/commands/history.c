/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verb history: perhaps a NAME. What this command logged, then what the
 * hypervisor remembers of this boot beyond that, done by other programs or with
 * logging turned off. A deed in the log and a record of the hypervisor are the
 * same when boot and number are.
 */
#include "commands/commands.h"

#include <errno.h>
#include <string.h>

#include "history/deed_text.h"
#include "history/stop_watch.h"
#include "hypervisor/extension.h"
#include "lib/report.h"
#include "lib/safe_text.h"
#include "screen/nearest.h"
#include "session/machine.h"

struct past {
    struct deed_history log;
    bool has_records; /* the hypervisor was asked and knew */
    struct extension_history records;
    char boot[BOOT_ID_BYTES];
    bool is_told; /* there was something to tell */
};

static const char *verb_of(uint32_t cmd)
{
    static const char *const verbs[] = {
        [LIVEPATCH_EXT_DID_UPLOAD] = "upload", [PAYLOAD_UNLOAD] = "unload",
        [PAYLOAD_REVERT] = "revert",           [PAYLOAD_APPLY] = "apply",
        [PAYLOAD_REPLACE] = "replace",
    };

    return cmd < sizeof(verbs) / sizeof(verbs[0]) ? verbs[cmd] : "unknown";
}

static bool has_name(const struct past_deed *deed, const char *wanted)
{
    bool is_found = !wanted;

    for (size_t i = 0; i < deed->nr_names; i++) {
        is_found = is_found || !strcmp(past_deed_name(deed, i), wanted);
    }
    return is_found;
}

static void tell_log(struct session *session, struct past *past,
                     const char *name)
{
    struct json_object *list = report_add_list(session->report, "deeds");

    report_add_text(session->report, "log",
                    session->options.log_path ? session->options.log_path : "");
    for (size_t i = 0; i < past->log.nr; i++) {
        struct past_deed deed = deed_history_at(&past->log, i);

        if (!has_name(&deed, name)) {
            continue;
        }
        past->is_told = true;
        if (session->report) {
            report_list_copy(list, deed.object);
        } else {
            past_deed_print(session->out, &deed);
        }
    }
    if (past->log.nr_bad_lines) {
        fprintf(session->err,
                "xen-livepatch: %s: %zu lines could not be understood.\n",
                session->options.log_path, past->log.nr_bad_lines);
    }
}

static bool is_logged(const struct past *past, uint64_t sequence)
{
    for (size_t i = 0; i < past->log.nr; i++) {
        struct past_deed deed = deed_history_at(&past->log, i);

        if ((uint64_t)deed.sequence == sequence && past->boot[0] &&
            !strcmp(deed.boot, past->boot)) {
            return true;
        }
    }
    return false;
}

static int64_t wall_ms_of(const struct past *past,
                          const struct livepatch_ext_record *record)
{
    return extension_wall_ms(record->time, past->records.now_ns,
                             machine_now_ms());
}

static void print_record(FILE *out, const struct livepatch_ext_record *record,
                         int64_t wall_ms)
{
    char time[REPORT_TIME_BYTES];

    report_format_time(wall_ms, time);
    fprintf(out, "%s ? %s ", time, verb_of(record->cmd));
    safe_print(out, record->name, strlen(record->name));
    if (record->nr_payloads > 1) {
        fprintf(out, " and %u more", record->nr_payloads - 1);
    }
    fputs(record->rc ? ": " : ": done", out);
    past_end_print(out, -(int64_t)record->rc, (int64_t)record->stop_time,
                   record->nr_late);
}

static void report_record(struct json_object *list,
                          const struct livepatch_ext_record *record,
                          int64_t wall_ms, bool is_in_log)
{
    struct json_object *object = report_list_object(list);

    report_add_number(object, "sequence", (int64_t)record->sequence);
    report_add_time(object, "time", wall_ms);
    report_add_text(object, "command", verb_of(record->cmd));
    report_add_text(object, "name", record->name);
    report_add_number(object, "nr_payloads", record->nr_payloads);
    report_add_number(object, "nr_functions", record->nr_functions);
    report_add_number(object, "error", -(int64_t)record->rc);
    report_add_flag(object, "is_logged", is_in_log);
    stop_watch_report(report_add_object(object, "stop"), record);
}

static void tell_records(struct session *session, struct past *past,
                         const char *name)
{
    struct json_object *list = report_add_list(session->report, "records");
    bool has_heading = false;

    for (size_t i = 0; i < past->records.nr; i++) {
        const struct livepatch_ext_record *record = &past->records.records[i];
        bool is_in_log = is_logged(past, record->sequence);

        if (name && strcmp(record->name, name) != 0) {
            continue;
        }
        past->is_told = true;
        report_record(list, record, wall_ms_of(past, record), is_in_log);
        if (session->report || is_in_log) {
            continue;
        }
        if (!has_heading) {
            fputs("The hypervisor remembers of this boot also:\n",
                  session->out);
            has_heading = true;
        }
        print_record(session->out, record, wall_ms_of(past, record));
    }
}

/* Without a hypervisor, or with one that remembers nothing, there is the log.
 */
static void ask_hypervisor(struct session *session, struct past *past)
{
    struct livepatch_client client;
    int rc = client_open(&client);

    if (!rc) {
        rc = client_find_version(&client);
        if (!rc) {
            rc = extension_read_history(&client, 1, &past->records);
        }
        client_close(&client);
    }
    past->has_records = !rc;
    if (rc && !session->options.is_quiet) {
        fprintf(session->err,
                "xen-livepatch: %s; this is only what was logged in %s.\n",
                rc == -EOPNOTSUPP ? "this hypervisor keeps no history"
                                  : "no hypervisor can be asked",
                session->options.log_path ? session->options.log_path
                                          : "no file (--no-log)");
    }
}

static void tell(struct session *session, struct past *past, const char *name)
{
    machine_boot_id(past->boot);
    ask_hypervisor(session, past);
    tell_log(session, past, name);
    if (past->has_records) {
        tell_records(session, past, name);
        extension_history_free(&past->records);
    }
}

/* Silence could mean anything. */
static void complain_of_name(struct session *session, const struct past *past,
                             const char *name)
{
    struct nearest nearest = {.typed = name};

    for (size_t i = 0; i < past->log.nr; i++) {
        struct past_deed deed = deed_history_at(&past->log, i);

        for (size_t k = 0; k < deed.nr_names; k++) {
            nearest_offer(&nearest, past_deed_name(&deed, k));
        }
    }
    fputs("xen-livepatch: history: nothing is known of '", session->err);
    safe_print(session->err, name, strlen(name));
    fputs("'", session->err);
    if (nearest.word) {
        fputs("; did you mean '", session->err);
        safe_print(session->err, nearest.word, strlen(nearest.word));
        fputs("'?\n", session->err);
    } else {
        fputs(".\n", session->err);
    }
}

enum outcome cmd_history(struct session *session, int nr_args, char **args)
{
    const char *path = session->options.log_path;
    struct past past = {.has_records = false};
    const char *name = nr_args ? args[0] : NULL;
    int rc = path ? deed_history_read(path, &past.log) : 0;

    if (rc) {
        fprintf(session->err, "Could not open %s.\nError %d: %s\n", path, -rc,
                strerror(-rc));
        if (rc == -EACCES) {
            fputs("xen-livepatch: history: the log is root's: ask as root, or "
                  "name a log that you may read with --log.\n",
                  session->err);
        }
        return OUTCOME_BAD_FILE;
    }
    tell(session, &past, name);
    if (name && !past.is_told) {
        complain_of_name(session, &past, name);
    }
    deed_history_free(&past.log);
    return OUTCOME_DONE;
}
