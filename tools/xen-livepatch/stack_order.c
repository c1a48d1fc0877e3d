/* SPDX-License-Identifier: GPL-2.0 */
/*
 * For each applied payload the place of the last deed of this boot that applied
 * it; sorted by that. A set's payloads were applied in the order of its names.
 */
#include "stack_order.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "machine.h"

/* Places of one deed's names lie so far apart from the next one's. */
#define NAMES_MAX 1024U

static bool did_apply(const struct past_deed *deed, const char *boot)
{
    return !deed->exit_status && *boot && !strcmp(deed->boot, boot) &&
           (!strcmp(deed->verb, "apply") || !strcmp(deed->verb, "replace"));
}

/* 0: no deed of this boot applied it. */
static size_t place_of(const struct deed_history *log, const char *boot,
                       const char *name)
{
    for (size_t i = log->nr; i--;) {
        struct past_deed deed = deed_history_at(log, i);

        for (size_t k = 0; did_apply(&deed, boot) && k < deed.nr_names; k++) {
            if (!strcmp(past_deed_name(&deed, k), name)) {
                return (i + 1) * NAMES_MAX + k;
            }
        }
    }
    return 0;
}

/* Put the entry behind those with a lower place. */
static void insert(struct stack_order *order, size_t *places,
                   const struct payload_entry *entry, size_t place)
{
    size_t at = order->nr++;

    while (at && places[at - 1] > place) {
        places[at] = places[at - 1];
        order->entries[at] = order->entries[at - 1];
        at--;
    }
    places[at] = place;
    order->entries[at] = entry;
}

int stack_order_find(const struct payload_list *list,
                     const struct deed_history *log, struct stack_order *order)
{
    struct stack_order found = {
        .entries = calloc(list->nr + 1, sizeof(struct payload_entry *)),
        .is_known = true,
    };
    size_t *places = calloc(list->nr + 1, sizeof(*places));
    char boot[BOOT_ID_BYTES];

    if (!found.entries || !places) {
        free(found.entries);
        free(places);
        return -ENOMEM;
    }
    machine_boot_id(boot);
    for (size_t i = 0; i < list->nr; i++) {
        const struct payload_entry *entry = &list->entries[i];
        size_t place;

        if (entry->status.state != PAYLOAD_APPLIED) {
            continue;
        }
        place = place_of(log, boot, entry->name);
        found.is_known = found.is_known && place;
        insert(&found, places, entry, place);
    }
    found.is_known = found.is_known || found.nr < 2;
    free(places);
    *order = found;
    return 0;
}

void stack_order_free(struct stack_order *order)
{
    free(order->entries);
}
