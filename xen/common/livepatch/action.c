// SPDX-License-Identifier: GPL-2.0
/*
 * Preflight, then a plan of steps, which plan.c carries out.
 */
#include "action.h"

#include <xen/errno.h>
#include <xen/xmalloc.h>

#include "load.h"
#include "log.h"
#include "plan.h"
#include "state.h"

static unsigned int index_of(const struct lp_set *set,
                             const struct lp_payload *payload)
{
    unsigned int i = 0;

    while (i < set->nr && set->payload[i] != payload) {
        i++;
    }
    return i;
}

/* One payload needs no memory but the caller's. */
static struct lp_step *alloc_steps(const struct lp_set *set,
                                   struct lp_step *one)
{
    struct lp_step *step =
        set->nr == 1 ? one : xmalloc_array(struct lp_step, set->nr);

    if (!step) {
        lp_err(set->payload[0]->name, "no memory for a set of %u payloads",
               set->nr);
    }
    return step;
}

static void free_steps(struct lp_plan *plan, const struct lp_step *one)
{
    if (plan->step != one) {
        xfree(plan->step);
    }
    plan->step = NULL;
}

/* Applies in the order of the set. */
static void plan_applies(const struct lp_set *set, struct lp_step *step)
{
    for (unsigned int i = 0; i < set->nr; i++) {
        step[i] =
            (struct lp_step){.payload = set->payload[i], .is_apply = true};
    }
}

/* Reverts of the newest payloads of the stack, newest first. */
static void plan_reverts(struct registry_locked locked, struct lp_step *step,
                         unsigned int nr)
{
    struct lp_payload *applied = lp_registry_top(locked);

    for (unsigned int i = 0; i < nr; i++) {
        step[i] = (struct lp_step){.payload = applied};
        applied = lp_registry_below(locked, applied);
    }
}

/* Fills the plan's steps with those of a set and runs it. */
static int run_set(struct registry_locked locked, struct lp_plan *plan,
                   const struct lp_set *set, struct lp_set_outcome *outcome)
{
    struct lp_step one;
    unsigned int failed;
    int rc;

    outcome->failed = set->nr;
    plan->step = alloc_steps(set, &one);
    if (!plan->step) {
        return -ENOMEM;
    }
    if (plan->applied.nr) {
        plan_applies(set, plan->step);
    } else {
        plan_reverts(locked, plan->step, plan->nr);
    }
    rc = lp_plan_run(locked, plan, &failed);
    outcome->rc = plan->about->rc;
    if (failed < plan->nr) {
        outcome->failed = index_of(set, plan->step[failed].payload);
    }
    free_steps(plan, &one);
    return rc;
}

int lp_action_apply_set(struct registry_locked locked, const struct lp_set *set,
                        const struct lp_action *action,
                        struct lp_set_outcome *outcome)
{
    unsigned int failed = set->nr;
    const int rc = lp_preflight_apply(locked, set, action->flags, &failed);
    struct lp_plan plan = {.nr = set->nr,
                           .applied = *set,
                           .timeout_ns = action->timeout_ns,
                           .verb = "applied",
                           .about = set->payload[0]};

    *outcome = (struct lp_set_outcome){.failed = failed};
    return rc ? rc : run_set(locked, &plan, set, outcome);
}

int lp_action_revert_set(struct registry_locked locked,
                         const struct lp_set *set,
                         const struct lp_action *action,
                         struct lp_set_outcome *outcome)
{
    unsigned int failed = set->nr;
    const int rc = lp_preflight_revert(locked, set, &failed);
    struct lp_plan plan = {.nr = set->nr,
                           .timeout_ns = action->timeout_ns,
                           .verb = "reverted",
                           .about = set->payload[0]};

    *outcome = (struct lp_set_outcome){.failed = failed};
    return rc ? rc : run_set(locked, &plan, set, outcome);
}

int lp_action_apply(struct registry_locked locked, struct lp_payload *payload,
                    const struct lp_action *action)
{
    struct lp_payload *const one[] = {payload};
    const struct lp_set set = {.payload = one, .nr = 1};
    struct lp_set_outcome outcome;

    return lp_action_apply_set(locked, &set, action, &outcome);
}

int lp_action_revert(struct registry_locked locked, struct lp_payload *payload,
                     const struct lp_action *action)
{
    struct lp_payload *const one[] = {payload};
    const struct lp_set set = {.payload = one, .nr = 1};
    struct lp_set_outcome outcome;

    return lp_action_revert_set(locked, &set, action, &outcome);
}

static unsigned int count_applied(struct registry_locked locked)
{
    const struct lp_payload *applied = lp_registry_top(locked);
    unsigned int nr = 0;

    for (; applied; applied = lp_registry_below(locked, applied)) {
        nr++;
    }
    return nr;
}

/* Reverts of the whole stack; the payload's apply comes last. There are no
 * hooks around: preflight has seen to that. */
int lp_action_replace(struct registry_locked locked, struct lp_payload *payload,
                      const struct lp_action *action)
{
    const unsigned int nr_applied = count_applied(locked);
    struct lp_payload *const one[] = {payload};
    struct lp_plan plan = {.nr = nr_applied + 1,
                           .applied = {.payload = one, .nr = 1},
                           .is_bare = true,
                           .timeout_ns = action->timeout_ns,
                           .verb = "applied in the place of all others",
                           .about = payload};
    unsigned int failed;
    int rc = lp_preflight_replace(locked, payload, action->flags);

    if (rc) {
        return rc;
    }
    plan.step = xmalloc_array(struct lp_step, plan.nr);
    if (!plan.step) {
        lp_err(payload->name, "no memory to replace what is applied");
        return -ENOMEM;
    }
    plan_reverts(locked, plan.step, nr_applied);
    plan.step[nr_applied] =
        (struct lp_step){.payload = payload, .is_apply = true};
    rc = lp_plan_run(locked, &plan, &failed);
    xfree(plan.step);
    return rc;
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
