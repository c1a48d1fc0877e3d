/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What is to become of each loaded payload, and of each file that fits: what a
 * plan is written down from. Pure.
 */
#ifndef XEN_LIVEPATCH_SYNC_ROLES_H
#define XEN_LIVEPATCH_SYNC_ROLES_H

#include "sync/sync_plan.h"

enum sync_role {
    ROLE_IDLE,     /* loaded, not applied, of no concern */
    ROLE_STAYS,    /* applied, and not to be touched */
    ROLE_WANTED,   /* a file that fits */
    ROLE_ANEW,     /* the same; not applied, to be loaded from the file */
    ROLE_MOVED,    /* the same; applied, makes way and comes back */
    ROLE_REISSUED, /* a file that fits has its name */
    ROLE_PRUNED,
    ROLE_FIXED,   /* applied; taken out, its file would not go back */
    ROLE_BLOCKED, /* reissued or pruned, and something that stays is above */
};

struct sync_roles {
    const struct sync_view *view;
    struct sync_order order;
    enum sync_role *of;        /* of each loaded payload */
    enum sync_reason *reasons; /* why it stays or is blocked */
    const char **blockers;     /* of those that are blocked; of those that are
                                  fixed what they do not go on top of */
    size_t lowest;             /* place that has to go, 0: none */
};

/*
 * Gives 0 with *roles, to be freed with sync_roles_free(), or -ENOMEM. What the
 * view points to must outlive them.
 */
int sync_roles_make(const struct sync_view *view, struct sync_roles *roles);
void sync_roles_free(struct sync_roles *roles);

/* The loaded payload of that index; and the index of the one at that place. */
const struct loaded_payload *sync_roles_loaded(const struct sync_roles *roles,
                                               size_t i);
size_t sync_roles_at(const struct sync_roles *roles, size_t place);

/* Whether the file of that index, or SYNC_NONE, fits. */
bool sync_roles_fits(const struct sync_roles *roles, size_t file);

/* What will be on top of the stack when all that has to go has gone. */
struct sync_top {
    bool is_known;
    struct build_id id;
    const char *name; /* NULL: the hypervisor */
};

struct sync_top sync_roles_top(const struct sync_roles *roles);

/* What is to become of a file that fits. */
struct sync_choice {
    enum sync_step_kind kind;
    enum sync_reason reason;
    size_t same;       /* the loaded payload that it is, or SYNC_NONE */
    size_t reissued;   /* the one of which it is another build, or SYNC_NONE */
    const char *other; /* LEAVE_OUT: as in struct sync_step */
};

/* The next in order; *top: what is on top before, then with it. */
struct sync_choice sync_roles_choose(const struct sync_roles *roles,
                                     size_t file, struct sync_top *top);

#endif
