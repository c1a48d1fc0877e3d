// SPDX-License-Identifier: GPL-2.0
/*
 * Hooks, stop, accounts. What is told of it - to the log, to the history, in
 * the payloads' rc - is told here.
 */
#include "plan.h"

#include <xen/errno.h>
#include <xen/init.h>
#include <xen/string.h>

#include "delay.h"
#include "history.h"
#include "hooks.h"
#include "log.h"
#include "state.h"

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

/* "applied with 2 more" */
static const char *describe(const struct lp_plan *plan, char text[64])
{
    if (plan->is_bare || plan->nr == 1) {
        return plan->verb;
    }
    scnprintf(text, 64, "%s with %u more", plan->verb, plan->nr - 1);
    return text;
}

/* The functions of what is moved in the direction of the request. */
static unsigned int count_functions(const struct lp_plan *plan)
{
    unsigned int nr = 0;

    for (unsigned int i = 0; i < plan->nr; i++) {
        if (plan->step[i].is_apply == (plan->applied.nr != 0)) {
            nr += plan->step[i].payload->nfuncs;
        }
    }
    return nr;
}

static void log_done(const struct lp_plan *plan,
                     const struct lp_rendezvous_report *report)
{
    char done[64];

    lp_info(plan->about->name,
            "%s: %u functions; %u pCPUs stopped for %ld ns (%ld gathering)",
            describe(plan, done), count_functions(plan), report->nr_cpus,
            (long)(report->gather_ns + report->work_ns),
            (long)report->gather_ns);
}

/* "2 (d0v2, in the guest)"; bytes used. */
static size_t describe_late(const struct livepatch_ext_late *late, char *text,
                            size_t bytes)
{
    static const char *const where[] = {
        [LIVEPATCH_EXT_IN_UNKNOWN] = "nobody knows where",
        [LIVEPATCH_EXT_IN_GUEST] = "in the guest",
        [LIVEPATCH_EXT_IN_HYPERVISOR] = "in the hypervisor",
    };
    const void *address = (const void *)late->address;
    size_t used = scnprintf(text, bytes, "%u (", late->cpu);

    if (late->vcpu != UINT32_MAX) {
        used += scnprintf(text + used, bytes - used, "d%uv%u, ", late->domain,
                          late->vcpu);
    }
    used += scnprintf(text + used, bytes - used, "%s", where[late->where]);
    if (address && late->where == LIVEPATCH_EXT_IN_HYPERVISOR) {
        used += scnprintf(text + used, bytes - used, " at %pS", address);
    } else if (address) {
        used += scnprintf(text + used, bytes - used, " at %p", address);
    }
    return used + scnprintf(text + used, bytes - used, ")");
}

/* All late ones, the first of them with what they were doing. */
static void describe_all_late(const struct lp_rendezvous_report *report,
                              char *text, size_t bytes)
{
    const char *separator = "";
    size_t used = 0;
    unsigned int cpu, i = 0;

    for_each_cpu (cpu, &report->late) {
        used += scnprintf(text + used, bytes - used, "%s", separator);
        if (i < LIVEPATCH_EXT_MAX_LATE) {
            used += describe_late(&report->doing[i], text + used, bytes - used);
        } else {
            used += scnprintf(text + used, bytes - used, "%u", cpu);
        }
        separator = ", ";
        i++;
    }
}

static void log_late(const struct lp_plan *plan,
                     const struct lp_rendezvous_report *report)
{
    char done[64], late[800] = "";

    describe_all_late(report, late, sizeof(late));
    lp_err(plan->about->name,
           "not %s: after %ld ns %u of %u pCPUs had not arrived: %s",
           describe(plan, done), (long)report->gather_ns,
           cpumask_weight(&report->late), report->nr_cpus, late);
}

/* How it ended. Without a rendezvous the reason stands in the log already. */
static void log_result(const struct lp_plan *plan,
                       const struct lp_transaction *transaction, int rc)
{
    const struct lp_rendezvous_report *report = &transaction->report;
    char done[64];

    if (cpumask_weight(&report->late)) {
        log_late(plan, report);
    } else if (rc == -EBUSY && report->nr_cpus == 0) {
        lp_err(plan->about->name,
               "not %s: a pCPU is coming online or going offline",
               describe(plan, done));
    } else if (rc == 0) {
        log_done(plan, report);
    } else if (report->nr_cpus) {
        lp_err(plan->about->name, "not %s: '%s' has a hook that says %d",
               describe(plan, done),
               plan->step[transaction->failed].payload->name, rc);
    }
}

