// SPDX-License-Identifier: GPL-2.0
/*
 * Two lists, an index and a lock. The list of payloads may be walked without
 * the lock (backtraces, traps); all else is reached through the token alone.
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

struct lp_registry {
    spinlock_t lock;
    struct list_head payloads;
    struct list_head stack; /* newest last */
    struct lp_exports exports;
    unsigned int nr_payloads;
    uint32_t version;
    uint64_t nr_added; /* over the boot */
};

static struct lp_registry registry = {
    .lock = SPIN_LOCK_UNLOCKED,
    .payloads = LIST_HEAD_INIT(registry.payloads),
    .stack = LIST_HEAD_INIT(registry.stack),
    .version = 1,
};

static DEFINE_RCU_READ_LOCK(payloads_read);

struct registry_locked registry_lock(void)
{
    spin_lock(&registry.lock);
    return (struct registry_locked){&registry};
}

bool registry_trylock(struct registry_locked *locked)
{
    const bool is_ours = spin_trylock(&registry.lock);

    if (is_ours) {
        locked->registry = &registry;
    }
    return is_ours;
}

struct registry_locked registry_lock_held(void)
{
    BUG_ON(!spin_is_locked(&registry.lock));
    return (struct registry_locked){&registry};
}

void registry_unlock(struct registry_locked locked)
{
    spin_unlock(&locked.registry->lock);
}

struct lp_payload *lp_registry_find_name(struct registry_locked locked,
                                         const char *name)
{
    struct lp_payload *payload;

    list_for_each_entry (payload, &locked.registry->payloads, list) {
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

    list_for_each_entry (payload, &locked.registry->payloads, list) {
        if (lp_notes_same_id(&payload->id, id)) {
            return payload;
        }
    }
    return NULL;
}

struct lp_payload *lp_registry_top(struct registry_locked locked)
{
    return list_empty(&locked.registry->stack)
               ? NULL
               : list_last_entry(&locked.registry->stack, struct lp_payload,
                                 applied);
}

struct lp_payload *lp_registry_below(struct registry_locked locked,
                                     const struct lp_payload *payload)
{
    return payload->applied.prev == &locked.registry->stack
               ? NULL
               : list_last_entry(&payload->applied, struct lp_payload, applied);
}

struct lp_payload *lp_registry_at(struct registry_locked locked,
                                  unsigned int index)
{
    struct lp_payload *payload;

    list_for_each_entry (payload, &locked.registry->payloads, list) {
        if (index-- == 0) {
            return payload;
        }
    }
    return NULL;
}

struct lp_payload *lp_registry_next(struct registry_locked locked,
                                    const struct lp_payload *payload)
{
    return payload->list.next == &locked.registry->payloads
               ? NULL
               : list_first_entry(&payload->list, struct lp_payload, list);
}

unsigned int lp_registry_count(struct registry_locked locked)
{
    return locked.registry->nr_payloads;
}

uint32_t lp_registry_version(struct registry_locked locked)
{
    return locked.registry->version;
}

static int enter_exports(struct registry_locked locked,
                         struct lp_payload *payload)
{
    const uint32_t nr = payload->symbols.nr_exported;
    const struct lp_own_symbol *clash;
    const int rc = lp_exports_add(&locked.registry->exports, payload, &clash);

    if (rc == -ENOMEM) {
        lp_err(payload->name, "no memory to index %u symbols", nr);
    } else if (rc) {
        lp_err(payload->name, "'%s' is a symbol of '%s' too",
               lp_symtab_name(clash->owner, clash), clash->owner->name);
    }
    return rc;
}

int lp_registry_add(struct registry_locked locked, struct lp_payload *payload)
{
    const int rc = enter_exports(locked, payload);

    if (rc) {
        return rc;
    }
    for (unsigned int i = 0; i < payload->nr_uses; i++) {
        payload->uses[i]->nr_users++;
    }
    payload->number = ++locked.registry->nr_added;
    list_add_tail_rcu(&payload->list, &locked.registry->payloads);
    locked.registry->nr_payloads++;
    locked.registry->version++;
    return 0;
}

void lp_registry_remove(struct registry_locked locked,
                        struct lp_payload *payload)
{
    lp_exports_remove(&locked.registry->exports, payload);
    for (unsigned int i = 0; i < payload->nr_uses; i++) {
        payload->uses[i]->nr_users--;
    }
    list_del_rcu(&payload->list);
    locked.registry->nr_payloads--;
    locked.registry->version++;
    rcu_barrier();
}

void lp_registry_push(struct registry_locked locked, struct lp_payload *payload)
{
    const struct lp_payload *top = lp_registry_top(locked);

    payload->place = top ? top->place + 1 : 1;
    list_add_tail(&payload->applied, &locked.registry->stack);
}

void lp_registry_pop(struct registry_locked locked, struct lp_payload *payload)
{
    BUG_ON(lp_registry_top(locked) != payload);
    list_del(&payload->applied);
    payload->place = 0;
}

struct lp_payload *lp_registry_find_address(const void *p)
{
    const unsigned long addr = (unsigned long)p;
    struct lp_payload *payload;

    list_for_each_entry_rcu (payload, &registry.payloads, list) {
        if (addr - (unsigned long)payload->image.base < payload->image.bytes) {
            return payload;
        }
    }
    return NULL;
}

bool lp_registry_find_export(struct registry_locked locked,
                             const struct hashed_name *name,
                             struct lp_payload **owner, unsigned long *address)
{
    const struct lp_own_symbol *symbol =
        lp_exports_find(&locked.registry->exports, name);

    if (!symbol) {
        return false;
    }
    *owner = symbol->owner;
    *address = lp_symtab_address(symbol);
    return true;
}

static const char *find_symbol(unsigned long addr, unsigned long *size,
                               unsigned long *offset, char *namebuf)
{
    const struct lp_payload *payload =
        lp_registry_find_address((const void *)addr);
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

const char *lp_registry_symbol(unsigned long addr, unsigned long *size,
                               unsigned long *offset, char *namebuf)
{
    const char *name;

    rcu_read_lock(&payloads_read);
    name = find_symbol(addr, size, offset, namebuf);
    rcu_read_unlock(&payloads_read);
    return name;
}
