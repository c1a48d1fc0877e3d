/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One action from start to end, the same procedure for all four by a table. The
 * hypervisor accepts an action and carries it out later; its status says
 * -EAGAIN until it is over. So: look at the state first (nothing to do? wrong
 * state? busy?), send the action, poll the status with growing pauses, judge it
 * against the state that the action leads to. The words are the stock
 * command's; what is more than them goes to standard error after them.
 */
#include "action/action.h"

#include <errno.h>

#include "action/stop_gap.h"
#include "action/dry_run.h"
#include "history/deed.h"
#include "lib/report.h"
#include "screen/payload_facts.h"
#include "screen/payload_state.h"
#include "session/name_hint.h"
#include "session/pace.h"
#include "session/retry.h"

/* An action that was accepted is waited for so long. */
#define POLL_TOTAL_MS 10000U

static const struct action_kind actions[] = {
    [PAYLOAD_APPLY] = {"apply", "Applying", REQUEST_APPLY, PAYLOAD_CHECKED,
                       PAYLOAD_APPLIED},
    [PAYLOAD_REVERT] = {"revert", "Reverting", REQUEST_REVERT, PAYLOAD_APPLIED,
                        PAYLOAD_CHECKED},
    [PAYLOAD_UNLOAD] = {"unload", "Unloading", REQUEST_UNLOAD, PAYLOAD_CHECKED,
                        PAYLOAD_GONE},
    [PAYLOAD_REPLACE] = {"replace", "Replacing all live patches with",
                         REQUEST_REPLACE, PAYLOAD_CHECKED, PAYLOAD_APPLIED},
};

const struct action_kind *action_kind_of(enum payload_action which)
{
    return &actions[which];
}

static enum outcome complain_of_state(struct session *session, const char *name,
                                      uint32_t current,
                                      enum payload_state expected)
{
    session->code = "wrong-state";
    fprintf(session->err,
            "%s is in the wrong state.\n"
            "Current state: %s\n"
            "Expected state: %s\n",
            name, payload_state_word(current),
            expected == PAYLOAD_GONE ? "unloaded"
                                     : payload_state_word(expected));
    return OUTCOME_FAILED;
}

/* EINVAL of an APPLY or REPLACE has many reasons; this one does not go away. */
static void explain_if_spent(struct session *session, const char *name)
{
    struct extension_payloads payloads;
    size_t hint = 0;
    const struct livepatch_ext_payload *payload;

    (void)extension_read_payloads(&session->client, &payloads);
    payload = extension_payload_named(&payloads, name, &hint);
    if (payload && payload->state == LIVEPATCH_EXT_STATE_SPENT) {
        payload_spent_print(session->err, name);
    }
    extension_payloads_free(&payloads);
}

static enum outcome complain_of_refusal(struct session *session,
                                        enum request request, const char *verb,
                                        const char *name, int rc)
{
    struct attempt attempt = {request, verb, name};
    enum outcome outcome = session_refused(session, &attempt, rc);

    if (rc == -EINVAL &&
        (request == REQUEST_APPLY || request == REQUEST_REPLACE)) {
        explain_if_spent(session, name);
    }
    return outcome;
}

/* The first question was refused: perhaps it is not loaded. */
static enum outcome complain_of_unknown(struct session *session,
                                        const char *verb, const char *name,
                                        int rc)
{
    enum outcome outcome =
        complain_of_refusal(session, REQUEST_STATUS, verb, name, rc);

    if (rc == -ENOENT) {
        name_hint_print(session, name);
    }
    return outcome;
}

static void complain_of_time(struct session *session, const char *verb,
                             const char *name)
{
    fprintf(session->err,
            "Operation didn't complete.\n"
            "xen-livepatch: %s of %s: still under way after %u s; "
            "'xen-livepatch list' shows its state.\n",
            verb, name, POLL_TOTAL_MS / 1000);
}

static bool is_gone(struct session *session, const char *name)
{
    struct payload_status status;

    return client_get(&session->client, name, &status) == -ENOENT;
}

/*
 * A refusal of what comes after the first question. -ENOENT is then news, if it
 * is not an errno that a hook of the payload chose.
 */
static enum outcome complain_of_loss(struct session *session,
                                     const struct action_kind *action,
                                     const char *name, enum request request,
                                     int rc)
{
    enum outcome outcome =
        complain_of_refusal(session, request, action->verb, name, rc);

    return rc == -ENOENT && is_gone(session, name) ? OUTCOME_VANISHED : outcome;
}

/* Get the status when it is no longer -EAGAIN, or the last one when time is
 * up. */
static int poll_status(struct session *session, const char *name,
                       struct payload_status *status)
{
    struct pace pace = {.limit_ms = POLL_TOTAL_MS};
    int rc;

    do {
        rc = client_get(&session->client, name, status);
    } while (!rc && status->rc == -EAGAIN && pace_pause(&pace));
    return rc;
}

/* `rc` is what asking for the status gave. */
static bool has_reached_target(const struct action_kind *action, int rc,
                               const struct payload_status *status)
{
    if (action->target == PAYLOAD_GONE) {
        return rc == -ENOENT;
    }
    return !rc && !status->rc && status->state == (uint32_t)action->target;
}

