/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A deed as a line of JSON. Its keys are those of the history that is printed,
 * so that a reader of the file and a reader of `history --json` see the same.
 */
#include "history/deed.h"

#include <errno.h>
#include <string.h>

#include "history/deed_journal.h"
#include "history/durable_line.h"
#include "lib/report.h"
#include "session/interrupt.h"
#include "session/machine.h"

static void report_names(struct json_object *line, const struct deed *deed)
{
    struct json_object *names = report_add_list(line, "names");

    for (size_t i = 0; i < deed->nr_names; i++) {
        report_list_text(names, deed->names[i], strlen(deed->names[i]));
    }
}

static void report_payload(struct json_object *line,
                           const struct deed_payload *payload)
{
    report_add_hex(line, "build_id", payload->own.bytes, payload->own.nr_bytes);
    report_add_hex(line, "depends", payload->below.bytes,
                   payload->below.nr_bytes);
    report_add_number(line, "size", (int64_t)payload->nr_bytes);
}

/* `record` is NULL when the hypervisor has none. */
static void fill_line(struct json_object *line, const struct session *session,
                      const struct deed *deed,
                      const struct livepatch_ext_record *record)
{
    char user[64];
    char boot[BOOT_ID_BYTES];

    machine_user(user, sizeof(user));
    machine_boot_id(boot);
    report_add_time(line, "time", machine_now_ms());
    report_add_text(line, "user", user);
    report_add_text(line, "boot", boot);
    report_add_text(line, "command", deed->verb);
    report_names(line, deed);
    report_add_number(line, "exit_status", deed->outcome);
    report_add_number(line, "error", -(int64_t)session->error);
    if (deed->payload) {
        report_payload(line, deed->payload);
    }
    if (record) {
        report_add_number(line, "sequence", (int64_t)record->sequence);
        stop_watch_report(report_add_object(line, "stop"), record);
    }
}

static int append(const char *path, struct json_object *line)
{
    const char *text = report_line(line);

    return text ? durable_append_line(path, text, strlen(text)) : -ENOMEM;
}

static void log_deed(struct session *session, const struct deed *deed,
                     const struct livepatch_ext_record *record)
{
    const char *path = session->options.log_path;
    struct json_object *line = report_new();
    int rc;

    if (line) {
        fill_line(line, session, deed, record);
    }
    rc = append(path, line);
    report_free(line);
    if (rc) {
        session->is_unlogged = true;
        fprintf(session->err,
                "xen-livepatch: %s: could not log this %s: %s. What was done "
                "stays done. Make room, or name another file with --log.\n",
                path, deed->verb, strerror(-rc));
    }
}

struct deed_watch deed_start(struct session *session)
{
    session->error = 0;
    interrupt_hold();
    return (struct deed_watch){.excerpt = log_excerpt_start(session),
                               .stop = stop_watch_start(session)};
}

void deed_end(struct session *session, const struct deed_watch *watch,
              const struct deed *deed)
{
    struct livepatch_ext_record record;
    bool is_recorded;

    if (!watch->stop.is_started && session->options.is_verbose &&
        deed->cmd != LIVEPATCH_EXT_DID_UPLOAD) {
        fputs("xen-livepatch: this hypervisor does not tell how long the pCPUs "
              "are stopped.\n",
              session->err);
    }
    is_recorded = stop_watch_find(session, &watch->stop, deed->cmd,
                                  deed->names[0], &record);
    if (is_recorded) {
        stop_watch_tell(session, &record);
    }
    log_excerpt_print(session, &watch->excerpt, deed->outcome);
    if (session->options.log_path) {
        log_deed(session, deed, is_recorded ? &record : NULL);
        deed_tell_journal(session, deed, is_recorded ? &record : NULL);
    }
}
