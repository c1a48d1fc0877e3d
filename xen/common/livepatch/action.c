// SPDX-License-Identifier: GPL-2.0
/*
 * Preflight, prepare, stop, patch, let go, account.
 */
#include "action.h"

#include <xen/errno.h>
#include <xen/init.h>

#include "load.h"
#include "log.h"
#include "patch.h"
#include "preflight.h"
#include "rendezvous.h"
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

static void report_late(const struct payload *payload, const char *verb,
                        const struct lp_rendezvous_report *report)
{
    char late[128] = "";
    size_t used = 0;
    unsigned int cpu;

    for_each_cpu(cpu, &report->late)
    {
        used += scnprintf(late + used, sizeof(late) - used, " %u", cpu);
    }
    lp_err(payload->name,
           "not %s: after %ld ns %u of %u pCPUs had not arrived:%s", verb,
           (long)report->gather_ns, cpumask_weight(&report->late),
           report->nr_cpus, late);
}

static void report_done(const struct payload *payload, const char *verb,
                        const struct lp_rendezvous_report *report)
{
    lp_info(payload->name,
            "%s: %u functions; %u pCPUs stopped for %ld ns (%ld gathering, "
            "%ld patching)",
            verb, payload->nfuncs, report->nr_cpus,
            (long)(report->gather_ns + report->work_ns),
            (long)report->gather_ns, (long)report->work_ns);
}

/* Stops the pCPUs and does the work on the payload's text; 0 or why not. */
static int change_text(const struct payload *payload, const char *verb,
                       int (*work)(void *patch), s_time_t timeout_ns)
{
    struct lp_rendezvous_report report;
    struct lp_patch patch;
    int rc = lp_patch_prepare(payload, &patch);

    if (rc) {
        return rc;
    }
    rc = lp_rendezvous_run(
        work, &patch, timeout_ns ? timeout_ns : default_timeout_ns, &report);
    lp_patch_finish(&patch);
    if (rc) {
        report_late(payload, verb, &report);
    } else {
        report_done(payload, verb, &report);
    }
    return rc;
}

int lp_action_apply(struct registry_locked locked, struct payload *payload,
                    uint32_t timeout_ns, uint32_t flags)
{
    int rc = lp_preflight_apply(locked, payload, flags);

    if (rc) {
        return rc;
    }
    lp_state_move(payload, LP_EVENT_APPLY);
    lp_patch_save_old(payload);
    payload->rc = change_text(payload, "applied", lp_patch_write, timeout_ns);
    if (payload->rc) {
        lp_state_move(payload, LP_EVENT_FAILED);
    } else {
        lp_state_move(payload, LP_EVENT_DONE);
        lp_registry_push(locked, payload);
    }
    return 0;
}

int lp_action_revert(struct registry_locked locked, struct payload *payload,
                     uint32_t timeout_ns)
{
    int rc = lp_preflight_revert(locked, payload);

    if (rc) {
        return rc;
    }
    lp_state_move(payload, LP_EVENT_REVERT);
    payload->rc =
        change_text(payload, "reverted", lp_patch_restore, timeout_ns);
    if (payload->rc) {
        lp_state_move(payload, LP_EVENT_FAILED);
    } else {
        lp_state_move(payload,
                      payload->reappliable ? LP_EVENT_DONE : LP_EVENT_SPENT);
        lp_registry_pop(locked, payload);
    }
    return 0;
}

int lp_action_unload(struct registry_locked locked, struct payload *payload)
{
    int rc = lp_preflight_unload(locked, payload);

    if (rc) {
        return rc;
    }
    lp_state_move(payload, LP_EVENT_UNLOAD);
    lp_unload(locked, payload);
    return 0;
}
