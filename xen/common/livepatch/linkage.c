// SPDX-License-Identifier: GPL-2.0
/*
 * The hypervisor's names come first, then those that payloads export. A payload
 * that was found useful is not unloaded before its user.
 */
#include "linkage.h"

#include <xen/errno.h>
#include <xen/kernel.h>
#include <xen/rcupdate.h>
#include <xen/symbols.h>
#include <xen/xmalloc.h>

#include "log.h"
#include "symtab.h"

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
        owner->is_used = true;
    }
    return address;
}

/* Bytes of text from p to the end of its region; 0: p is not in text. */
static size_t use_text(const struct lp_scope *scope, const void *p)
{
    struct lp_payload *owner =
        is_kernel_text(p) ? NULL : lp_registry_find_address(p);
    const size_t bytes = text_bytes_from((unsigned long)p);

    (void)scope;
    if (owner && bytes) {
        owner->is_used = true;
    }
    return bytes;
}

static bool is_hypervisors_data(const void *p)
{
    return is_kernel_data(p) || is_kernel_rodata(p) ||
           is_kernel_ro_after_init(p);
}

static bool holds_data(const struct lp_scope *scope, const void *p,
                       size_t bytes)
{
    const void *last = (const void *)((uintptr_t)p + bytes - 1);
    const struct lp_payload *owner;

    (void)scope;
    if (is_hypervisors_data(p)) {
        return is_hypervisors_data(last);
    }
    owner = lp_registry_find_address(p);
    return owner && (lp_image_holds(&owner->image, LP_RW, p, bytes) ||
                     lp_image_holds(&owner->image, LP_RODATA, p, bytes));
}

void lp_linkage_begin(struct registry_locked locked, struct linkage *linkage)
{
    struct lp_payload *payload = lp_registry_at(locked, 0);

    for (; payload; payload = lp_registry_next(locked, payload)) {
        payload->is_used = false;
    }
    *linkage = (struct linkage){
        .scope = {.find = find_name,
                  .use_text = use_text,
                  .holds_data = holds_data},
        .locked = locked,
    };
}

/* Entries may give the old address themselves. */
static void note_patched_payloads(const struct lp_payload *payload)
{
    for (unsigned int i = 0; i < payload->nfuncs; i++) {
        const void *old = payload->funcs[i].old_addr;
        struct lp_payload *owner =
            is_kernel_text(old) ? NULL : lp_registry_find_address(old);

        if (owner) {
            owner->is_used = true;
        }
    }
}

static int check_exports(const struct lp_payload *payload)
{
    for (uint32_t i = 0; i < payload->symbols.nr; i++) {
        const struct lp_own_symbol *symbol = &payload->symbols.symbol[i];
        const struct hashed_name name = lp_symtab_hashed_name(payload, symbol);

        if (symbol->is_exported && symbols_lookup_hashed(&name)) {
            lp_err(payload->name, "'%s' is a symbol of the hypervisor",
                   name.text);
            return -EEXIST;
        }
    }
    return 0;
}

static unsigned int count_used(struct registry_locked locked)
{
    const struct lp_payload *other = lp_registry_at(locked, 0);
    unsigned int nr = 0;

    for (; other; other = lp_registry_next(locked, other)) {
        nr += other->is_used;
    }
    return nr;
}

static int keep_used(struct registry_locked locked, struct lp_payload *payload)
{
    struct lp_payload *other = lp_registry_at(locked, 0);
    const unsigned int nr = count_used(locked);

    if (nr == 0) {
        return 0;
    }
    payload->uses = xmalloc_array(struct lp_payload *, nr);
    if (!payload->uses) {
        lp_err(payload->name, "no memory for references to %u payloads", nr);
        return -ENOMEM;
    }
    for (; other; other = lp_registry_next(locked, other)) {
        if (other->is_used) {
            payload->uses[payload->nr_uses++] = other;
        }
    }
    return 0;
}

int lp_linkage_end(struct registry_locked locked, struct lp_payload *payload)
{
    const int rc = check_exports(payload);

    if (rc) {
        return rc;
    }
    note_patched_payloads(payload);
    return keep_used(locked, payload);
}

void lp_linkage_discard(struct lp_payload *payload)
{
    xfree(payload->uses);
    payload->uses = NULL;
    payload->nr_uses = 0;
}
