/* SPDX-License-Identifier: GPL-2.0 */
/* The table of steps. */
#include "run/plan.h"

#include <stdlib.h>
#include <string.h>

enum need {
    NEEDS_NOTHING,
    NEEDS_CHECK,
    NEEDS_CHECK_BEFORE_BELOW,
    NEEDS_CHECK_ON_BELOW,
    NEEDS_BELOW,
    NEEDS_CYCLES,
    NEEDS_STOP_LIMIT,
};

struct step {
    const char *name;
    const char *title;
    enum need need;
    bool is_hosts; /* not one that dom0 does */
};

static const struct step steps[] = {
    {STEP_VERIFY, "the loader takes it, tried from outside", NEEDS_NOTHING,
     true},
    {STEP_BOOT, "the hypervisor boots, and dom0 comes up", NEEDS_NOTHING, true},
    {"check-before", "the check finds all as it was", NEEDS_CHECK_BEFORE_BELOW,
     false},
    {STEP_BELOW, "what lies below it applies", NEEDS_BELOW, false},
    {"check-before", "the check finds all as it was", NEEDS_CHECK_ON_BELOW,
     false},
    {STEP_OTHER_BUILD_ID, "the same for another hypervisor is refused",
     NEEDS_NOTHING, false},
    {"upload", "it uploads", NEEDS_NOTHING, false},
    {"apply", "it applies", NEEDS_NOTHING, false},
    {"check-after", "the check finds it in force", NEEDS_CHECK, false},
    {"revert", "it reverts", NEEDS_NOTHING, false},
    {"check-reverted", "the check finds all as it was again", NEEDS_CHECK,
     false},
    {"apply-again", "it applies again", NEEDS_NOTHING, false},
    {"check-again", "the check finds it in force again", NEEDS_CHECK, false},
    {"unload", "it reverts and unloads", NEEDS_NOTHING, false},
    {"cycles", "it applies and reverts under load, time and again",
     NEEDS_CYCLES, false},
    {"memory", "it leaves no memory behind", NEEDS_NOTHING, false},
    {"remove-below", "what lies below it goes, too", NEEDS_BELOW, false},
    {STEP_STOPS, "no stop takes longer than it may", NEEDS_STOP_LIMIT, true},
    {STEP_CONSOLES, "no console tells of trouble, and dom0 powers off",
     NEEDS_NOTHING, true},
};

static bool is_wanted(const struct step *step, const struct wishes *wishes)
{
    switch (step->need) {
    case NEEDS_NOTHING:
        return true;
    case NEEDS_CHECK:
        return wishes->has_check;
    case NEEDS_CHECK_BEFORE_BELOW:
        return wishes->has_check && wishes->is_replace;
    case NEEDS_CHECK_ON_BELOW:
        return wishes->has_check && !wishes->is_replace;
    case NEEDS_BELOW:
        return wishes->has_below;
    case NEEDS_CYCLES:
        return wishes->has_cycles;
    case NEEDS_STOP_LIMIT:
        return wishes->has_stop_limit;
    }
    return false;
}

void plan_suite(struct suite *suite, const struct wishes *wishes)
{
    for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
        if (is_wanted(&steps[i], wishes)) {
            suite_add_case(suite, steps[i].name, steps[i].title);
        }
    }
}

static bool is_hosts(const char *name)
{
    for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
        if (strcmp(steps[i].name, name) == 0) {
            return steps[i].is_hosts;
        }
    }
    return true;
}

char *plan_for_dom0(const struct suite *suite)
{
    char *names = must_copy("");

    for (size_t i = 0; i < suite->nr_cases; i++) {
        if (!is_hosts(suite->cases[i].name)) {
            char *longer =
                must_format("%s%s%s", names, *names != '\0' ? " " : "",
                            suite->cases[i].name);

            free(names);
            names = longer;
        }
    }
    return names;
}
