// SPDX-License-Identifier: GPL-2.0
/*
 * The questions, one function each.
 */
#include "preflight.h"

#include <xen/errno.h>
#include <xen/string.h>
#include <xen/version.h>

#include "hooks.h"
#include "log.h"
#include "notes.h"
#include "state.h"
#include "text_view.h"

/* What a payload applied now would lie on. */
static int find_base(struct registry_locked locked, enum lp_beneath beneath,
                     const char **what, struct lp_build_id *id)
{
    const struct lp_payload *top =
        beneath == LP_ON_TOP ? lp_registry_top(locked) : NULL;
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

static int check_depends(struct registry_locked locked, enum lp_beneath beneath,
                         const struct lp_payload *payload)
{
    struct lp_build_id base;
    char depends_text[LP_ID_TEXT], base_text[LP_ID_TEXT];
    const char *what;
    int rc = find_base(locked, beneath, &what, &base);

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
    return 0;
}

static int check_expectation(struct registry_locked locked,
                             enum lp_beneath beneath,
                             const struct lp_payload *payload,
                             const struct livepatch_func *func)
{
    const struct livepatch_expectation *expect = &func->expect;
    uint8_t found[LIVEPATCH_OPAQUE_SIZE];
    const int rc = check_expectation_shape(payload, func);

    if (rc) {
        return rc;
    }
    lp_text_view_read(locked, beneath, func->old_addr, expect->len, found);
    if (memcmp(found, expect->data, expect->len)) {
        lp_err(payload->name, "%s: expects %*ph at its start, there is %*ph",
               func->name, expect->len, expect->data, expect->len, found);
        return -EINVAL;
    }
    return 0;
}

static int check_expectations(struct registry_locked locked,
                              enum lp_beneath beneath,
                              const struct lp_payload *payload)
{
    int rc = 0;

    for (unsigned int i = 0; rc == 0 && i < payload->nfuncs; i++) {
        if (payload->funcs[i].expect.enabled) {
            rc =
                check_expectation(locked, beneath, payload, &payload->funcs[i]);
        }
    }
    return rc;
}

static int check_apply(struct registry_locked locked, enum lp_beneath beneath,
                       const struct lp_payload *payload, uint32_t flags)
{
    int rc = lp_state_check(payload, LP_EVENT_APPLY);

    if (rc == 0 && !(flags & LIVEPATCH_ACTION_APPLY_NODEPS)) {
        rc = check_depends(locked, beneath, payload);
    }
    if (rc == 0) {
        rc = check_expectations(locked, beneath, payload);
    }
    return rc;
}

int lp_preflight_apply(struct registry_locked locked,
                       const struct lp_payload *payload, uint32_t flags)
{
    return check_apply(locked, LP_ON_TOP, payload, flags);
}

static int check_replaceable(const struct lp_payload *payload,
                             const struct lp_payload *other)
{
    if (lp_hooks_has_around(other)) {
        lp_err(payload->name, "cannot replace: '%s' has pre or post hooks",
               other->name);
        return -EOPNOTSUPP;
    }
    return 0;
}

int lp_preflight_replace(struct registry_locked locked,
                         const struct lp_payload *payload, uint32_t flags)
{
    const struct lp_payload *other = lp_registry_top(locked);
    int rc = check_apply(locked, LP_ON_NOTHING, payload, flags);

    if (rc == 0) {
        rc = check_replaceable(payload, payload);
    }
    for (; rc == 0 && other; other = lp_registry_below(locked, other)) {
        rc = check_replaceable(payload, other);
    }
    return rc;
}

int lp_preflight_revert(struct registry_locked locked,
                        const struct lp_payload *payload)
{
    const struct lp_payload *top;
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
