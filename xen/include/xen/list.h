/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Circular doubly linked lists through a member of the listed object. The
 * _rcu forms let readers walk without a lock while one writer adds or
 * removes; a removed object may be freed after rcu_barrier().
 */
#ifndef XEN_LIST_H
#define XEN_LIST_H

#include <xen/lib.h>

struct list_head {
    struct list_head *next, *prev;
};

#define LIST_HEAD_INIT(name)                                                   \
    {                                                                          \
        &(name), &(name)                                                       \
    }
#define LIST_HEAD(name) struct list_head name = LIST_HEAD_INIT(name)

static inline void INIT_LIST_HEAD(struct list_head *head)
{
    head->next = head;
    head->prev = head;
}

static inline bool list_empty(const struct list_head *head)
{
    return head->next == head;
}

static inline void list_insert_between(struct list_head *entry,
                                       struct list_head *prev,
                                       struct list_head *next)
{
    entry->next = next;
    entry->prev = prev;
    next->prev = entry;
    /* Release: whoever finds the entry sees it initialised (readers load
     * with acquire in list_for_each_entry_rcu). */
    __atomic_store_n(&prev->next, entry, __ATOMIC_RELEASE);
}

static inline void list_add(struct list_head *entry, struct list_head *head)
{
    list_insert_between(entry, head, head->next);
}

static inline void list_add_tail(struct list_head *entry,
                                 struct list_head *head)
{
    list_insert_between(entry, head->prev, head);
}

#define list_add_tail_rcu list_add_tail

/* The entry keeps its next pointer, so that a reader on it can go on. */
static inline void list_del_rcu(struct list_head *entry)
{
    entry->next->prev = entry->prev;
    __atomic_store_n(&entry->prev->next, entry->next, __ATOMIC_RELAXED);
}

static inline void list_del(struct list_head *entry)
{
    list_del_rcu(entry);
    entry->next = NULL;
    entry->prev = NULL;
}

#define list_entry(ptr, type, member) container_of(ptr, type, member)
#define list_first_entry(head, type, member)                                   \
    list_entry((head)->next, type, member)
#define list_last_entry(head, type, member)                                    \
    list_entry((head)->prev, type, member)

#define list_for_each_entry(pos, head, member)                                 \
    for (pos = list_first_entry(head, __typeof__(*pos), member);               \
         &pos->member != (head);                                               \
         pos = list_first_entry(&pos->member, __typeof__(*pos), member))

#define list_for_each_entry_reverse(pos, head, member)                         \
    for (pos = list_last_entry(head, __typeof__(*pos), member);                \
         &pos->member != (head);                                               \
         pos = list_last_entry(&pos->member, __typeof__(*pos), member))

#define list_for_each_entry_safe(pos, n, head, member)                         \
    for (pos = list_first_entry(head, __typeof__(*pos), member),               \
        n = list_first_entry(&pos->member, __typeof__(*pos), member);          \
         &pos->member != (head);                                               \
         pos = n, n = list_first_entry(&n->member, __typeof__(*n), member))

#define list_next_rcu(ptr, type, member)                                       \
    list_entry(__atomic_load_n(&(ptr)->next, __ATOMIC_ACQUIRE), type, member)

#define list_for_each_entry_rcu(pos, head, member)                             \
    for (pos = list_next_rcu(head, __typeof__(*pos), member);                  \
         &pos->member != (head);                                               \
         pos = list_next_rcu(&pos->member, __typeof__(*pos), member))

#endif
