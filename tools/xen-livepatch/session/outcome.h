/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How a run of the command ended: its exit status. 0, 1 and 2 mean what they
 * mean in the stock command, which says 1 for all the others too.
 */
#ifndef XEN_LIVEPATCH_OUTCOME_H
#define XEN_LIVEPATCH_OUTCOME_H

#include <stdio.h>

enum outcome {
    OUTCOME_DONE = 0,
    OUTCOME_FAILED = 1, /* the hypervisor refused; the payload's state */
    OUTCOME_RETRY = 2,  /* -EAGAIN or -EBUSY: the same may work later */
    OUTCOME_BAD_USAGE = 3,
    OUTCOME_BAD_NAME = 4,
    OUTCOME_BAD_FILE = 5,
    OUTCOME_NO_INTERFACE = 6,
    OUTCOME_NOT_ALLOWED = 7,
    OUTCOME_NO_LIVEPATCH = 8,
    OUTCOME_UNKNOWN_VERSION = 9,
    OUTCOME_VANISHED = 10,
    OUTCOME_NO_OUTPUT = 11,
    OUTCOME_NOT_LOGGED = 12,
    OUTCOME_HELD_BACK = 13,
    OUTCOME_NO_STATE = 14,
    OUTCOME_NOT_CHECKED = 15, /* verify, dry runs: what could be is well */
    OUTCOME_BLOCKED = 16,     /* another payload stands in the way */
    OUTCOME_VETOED = 17,      /* by a hook of the payload */
    OUTCOME_INTERRUPTED = 18, /* by a signal, between two steps */
};

/* A line for each exit status, indented, for the usage. */
void outcome_print_all(FILE *stream);

/* The outcome as a word that stays the same, such as "busy". */
const char *outcome_code(enum outcome outcome);

#endif
