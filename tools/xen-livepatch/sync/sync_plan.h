/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What has to be done so that the hypervisor has what the folders want, step by
 * step, each with its reason; and what has not to be done, and why. Pure: it is
 * printed by a dry run, judged by those who only look, and done by sync_run.c.
 *
 * Example. Applied are a, b (on a), c (on b); the folder has a, c, and a file b
 * with another build-id, which c of the folder goes on top of:
 *     KEEP a; REVERT c, b; UNLOAD c, b; LOAD b (reissued), c (reissued)
 * If c of the folder still went on top of the old b: LEAVE_OUT b (blocked by
 * c), STAYS b (the old one), and KEEP c (not on top) when the order file names
 * it, else STAYS c, LEAVE_OUT c (nothing below).
 */
#ifndef XEN_LIVEPATCH_SYNC_PLAN_H
#define XEN_LIVEPATCH_SYNC_PLAN_H

#include "session/outcome.h"
#include "sync/sync_order.h"

enum sync_step_kind {
    STEP_LEAVE_OUT, /* a file that is not loaded, by `fit` or `reason` */
    STEP_STAYS,     /* it is applied though the folders do not want it */
    STEP_KEEP,      /* a file that is applied already */
    STEP_REVERT,    /* from here on something is done, in this order */
    STEP_UNLOAD,
    STEP_LOAD,
    STEP_APPLY,
};

enum sync_reason {
    REASON_NONE,
    REASON_MISSING,    /* LOAD: it is not loaded */
    REASON_UPLOADED,   /* APPLY: it is loaded and not applied */
    REASON_REISSUED,   /* the file of its name has another build-id */
    REASON_ANEW,       /* it was in force before, or its build is not known */
    REASON_MAKES_WAY,  /* for what lies below it to be taken out: `other` */
    REASON_PUT_BACK,   /* it had made way */
    REASON_PRUNED,     /* it is not wanted */
    REASON_PINNED,     /* STAYS */
    REASON_UNWANTED,   /* STAYS: not in the folders, masked or held */
    REASON_MISFIT,     /* STAYS: its file has no place */
    REASON_BLOCKED,    /* `other`, which stays, lies on top of it */
    REASON_NOT_ON_TOP, /* LEAVE_OUT: `other` (NULL: the hypervisor) is on top of
                          the stack, and not what it goes on top of. KEEP and
                          STAYS: it would be then, so that nothing is taken
                          out; LEAVE_OUT with `loaded`: the build that stays */
    REASON_BY_NAME,    /* KEEP: known by its name only */
    REASON_BY_ID,      /* KEEP: it is loaded as `other` */
};

struct sync_step {
    enum sync_step_kind kind;
    enum sync_reason reason;
    enum sync_fit fit;                   /* LEAVE_OUT: SYNC_FITS: see reason */
    const char *name;                    /* of the payload */
    const struct folder_payload *file;   /* NULL: the folders have none */
    const struct loaded_payload *loaded; /* NULL: it is not loaded; of a LOAD
                                            that is REISSUED the old build */
    const char *other;                   /* a name, or NULL */
    enum sync_fit other_fit; /* LEAVE_OUT as NOTHING_BELOW with `other`: its */
    enum sync_fit root;      /* LEAVE_OUT: sync_order_root() of it */
};

struct sync_plan {
    struct sync_step *steps; /* notes first, then what is to be done */
    size_t nr;
    size_t nr_changes;  /* that revert, unload, load or apply */
    struct flaws flaws; /* what of the folder has no effect */
};

/*
 * Compare. What the view points to must outlive the plan. Gives 0 with *plan,
 * to be freed with sync_plan_free(), or -ENOMEM.
 */
int sync_plan_make(const struct sync_view *view, struct sync_plan *plan);
void sync_plan_free(struct sync_plan *plan);

/* Whether the step does something. */
bool sync_step_changes(const struct sync_step *step);

/* The index of the first that does something, SYNC_NONE: none does. */
size_t sync_plan_first_change(const struct sync_plan *plan);

/* What a note means for the outcome of the sync; DONE: nothing is amiss. Who
 * judges files (judgement/file_facts.c) goes by the root, too. */
enum outcome sync_step_outcome(const struct sync_step *step);

#endif
