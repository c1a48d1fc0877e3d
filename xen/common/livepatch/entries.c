// SPDX-License-Identifier: GPL-2.0
/*
 * One entry after the other: version, name, addresses, change. An old address
 * is looked up before the image is sealed and judged afterwards.
 */
#include "entries.h"

#include <xen/errno.h>
#include <xen/kernel.h>
#include <xen/livepatch_payload.h>
#include <xen/xmalloc.h>

#include "image.h"
#include "log.h"
#include "order.h"

const char *lp_entries_name(const struct livepatch_func *func,
                            char text[KSYM_NAME_LEN + 1])
{
    const char *name = func->name;
    unsigned long size, offset;

    if (!name) {
        name =
            symbols_lookup((unsigned long)func->old_addr, &size, &offset, text);
    }
    return name ? name : "a function without a name";
}

void lp_entries_find_old(const struct lp_payload *payload,
                         const struct lp_scope *scope,
                         const struct lp_span *entries)
{
    struct livepatch_func *funcs = (struct livepatch_func *)entries->start;

    if (!IS_ALIGNED((unsigned long)funcs, __alignof__(*funcs))) {
        return;
    }
    for (size_t i = 0; i < entries->bytes / sizeof(*funcs); i++) {
        if (!funcs[i].old_addr &&
            lp_image_holds_string(&payload->image, funcs[i].name) &&
            funcs[i].name[0] != '\0') {
            funcs[i].old_addr = (void *)scope->find(scope, funcs[i].name);
        }
    }
}

static int check_entry_shape(const struct lp_payload *payload, unsigned int i,
                             const struct livepatch_func *func)
{
    const bool needs_name = !func->old_addr || func->name;
    char text[KSYM_NAME_LEN + 1];

    if (func->version != LIVEPATCH_PAYLOAD_VERSION) {
        lp_err(payload->name, "function %u: version %u, expected %u", i,
               func->version, LIVEPATCH_PAYLOAD_VERSION);
        return -EOPNOTSUPP;
    }
    if (needs_name && !lp_image_holds_string(&payload->image, func->name)) {
        lp_err(payload->name,
               "function %u: its name at %p is no string of at most %u bytes "
               "in the payload's read-only data",
               i, func->name, LP_IMAGE_STRING_MAX);
        return -EINVAL;
    }
    if (!func->old_addr) {
        lp_err(payload->name, "no function '%s' in this hypervisor",
               func->name);
        return -ENOENT;
    }
    if (func->old_size == 0) {
        lp_err(payload->name, "%s: old_size is 0", lp_entries_name(func, text));
        return -EINVAL;
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
    return func->old_size <= text_bytes_from((unsigned long)func->old_addr);
}

static int check_addresses(const struct lp_payload *payload, const char *name,
                           const struct livepatch_func *func)
{
    if (!is_text(func)) {
        lp_err(payload->name, "%s: %u bytes at %p are not text", name,
               func->old_size, func->old_addr);
        return -EINVAL;
    }
    if (is_kernel_nopatch(func->old_addr, func->old_size)) {
        lp_err(payload->name,
               "%s is part of the patching path and cannot be patched", name);
        return -EPERM;
    }
    if (is_kernel_verifying(func->old_addr, func->old_size)) {
        lp_err(payload->name,
               "%s is part of what verifies payloads and cannot be patched",
               name);
        return -EPERM;
    }
    if (func->new_addr &&
        !lp_image_holds(&payload->image, LP_TEXT, func->new_addr,
                        ARCH_LIVEPATCH_INSN_BYTES)) {
        lp_err(payload->name,
               "%s: its replacement at %p is not in the "
               "payload's text",
               name, func->new_addr);
        return -EINVAL;
    }
    return 0;
}

static int read_entry(const struct lp_payload *payload, unsigned int i,
                      const struct livepatch_func *func,
                      struct livepatch_change *change)
{
    char text[KSYM_NAME_LEN + 1];
    const char *name;
    int rc = check_entry_shape(payload, i, func);

    if (rc) {
        return rc;
    }
    name = lp_entries_name(func, text);
    rc = check_addresses(payload, name, func);
    return rc ? rc
              : arch_livepatch_plan_change(payload->name, name, func, change);
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

static void say_overlap(const struct lp_payload *payload, uint32_t a,
                        uint32_t b)
{
    char text_a[KSYM_NAME_LEN + 1], text_b[KSYM_NAME_LEN + 1];

    lp_err(payload->name, "functions %u (%s) and %u (%s) overlap", a,
           lp_entries_name(&payload->funcs[a], text_a), b,
           lp_entries_name(&payload->funcs[b], text_b));
}

static int check_overlap(const struct lp_payload *payload)
{
    for (unsigned int i = 1; i < payload->nfuncs; i++) {
        const uint32_t a = payload->order[i - 1], b = payload->order[i];
        const struct livepatch_change *low = &payload->changes[a];

        if (low->where + low->nr_bytes > payload->changes[b].where) {
            say_overlap(payload, a, b);
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

static int read_entries(struct lp_payload *payload)
{
    const struct livepatch_func *funcs = payload->funcs;
    int rc = 0;

    for (unsigned int i = 0; rc == 0 && i < payload->nfuncs; i++) {
        rc = read_entry(payload, i, &funcs[i], &payload->changes[i]);
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

int lp_entries_read(struct lp_payload *payload, const struct lp_part *entries)
{
    const struct livepatch_func *funcs = (const void *)entries->start;
    int rc;

    if (!IS_ALIGNED((unsigned long)funcs, __alignof__(*funcs))) {
        lp_err(payload->name, ".livepatch.funcs at %p: must be aligned to %zu",
               funcs, __alignof__(*funcs));
        return -EINVAL;
    }
    rc = allocate(payload, entries->bytes / sizeof(*funcs));
    if (rc == 0) {
        payload->funcs = funcs;
        rc = read_entries(payload);
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
