/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which payloads of a folder belong on this hypervisor, in which order, and
 * which loaded payloads they are. Pure: what is loaded is told by the caller.
 */
#ifndef XEN_LIVEPATCH_SYNC_ORDER_H
#define XEN_LIVEPATCH_SYNC_ORDER_H

#include "history/loaded.h"
#include "sync/payload_folder.h"

/* What is wanted, and what is there. */
struct sync_view {
    const struct payload_folder *folder;
    const struct loaded *loaded;
    struct build_id running;
    bool wants_prune; /* what is applied and not wanted has to go */
};

enum sync_fit {
    SYNC_FITS,
    SYNC_BAD,              /* the file is no payload */
    SYNC_MASKED,           /* the admin's file of its name is empty */
    SYNC_OTHER_HYPERVISOR, /* built for another build */
    SYNC_HELD,             /* by NAME.hold */
    SYNC_SUSPECT,          /* the machine went down with it on trial */
    SYNC_REFUSED,          /* another build is applied; this has an obstacle */
    SYNC_PINNED,           /* by NAME.pin, to another build of it */
    SYNC_PIN_UNCLEAR,      /* by NAME.pin, it is not known to which build */
    SYNC_SAME,             /* another file has the same build-id: the rival */
    SYNC_PLACE_TAKEN,      /* the rival goes on top of the same */
    SYNC_NOTHING_BELOW,    /* what it goes on top of is not there, or is the
                              rival, which does not fit */
};

/* No payload. */
#define SYNC_NONE SIZE_MAX

struct sync_order {
    size_t *places;  /* indices of the folder's payloads that fit, in order */
    size_t nr;       /* of them */
    size_t nr_files; /* of the folder */
    enum sync_fit *fits; /* of each payload of the folder */
    const char **rivals; /* names, NULL: none */
    size_t *belows; /* NOTHING_BELOW: the rival in the folder, SYNC_NONE: it
                       is not there */

    /* Of each loaded payload: the folder's that it is, by its build-id or, when
     * that is not known, by its name; and the folder's that has its name and
     * another build-id. SYNC_NONE: none. */
    size_t *files;
    size_t *reissues;
};

/*
 * Put those for the running hypervisor in order: first the lines of the order
 * file, then one on top of the other by build-ids. Of several that go on top of
 * the same one, that one fits which is applied, else the first by name; none
 * when something applied goes there that is not of the folder and stays.
 * Example, running X: b on X, c on b, a on X: b, c when b is applied, else a
 * alone. Gives 0 with *order, to be freed with sync_order_free(), or -ENOMEM.
 */
int sync_order_make(const struct sync_view *view, struct sync_order *order);
void sync_order_free(struct sync_order *order);

/* Why the file of that index is left out in the end: its own fit; of what has
 * nothing below that of the lowest which keeps it out. Example: a is held, b
 * goes on a, c on b: all three SYNC_HELD. */
enum sync_fit sync_order_root(const struct sync_order *order, size_t file);

/* Whether the loaded payload is pinned as it is: never replaced or pruned. */
bool sync_is_pinned(const struct sync_view *view,
                    const struct loaded_payload *payload);

#endif
