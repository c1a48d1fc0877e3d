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

#include "lib/report.h"
#include "session/delay.h"
#include "session/places.h"
#include "sync/crash_guard.h"
#include "sync/sync_lock.h"
#include "sync/sync_run.h"

#define NS_PER_S 1000000000U
/* An orderly shutdown waits so long for a sync that is under way. */
#define SHUTDOWN_WAIT_MS 500U
#define SHUTDOWN_WAITS 10U

#define TRIAL_NS (600ULL * NS_PER_S)

struct sync_request {
    uint64_t trial_s;
    bool wants_prune;
    bool wants_trust;
};

/* The guard during a sync. `rc` is why it cannot be written, 0: it can. */
struct watch {
    struct crash_guard guard;
    uint64_t trial_s;
    bool is_unlocked; /* that is why */
    int rc;
};

static enum outcome complain_of_state(struct session *session,
                                      const struct watch *watch,
                                      const char *consequence)
{
    fprintf(session->err, "xen-livepatch: sync: %s: %s: %s. %s\n",
            watch->is_unlocked ? place_of_lock : session->options.state_dir,
            watch->is_unlocked ? "it cannot be locked"
                               : "its state cannot be kept",
            strerror(-watch->rc), consequence);
    return OUTCOME_NO_STATE;
}

static void write_guard(struct session *session, struct watch *watch)
{
    if (!session->options.is_dry_run && !watch->rc) {
        watch->rc =
            crash_guard_write(session->options.state_dir, &watch->guard);
    }
}

static void read_guard(struct session *session, struct watch *watch)
{
    int rc = crash_guard_read(session->options.state_dir, &watch->guard);

    if (rc && rc != -EBADMSG && !watch->rc) {
        watch->rc = rc;
    }
    if (crash_guard_judge(&watch->guard)) {
        write_guard(session, watch);
    }
}

static enum outcome complain_of_hold(struct session *session,
                                     const struct crash_guard *guard)
{
    const struct guard_trial *held = &guard->held;
    char time[REPORT_TIME_BYTES];

    report_format_time(held->loaded_ms, time);
    if (!held->loaded_ms) {
        fprintf(session->err,
                "xen-livepatch: sync: %s holds no state that can be read, "
                "perhaps after a crash: payloads are held back.\n",
                session->options.state_dir);
    } else {
        fprintf(session->err,
                "xen-livepatch: sync: the machine went down before it had run "
                "for %" PRIu64 " s with %s, loaded at %s: %s held back.\n",
                held->trial_s, held->names, time,
                held->payloads.is_all ? "payloads are"
                                      : "those that are new among them are");
    }
    fputs("Find out why it went down, remove what is to blame, then: "
          "xen-livepatch sync --trust\n",
          session->err);
    return OUTCOME_HELD_BACK;
}

static enum outcome arm_guard(struct session *session, void *closure,
                              const struct sync_loads *loads)
{
    struct watch *watch = closure;

    crash_guard_arm(&watch->guard, watch->trial_s, loads->names,
                    &loads->payloads);
    write_guard(session, watch);
    return watch->rc
               ? complain_of_state(
                     session, watch,
                     watch->is_unlocked
                         ? "Nothing is loaded: another sync may be under way."
                         : "Nothing is loaded: a crash could not be noticed. "
                           "See --state-dir.")
               : OUTCOME_DONE;
}

/* What is held back need not be in the folders any more: the sync finds out. */
static enum outcome sync_with_guard(struct session *session,
                                    const struct sync_request *request,
                                    struct watch *watch)
{
    struct sync sync = {
        .folders = sync_folders_of(&session->options),
        .wants_prune = request->wants_prune,
        .trial_s = request->trial_s,
        .guard = &watch->guard,
        .before_loading = arm_guard,
        .closure = watch,
    };
    enum outcome outcome;

    if (request->wants_trust) {
        crash_guard_trust(&watch->guard);
        write_guard(session, watch);
    }
    sync.holds_back = watch->guard.is_held && watch->guard.held.payloads.is_all;
    outcome = sync.holds_back ? OUTCOME_HELD_BACK : sync_run(session, &sync);
    if (sync.holds_back) {
        complain_of_hold(session, &watch->guard);
    }
    report_add_flag(session->report, "is_held", sync.holds_back);
    watch->guard.synced_ms = machine_now_ms();
    watch->guard.synced_status = (int)outcome;
    write_guard(session, watch);
    if (watch->rc && outcome == OUTCOME_DONE) {
        return complain_of_state(session, watch, "Nothing had to be loaded.");
    }
    return outcome;
}

