/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the builder has to say of a patch: what it takes and why, what it leaves
 * out and why, what it refuses and what the author can do. Stages add lines,
 * explain/ shows them.
 */
#ifndef BUILDER_FINDINGS_H
#define BUILDER_FINDINGS_H

#include <stddef.h>

#include "base/arena.h"

enum finding_kind {
    FINDING_TAKEN,   /* in the payload */
    FINDING_IGNORED, /* changed, but not in what runs */
    FINDING_WARNING, /* in the payload, and to be thought about */
    FINDING_REFUSED, /* no payload can be made */
};

struct finding {
    enum finding_kind kind;
    const char *object; /* as the tree calls it */
    const char *symbol; /* "" when it is about the object */
    const char *reason;
    const char *remedy; /* NULL: none is known, or needed */
};

struct findings {
    struct finding *all;
    size_t nr, room;
    size_t nr_of[FINDING_REFUSED + 1];
    struct arena arena; /* of the texts */
};

void findings_open(struct findings *findings);
void findings_close(struct findings *findings);

/* Texts are copied; remedy may be NULL. */
void findings_add(struct findings *findings, const struct finding *finding);

#endif
