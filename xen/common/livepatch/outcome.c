// SPDX-License-Identifier: GPL-2.0
/*
 * One line for the log, which names the payload that the request named first;
 * and the record of the request in the history.
 */
#include "outcome.h"

#include <xen/errno.h>
#include <xen/string.h>

#include "history.h"
#include "log.h"

/* "applied with 2 more" */
static const char *describe(const struct lp_action *action, char text[64])
{
    static const char *const done[] = {
        [LIVEPATCH_ACTION_REVERT] = "reverted",
        [LIVEPATCH_ACTION_APPLY] = "applied",
        [LIVEPATCH_ACTION_REPLACE] = "applied in the place of all others",
    };

    if (action->is_by_hook) {
        scnprintf(text, 64, "%s by its own post hook", done[action->cmd]);
    } else if (action->cmd != LIVEPATCH_ACTION_REPLACE && action->nr > 1) {
        scnprintf(text, 64, "%s with %u more", done[action->cmd],
                  action->nr - 1);
    } else {
        return done[action->cmd];
    }
    return text;
}

/* The functions of what is moved in the direction of the request. */
static unsigned int count_functions(const struct lp_action *action)
{
    const bool is_apply = action->cmd != LIVEPATCH_ACTION_REVERT;
    unsigned int nr = 0;

    for (unsigned int i = 0; i < action->nr; i++) {
        if (action->step[i].is_apply == is_apply) {
            nr += action->step[i].payload->nfuncs;
        }
    }
    return nr;
}

static void log_done(const struct lp_action *action,
                     const struct lp_rendezvous_report *report)
{
    char done[64];

    lp_info(action->about->name,
            "%s: %u functions; %u pCPUs stopped for %ld ns (%ld gathering)",
            describe(action, done), count_functions(action), report->nr_cpus,
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

static void log_late(const struct lp_action *action,
                     const struct lp_rendezvous_report *report)
{
    char done[64], late[800] = "";

    describe_all_late(report, late, sizeof(late));
    lp_err(action->about->name,
           "not %s: after %ld ns %u of %u pCPUs had not arrived: %s",
           describe(action, done), (long)report->gather_ns,
           cpumask_weight(&report->late), report->nr_cpus, late);
}

static void log_hook(const struct lp_action *action)
{
    const struct lp_step *step = &action->step[action->culprit];
    const char *kind = step->is_apply ? "apply" : "revert";
    char done[64];

    if (step->is_disbelieved) {
        lp_err(action->about->name,
               "not %s: the %s hook of '%s' says 0, but its marks or the text "
               "say otherwise",
               describe(action, done), kind, step->payload->name);
    } else {
        lp_err(action->about->name, "not %s: the %s hook of '%s' says %d",
               describe(action, done), kind, step->payload->name, action->rc);
    }
}

/* A hook of its own did not let it be undone. */
static void log_left_over(const struct lp_action *action)
{
    for (unsigned int i = 0; action->rc && i < action->nr; i++) {
        const struct lp_step *step = &action->step[i];

        if (step->is_in_force == step->is_apply) {
            lp_err(step->payload->name, "stays %s: a hook would not undo it",
                   step->is_apply ? "applied" : "reverted");
        }
    }
}

static void log_outcome(const struct lp_action *action,
                        const struct lp_rendezvous_report *report)
{
    char done[64];

    if (cpumask_weight(&report->late)) {
        log_late(action, report);
    } else if (action->rc == -EBUSY && report->nr_cpus == 0) {
        lp_err(action->about->name,
               "not %s: a pCPU is coming online or going offline",
               describe(action, done));
    } else if (action->rc) {
        log_hook(action);
    } else {
        log_done(action, report);
    }
}

BUILD_BUG_ON(NR_CPUS > 64); /* late_mask */

static void fill_record(struct livepatch_ext_record *record,
                        const struct lp_action *action,
                        const struct lp_rendezvous_report *report)
{
    record->rc = action->rc;
    record->nr_payloads = action->nr;
    record->nr_functions = 0;
    for (unsigned int i = 0; i < action->nr; i++) {
        record->nr_functions += action->step[i].payload->nfuncs;
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

void lp_outcome_tell(const struct lp_action *action,
                     const struct lp_rendezvous_report *report)
{
    log_left_over(action);
    if (!action->is_by_hook) {
        fill_record(lp_history_current(), action, report);
    }
    log_outcome(action, report);
}

void lp_outcome_tell_dry_run(const struct lp_action *action)
{
    char done[64];

    lp_info(action->about->name, "would be %s: %u functions; %u hooks unasked",
            describe(action, done), count_functions(action),
            action->nr_unasked);
}

void lp_outcome_tell_veto(const struct lp_action *action)
{
    char done[64];

    lp_err(action->step[action->culprit].payload->name,
           "not %s: its own hook says %d", describe(action, done), action->rc);
}