static enum outcome await_end(struct session *session,
                              const struct action_kind *action,
                              const char *name)
{
    struct payload_status status;
    int rc = poll_status(session, name, &status);

    if (has_reached_target(action, rc, &status)) {
        session_say(session, "completed\n");
        return OUTCOME_DONE;
    }
    session_say(session, "failed\n");
    if (rc) {
        return complain_of_loss(session, action, name, REQUEST_STATUS, rc);
    }
    if (status.rc == -EAGAIN) {
        complain_of_time(session, action->verb, name);
        return OUTCOME_RETRY;
    }
    if (status.rc) {
        return complain_of_refusal(session, REQUEST_RESULT, action->verb, name,
                                   status.rc);
    }
    return complain_of_state(session, name, status.state, action->target);
}

static enum outcome send_action(struct session *session,
                                enum payload_action which, const char *name,
                                uint32_t flags)
{
    const struct action_kind *action = &actions[which];
    const struct wire_action request = {
        .action = which,
        .timeout_ns = session->options.timeout_ns,
        .flags = flags,
    };
    int rc;

    session_say(session, "%s %s... ", action->announcement, name);
    rc = client_action(&session->client, name, &request);
    if (!rc) {
        return await_end(session, action, name);
    }
    session_say(session, "failed\n");
    return complain_of_loss(session, action, name, action->request, rc);
}

static enum outcome judge_dry(struct session *session,
                              const struct action_kind *action,
                              const char *name, const struct dry_run *run,
                              int rc)
{
    if (dry_run_is_unknown(run, rc)) {
        dry_run_tell_unknown(session, action->request);
        return OUTCOME_DONE;
    }
    if (!rc) {
        dry_run_tell_accepted(session, run);
        return OUTCOME_DONE;
    }
    session_say(session, "would fail (dry run)\n");
    return complain_of_refusal(session, action->request, action->verb, name,
                               rc);
}

static enum outcome try_dry(struct session *session, enum payload_action which,
                            const char *name, uint32_t flags)
{
    const struct action_kind *action = &actions[which];
    struct dry_run run = {.asked = {.action = which, .flags = flags}};
    enum outcome outcome;
    int rc;

    session_say(session, "%s %s... ", action->announcement, name);
    rc = dry_run_action(session, &name, 1, &run);
    outcome = judge_dry(session, action, name, &run, rc);
    dry_run_tell_log(session, &run, outcome);
    return outcome;
}

/* An unload is over when the hypervisor answers, and stops nobody. */
static bool stops_pcpus(enum payload_action which)
{
    return which != PAYLOAD_UNLOAD;
}

static enum outcome send_and_record(struct session *session,
                                    enum payload_action which, const char *name,
                                    uint32_t flags)
{
    const char *verb = actions[which].verb;
    struct deed_watch watch;
    enum outcome outcome;

    if (session->options.is_dry_run) {
        return try_dry(session, which, name, flags);
    }
    if (stops_pcpus(which)) {
        stop_gap_keep(session);
    }
    watch = deed_start(session);
    outcome = send_action(session, which, name, flags);
    deed_end(session, &watch,
             &(struct deed){verb, which, &name, 1, outcome, NULL});
    return session_outcome(session, outcome);
}

/* What is known to be refused is not sent, and so is no deed. */
static enum outcome send_if_known(struct session *session,
                                  enum payload_action which, const char *name,
                                  uint32_t flags)
{
    if (flags && !wire_has_action_flags(&session->client.wire)) {
        return complain_of_refusal(session, REQUEST_UNSENT, actions[which].verb,
                                   name, -EOPNOTSUPP);
    }
    return send_and_record(session, which, name, flags);
}

/* One try. `is_again`: an earlier one ended as busy. */
static enum outcome try_action(struct session *session,
                               enum payload_action which, const char *name,
                               uint32_t flags, bool is_again)
{
    const struct action_kind *action = &actions[which];
    struct payload_status status;
    int rc = client_get(&session->client, name, &status);

    if (rc) {
        fprintf(session->err, "Failed to get status of %s.\n", name);
        return complain_of_unknown(session, action->verb, name, rc);
    }
    /*
     * Some hypervisors leave -EAGAIN behind when they refuse an action as busy,
     * with nothing under way. A new request then tells what is the case: it is
     * refused without effect while an action on this payload is under way.
     */
    if (status.rc == -EAGAIN &&
        !(is_again && status.state == (uint32_t)action->required)) {
        fprintf(session->err,
                "Cannot execute %s.\n"
                "Operation already in progress.\n",
                action->verb);
        return OUTCOME_RETRY;
    }
    if (status.state == (uint32_t)action->required) {
        return send_if_known(session, which, name, flags);
    }
    if (action->target != PAYLOAD_GONE &&
        status.state == (uint32_t)action->target) {
        session_say(session, "No action needed.\n");
        return OUTCOME_DONE;
    }
    return complain_of_state(session, name, status.state, action->required);
}

enum outcome action_run(struct session *session, enum payload_action which,
                        const char *name, uint32_t flags)
{
    struct retry retry = {0};
    enum outcome outcome = session_connect(session);

    if (outcome != OUTCOME_DONE) {
        return outcome;
    }
    report_add_text(session->report, "name", name);
    do {
        outcome = try_action(session, which, name, flags, retry.nr_done != 0);
    } while (retry_after(session, &retry, outcome));
    return outcome;
}
