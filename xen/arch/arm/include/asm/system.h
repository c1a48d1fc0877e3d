/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Hints, ordering between pCPUs, and system registers.
 */
#ifndef ASM_SYSTEM_H
#define ASM_SYSTEM_H

#include <xen/compiler.h>
#include <xen/stringify.h>
#include <xen/types.h>

/* Volatile: a spin loop must keep it. Orders nothing in hardware. */
#define cpu_relax() __asm__ __volatile__("yield" ::: "memory")

#define isb() __asm__ __volatile__("isb" : : : "memory")
#define dsb(domain) __asm__ __volatile__("dsb " #domain : : : "memory")

#define smp_mb() __asm__ __volatile__("dmb ish" : : : "memory")
#define smp_rmb() __asm__ __volatile__("dmb ishld" : : : "memory")
#define smp_wmb() __asm__ __volatile__("dmb ishst" : : : "memory")

#define read_sysreg(name)                                                      \
    ({                                                                         \
        uint64_t sysreg_value;                                                 \
                                                                               \
        __asm__ __volatile__("mrs %0, " __stringify(name)                      \
                             : "=r"(sysreg_value));                            \
        sysreg_value;                                                          \
    })
#define write_sysreg(name, value)                                              \
    __asm__ __volatile__("msr " __stringify(name) ", %0"                       \
                         :                                                     \
                         : "r"((uint64_t)(value))                              \
                         : "memory")

/*
 * This pCPU's interrupt masks (PSTATE.DAIF), as flags (unsigned long) to be put
 * back later. In the hypervisor all are set at all times: FIQ, the kick, is
 * looked for, never taken; and IRQ is the guest's.
 */
#define DAIF_I (1UL << 7)

#define local_irq_disable() __asm__ __volatile__("msr daifset, #2" ::: "memory")
#define local_irq_enable() __asm__ __volatile__("msr daifclr, #2" ::: "memory")
#define local_save_flags(flags) ((flags) = read_sysreg(daif))
#define local_irq_save(flags)                                                  \
    ({                                                                         \
        local_save_flags(flags);                                               \
        local_irq_disable();                                                   \
    })
#define local_irq_restore(flags) write_sysreg(daif, flags)
#define local_irq_is_enabled() (!(read_sysreg(daif) & DAIF_I))

static inline void noreturn halt_forever(void)
{
    __asm__ __volatile__("msr daifset, #15" : : : "memory");
    for (;;) {
        __asm__ __volatile__("wfi");
    }
}

#endif
