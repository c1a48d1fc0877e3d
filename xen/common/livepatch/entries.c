// SPDX-License-Identifier: GPL-2.0
/*
 * One entry after the other: version, name, addresses, change.
 */
#include "entries.h"

#include <xen/errno.h>
#include <xen/kernel.h>
#include <xen/livepatch_payload.h>
#include <xen/xmalloc.h>

#include "image.h"
#include "log.h"
#include "order.h"

static int check_entry_shape(const struct lp_payload *payload, unsigned int i,
                             const struct livepatch_func *func)
{
    if (func->version != LIVEPATCH_PAYLOAD_VERSION) {
        lp_err(payload->name, "function %u: version %u, expected %u", i,
               func->version, LIVEPATCH_PAYLOAD_VERSION);
        return -EOPNOTSUPP;
    }
    if (!lp_image_holds_string(&payload->image, func->name)) {
        lp_err(payload->name,
               "function %u: its name at %p is no string of at most %u bytes "
               "in the payload",
               i, func->name, LP_IMAGE_STRING_MAX);
        return -EINVAL;
    }
    if (func->old_size == 0) {
        lp_err(payload->name, "%s: old_size is 0", func->name);
        return -EINVAL;
    }
    return 0;
}

static int find_old_function(const struct lp_payload *payload,
                             const struct lp_scope *scope,
                             struct livepatch_func *func)
{
    if (func->old_addr) {
        return 0;
    }
    if (func->name[0] != '\0') {
        func->old_addr = (void *)scope->find(scope, func->name);
    }
    if (!func->old_addr) {
        lp_err(payload->name, "no function '%s' in this hypervisor",
               func->name);
        return -ENOENT;
    }
    return 0;
}

/*
 * All of [old_addr, old_addr + old_size) is text of one region: the
 * hypervisor's, or a payload's, which then cannot be unloaded before this one
 * (linkage.c).
 */
static bool is_text(const struct livepatch_func *func)
{
    const unsigned long first = (unsigned long)func->old_addr;
    const struct virtual_region *region = find_text_region(first);

    return region && func->old_size <= (unsigned long)region->text_end - first;
}

static int check_addresses(const struct lp_payload *payload,
                           const struct livepatch_func *func)
{
    if (!is_text(func)) {
        lp_err(payload->name, "%s: %u bytes at %p are not text", func->name,
               func->old_size, func->old_addr);
        return -EINVAL;
    }
    if (is_kernel_nopatch(func->old_addr, func->old_size)) {
        lp_err(payload->name,
               "%s is part of the patching path and cannot be patched",
               func->name);
        return -EPERM;
    }
    if (func->new_addr &&
        !lp_image_holds(&payload->image, LP_TEXT, func->new_addr, 1)) {
        lp_err(payload->name,
               "%s: its replacement at %p is not in the "
               "payload's text",
               func->name, func->new_addr);
        return -EINVAL;
    }
    return 0;
}

static int read_entry(const struct lp_payload *payload,
                      const struct lp_scope *scope, unsigned int i,
                      struct livepatch_func *func,
                      struct livepatch_change *change)
{
    int rc = check_entry_shape(payload, i, func);

    if (rc == 0) {
        rc = find_old_function(payload, scope, func);
    }
    if (rc == 0) {
        rc = check_addresses(payload, func);
    }
    if (rc == 0) {
        rc = arch_livepatch_plan_change(payload->name, func, change);
    }
    return rc;
}

static uint8_t *lowest_change(const struct livepatch_change *changes,
                              unsigned int nr)
{
    uint8_t *lowest = changes[0].where;

    for (unsigned int i = 1; i < nr; i++) {
        lowest = min(lowest, changes[i].where);
    }
    return lowest;
}

/* Puts the entries in the order of what they change. All text that a branch can
 * reach lies in 4 GiB: its offsets have 32 bits. */
static int rank_changes(const struct livepatch_change *changes, unsigned int nr,
                        uint32_t *order)
{
    struct lp_ranked *ranked = xmalloc_array(struct lp_ranked, 2UL * nr);
    const uint8_t *lowest = lowest_change(changes, nr);

    if (!ranked) {
        return -ENOMEM;
    }
    for (unsigned int i = 0; i < nr; i++) {
        ranked[i] = (struct lp_ranked){
            .key = changes[i].where - lowest,
            .number = i,
        };
    }
    lp_order_sort(ranked, ranked + nr, nr);
    for (unsigned int i = 0; i < nr; i++) {
        order[i] = ranked[i].number;
    }
    xfree(ranked);
    return 0;
}

static int check_overlap(const struct lp_payload *payload)
{
    for (unsigned int i = 1; i < payload->nfuncs; i++) {
        const uint32_t a = payload->order[i - 1], b = payload->order[i];
        const struct livepatch_change *low = &payload->changes[a];

        if (low->where + low->nr_bytes > payload->changes[b].where) {
            lp_err(payload->name, "functions %u (%s) and %u (%s) overlap", a,
                   payload->funcs[a].name, b, payload->funcs[b].name);
            return -EINVAL;
        }
    }
    return 0;
}

static int allocate(struct lp_payload *payload, unsigned int nr)
{
    payload->changes = xzalloc_array(struct livepatch_change, nr);
    payload->fstate = xzalloc_array(struct livepatch_fstate, nr);
    payload->order = xmalloc_array(uint32_t, nr);
    if (!payload->changes || !payload->fstate || !payload->order) {
        lp_err(payload->name, "no memory for %u functions", nr);
        return -ENOMEM;
    }
    payload->nfuncs = nr;
    return 0;
}

static int read_entries(struct lp_payload *payload,
                        const struct lp_scope *scope,
                        struct livepatch_func *funcs)
{
    int rc = 0;

    payload->funcs = funcs;
    for (unsigned int i = 0; rc == 0 && i < payload->nfuncs; i++) {
        rc = read_entry(payload, scope, i, &funcs[i], &payload->changes[i]);
        payload->nr_expecting += funcs[i].expect.enabled;
    }
    if (rc) {
        return rc;
    }
    rc = rank_changes(payload->changes, payload->nfuncs, payload->order);
    if (rc) {
        lp_err(payload->name, "no memory to put %u functions in order",
               payload->nfuncs);
        return rc;
    }
    return check_overlap(payload);
}

int lp_entries_read(struct lp_payload *payload, const struct lp_scope *scope,
                    const struct lp_span *entries)
{
    struct livepatch_func *funcs = (struct livepatch_func *)entries->start;
    int rc;

    if (!IS_ALIGNED((unsigned long)funcs, __alignof__(*funcs))) {
        lp_err(payload->name, ".livepatch.funcs at %p: must be aligned to %zu",
               funcs, __alignof__(*funcs));
        return -EINVAL;
    }
    rc = allocate(payload, entries->bytes / sizeof(*funcs));
    if (rc == 0) {
        rc = read_entries(payload, scope, funcs);
    }
    if (rc) {
        lp_entries_discard(payload);
    }
    return rc;
}

void lp_entries_discard(struct lp_payload *payload)
{
    xfree(payload->changes);
    xfree(payload->fstate);
    xfree(payload->order);
    payload->changes = NULL;
    payload->fstate = NULL;
    payload->order = NULL;
    payload->nfuncs = 0;
}
