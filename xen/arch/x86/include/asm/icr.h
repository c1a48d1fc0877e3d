/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reading an interrupt command register value (AMD APM vol. 2, 16.5). Pure.
 */
#ifndef ASM_ICR_H
#define ASM_ICR_H

#include <xen/cpumask.h>
#include <xen/types.h>

enum icr_mode {
    ICR_MODE_FIXED = 0,
    ICR_MODE_LOWEST = 1,
    ICR_MODE_SMI = 2,
    ICR_MODE_NMI = 4,
    ICR_MODE_INIT = 5,
    ICR_MODE_STARTUP = 6,
};

static inline enum icr_mode icr_mode(uint32_t low)
{
    return (enum icr_mode)(low >> 8 & 7);
}

static inline unsigned int icr_vector(uint32_t low)
{
    return low & 0xff;
}

/* An INIT "level deassert", which does nothing on its own. */
static inline bool icr_is_deassert(uint32_t low)
{
    return icr_mode(low) == ICR_MODE_INIT && !(low & 0x4000);
}

/* A CPU as logical and physical destinations see it. */
struct icr_cpu {
    uint32_t apic_id, ldr, dfr;
};

/* What was written to both halves, by the CPU with this index. */
struct icr_command {
    uint32_t low, high;
    unsigned int sender;
};

/* Which of the nr CPUs the command is for, by index. */
void icr_find_targets(const struct icr_command *command,
                      const struct icr_cpu *cpus, unsigned int nr,
                      cpumask_t *targets);

#endif
