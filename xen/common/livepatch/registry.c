// SPDX-License-Identifier: GPL-2.0
/*
 * Two lists, an index and a lock. The list of payloads may be walked without
 * the lock (backtraces, traps); the stack of applied ones may not.
 */
#include "registry.h"

#include <xen/errno.h>
#include <xen/livepatch.h>
#include <xen/rcupdate.h>
#include <xen/spinlock.h>
#include <xen/string.h>

#include "exports.h"
#include "log.h"
#include "notes.h"
#include "symtab.h"

static DEFINE_SPINLOCK(lock);
static LIST_HEAD(payloads);
static LIST_HEAD(stack); /* newest last */
static struct lp_exports exports;
static unsigned int nr_payloads;
static uint32_t version = 1;
static uint64_t last_stamp;

struct registry_locked registry_lock(void)
{
    spin_lock(&lock);
    return (struct registry_locked){0};
}

void registry_unlock(struct registry_locked locked)
{
    (void)locked;
    spin_unlock(&lock);
}

struct lp_payload *lp_registry_find_name(struct registry_locked locked,
                                         const char *name)
{
    struct lp_payload *payload;

    (void)locked;
    list_for_each_entry (payload, &payloads, list) {
        if (!strcmp(payload->name, name)) {
            return payload;
        }
    }
    return NULL;
}

struct lp_payload *lp_registry_find_id(struct registry_locked locked,
                                       const struct lp_build_id *id)
{
    struct lp_payload *payload;

    (void)locked;
    list_for_each_entry (payload, &payloads, list) {
        if (lp_notes_same_id(&payload->id, id)) {
            return payload;
        }
    }
    return NULL;
}

struct lp_payload *lp_registry_top(struct registry_locked locked)
{
    (void)locked;
    return list_empty(&stack)
               ? NULL
               : list_last_entry(&stack, struct lp_payload, applied);
}

uint64_t lp_registry_stamp(struct registry_locked locked)
{
    const struct lp_payload *top = lp_registry_top(locked);

    return top ? top->stamp : LP_STAMP_OF_NOTHING;
}

struct lp_payload *lp_registry_below(struct registry_locked locked,
                                     const struct lp_payload *payload)
{
    (void)locked;
    return payload->applied.prev == &stack
               ? NULL
               : list_last_entry(&payload->applied, struct lp_payload, applied);
}

struct lp_payload *lp_registry_at(struct registry_locked locked,
                                  unsigned int index)
{
    struct lp_payload *payload;

    (void)locked;
    list_for_each_entry (payload, &payloads, list) {
        if (index-- == 0) {
            return payload;
        }
    }
    return NULL;
}

struct lp_payload *lp_registry_next(struct registry_locked locked,
                                    const struct lp_payload *payload)
{
    (void)locked;
    return payload->list.next == &payloads
               ? NULL
               : list_first_entry(&payload->list, struct lp_payload, list);
}

unsigned int lp_registry_count(struct registry_locked locked)
{
    (void)locked;
    return nr_payloads;
}

uint32_t lp_registry_version(struct registry_locked locked)
{
    (void)locked;
    return version;
}

static int enter_exports(struct lp_payload *payload)
{
    const uint32_t nr = payload->symbols.nr_exported;
    const struct lp_own_symbol *clash;

    if (lp_exports_reserve(&exports, nr)) {
        lp_err(payload->name, "no memory to index %u symbols", nr);
        return -ENOMEM;
    }
    clash = lp_exports_add(&exports, payload);
    if (clash) {
        lp_err(payload->name, "'%s' is a symbol of '%s' too",
               lp_symtab_name(clash->owner, clash), clash->owner->name);
        return -EEXIST;
    }
    return 0;
}

int lp_registry_add(struct registry_locked locked, struct lp_payload *payload)
{
    const int rc = enter_exports(payload);

    (void)locked;
    if (rc) {
        return rc;
    }
    for (unsigned int i = 0; i < payload->nr_uses; i++) {
        payload->uses[i]->nr_users++;
    }
    list_add_tail_rcu(&payload->list, &payloads);
    nr_payloads++;
    version++;
    return 0;
}

void lp_registry_remove(struct registry_locked locked,
                        struct lp_payload *payload)
{
    (void)locked;
    lp_exports_remove(&exports, payload);
    for (unsigned int i = 0; i < payload->nr_uses; i++) {
        payload->uses[i]->nr_users--;
    }
    list_del_rcu(&payload->list);
    nr_payloads--;
    version++;
    rcu_barrier();
}

void lp_registry_push(struct registry_locked locked, struct lp_payload *payload)
{
    (void)locked;
    payload->stamp = ++last_stamp;
    list_add_tail(&payload->applied, &stack);
}

void lp_registry_pop(struct registry_locked locked, struct lp_payload *payload)
{
    (void)locked;
    list_del(&payload->applied);
}

static struct lp_payload *find_by_address(unsigned long addr)
{
    struct lp_payload *payload;

    list_for_each_entry_rcu (payload, &payloads, list) {
        if (addr - (unsigned long)payload->image.base < payload->image.bytes) {
            return payload;
        }
    }
    return NULL;
}

struct lp_payload *lp_registry_find_address(struct registry_locked locked,
                                            const void *p)
{
    (void)locked;
    return find_by_address((unsigned long)p);
}

bool lp_registry_find_export(struct registry_locked locked,
                             const struct hashed_name *name,
                             struct lp_payload **owner, unsigned long *address)
{
    const struct lp_own_symbol *symbol = lp_exports_find(&exports, name);

    (void)locked;
    if (!symbol) {
        return false;
    }
    *owner = symbol->owner;
    *address = lp_symtab_address(symbol);
    return true;
}

const char *lp_registry_symbol(unsigned long addr, unsigned long *size,
                               unsigned long *offset, char *namebuf)
{
    const struct lp_payload *payload = find_by_address(addr);
    const struct lp_own_symbol *symbol;

    if (!payload) {
        return NULL;
    }
    symbol = lp_symtab_find_address(payload, addr);
    if (!symbol) {
        return NULL;
    }
    *size = symbol->size;
    *offset = addr - lp_symtab_address(symbol);
    strlcpy(namebuf, payload->name, KSYM_NAME_LEN + 1);
    return lp_symtab_name(payload, symbol);
}

bool lp_registry_holds_address(const void *p)
{
    return find_by_address((unsigned long)p) != NULL;
}

bool is_patch(const void *ptr)
{
    return lp_registry_holds_address(ptr);
}
