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
#include "state.h"
#include "text_view.h"

/* What a payload applied now would lie on. */
static int find_base(struct registry_locked locked,
                     const struct lp_beneath *beneath, const char **what,
                     struct lp_build_id *id)
{
    const struct lp_payload *top = beneath->nr_first
                                       ? beneath->first[beneath->nr_first - 1]
                                   : beneath->is_bare ? NULL
                                                      : lp_registry_top(locked);
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
                         const struct lp_beneath *beneath,
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

static int check_expectation(struct registry_locked locked,
                             const struct lp_beneath *beneath,
                             const struct lp_payload *payload,
                             const struct livepatch_func *func)
{
    const struct livepatch_expectation *expect = &func->expect;
    uint8_t found[LIVEPATCH_OPAQUE_SIZE];
    char text[KSYM_NAME_LEN + 1];
    const int rc = check_expectation_shape(payload, func);

    if (rc) {
        return rc;
    }
    lp_text_view_read(locked, beneath, func->old_addr, expect->len, found);
    if (memcmp(found, expect->data, expect->len)) {
        lp_err(payload->name, "%s: expects %*ph at its start, there is %*ph",
               lp_entries_name(func, text), expect->len, expect->data,
               expect->len, found);
        return -EINVAL;
    }
    return 0;
}

static int check_expectations(struct registry_locked locked,
                              const struct lp_beneath *beneath,
                              const struct lp_payload *payload)
{
    const unsigned int nr = payload->nr_expecting ? payload->nfuncs : 0;
    int rc = 0;

    for (unsigned int i = 0; rc == 0 && i < nr; i++) {
        if (payload->funcs[i].expect.enabled) {
            rc =
                check_expectation(locked, beneath, payload, &payload->funcs[i]);
        }
    }
    return rc;
}

/* An apply hook writes what it likes: only its entries say where. */
static int check_unhooked(const struct lp_beneath *beneath,
                          const struct lp_payload *payload,
                          const uint8_t *where, unsigned int nr)
{
    uint8_t unused[LIVEPATCH_OPAQUE_SIZE];

    for (unsigned int i = 0; i < beneath->nr_first; i++) {
        const struct lp_payload *other = beneath->first[i];

        if (lp_hooks_has(other, LP_HOOK_APPLY) &&
            lp_patch_lay(other, where, nr, unused)) {
            lp_err(payload->name,
                   "needs the text at %p, which the apply hook of '%s' in the "
                   "same set changes",
                   where, other->name);
            return -EINVAL;
        }
    }
    return 0;
}

static int check_all_unhooked(const struct lp_beneath *beneath,
                              const struct lp_payload *payload)
{
    const unsigned int nr = beneath->nr_first ? payload->nfuncs : 0;
    int rc = 0;

    for (unsigned int i = 0; rc == 0 && i < nr; i++) {
        const struct livepatch_change *change = &payload->changes[i];
        const struct livepatch_func *func = &payload->funcs[i];

        rc = check_unhooked(beneath, payload, change->where, change->nr_bytes);
        if (rc == 0 && func->expect.enabled) {
            rc = check_unhooked(beneath, payload, func->old_addr,
                                func->expect.len);
        }
    }
    return rc;
}

static int check_apply(struct registry_locked locked,
                       const struct lp_beneath *beneath,
                       const struct lp_payload *payload, uint32_t flags)
{
    int rc = lp_state_check(payload, LP_EVENT_APPLY);

    if (rc == 0 && !(flags & LIVEPATCH_ACTION_APPLY_NODEPS)) {
        rc = check_depends(locked, beneath, payload);
    }
    if (rc == 0) {
        rc = check_all_unhooked(beneath, payload);
    }
    if (rc == 0) {
        rc = check_expectations(locked, beneath, payload);
    }
    return rc;
}

/* Payload number i does not stand before itself. */
static int check_once(const struct lp_set *set, unsigned int i)
{
    for (unsigned int j = 0; j < i; j++) {
        if (set->payload[j] == set->payload[i]) {
            lp_err(set->payload[i]->name, "is named twice in one set");
            return -EINVAL;
        }
    }
    return 0;
}

int lp_preflight_apply(struct registry_locked locked, const struct lp_set *set,
                       uint32_t flags, unsigned int *failed)
{
    int rc = 0;

    for (unsigned int i = 0; rc == 0 && i < set->nr; i++) {
        const struct lp_beneath beneath = {.first = set->payload,
                                           .nr_first = i};

        *failed = i;
        rc = check_once(set, i);
        if (rc == 0) {
            rc = check_apply(locked, &beneath, set->payload[i], flags);
        }
    }
    return rc;
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
    static const struct lp_beneath nothing = {.is_bare = true};
    const struct lp_payload *other = lp_registry_top(locked);
    int rc = check_apply(locked, &nothing, payload, flags);

    if (rc == 0) {
        rc = check_replaceable(payload, payload);
    }
    for (; rc == 0 && other; other = lp_registry_below(locked, other)) {
        rc = check_replaceable(payload, other);
    }
    return rc;
}

static bool is_in(const struct lp_set *set, const struct lp_payload *payload)
{
    for (unsigned int i = 0; i < set->nr; i++) {
        if (set->payload[i] == payload) {
            return true;
        }
    }
    return false;
}

/* Above the payload, which is applied, lie payloads of its set only. */
static int check_uncovered(struct registry_locked locked,
                           const struct lp_set *set,
                           const struct lp_payload *payload)
{
    const struct lp_payload *above = lp_registry_top(locked);

    for (; above != payload; above = lp_registry_below(locked, above)) {
        if (!is_in(set, above)) {
            lp_err(payload->name,
                   "cannot revert: '%s' was applied on top of it", above->name);
            return -EBUSY;
        }
    }
    return 0;
}

int lp_preflight_revert(struct registry_locked locked, const struct lp_set *set,
                        unsigned int *failed)
{
    int rc = 0;

    for (unsigned int i = 0; rc == 0 && i < set->nr; i++) {
        *failed = i;
        rc = lp_state_check(set->payload[i], LP_EVENT_REVERT);
        if (rc == 0) {
            rc = check_once(set, i);
        }
        if (rc == 0) {
            rc = check_uncovered(locked, set, set->payload[i]);
        }
    }
    return rc;
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
