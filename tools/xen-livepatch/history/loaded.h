/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The payloads that are loaded, with all that is known of each: what the
 * hypervisor lists, and beside that its build-id, what it goes on top of, when
 * it was loaded, its place in the stack. This project's hypervisor tells all of
 * it; on stock Xen the log of what this command loaded in this boot stands in.
 */
#ifndef XEN_LIVEPATCH_LOADED_H
#define XEN_LIVEPATCH_LOADED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "history/deed_history.h"
#include "hypervisor/extension.h"
#include "hypervisor/extension_payloads.h"
#include "hypervisor/livepatch_list.h"
#include "lib/kept_id.h"
#include "session/session.h"

/* Who says what a payload is. */
enum loaded_source {
    LOADED_NOT_KNOWN, /* nobody: another program loaded it, or long ago */
    LOADED_BY_LOG,    /* this command's log */
    LOADED_BY_HYPERVISOR,
};

struct loaded_payload {
    const struct payload_entry *entry; /* of the list */
    enum loaded_source source;         /* of `own` and `below` */
    struct kept_id own;
    struct kept_id below;
    uint64_t nr_bytes;  /* of the file, or of what it takes; 0: not known */
    int64_t loaded_ms;  /* since 1970; 0: not known */
    int64_t applied_ms; /* the last time; 0: not known, or never */
    bool is_spent;      /* can only be unloaded; never told by stock Xen */
    bool was_reverted;  /* since it was loaded; by the log */
    size_t place;       /* in the stack, 1 the lowest; 0: it is not applied */
};

struct loaded {
    struct loaded_payload *payloads; /* in the order of the list: of upload */
    size_t nr;
    size_t nr_applied;
    bool has_extension;  /* the hypervisor tells more than stock Xen */
    bool is_order_known; /* false: places are those of the upload */
};

/* What it is made of. `records` and `facts` may be NULL. */
struct loaded_sources {
    const struct payload_list *list; /* must outlive the result */
    const struct deed_history *log;
    const struct extension_history *records;
    const struct extension_payloads *facts; /* what the hypervisor tells */
};

/* Join them. 0 with *loaded, to be freed with loaded_free(), or -ENOMEM. */
int loaded_join(const struct loaded_sources *sources, struct loaded *loaded);

/*
 * The same for the connected session: asks the hypervisor for what it tells
 * beyond `list`, and reads the log, if there is one. A log that cannot be read
 * is one without lines, after a message on session->err.
 */
int loaded_take(struct session *session, const struct payload_list *list,
                struct loaded *loaded);
void loaded_free(struct loaded *loaded);

/* The payload of that name; or, for the other one, build-id; or NULL. */
const struct loaded_payload *loaded_find(const struct loaded *loaded,
                                         const char *name);
const struct loaded_payload *loaded_find_id(const struct loaded *loaded,
                                            struct build_id id);

/* The applied one at that place of the stack, 1..nr_applied. */
const struct loaded_payload *loaded_at_place(const struct loaded *loaded,
                                             size_t place);

#endif
