/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Hints and ordering between pCPUs. x86 lets only a later load pass an earlier
 * store (AMD APM vol. 2, 7.2), so reads and writes among themselves need the
 * compiler held, no instruction.
 */
#ifndef ASM_SYSTEM_H
#define ASM_SYSTEM_H

#include <xen/compiler.h>
#include <xen/types.h>

/* Volatile: a spin loop must keep it. Orders nothing in hardware. */
#define cpu_relax() __asm__ __volatile__("pause" ::: "memory")

/*
 * This pCPU's interrupt flag (RFLAGS.IF), as flags (unsigned long) to be put
 * back later. In the hypervisor it is clear at all times, and the global
 * interrupt flag holds interrupts off whatever it says: setting it lets nothing
 * in, and it need not be set again. Volatile, with all memory: what is between
 * disable and enable stays there.
 */
#define RFLAGS_IF (1UL << 9)

#define local_irq_disable() __asm__ __volatile__("cli" : : : "memory")
#define local_irq_enable() __asm__ __volatile__("sti" : : : "memory")
#define local_save_flags(flags) ((flags) = read_rflags())
#define local_irq_save(flags)                                                  \
    ({                                                                         \
        local_save_flags(flags);                                               \
        local_irq_disable();                                                   \
    })
#define local_irq_restore(flags) restore_interrupt_flag(flags)
#define local_irq_is_enabled() (!!(read_rflags() & RFLAGS_IF))

static inline unsigned long read_rflags(void)
{
    unsigned long flags;

    __asm__ __volatile__("pushfq; pop %0" : "=r"(flags) : : "memory");
    return flags;
}

static inline void restore_interrupt_flag(unsigned long flags)
{
    if (flags & RFLAGS_IF) {
        local_irq_enable();
    } else {
        local_irq_disable();
    }
}

/* Full: orders this CPU's earlier stores against its later loads. */
#define smp_mb() __atomic_thread_fence(__ATOMIC_SEQ_CST)
#define smp_rmb() barrier()
#define smp_wmb() barrier()

/* With interrupts off, this CPU does nothing more. */
static inline void noreturn halt_forever(void)
{
    for (;;) {
        __asm__ __volatile__("cli; hlt" : : : "memory");
    }
}

#endif
