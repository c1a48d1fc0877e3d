// SPDX-License-Identifier: GPL-2.0
/*
 * The questions, one function each.
 */
#include "preflight.h"

#include <xen/errno.h>
#include <xen/string.h>
#include <xen/version.h>

#include "entries.h"
#include "hooks.h"
#include "log.h"
#include "notes.h"
#include "patch.h"
#include "revoked.h"
#include "state.h"
#include "text_view.h"

/* What the payload of step number i would lie on. */
static int find_base(struct registry_locked locked,
                     const struct lp_action *action, unsigned int i,
                     const char **what, struct lp_build_id *id)
{
    const struct lp_payload *top = lp_text_view_top(locked, action, i);
    const void *bytes;
    int rc;

    if (top) {
        *what = top->name;
        *id = top->id;
        return 0;
    }
    *what = "the hypervisor";
    rc = xen_build_id(&bytes, &id->len);
    if (rc == 0) {
        id->bytes = bytes;
    }
    return rc;
}

static int check_depends(struct registry_locked locked,
                         const struct lp_action *action, unsigned int i)
{
    const struct lp_payload *payload = action->step[i].payload;
    struct lp_build_id base;
    char depends_text[LP_ID_TEXT], base_text[LP_ID_TEXT];
    const char *what;
    int rc = find_base(locked, action, i, &what, &base);

    if (rc) {
        lp_err(payload->name, "%s has no build-id to depend on", what);
        return rc;
    }
    if (!lp_notes_same_id(&payload->depends, &base)) {
        lp_err(payload->name, "depends on build-id %s, but %s is %s",
               lp_notes_id_text(&payload->depends, depends_text), what,
               lp_notes_id_text(&base, base_text));
        return -EINVAL;
    }
    return 0;
}

static int check_expectation_shape(const struct lp_payload *payload,
                                   const struct livepatch_func *func)
{
    const struct livepatch_expectation *expect = &func->expect;
    char text[KSYM_NAME_LEN + 1];

    if (expect->rsv) {
        lp_err(payload->name, "%s: reserved bits %u in its expectation",
               lp_entries_name(func, text), expect->rsv);
        return -EINVAL;
    }
    if (func->old_size < expect->len) {
        lp_err(payload->name, "%s: expects %u bytes of a function of %u",
               lp_entries_name(func, text), expect->len, func->old_size);
        return -ERANGE;
    }
    return 0;
}

static int check_expectation(const struct lp_action *action, unsigned int i,
                             const struct livepatch_func *func)
{
    const struct lp_payload *payload = action->step[i].payload;
    const struct livepatch_expectation *expect = &func->expect;
    uint8_t found[LIVEPATCH_OPAQUE_SIZE];
    char text[KSYM_NAME_LEN + 1];
    const int rc = check_expectation_shape(payload, func);

    if (rc) {
        return rc;
    }
    lp_text_view_read(action, i, func->old_addr, expect->len, found);
    if (memcmp(found, expect->data, expect->len)) {
        lp_err(payload->name, "%s: expects %*ph at its start, there is %*ph",
               lp_entries_name(func, text), expect->len, expect->data,
               expect->len, found);
        return -EINVAL;
    }
    return 0;
}

static int check_expectations(const struct lp_action *action, unsigned int i)
{
    const struct lp_payload *payload = action->step[i].payload;
    const unsigned int nr = payload->nr_expecting ? payload->nfuncs : 0;
    int rc = 0;

    for (unsigned int at = 0; rc == 0 && at < nr; at++) {
        if (payload->funcs[at].expect.enabled) {
            rc = check_expectation(action, i, &payload->funcs[at]);
        }
    }
    return rc;
}

/* An apply hook decides what becomes of the text: only its entries say where.
 */
static int check_unhooked(const struct lp_action *action, unsigned int i,
                          const uint8_t *where, unsigned int nr)
{
    uint8_t unused[LIVEPATCH_OPAQUE_SIZE];

    for (unsigned int j = 0; j < i; j++) {
        const struct lp_payload *other = action->step[j].payload;

        if (lp_hooks_has(other, LP_HOOK_APPLY) &&
            lp_patch_lay(other, where, nr, unused)) {
            lp_err(action->step[i].payload->name,
                   "needs the text at %p, which the apply hook of '%s' in the "
                   "same set changes",
                   where, other->name);
            return -EINVAL;
        }
    }
    return 0;
}

