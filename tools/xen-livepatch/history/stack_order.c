/* SPDX-License-Identifier: GPL-2.0 */
/*
 * For each applied payload the place of the last deed of this boot that applied
 * it; sorted by that. A set's payloads were applied in the order of its names.
 * Where the hypervisor numbers what it does, places are those numbers, so that
 * deeds in the log and records of others stand in one order. Of a set that is
 * not in the log a record names only the first payload: what was applied before
 * such a set may have been in it too, and counts as not known.
 */
#include "history/stack_order.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "session/machine.h"

/* Places of one deed's names lie so far apart from the next one's. */
#define NAMES_MAX 1024U

static bool did_apply(const struct past_deed *deed, const char *boot)
{
    return !deed->exit_status && *boot && !strcmp(deed->boot, boot) &&
           (!strcmp(deed->verb, "apply") || !strcmp(deed->verb, "replace"));
}

/* What is known of the past; `records` may be NULL. */
struct past {
    const struct deed_history *log;
    const struct extension_history *records;
    char boot[BOOT_ID_BYTES];
};

/* That of the deed, 0 for one that has none. */
static size_t place_of_deed(const struct past *past, size_t i,
                            const struct past_deed *deed)
{
    return past->records ? (size_t)deed->sequence : i + 1;
}

/* 0: no deed of this boot in the log applied it. */
static size_t place_in_log(const struct past *past, const char *name)
{
    for (size_t i = past->log->nr; i--;) {
        struct past_deed deed = deed_history_at(past->log, i);
        size_t place = place_of_deed(past, i, &deed);

        if (!place || !did_apply(&deed, past->boot)) {
            continue;
        }
        for (size_t k = 0; k < deed.nr_names; k++) {
            if (!strcmp(past_deed_name(&deed, k), name)) {
                return place * NAMES_MAX + k;
            }
        }
    }
    return 0;
}

static bool is_logged(const struct past *past, uint64_t sequence)
{
    for (size_t i = past->log->nr; i--;) {
        struct past_deed deed = deed_history_at(past->log, i);

        if ((uint64_t)deed.sequence == sequence &&
            did_apply(&deed, past->boot)) {
            return true;
        }
    }
    return false;
}

static bool is_unknown_set(const struct past *past,
                           const struct livepatch_ext_record *record)
{
    return record->cmd == PAYLOAD_APPLY && record->nr_payloads > 1 &&
           !is_logged(past, record->sequence);
}

/* The newest place that is known; 0: none, or it may not be the newest. */
static size_t place_of(const struct past *past, const char *name)
{
    size_t place = place_in_log(past, name);

    for (size_t i = 0; past->records && i < past->records->nr; i++) {
        const struct livepatch_ext_record *record = &past->records->records[i];
        size_t start = (size_t)record->sequence * NAMES_MAX;

        if (record->rc || start < place ||
            (record->cmd != PAYLOAD_APPLY && record->cmd != PAYLOAD_REPLACE)) {
            continue;
        }
        if (!strcmp(record->name, name)) {
            place = start;
        } else if (is_unknown_set(past, record)) {
            place = 0;
        }
    }
    return place;
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
                     const struct deed_history *log,
                     const struct extension_history *records,
                     struct stack_order *order)
{
    struct past past = {.log = log, .records = records};
    struct stack_order found = {
        .entries = calloc(list->nr + 1, sizeof(struct payload_entry *)),
        .is_known = true,
    };
    size_t *places = calloc(list->nr + 1, sizeof(*places));

    if (!found.entries || !places) {
        free(found.entries);
        free(places);
        return -ENOMEM;
    }
    machine_boot_id(past.boot);
    for (size_t i = 0; i < list->nr; i++) {
        const struct payload_entry *entry = &list->entries[i];
        size_t place;

        if (entry->status.state != PAYLOAD_APPLIED) {
            continue;
        }
        place = place_of(&past, entry->name);
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
