/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Who an inter-processor interrupt is for: shorthands, physical and logical
 * destinations, flat and cluster model. No globals.
 */
#include <asm/icr.h>

#define SHORTHAND_SHIFT 18
#define SHORTHAND_SELF 1
#define SHORTHAND_ALL 2
#define SHORTHAND_OTHERS 3
#define LOGICAL 0x800
#define BROADCAST 0xff
#define DFR_FLAT 0xf

/* Flat: a bit for each CPU. Cluster: four bits of cluster, a bit for each. */
static bool matches_logically(const struct icr_cpu *cpu, uint32_t to)
{
    uint32_t id = cpu->ldr >> 24;

    if (cpu->dfr >> 28 == DFR_FLAT) {
        return id & to;
    }
    return id >> 4 == to >> 4 && (id & to & 0xf);
}

static bool matches(const struct icr_cpu *cpu, uint32_t low, uint32_t to)
{
    if (to == BROADCAST) {
        return true;
    }
    return (low & LOGICAL) ? matches_logically(cpu, to) : cpu->apic_id == to;
}

static bool is_target(const struct icr_command *command,
                      const struct icr_cpu *cpu, bool is_sender)
{
    switch (command->low >> SHORTHAND_SHIFT & 3) {
    case SHORTHAND_SELF:
        return is_sender;
    case SHORTHAND_ALL:
        return true;
    case SHORTHAND_OTHERS:
        return !is_sender;
    default:
        return matches(cpu, command->low, command->high >> 24);
    }
}

void icr_find_targets(const struct icr_command *command,
                      const struct icr_cpu *cpus, unsigned int nr,
                      cpumask_t *targets)
{
    cpumask_clear(targets);
    for (unsigned int i = 0; i < nr; i++) {
        if (is_target(command, &cpus[i], i == command->sender)) {
            cpumask_set_cpu(i, targets);
        }
    }
}
