/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A walk from the hypervisor upwards: what goes on top of the one placed last.
 */
#include "sync/sync_order.h"

#include <errno.h>
#include <stdlib.h>

/* No payload. */
#define NONE SIZE_MAX

static void judge_hypervisor(const struct payload_folder *folder,
                             struct build_id build_id, struct sync_order *order)
{
    for (size_t i = 0; i < folder->nr; i++) {
        struct build_id wanted = folder->payloads[i].hypervisor;

        order->fits[i] = !wanted.nr_bytes || build_id_is_same(wanted, build_id)
                             ? SYNC_NOTHING_BELOW
                             : SYNC_OTHER_HYPERVISOR;
    }
}

/* Payloads for Xen before 4.14 say only what lies below them: one to which no
 * way leads from this hypervisor is for another. */
static void judge_unplaced(const struct payload_folder *folder,
                           struct sync_order *order)
{
    for (size_t i = 0; i < folder->nr; i++) {
        if (order->fits[i] == SYNC_NOTHING_BELOW &&
            !folder->payloads[i].hypervisor.nr_bytes) {
            order->fits[i] = SYNC_OTHER_HYPERVISOR;
        }
    }
}

static void place(struct sync_order *order, size_t i)
{
    order->places[order->nr++] = i;
    order->fits[i] = SYNC_FITS;
}

/* The payload of the lowest line after `rank` that is for this hypervisor. */
static size_t next_ranked(const struct payload_folder *folder,
                          const struct sync_order *order, int rank)
{
    size_t found = NONE;

    for (size_t i = 0; i < folder->nr; i++) {
        int here = folder->payloads[i].rank;

        if (order->fits[i] != SYNC_OTHER_HYPERVISOR && here > rank &&
            (found == NONE || here < folder->payloads[found].rank)) {
            found = i;
        }
    }
    return found;
}

static bool goes_on(const struct payload_folder *folder,
                    const struct sync_order *order, size_t i,
                    struct build_id top)
{
    return order->fits[i] == SYNC_NOTHING_BELOW &&
           build_id_is_same(folder->payloads[i].below, top);
}

/* Of those that go on top of `top` the one to take; the others have no place.
 */
static size_t take_next(const struct payload_folder *folder,
                        bool (*is_applied)(const void *, const char *),
                        const void *loaded, struct build_id top,
                        struct sync_order *order)
{
    size_t found = NONE;

    for (size_t i = 0; i < folder->nr; i++) {
        if (goes_on(folder, order, i, top) &&
            (found == NONE ||
             (is_applied(loaded, folder->payloads[i].name) &&
              !is_applied(loaded, folder->payloads[found].name)))) {
            found = i;
        }
    }
    for (size_t i = 0; found != NONE && i < folder->nr; i++) {
        if (i != found && goes_on(folder, order, i, top)) {
            order->fits[i] = SYNC_PLACE_TAKEN;
        }
    }
    return found;
}

int sync_order_make(const struct payload_folder *folder,
                    struct build_id build_id,
                    bool (*is_applied)(const void *loaded, const char *name),
                    const void *loaded, struct sync_order *order)
{
    struct sync_order made = {
        .places = calloc(folder->nr + 1, sizeof(*made.places)),
        .fits = calloc(folder->nr + 1, sizeof(*made.fits)),
    };
    struct build_id top = build_id;
    size_t i;

    if (!made.places || !made.fits) {
        sync_order_free(&made);
        return -ENOMEM;
    }
    judge_hypervisor(folder, build_id, &made);
    for (i = next_ranked(folder, &made, 0); i != NONE;
         i = next_ranked(folder, &made, folder->payloads[i].rank)) {
        place(&made, i);
        top = folder->payloads[i].own;
    }
    for (i = take_next(folder, is_applied, loaded, top, &made); i != NONE;
         i = take_next(folder, is_applied, loaded, top, &made)) {
        place(&made, i);
        top = folder->payloads[i].own;
    }
    judge_unplaced(folder, &made);
    *order = made;
    return 0;
}

void sync_order_free(struct sync_order *order)
{
    free(order->places);
    free(order->fits);
}