static int check_all_unhooked(const struct lp_action *action, unsigned int i)
{
    const struct lp_payload *payload = action->step[i].payload;
    const unsigned int nr = i ? payload->nfuncs : 0;
    int rc = 0;

    for (unsigned int at = 0; rc == 0 && at < nr; at++) {
        const struct livepatch_change *change = &payload->changes[at];
        const struct livepatch_func *func = &payload->funcs[at];

        rc = check_unhooked(action, i, change->where, change->nr_bytes);
        if (rc == 0 && func->expect.enabled) {
            rc = check_unhooked(action, i, func->old_addr, func->expect.len);
        }
    }
    return rc;
}

/* Step number i, which applies, after those before it. */
static int check_apply(struct registry_locked locked,
                       const struct lp_action *action, unsigned int i)
{
    int rc = lp_state_check(action->step[i].payload, LP_EVENT_APPLY);

    if (rc == 0) {
        rc = lp_revoked_check_id(locked, action->step[i].payload);
    }
    if (rc == 0 && !(action->flags & LIVEPATCH_ACTION_APPLY_NODEPS)) {
        rc = check_depends(locked, action, i);
    }
    if (rc == 0 && action->cmd == LIVEPATCH_ACTION_APPLY) {
        rc = check_all_unhooked(action, i);
    }
    if (rc == 0) {
        rc = check_expectations(action, i);
    }
    return rc;
}

/* Whether one of the first nr steps is about the payload. */
static bool is_among(const struct lp_action *action, unsigned int nr,
                     const struct lp_payload *payload)
{
    for (unsigned int i = 0; i < nr; i++) {
        if (action->step[i].payload == payload) {
            return true;
        }
    }
    return false;
}

static int check_once(const struct lp_action *action, unsigned int i)
{
    const struct lp_payload *payload = action->step[i].payload;

    if (is_among(action, i, payload)) {
        lp_err(payload->name, "is named twice in one set");
        return -EINVAL;
    }
    return 0;
}

int lp_preflight_apply(struct registry_locked locked, struct lp_action *action)
{
    for (unsigned int i = 0; i < action->nr; i++) {
        int rc = check_once(action, i);

        if (rc == 0) {
            rc = check_apply(locked, action, i);
        }
        if (rc) {
            action->culprit = i;
            return rc;
        }
    }
    return 0;
}

static int check_replaceable(const struct lp_action *action, unsigned int i)
{
    const struct lp_payload *payload = action->step[i].payload;

    if (lp_hooks_has_around(payload)) {
        lp_err(action->about->name,
               "cannot replace: '%s' has pre or post hooks", payload->name);
        return -EOPNOTSUPP;
    }
    return 0;
}

/* The last step is the one that applies. */
int lp_preflight_replace(struct registry_locked locked,
                         struct lp_action *action)
{
    unsigned int i = action->nr - 1;
    int rc = check_apply(locked, action, i);

    if (rc == 0) {
        rc = check_replaceable(action, i);
    }
    while (rc == 0 && i > 0) {
        rc = check_replaceable(action, --i);
    }
    if (rc) {
        action->culprit = i;
    }
    return rc;
}

/* Above the payload, which is applied, lie payloads of the action only. */
static int check_uncovered(struct registry_locked locked,
                           const struct lp_action *action,
                           const struct lp_payload *payload)
{
    const struct lp_payload *above = lp_registry_top(locked);

    for (; above != payload; above = lp_registry_below(locked, above)) {
        if (!is_among(action, action->nr, above)) {
            lp_err(payload->name,
                   "cannot revert: '%s' was applied on top of it", above->name);
            return -EBUSY;
        }
    }
    return 0;
}

int lp_preflight_revert(struct registry_locked locked, struct lp_action *action)
{
    for (unsigned int i = 0; i < action->nr; i++) {
        struct lp_payload *payload = action->step[i].payload;
        int rc = lp_state_check(payload, LP_EVENT_REVERT);

        if (rc == 0) {
            rc = check_once(action, i);
        }
        if (rc == 0) {
            rc = check_uncovered(locked, action, payload);
        }
        if (rc) {
            action->culprit = i;
            return rc;
        }
    }
    return 0;
}

int lp_preflight_unload(const struct lp_payload *payload)
{
    const int rc = lp_state_check(payload, LP_EVENT_UNLOAD);

    if (rc == 0 && payload->nr_users) {
        lp_err(payload->name, "cannot unload: %u loaded payloads refer to it",
               payload->nr_users);
        return -EBUSY;
    }
    return rc;
}
