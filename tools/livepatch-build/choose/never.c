// SPDX-License-Identifier: GPL-2.0
/*
 * The list. Neither loader looks at what it replaces. Switching vCPUs matters
 * where each has a stack of its own (arm64), on which the switch that it waits
 * in is to return; on x86 there is one for each pCPU, which a switch throws
 * away.
 */
#include "choose/never.h"

#include <elf.h>
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
    uint16_t only_on; /* this machine; 0: all */
} functions[] = {
    {"idle_loop", LOOPS, 0},
    {"context_switch", SWITCHES, EM_AARCH64},
    {"__context_switch", SWITCHES, EM_AARCH64},
    {"schedule_tail", SWITCHES, EM_AARCH64},
    {"continue_new_vcpu", SWITCHES, EM_AARCH64},
    {"do_nmi", INTERRUPTS, 0},
    {"do_machine_check", INTERRUPTS, 0},
    {"do_double_fault", INTERRUPTS, 0},
    {"do_trap_hyp_serror", INTERRUPTS, 0},
    {"do_trap_guest_serror", INTERRUPTS, 0},
    {"symbols_lookup", INTERRUPTS, 0},
    {"check_for_livepatch_work", REPLACES, 0},
    {"livepatch_do_action", REPLACES, 0},
    {"apply_payload", REPLACES, 0},
    {"revert_payload", REPLACES, 0},
    {"arch_livepatch_apply", REPLACES, 0},
    {"arch_livepatch_revert", REPLACES, 0},
    {"arch_livepatch_quiesce", REPLACES, 0},
    {"arch_livepatch_revive", REPLACES, 0},
    {"arch_livepatch_mask", REPLACES, 0},
    {"arch_livepatch_unmask", REPLACES, 0},
    {"arch_livepatch_post_action", REPLACES, 0},
    {"text_poke", REPLACES, 0},
};

const char *never_replaced(const char *name, uint16_t machine)
{
    for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
        if ((functions[i].only_on == 0 || functions[i].only_on == machine) &&
            strcmp(functions[i].name, name) == 0) {
            return functions[i].reason;
        }
    }
    return NULL;
}
