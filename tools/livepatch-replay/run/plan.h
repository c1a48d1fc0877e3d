/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which steps a suite has, and in which order: the one table of them. Those
 * that dom0 does are functions in dom0/report.
 */
#ifndef LIVEPATCH_REPLAY_PLAN_H
#define LIVEPATCH_REPLAY_PLAN_H

#include "result/result.h"

#define STEP_VERIFY "verify"
#define STEP_BOOT "boot"
#define STEP_BELOW "below"
#define STEP_OTHER_BUILD_ID "other-build-id"
#define STEP_STOPS "stops"
#define STEP_CONSOLES "consoles"

/* What the caller gave, and what some steps are for. */
struct wishes {
    bool has_check;
    bool has_below;
    bool has_cycles;
    bool has_stop_limit;
    /* The check that all is as before comes ahead of what lies below: where
     * that is replaced, a revert leaves the bare hypervisor. */
    bool is_replace;
};

/* Add the cases of all steps that fit, unreached. */
void plan_suite(struct suite *suite, const struct wishes *wishes);

/* The names of those that dom0 does, separated by blanks; to be freed. */
char *plan_for_dom0(const struct suite *suite);

#endif
