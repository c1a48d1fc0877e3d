/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which applied payload lies on top of which. The hypervisor lists payloads in
 * the order of upload; in which order they were applied, the log knows, and the
 * records of a hypervisor that keeps some.
 */
#ifndef XEN_LIVEPATCH_STACK_ORDER_H
#define XEN_LIVEPATCH_STACK_ORDER_H

#include "history/deed_history.h"
#include "hypervisor/extension.h"
#include "hypervisor/livepatch_list.h"

struct stack_order {
    const struct payload_entry **entries; /* the oldest first; of the list */
    size_t nr;
    bool is_known; /* false: the entries are in no order */
};

/*
 * Put the applied payloads of `list` in the order in which deeds of this boot
 * applied them, with `records` (NULL: the hypervisor has none) also those of
 * other programs. Known when there is at most one, or it is known of each when
 * it was applied. Gives 0 with *order, to be freed with stack_order_free(), or
 * -ENOMEM.
 */
int stack_order_find(const struct payload_list *list,
                     const struct deed_history *log,
                     const struct extension_history *records,
                     struct stack_order *order);
void stack_order_free(struct stack_order *order);

#endif
