/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a machine left behind, and what that says of the step that it ended in,
 * and of the whole: the last case's verdict.
 */
#ifndef LIVEPATCH_REPLAY_VERDICT_H
#define LIVEPATCH_REPLAY_VERDICT_H

#include "console/faults.h"
#include "run/story.h"

enum end {
    END_NEVER_BEGAN, /* there was no process for it */
    END_BY_ITSELF,
    END_SILENT,      /* nothing was heard for too long; it was ended */
    END_OUT_OF_TIME, /* likewise, as the whole took too long */
    END_INTERRUPTED, /* by whoever runs this program */
};

struct remains {
    char *prefix;     /* of the files below */
    char *channel;    /* what dom0 told */
    char *serial;     /* both consoles */
    char *hypervisor; /* the hypervisor's own, if it has one */
    char *words;      /* what QEMU itself said */
    char *console;    /* of the two, where the hypervisor's lines are */
    long serial_start, hypervisor_start; /* their bytes when dom0 came up */
    enum end end;
    int status;           /* of QEMU */
    char *reason;         /* as QEMU says it; NULL: none */
    char *registers;      /* of a machine that hung; NULL: none */
    const char *xen_syms; /* that tell them by name; NULL: not given */
};

/* `kind`: of the hypervisor. */
void remains_begin(struct remains *remains, const char *folder,
                   const char *kind);
void remains_free(struct remains *remains);

/* From here on, what consoles tell is of interest. */
void remains_mark_start(struct remains *remains);

/* Put remains->registers, if any, into a file beside the others. */
void remains_keep_registers(const struct remains *remains);

/* Once, when the machine is over: `now`, in the story's seconds. */
void remains_judge(const struct remains *remains, const struct faults *faults,
                   struct story *story, double now);

#endif
