/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which payloads of a folder belong on this hypervisor, and in which order.
 * Pure: what is loaded is told by the caller.
 */
#ifndef XEN_LIVEPATCH_SYNC_ORDER_H
#define XEN_LIVEPATCH_SYNC_ORDER_H

#include "sync/payload_folder.h"

enum sync_fit {
    SYNC_FITS,
    SYNC_OTHER_HYPERVISOR, /* built for another build */
    SYNC_NOTHING_BELOW,    /* what it goes on top of is not in the folder */
    SYNC_PLACE_TAKEN,      /* another one goes on top of the same */
};

struct sync_order {
    size_t *places; /* indices of the folder's payloads that fit, in order */
    size_t nr;      /* of them */
    enum sync_fit *fits; /* of each payload of the folder */
};

/*
 * Put those for the hypervisor `build_id` in order: first the lines of the
 * order file, then one on top of the other by build-ids. Of several that go on
 * top of the same one, that one fits for which `is_applied` says so, else the
 * first by name. Example, running X: b on X, c on b, a on X: b, c when b is
 * applied, else a alone. Gives 0 with *order, to be freed with
 * sync_order_free(), or -ENOMEM.
 */
int sync_order_make(const struct payload_folder *folder,
                    struct build_id build_id,
                    bool (*is_applied)(const void *loaded, const char *name),
                    const void *loaded, struct sync_order *order);
void sync_order_free(struct sync_order *order);

#endif
