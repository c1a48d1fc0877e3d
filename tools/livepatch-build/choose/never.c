// SPDX-License-Identifier: GPL-2.0
/*
 * The list. Neither loader looks at what it replaces.
 */
#include "choose/never.h"

#include <stddef.h>
#include <string.h>

#define LOOPS "never returns: the old one would run on for good"
#define SWITCHES                                                               \
    "is on the stacks of vCPUs that wait, and goes on there in code that may " \
    "be gone by then"
#define INTERRUPTS "may run at any moment, also while it is being replaced"
#define REPLACES "is what the hypervisor replaces functions with"

static const struct {
    const char *name, *reason;
} functions[] = {
    {"idle_loop", LOOPS},
    {"context_switch", SWITCHES},
    {"__context_switch", SWITCHES},
    {"schedule_tail", SWITCHES},
    {"continue_new_vcpu", SWITCHES},
    {"do_nmi", INTERRUPTS},
    {"do_machine_check", INTERRUPTS},
    {"do_double_fault", INTERRUPTS},
    {"do_trap_hyp_serror", INTERRUPTS},
    {"do_trap_guest_serror", INTERRUPTS},
    {"symbols_lookup", INTERRUPTS},
    {"check_for_livepatch_work", REPLACES},
    {"livepatch_do_action", REPLACES},
    {"apply_payload", REPLACES},
    {"revert_payload", REPLACES},
    {"arch_livepatch_apply", REPLACES},
    {"arch_livepatch_revert", REPLACES},
    {"arch_livepatch_quiesce", REPLACES},
    {"arch_livepatch_revive", REPLACES},
    {"arch_livepatch_mask", REPLACES},
    {"arch_livepatch_unmask", REPLACES},
    {"arch_livepatch_post_action", REPLACES},
    {"text_poke", REPLACES},
};

const char *never_replaced(const char *name)
{
    for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
        if (strcmp(functions[i].name, name) == 0) {
            return functions[i].reason;
        }
    }
    return NULL;
}
