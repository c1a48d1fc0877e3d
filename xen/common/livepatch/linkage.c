// SPDX-License-Identifier: GPL-2.0
/*
 * The hypervisor's names come first, then those that payloads export. A payload
 * that was found useful is not unloaded before its user.
 */
#include "linkage.h"

#include <xen/errno.h>
#include <xen/kernel.h>
#include <xen/symbols.h>
#include <xen/xmalloc.h>

#include "log.h"
#include "symtab.h"

static void note_use(struct lp_payload *payload, struct lp_payload *used)
{
    for (unsigned int i = 0; i < payload->nr_uses; i++) {
        if (payload->uses[i] == used) {
            return;
        }
    }
    payload->uses[payload->nr_uses++] = used;
}

static const struct linkage *linkage_of(const struct lp_scope *scope)
{
    return container_of(scope, struct linkage, scope);
}

static unsigned long find_name(const struct lp_scope *scope, const char *text)
{
    const struct linkage *linkage = linkage_of(scope);
    const struct hashed_name name = hash_name(text);
    unsigned long address = symbols_lookup_hashed(&name);
    struct lp_payload *owner;

    if (!address &&
        lp_registry_find_export(linkage->locked, &name, &owner, &address)) {
        note_use(linkage->payload, owner);
    }
    return address;
}

static size_t use_text(const struct lp_scope *scope, const void *p)
{
    const struct linkage *linkage = linkage_of(scope);
    const struct virtual_region *region = find_text_region((unsigned long)p);
    struct lp_payload *owner;

    if (!region) {
        return 0;
    }
    owner =
        is_kernel_text(p) ? NULL : lp_registry_find_address(linkage->locked, p);
    if (owner) {
        note_use(linkage->payload, owner);
    }
    return (const uint8_t *)region->text_end - (const uint8_t *)p;
}

static bool is_hypervisors_data(const void *p)
{
    return is_kernel_data(p) || is_kernel_rodata(p);
}

static bool holds_data(const struct lp_scope *scope, const void *p,
                       size_t bytes)
{
    const void *last = (const void *)((uintptr_t)p + bytes - 1);
    const struct lp_payload *owner;

    if (is_hypervisors_data(p)) {
        return is_hypervisors_data(last);
    }
    owner = lp_registry_find_address(linkage_of(scope)->locked, p);
    return owner && (lp_image_holds(&owner->image, LP_RW, p, bytes) ||
                     lp_image_holds(&owner->image, LP_RODATA, p, bytes));
}

int lp_linkage_begin(struct registry_locked locked, struct lp_payload *payload,
                     struct linkage *linkage)
{
    const unsigned int most = lp_registry_count(locked);

    *linkage = (struct linkage){
        .scope = {.find = find_name,
                  .use_text = use_text,
                  .holds_data = holds_data},
        .locked = locked,
        .payload = payload,
    };
    if (most == 0) {
        return 0;
    }
    payload->uses = xzalloc_array(struct lp_payload *, most);
    if (!payload->uses) {
        lp_err(payload->name, "no memory for references to %u payloads", most);
        return -ENOMEM;
    }
    return 0;
}

void lp_linkage_discard(struct lp_payload *payload)
{
    xfree(payload->uses);
    payload->uses = NULL;
    payload->nr_uses = 0;
}

/* Entries may give the old address themselves. */
static void note_patched_payloads(struct registry_locked locked,
                                  struct lp_payload *payload)
{
    for (unsigned int i = 0; i < payload->nfuncs; i++) {
        const void *old = payload->funcs[i].old_addr;
        struct lp_payload *owner =
            is_kernel_text(old) ? NULL : lp_registry_find_address(locked, old);

        if (owner) {
            note_use(payload, owner);
        }
    }
}

static int check_export(struct registry_locked locked,
                        const struct lp_payload *payload,
                        const struct hashed_name *name)
{
    struct lp_payload *owner;
    unsigned long address;

    if (symbols_lookup_hashed(name)) {
        lp_err(payload->name, "'%s' is a symbol of the hypervisor", name->text);
        return -EEXIST;
    }
    if (lp_registry_find_export(locked, name, &owner, &address)) {
        lp_err(payload->name, "'%s' is a symbol of '%s' too", name->text,
               owner->name);
        return -EEXIST;
    }
    return 0;
}

int lp_linkage_check_exports(struct registry_locked locked,
                             struct lp_payload *payload)
{
    int rc = 0;

    note_patched_payloads(locked, payload);
    for (uint32_t i = 0; rc == 0 && i < payload->symbols.nr; i++) {
        const struct lp_own_symbol *symbol = &payload->symbols.symbol[i];

        if (symbol->is_exported) {
            const struct hashed_name name =
                lp_symtab_hashed_name(payload, symbol);

            rc = check_export(locked, payload, &name);
        }
    }
    return rc;
}