BUILD_BUG_ON(NR_CPUS > 64); /* late_mask */

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
    memcpy(record->late, report->doing,
           min(record->nr_late, (uint32_t)LIVEPATCH_EXT_MAX_LATE) *
               sizeof(record->late[0]));
}

static void set_rc(const struct lp_plan *plan, int rc)
{
    for (unsigned int i = 0; i < plan->nr; i++) {
        plan->step[i].payload->rc = rc;
    }
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

static void account(struct registry_locked locked, const struct lp_plan *plan,
                    const struct lp_transaction *transaction, int rc)
{
    for (unsigned int i = 0; i < plan->nr; i++) {
        const struct lp_step *step = &plan->step[i];

        account_step(locked, step);
        if (rc && step->is_in_force == step->is_apply) {
            lp_err(step->payload->name, "stays %s: a hook would not undo it",
                   step->is_apply ? "applied" : "reverted");
        }
    }
    note_steps(lp_history_current(locked), transaction);
    lp_delay_at(LP_DELAY_TELL);
    log_result(plan, transaction, rc);
}

/* Saves what the payloads of the plan will replace, each on what comes before
 * it. */
static void save_old(struct registry_locked locked, const struct lp_plan *plan)
{
    for (unsigned int i = 0; i < plan->applied.nr; i++) {
        const struct lp_beneath beneath = {
            .is_bare = plan->is_bare,
            .first = plan->applied.payload,
            .nr_first = i,
        };

        lp_text_view_save_old(locked, &beneath, plan->applied.payload[i]);
    }
}

/* Runs the steps; *failed is the one that was the reason, or nr. */
static int run_steps(struct registry_locked locked, const struct lp_plan *plan,
                     unsigned int *failed)
{
    struct lp_transaction transaction;
    const s_time_t timeout_ns =
        plan->timeout_ns ? plan->timeout_ns : default_timeout_ns;
    int rc;

    transaction.step = plan->step;
    transaction.nr = plan->nr;
    save_old(locked, plan);
    for (unsigned int i = 0; i < plan->nr; i++) {
        lp_state_move(plan->step[i].payload, plan->step[i].is_apply
                                                 ? LP_EVENT_APPLY
                                                 : LP_EVENT_REVERT);
    }
    rc = lp_transaction_run(&transaction, timeout_ns);
    set_rc(plan, rc);
    account(locked, plan, &transaction, rc);
    lp_history_current(locked)->rc = rc;
    *failed = transaction.failed;
    return rc;
}

/* Pre hooks in order, up to the one that says no: its number is *nr_asked. */
static int ask_pre_hooks(const struct lp_plan *plan, unsigned int *nr_asked)
{
    int rc = 0;

    for (*nr_asked = 0; *nr_asked < plan->nr; ++*nr_asked) {
        const struct lp_step *step = &plan->step[*nr_asked];

        rc = lp_hooks_ask(step->payload, step->is_apply ? LP_HOOK_PREAPPLY
                                                        : LP_HOOK_PREREVERT);
        if (rc) {
            break;
        }
    }
    return rc;
}

/* Post hooks of the first nr steps. */
static void tell_post_hooks(const struct lp_plan *plan, unsigned int nr,
                            bool is_backwards)
{
    for (unsigned int i = 0; i < nr; i++) {
        const struct lp_step *step = &plan->step[is_backwards ? nr - 1 - i : i];

        lp_hooks_tell(step->payload,
                      step->is_apply ? LP_HOOK_POSTAPPLY : LP_HOOK_POSTREVERT);
    }
}

int lp_plan_run(struct registry_locked locked, const struct lp_plan *plan,
                unsigned int *failed)
{
    unsigned int nr_asked;
    const int veto = ask_pre_hooks(plan, &nr_asked);
    int rc = veto;

    if (veto) {
        char done[64];

        *failed = nr_asked;
        set_rc(plan, veto);
        lp_err(plan->step[nr_asked].payload->name,
               "not %s: its own hook says %d", describe(plan, done), veto);
    } else {
        rc = run_steps(locked, plan, failed);
    }
    tell_post_hooks(plan, nr_asked, rc != 0);
    return veto;
}
