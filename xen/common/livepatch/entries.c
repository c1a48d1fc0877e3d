// SPDX-License-Identifier: GPL-2.0
/*
 * One entry after the other: version, name, addresses, change.
 */
#include "entries.h"

#include <xen/errno.h>
#include <xen/kernel.h>
#include <xen/xmalloc.h>

#include "image.h"
#include "log.h"
#include "resolve.h"

static int check_entry_shape(const struct payload *payload, unsigned int i,
                             const struct livepatch_func *func)
{
    if (func->version != LIVEPATCH_PAYLOAD_VERSION) {
        lp_err(payload->name, "function %u: version %u, expected %u", i,
               func->version, LIVEPATCH_PAYLOAD_VERSION);
        return -EOPNOTSUPP;
    }
    if (!lp_image_holds_string(&payload->image, func->name)) {
        lp_err(payload->name,
               "function %u: its name at %p is not in the "
               "payload",
               i, func->name);
        return -EINVAL;
    }
    if (func->old_size == 0) {
        lp_err(payload->name, "%s: old_size is 0", func->name);
        return -EINVAL;
    }
    return 0;
}

static int find_old_function(const struct payload *payload,
                             struct livepatch_func *func)
{
    if (func->old_addr) {
        return 0;
    }
    func->old_addr = (void *)lp_resolve_name(func->name);
    if (!func->old_addr) {
        lp_err(payload->name, "no function '%s' in this hypervisor",
               func->name);
        return -ENOENT;
    }
    return 0;
}

/*
 * All of [old_addr, old_addr + old_size) is the hypervisor's own text. Another
 * payload's is not: it could be unloaded before this one is applied.
 */
static bool is_text(const struct livepatch_func *func)
{
    const unsigned long first = (unsigned long)func->old_addr;
    const unsigned long last = first + func->old_size - 1;

    return last >= first && is_kernel_text((void *)first) &&
           is_kernel_text((void *)last);
}

static int check_addresses(const struct payload *payload,
                           const struct livepatch_func *func)
{
    if (!is_text(func)) {
        lp_err(payload->name,
               "%s: %u bytes at %p are not the hypervisor's text", func->name,
               func->old_size, func->old_addr);
        return -EINVAL;
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

static int read_entry(const struct payload *payload, unsigned int i,
                      struct livepatch_func *func,
                      struct livepatch_change *change)
{
    int rc = check_entry_shape(payload, i, func);

    if (rc == 0) {
        rc = find_old_function(payload, func);
    }
    if (rc == 0) {
        rc = check_addresses(payload, func);
    }
    if (rc == 0) {
        rc = arch_livepatch_plan_change(payload->name, func, change);
    }
    return rc;
}

int lp_entries_read(struct payload *payload, void *entries, size_t bytes)
{
    struct livepatch_func *funcs = entries;
    const unsigned int nr = bytes / sizeof(*funcs);
    struct livepatch_change *changes;
    int rc = 0;

    if (!IS_ALIGNED((unsigned long)entries, __alignof__(*funcs))) {
        lp_err(payload->name, ".livepatch.funcs at %p: must be aligned to %zu",
               entries, __alignof__(*funcs));
        return -EINVAL;
    }
    changes = xzalloc_array(struct livepatch_change, nr);
    if (!changes) {
        lp_err(payload->name, "no memory for %u functions", nr);
        return -ENOMEM;
    }
    for (unsigned int i = 0; rc == 0 && i < nr; i++) {
        rc = read_entry(payload, i, &funcs[i], &changes[i]);
    }
    if (rc) {
        xfree(changes);
        return rc;
    }
    payload->funcs = funcs;
    payload->nfuncs = nr;
    payload->changes = changes;
    return 0;
}

const char *lp_entries_symbol(const struct payload *payload, unsigned long addr,
                              unsigned long *offset)
{
    const struct livepatch_func *nearest = NULL;

    for (unsigned int i = 0; i < payload->nfuncs; i++) {
        const struct livepatch_func *func = &payload->funcs[i];

        if (func->new_addr && (unsigned long)func->new_addr <= addr &&
            (!nearest || func->new_addr > nearest->new_addr)) {
            nearest = func;
        }
    }
    if (!nearest) {
        return NULL;
    }
    *offset = addr - (unsigned long)nearest->new_addr;
    return nearest->name;
}

void lp_entries_discard(struct payload *payload)
{
    xfree(payload->changes);
    payload->changes = NULL;
    payload->nfuncs = 0;
}
