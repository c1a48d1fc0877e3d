/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Connects to the hypervisor once per run and says what to look at when that is
 * not possible, or when the hypervisor is newer than this command.
 */
#include "session/session.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "hypervisor/sysctl_layout.h"
#include "lib/report.h"
#include "session/complaints.h"
#include "session/interrupt.h"
#include "session/refusal_cause.h"

void session_say(struct session *session, const char *format, ...)
{
    va_list list;

    if (session->options.is_quiet || session->options.wants_json) {
        return;
    }
    va_start(list, format);
    vfprintf(session->out, format, list);
    va_end(list);
    fflush(session->out);
}

void session_progress(struct session *session, const char *format, ...)
{
    va_list list;

    if (session->options.is_quiet || !isatty(fileno(session->err))) {
        return;
    }
    va_start(list, format);
    vfprintf(session->err, format, list);
    va_end(list);
    fflush(session->err);
}

static enum outcome open_interface(struct session *session)
{
    int rc = client_open(&session->client);

    if (!rc) {
        return OUTCOME_DONE;
    }
    fprintf(session->err,
            "Could not open the hypervisor interface /dev/xen/privcmd.\n"
            "Error %d: %s\n",
            -rc, strerror(-rc));
    fputs(rc == -ETIMEDOUT
              ? "xen-livepatch: opening it does not come to an end. This Linux "
                "does not know itself as dom0, and its module xen-privcmd "
                "waits for xenstore.\n"
                "Load it so that it does not: 'modprobe -r xen-privcmd && "
                "modprobe xen-privcmd unrestricted=1', or boot Linux with "
                "xen_privcmd.unrestricted=1 on its command line.\n"
              : "xen-livepatch: this must run as root in dom0, with the kernel "
                "module xen-privcmd loaded.\n",
          session->err);
    return rc == -EACCES || rc == -EPERM ? OUTCOME_NOT_ALLOWED
                                         : OUTCOME_NO_INTERFACE;
}

static enum outcome find_version(struct session *session)
{
    int rc = client_find_version(&session->client);

    if (!rc) {
        return OUTCOME_DONE;
    }
    fprintf(session->err,
            "Could not find out the hypervisor's sysctl interface version.\n"
            "Error %d: %s\n",
            -rc, strerror(-rc));
    if (rc != -EACCES) {
        return OUTCOME_FAILED;
    }
    fprintf(session->err,
            "xen-livepatch: it is none of 0x%02x (Xen 4.7) to 0x%02x (Xen "
            "4.22), nor near to them.\n",
            SYSCTL_VERSION_OLDEST, SYSCTL_VERSION_NEWEST);
    return OUTCOME_UNKNOWN_VERSION;
}

static void say_how_new_it_is(struct session *session)
{
    const struct wire *wire = &session->client.wire;

    if (wire_is_newer_than_known(wire)) {
        fprintf(session->err,
                "xen-livepatch: the hypervisor speaks sysctl interface version "
                "0x%02x, newer than 0x%02x, the newest that is known here; "
                "trying that one's layout.\n",
                wire->version, SYSCTL_VERSION_NEWEST);
    }
}

enum outcome session_connect(struct session *session)
{
    enum outcome outcome;

    if (session->is_connected) {
        return OUTCOME_DONE;
    }
    outcome = open_interface(session);
    if (outcome != OUTCOME_DONE) {
        return outcome;
    }
    outcome = find_version(session);
    if (outcome != OUTCOME_DONE) {
        client_close(&session->client);
        return outcome;
    }
    say_how_new_it_is(session);
    session->is_connected = true;
    return OUTCOME_DONE;
}

void session_end(struct session *session)
{
    if (session->is_connected) {
        client_close(&session->client);
        session->is_connected = false;
    }
    interrupt_release();
}

/*
 * What is permanent is none of those that are tried again. Only what the very
 * first question was refused with already says something of the hypervisor as a
 * whole: a payload's hook may give any errno.
 */
static enum outcome outcome_of(const struct session *session,
                               enum request request, int rc)
{
    if (request == REQUEST_COVERED || request == REQUEST_USED) {
        return OUTCOME_BLOCKED;
    }
    if (request == REQUEST_VETOED) {
        return OUTCOME_VETOED;
    }
    if (rc == -EAGAIN || rc == -EBUSY) {
        return OUTCOME_RETRY;
    }
    if (rc != session->client.wire.refusal) {
        return OUTCOME_FAILED;
    }
    return rc == -EPERM ? OUTCOME_NOT_ALLOWED : OUTCOME_NO_LIVEPATCH;
}

enum outcome session_refused(struct session *session,
                             const struct attempt *attempt, int rc)
{
    struct attempt judged = *attempt;
    char hooked[PAYLOAD_NAME_LENGTH_MAX + 1] = "";

    judged.request = refusal_cause_find(session, attempt, rc, hooked);
    session->error = rc;
    session->code = refusal_code(&judged, rc);
    refusal_print(session->err, &judged, rc, session->options.timeout_ns,
                  hooked);
    report_add_number(session->report, "error", -(int64_t)rc);
    report_add_text(session->failure, "error_name",
                    strerrorname_np(-rc) ? strerrorname_np(-rc) : "");
    return outcome_of(session, judged.request, rc);
}

enum outcome session_outcome(struct session *session, enum outcome outcome)
{
    if (outcome != OUTCOME_DONE || !interrupt_name()) {
        return outcome;
    }
    fprintf(session->err,
            "xen-livepatch: interrupted by %s: this step was seen through%s, "
            "no other one is begun. 'xen-livepatch status' shows how it "
            "stands.\n",
            interrupt_name(), session->options.log_path ? " and logged" : "");
    return OUTCOME_INTERRUPTED;
}

void session_forget_failure(struct session *session)
{
    session->code = NULL;
    report_remove(session->report, "error");
    report_remove(session->failure, "error_name");
    report_remove(session->failure, "log");
    if (session->complaints) {
        complaints_forget(session->complaints);
    }
}
