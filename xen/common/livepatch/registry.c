// SPDX-License-Identifier: GPL-2.0
/*
 * Two lists and a lock. The list of payloads may be walked without the lock
 * (backtraces, traps); the stack of applied ones may not.
 */
#include "registry.h"

#include <xen/livepatch.h>
#include <xen/rcupdate.h>
#include <xen/spinlock.h>
#include <xen/string.h>

#include "entries.h"
#include "notes.h"

static DEFINE_SPINLOCK(lock);
static LIST_HEAD(payloads);
static LIST_HEAD(stack); /* newest last */
static unsigned int nr_payloads;
static uint32_t version = 1;

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

struct payload *lp_registry_find_name(struct registry_locked locked,
                                      const char *name)
{
    struct payload *payload;

    (void)locked;
    list_for_each_entry (payload, &payloads, list) {
        if (!strcmp(payload->name, name)) {
            return payload;
        }
    }
    return NULL;
}

struct payload *lp_registry_find_id(struct registry_locked locked,
                                    const struct lp_build_id *id)
{
    struct payload *payload;

    (void)locked;
    list_for_each_entry (payload, &payloads, list) {
        if (lp_notes_same_id(&payload->id, id)) {
            return payload;
        }
    }
    return NULL;
}

struct payload *lp_registry_top(struct registry_locked locked)
{
    (void)locked;
    return list_empty(&stack)
               ? NULL
               : list_last_entry(&stack, struct payload, applied);
}

struct payload *lp_registry_at(struct registry_locked locked,
                               unsigned int index)
{
    struct payload *payload;

    (void)locked;
    list_for_each_entry (payload, &payloads, list) {
        if (index-- == 0) {
            return payload;
        }
    }
    return NULL;
}

struct payload *lp_registry_next(struct registry_locked locked,
                                 const struct payload *payload)
{
    (void)locked;
    return payload->list.next == &payloads
               ? NULL
               : list_first_entry(&payload->list, struct payload, list);
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

void lp_registry_add(struct registry_locked locked, struct payload *payload)
{
    (void)locked;
    list_add_tail_rcu(&payload->list, &payloads);
    nr_payloads++;
    version++;
}

void lp_registry_remove(struct registry_locked locked, struct payload *payload)
{
    (void)locked;
    list_del_rcu(&payload->list);
    nr_payloads--;
    version++;
    rcu_barrier();
}

void lp_registry_push(struct registry_locked locked, struct payload *payload)
{
    (void)locked;
    list_add_tail(&payload->applied, &stack);
}

void lp_registry_pop(struct registry_locked locked, struct payload *payload)
{
    (void)locked;
    list_del(&payload->applied);
}

static const struct payload *find_by_address(unsigned long addr)
{
    const struct payload *payload;

    list_for_each_entry_rcu (payload, &payloads, list) {
        if (addr - (unsigned long)payload->image.base < payload->image.bytes) {
            return payload;
        }
    }
    return NULL;
}

const char *lp_registry_symbol(unsigned long addr, unsigned long *size,
                               unsigned long *offset, char *namebuf)
{
    const struct payload *payload = find_by_address(addr);
    const char *symbol;

    if (!payload) {
        return NULL;
    }
    symbol = lp_entries_symbol(payload, addr, offset);
    if (symbol) {
        *size = 0;
        strlcpy(namebuf, payload->name, KSYM_NAME_LEN + 1);
    }
    return symbol;
}

bool lp_registry_holds_address(const void *p)
{
    return find_by_address((unsigned long)p) != NULL;
}

bool is_patch(const void *ptr)
{
    return lp_registry_holds_address(ptr);
}
