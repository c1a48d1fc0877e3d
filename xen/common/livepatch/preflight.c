// SPDX-License-Identifier: GPL-2.0
/*
 * The questions, one function each.
 */
#include "preflight.h"

#include <xen/errno.h>
#include <xen/string.h>
#include <xen/version.h>

#include "log.h"
#include "notes.h"
#include "state.h"

/* What a payload applied now would lie on. */
static int find_base(struct registry_locked locked, const char **what,
                     struct lp_build_id *id)
{
    const struct payload *top = lp_registry_top(locked);

    if (top) {
        *what = top->name;
        *id = top->id;
        return 0;
    }
    *what = "the hypervisor";
    return xen_build_id((const void **)&id->bytes, &id->len);
}

static int check_depends(struct registry_locked locked,
                         const struct payload *payload)
{
    struct lp_build_id base = {NULL, 0};
    char depends_text[LP_ID_TEXT], base_text[LP_ID_TEXT];
    const char *what;
    int rc = find_base(locked, &what, &base);

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

static int check_expectation(const struct payload *payload,
                             const struct livepatch_func *func)
{
    const struct livepatch_expectation *expect = &func->expect;

    if (!expect->enabled) {
        return 0;
    }
    if (expect->rsv) {
        lp_err(payload->name, "%s: reserved bits %u in its expectation",
               func->name, expect->rsv);
        return -EINVAL;
    }
    if (func->old_size < expect->len) {
        lp_err(payload->name, "%s: expects %u bytes of a function of %u",
               func->name, expect->len, func->old_size);
        return -ERANGE;
    }
    if (memcmp(func->old_addr, expect->data, expect->len)) {
        lp_err(payload->name, "%s: expects %*ph at its start, there is %*ph",
               func->name, expect->len, expect->data, expect->len,
               func->old_addr);
        return -EINVAL;
    }
    return 0;
}

static int check_expectations(const struct payload *payload)
{
    int rc = 0;

    for (unsigned int i = 0; rc == 0 && i < payload->nfuncs; i++) {
        rc = check_expectation(payload, &payload->funcs[i]);
    }
    return rc;
}

int lp_preflight_apply(struct registry_locked locked,
                       const struct payload *payload, uint32_t flags)
{
    int rc = lp_state_check(payload, LP_EVENT_APPLY);

    if (rc == 0 && !(flags & LIVEPATCH_ACTION_APPLY_NODEPS)) {
        rc = check_depends(locked, payload);
    }
    if (rc == 0) {
        rc = check_expectations(payload);
    }
    return rc;
}

int lp_preflight_revert(struct registry_locked locked,
                        const struct payload *payload)
{
    const struct payload *top;
    int rc = lp_state_check(payload, LP_EVENT_REVERT);

    if (rc) {
        return rc;
    }
    top = lp_registry_top(locked);
    if (top != payload) {
        lp_err(payload->name, "cannot revert: '%s' was applied on top of it",
               top->name);
        return -EBUSY;
    }
    return 0;
}

int lp_preflight_unload(struct registry_locked locked,
                        const struct payload *payload)
{
    (void)locked;
    return lp_state_check(payload, LP_EVENT_UNLOAD);
}
