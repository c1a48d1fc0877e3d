/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The one judgement of what needs attention. Pure: facts in, a list of points
 * out, the heaviest first. status, check and metrics show this list and nothing
 * of their own making, so they cannot disagree.
 */
#ifndef XEN_LIVEPATCH_JUDGEMENT_H
#define XEN_LIVEPATCH_JUDGEMENT_H

#include <stddef.h>

#include "judgement/attention.h"
#include "judgement/facts.h"

struct attention_point {
    enum attention_code code;
    enum attention_level level; /* that of its kind, unless one changed it */
    const char *name;           /* of the payload, of the facts; NULL: none */
    char *text;                 /* what and why; any bytes; no full stop */
    char *next;                 /* what to do now */
    size_t place;               /* where it stood before the sorting */
};

struct judgement {
    struct attention_point *points; /* by code */
    size_t nr;
};

/*
 * Judge. 0 with *judgement, to be freed with judgement_free() while the facts
 * are still there; or -ENOMEM.
 */
int judge(const struct facts *facts, struct judgement *judgement);
void judgement_free(struct judgement *judgement);

/* Give the points of that code another level. */
void judgement_weigh(struct judgement *judgement, enum attention_code code,
                     enum attention_level level);

/* The heaviest level that a point has; without points it is a note. */
enum attention_level judgement_worst(const struct judgement *judgement);

/* The points of that code. */
size_t judgement_count(const struct judgement *judgement,
                       enum attention_code code);

#endif
