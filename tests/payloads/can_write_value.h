/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Whether the hypervisor may write a value that payloads' tests ask about.
 */
#ifndef CAN_WRITE_VALUE_H
#define CAN_WRITE_VALUE_H

#include <xen/time.h>

#ifdef CONFIG_X86
#include <asm/extable.h>

/* Tries it, and writes what is there. */
static inline bool can_write_value(s_time_t *to)
{
    bool could = false;

    __asm__ __volatile__("1: mov %[value], (%[to])\n"
                         "movb $1, %[could]\n"
                         "2:\n" ASM_EXTABLE(1b, 2b)
                         : [could] "+&q"(could)
                         : [to] "r"(to), [value] "r"(*to)
                         : "memory");
    return could;
}
#else
#include <asm/system.h>

/* Asks the translation that a write would have: no fault is fixed up there. */
static inline bool can_write_value(s_time_t *to)
{
    const uint64_t saved = read_sysreg(par_el1);
    uint64_t answer;

    __asm__ __volatile__("at s1e2w, %0" : : "r"(to) : "memory");
    isb();
    answer = read_sysreg(par_el1);
    write_sysreg(par_el1, saved);
    return !(answer & 1);
}
#endif

#endif
