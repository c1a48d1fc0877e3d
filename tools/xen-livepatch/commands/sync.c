/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verb sync: asks the crash guard whether payloads may be loaded, syncs,
 * and lets the guard know. Or, with --mark-stable or --orderly-shutdown, tells
 * the guard only how the machine does.
 */
#include "commands/commands.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "commands/verb_options.h"
#include "lib/report.h"
#include "session/duration.h"
#include "session/places.h"
#include "sync/crash_guard.h"
#include "sync/sync_run.h"

#define TRIAL "10min"
#define NS_PER_S 1000000000U

struct sync_request {
    const char *folder;
    const char *trial;
    uint64_t trial_s;
    bool wants_prune;
    bool wants_trust;
    bool wants_mark;
    bool wants_shutdown;
};

/* The guard during a sync. `rc` is why it cannot be written, 0: it can. */
struct watch {
    struct crash_guard guard;
    uint64_t trial_s;
    int rc;
};

static int parse_request(struct session *session, int nr_args, char **args,
                         struct sync_request *request)
{
    const struct verb_option options[] = {
        {.name = "--dir", .value = &request->folder},
        {.name = "--prune", .flag = &request->wants_prune},
        {.name = "--trust", .flag = &request->wants_trust},
        {.name = "--trial", .value = &request->trial},
        {.name = "--mark-stable", .flag = &request->wants_mark},
        {.name = "--orderly-shutdown", .flag = &request->wants_shutdown},
        {.name = NULL},
    };
    uint64_t ns;

    if (verb_options_take("sync", &nr_args, args, options, session->err)) {
        return -EINVAL;
    }
    if (nr_args) {
        fprintf(session->err, "sync: '%s', expected options only.\n", args[0]);
        return -EINVAL;
    }
    if (duration_parse(request->trial, &ns)) {
        fprintf(session->err,
                "sync: --trial: '%s', expected a whole number and its unit: s, "
                "min or h, such as 10min.\n",
                request->trial);
        return -EINVAL;
    }
    request->trial_s = ns / NS_PER_S;
    return 0;
}

static enum outcome complain_of_state(struct session *session, int rc,
                                      const char *consequence)
{
    fprintf(session->err,
            "xen-livepatch: sync: %s: its state cannot be kept: %s. %s\n",
            session->options.state_dir, strerror(-rc), consequence);
    return OUTCOME_NO_STATE;
}

static void write_guard(struct session *session, struct watch *watch)
{
    if (!session->options.is_dry_run && !watch->rc) {
        watch->rc =
            crash_guard_write(session->options.state_dir, &watch->guard);
    }
}

/* A file that is no guard may be what a crash left. */
static void read_guard(struct session *session, struct watch *watch)
{
    int rc = crash_guard_read(session->options.state_dir, &watch->guard);

    if (rc == -EBADMSG) {
        watch->guard.is_held = true;
    } else if (rc && !watch->rc) {
        watch->rc = rc;
    }
    if (crash_guard_judge(&watch->guard)) {
        write_guard(session, watch);
    }
}

static enum outcome complain_of_hold(struct session *session,
                                     const struct crash_guard *guard)
{
    char time[REPORT_TIME_BYTES];

    report_format_time(guard->loaded_ms, time);
    if (!guard->loaded_ms) {
        fprintf(session->err,
                "xen-livepatch: sync: %s holds no state that can be read, "
                "perhaps after a crash: payloads are held back.\n",
                session->options.state_dir);
    } else {
        fprintf(session->err,
                "xen-livepatch: sync: the machine went down before it had run "
                "for %" PRIu64 " s with %s, loaded at %s: payloads are held "
                "back.\n",
                guard->trial_s, guard->names, time);
    }
    fputs("Find out why it went down, remove what is to blame, then: "
          "xen-livepatch sync --trust\n",
          session->err);
    return OUTCOME_HELD_BACK;
}

static enum outcome arm_guard(struct session *session, void *closure,
                              const char *names)
{
    struct watch *watch = closure;

    crash_guard_arm(&watch->guard, watch->trial_s, names);
    write_guard(session, watch);
    return watch->rc
               ? complain_of_state(session, watch->rc,
                                   "Nothing is loaded: a crash could not be "
                                   "noticed. See --state-dir.")
               : OUTCOME_DONE;
}

static enum outcome sync_with_guard(struct session *session,
                                    const struct sync_request *request,
                                    struct watch *watch)
{
    const struct sync sync = {request->folder, request->wants_prune, arm_guard,
                              watch};
    enum outcome outcome;

    if (request->wants_trust) {
        crash_guard_release(&watch->guard);
        write_guard(session, watch);
    }
    report_add_flag(session->report, "is_held", watch->guard.is_held);
    outcome = watch->guard.is_held ? complain_of_hold(session, &watch->guard)
                                   : sync_run(session, &sync);
    watch->guard.synced_ms = machine_now_ms();
    watch->guard.synced_status = (int)outcome;
    write_guard(session, watch);
    if (watch->rc && outcome == OUTCOME_DONE) {
        return complain_of_state(session, watch->rc,
                                 "Nothing had to be loaded.");
    }
    return outcome;
}

static enum outcome sync_under_lock(struct session *session,
                                    const struct sync_request *request)
{
    const char *dir = session->options.state_dir;
    struct watch watch = {.trial_s = request->trial_s};
    enum outcome outcome;
    int lock = -1;

    if (!session->options.is_dry_run) {
        lock = crash_guard_lock(dir);
        watch.rc = lock < 0 ? lock : 0;
    }
    if (watch.rc == -EWOULDBLOCK) {
        fputs("xen-livepatch: sync: another one is under way.\n", session->err);
        return OUTCOME_RETRY;
    }
    read_guard(session, &watch);
    outcome = sync_with_guard(session, request, &watch);
    if (lock >= 0) {
        close(lock);
    }
    return outcome;
}

/* The machine goes down on purpose: that is no crash. */
static enum outcome note_shutdown(struct session *session)
{
    struct watch watch = {.rc = 0};

    read_guard(session, &watch);
    if (watch.guard.is_on_trial) {
        crash_guard_release(&watch.guard);
        write_guard(session, &watch);
    }
    return watch.rc ? complain_of_state(session, watch.rc, "") : OUTCOME_DONE;
}

/* The machine runs: has the trial been passed? */
static enum outcome mark_stable(struct session *session)
{
    struct watch watch = {.rc = 0};

    read_guard(session, &watch);
    if (watch.rc) {
        return complain_of_state(session, watch.rc, "");
    }
    if (watch.guard.is_held) {
        return complain_of_hold(session, &watch.guard);
    }
    if (watch.guard.is_on_trial) {
        session_say(session, "%s: on trial for another %" PRIu64 " s\n",
                    watch.guard.names, crash_guard_left_s(&watch.guard));
        return OUTCOME_RETRY;
    }
    return OUTCOME_DONE;
}

enum outcome cmd_sync(struct session *session, int nr_args, char **args)
{
    struct sync_request request = {.folder = place_of_payloads, .trial = TRIAL};

    if (parse_request(session, nr_args, args, &request)) {
        return OUTCOME_BAD_USAGE;
    }
    if (request.wants_shutdown) {
        return note_shutdown(session);
    }
    return request.wants_mark ? mark_stable(session)
                              : sync_under_lock(session, &request);
}
