// SPDX-License-Identifier: GPL-2.0
/*
 * Preflight, prepare, stop, patch, let go, account.
 */
#include "action.h"

#include <xen/errno.h>
#include <xen/init.h>
#include <xen/xmalloc.h>

#include "history.h"
#include "hooks.h"
#include "load.h"
#include "log.h"
#include "preflight.h"
#include "state.h"
#include "text_view.h"
#include "transaction.h"

/* How long the pCPUs may take to gather unless the caller or the boot option
 * livepatch_timeout= (ms) says otherwise. */
static s_time_t default_timeout_ns = MILLISECS(30);

static int parse_timeout(const char *value)
{
    const char *end;
    const unsigned long ms = simple_strtoull(value, &end, 10);

    if (end == value || *end != '\0' || ms == 0 || ms > 60000) {
        return -EINVAL;
    }
    default_timeout_ns = MILLISECS(ms);
    return 0;
}
custom_param("livepatch_timeout", parse_timeout);

static void log_done(const struct lp_payload *payload, const char *done,
                     const struct lp_rendezvous_report *report)
{
    lp_info(payload->name,
            "%s: %u functions; %u pCPUs stopped for %ld ns (%ld gathering, "
            "%ld patching)",
            done, payload->nfuncs, report->nr_cpus,
            (long)(report->gather_ns + report->work_ns),
            (long)report->gather_ns, (long)report->work_ns);
}

static void log_late(const struct lp_payload *payload, const char *done,
                     const struct lp_rendezvous_report *report)
{
    char late[128] = "";
    size_t used = 0;
    unsigned int cpu;

    for_each_cpu (cpu, &report->late) {
        used += scnprintf(late + used, sizeof(late) - used, " %u", cpu);
    }
    lp_err(payload->name,
           "not %s: after %ld ns %u of %u pCPUs had not arrived:%s", done,
           (long)report->gather_ns, cpumask_weight(&report->late),
           report->nr_cpus, late);
}

/* How it ended. Without a rendezvous the reason stands in the log already. */
static void log_result(const struct lp_payload *payload, const char *done,
                       const struct lp_rendezvous_report *report)
{
    if (cpumask_weight(&report->late)) {
        log_late(payload, done, report);
    } else if (payload->rc == 0) {
        log_done(payload, done, report);
    } else if (report->nr_cpus) {
        lp_err(payload->name, "not %s: a payload's own hook says %d", done,
               payload->rc);
    }
}

/* For the history: what a stop was about and how it went. */
static void note_steps(struct livepatch_ext_record *record,
                       const struct lp_transaction *transaction)
{
    const struct lp_rendezvous_report *report = &transaction->report;

    record->nr_payloads = transaction->nr;
    record->nr_functions = 0;
    for (unsigned int i = 0; i < transaction->nr; i++) {
        record->nr_functions += transaction->step[i].payload->nfuncs;
    }
    record->nr_late = cpumask_weight(&report->late);
    record->nr_cpus = record->nr_late ? 0 : report->nr_cpus;
    record->gather_time = report->gather_ns;
    record->stop_time = report->work_ns;
    record->late_mask = report->late.bits[0];
}

/* Moves one payload to where its step has left it. */
static void account_step(struct registry_locked locked,
                         const struct lp_step *step)
{
    struct lp_payload *payload = step->payload;

    if (step->is_in_force != step->is_apply) {
        lp_state_move(payload, LP_EVENT_FAILED);
    } else if (step->is_apply) {
        lp_state_move(payload, LP_EVENT_DONE);
        lp_registry_push(locked, payload);
    } else {
        lp_state_move(payload,
                      payload->reappliable ? LP_EVENT_DONE : LP_EVENT_SPENT);
        lp_registry_pop(locked, payload);
    }
}

/* The last step's payload is the one that the request is about: its rc. */
static void run_steps(struct registry_locked locked, struct lp_step *step,
                      unsigned int nr, const char *done,
                      const struct lp_action *action)
{
    struct lp_transaction transaction = {.step = step, .nr = nr};
    int rc;

    for (unsigned int i = 0; i < nr; i++) {
        lp_state_move(step[i].payload,
                      step[i].is_apply ? LP_EVENT_APPLY : LP_EVENT_REVERT);
    }
    rc = lp_transaction_run(&transaction, action->timeout_ns
                                              ? action->timeout_ns
                                              : default_timeout_ns);
    for (unsigned int i = 0; i < nr; i++) {
        account_step(locked, &step[i]);
        step[i].payload->rc = rc;
    }
    note_steps(lp_history_current(locked), &transaction);
    lp_history_current(locked)->rc = rc;
    log_result(step[nr - 1].payload, done, &transaction.report);
}

/* One payload, with its pre and post hooks around. */
static int run_one(struct registry_locked locked, struct lp_payload *payload,
                   bool is_apply, const struct lp_action *action)
{
    struct lp_step step = {.payload = payload, .is_apply = is_apply};
    const char *done = is_apply ? "applied" : "reverted";
    const int veto =
        lp_hooks_ask(payload, is_apply ? LP_HOOK_PREAPPLY : LP_HOOK_PREREVERT);

    if (veto) {
        payload->rc = veto;
        lp_err(payload->name, "not %s: its own hook says %d", done, veto);
        return veto;
    }
    if (is_apply) {
        lp_text_view_save_old(locked, LP_ON_TOP, payload);
    }
    run_steps(locked, &step, 1, done, action);
    lp_hooks_tell(payload, is_apply ? LP_HOOK_POSTAPPLY : LP_HOOK_POSTREVERT);
    return 0;
}

int lp_action_apply(struct registry_locked locked, struct lp_payload *payload,
                    const struct lp_action *action)
{
    const int rc = lp_preflight_apply(locked, payload, action->flags);

    return rc ? rc : run_one(locked, payload, true, action);
}

int lp_action_revert(struct registry_locked locked, struct lp_payload *payload,
                     const struct lp_action *action)
{
    const int rc = lp_preflight_revert(locked, payload);

    return rc ? rc : run_one(locked, payload, false, action);
}

/* Reverts of the whole stack, newest first; the payload's apply comes last. */
static unsigned int plan_replace(struct registry_locked locked,
                                 struct lp_payload *payload,
                                 struct lp_step *step)
{
    struct lp_payload *applied = lp_registry_top(locked);
    unsigned int nr = 0;

    for (; applied; applied = lp_registry_below(locked, applied)) {
        step[nr++] = (struct lp_step){.payload = applied};
    }
    step[nr++] = (struct lp_step){.payload = payload, .is_apply = true};
    return nr;
}

int lp_action_replace(struct registry_locked locked, struct lp_payload *payload,
                      const struct lp_action *action)
{
    struct lp_step *step;
    int rc = lp_preflight_replace(locked, payload, action->flags);

    if (rc) {
        return rc;
    }
    step = xmalloc_array(struct lp_step, lp_registry_count(locked));
    if (!step) {
        lp_err(payload->name, "no memory to replace what is applied");
        return -ENOMEM;
    }
    lp_text_view_save_old(locked, LP_ON_NOTHING, payload);
    run_steps(locked, step, plan_replace(locked, payload, step),
              "applied in the place of all others", action);
    xfree(step);
    return 0;
}

int lp_action_unload(struct registry_locked locked, struct lp_payload *payload,
                     const struct lp_action *action)
{
    const int rc = lp_preflight_unload(payload);

    (void)action;
    if (rc) {
        return rc;
    }
    lp_state_move(payload, LP_EVENT_UNLOAD);
    lp_unload(locked, payload);
    return 0;
}