static enum outcome complain_of_another(struct session *session, long holder)
{
    fputs("xen-livepatch: sync: another one is under way", session->err);
    if (holder) {
        fprintf(session->err, " (process %ld)", holder);
    }
    fputs(": wait for its end, then sync again.\n", session->err);
    return OUTCOME_RETRY;
}

/* The machine goes down on purpose: that is no crash. */
static enum outcome note_shutdown(struct session *session,
                                  const struct sync_request *request,
                                  struct watch *watch)
{
    (void)request;
    if (watch->guard.is_on_trial) {
        crash_guard_end_trial(&watch->guard);
        write_guard(session, watch);
    }
    return watch->rc ? complain_of_state(session, watch, "") : OUTCOME_DONE;
}

/* The machine runs: has the trial been passed? */
static enum outcome mark_stable(struct session *session,
                                const struct sync_request *request,
                                struct watch *watch)
{
    (void)request;
    if (watch->rc) {
        return complain_of_state(session, watch, "");
    }
    if (watch->guard.is_on_trial) {
        session_say(session, "%s: on trial for another %" PRIu64 " s\n",
                    watch->guard.trial.names,
                    crash_guard_left_s(&watch->guard));
    }
    if (watch->guard.is_held) {
        return complain_of_hold(session, &watch->guard);
    }
    return watch->guard.is_on_trial ? OUTCOME_RETRY : OUTCOME_DONE;
}

/* The file descriptor of the lock, or -errno. Whoever goes down cannot come
 * back later: it waits a little. */
static int take_lock(struct session *session, long *holder)
{
    unsigned int nr_waits =
        option_is_given(&session->options, OPTION_ORDERLY_SHUTDOWN)
            ? SHUTDOWN_WAITS
            : 0;
    int lock = sync_lock_take(place_of_lock, holder);

    while (lock == -EWOULDBLOCK && nr_waits--) {
        delay_ms(SHUTDOWN_WAIT_MS);
        lock = sync_lock_take(place_of_lock, holder);
    }
    return lock;
}

typedef enum outcome guarded_work(struct session *session,
                                  const struct sync_request *request,
                                  struct watch *watch);

/* From the guard's reading to its writing nobody else does either. */
static enum outcome work_under_lock(struct session *session,
                                    const struct sync_request *request,
                                    guarded_work *work)
{
    struct watch watch = {.trial_s = request->trial_s};
    enum outcome outcome;
    long holder = 0;
    int lock = -1;

    if (!session->options.is_dry_run) {
        lock = take_lock(session, &holder);
        watch.rc = lock < 0 ? lock : 0;
        watch.is_unlocked = lock < 0;
    }
    if (watch.rc == -EWOULDBLOCK) {
        return complain_of_another(session, holder);
    }
    if (lock >= 0) {
        crash_guard_clean(session->options.state_dir);
    }
    read_guard(session, &watch);
    outcome = work(session, request, &watch);
    if (lock >= 0) {
        close(lock);
    }
    return outcome;
}

enum outcome cmd_sync(struct session *session, int nr_args, char **args)
{
    const struct options *options = &session->options;
    const struct sync_request request = {
        .trial_s =
            option_duration_ns(options, OPTION_TRIAL, TRIAL_NS) / NS_PER_S,
        .wants_prune = option_is_given(options, OPTION_PRUNE),
        .wants_trust = option_is_given(options, OPTION_TRUST),
    };

    (void)nr_args; /* none, by the table of commands */
    (void)args;
    if (!request.trial_s && option_is_given(options, OPTION_TRIAL)) {
        fputs("sync: --trial: less than 1 s, expected 1s or more.\n",
              session->err);
        return OUTCOME_BAD_USAGE;
    }
    if (option_is_given(options, OPTION_ORDERLY_SHUTDOWN)) {
        return work_under_lock(session, &request, note_shutdown);
    }
    return work_under_lock(session, &request,
                           option_is_given(options, OPTION_MARK_STABLE)
                               ? mark_stable
                               : sync_with_guard);
}
