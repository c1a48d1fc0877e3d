/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload in the words of Xen's own payload authors: levels by Linux's names,
 * errnos and options of the build by way of <xen/livepatch.h>, alternatives as
 * statements, NOPs, accesses that may fault, the interrupt flag. Its function
 * shows in dom0 what does not mean here what it means there. Its hooks leave
 * the interrupt flag set, as no hook should.
 */
#include <xen/lib.h>
#include <xen/types.h>
#include <xen/livepatch.h>
#include <xen/livepatch_payload.h>
#include <asm/alternative.h>
#include <asm/livepatch.h>
#ifdef CONFIG_X86
#include <asm/nops.h>
#include <asm/uaccess.h>
#endif
#include <function_sizes.h>

#define NOT_CANONICAL 0xdead000000000000UL
#define NOT_MAPPED 0x1000UL

/* One of each, so that none is wrong by a byte: a wrong one ends here. */
#define ALL_NOPS                                                               \
    ASM_NOP1 "\n" ASM_NOP2 "\n" ASM_NOP3 "\n" ASM_NOP4 "\n" ASM_NOP5           \
             "\n" ASM_NOP6 "\n" ASM_NOP7 "\n" ASM_NOP8 "\n"

static bool has_alternatives(void)
{
    long chosen = 0, doubled = 0, stored = 0;

    alternative(ASM_NOP8, ASM_NOP1, LIVEPATCH_FEATURE);
    alternative("ud2", ALL_NOPS, LIVEPATCH_FEATURE);
    alternative_io("mov $1, %0", "mov $2, %0", LIVEPATCH_FEATURE, "=r"(chosen));
    alternative_io("mov %2, %0; mov %2, %1", "lea (%2,%2), %0; mov %0, %1",
                   LIVEPATCH_FEATURE, ASM_OUTPUT2("=&r"(doubled), "=r"(stored)),
                   "r"(21UL));
    alternative_input("movq $1, (%0)", "movq $3, (%0)", LIVEPATCH_FEATURE,
                      "r"(&stored));
    return chosen == 2 && doubled == 42 && stored == 3;
}

/* True when the accesses of T-sized values work and fault as they should. */
#define HAS_UNSAFE(T, number)                                                  \
    ({                                                                         \
        static T writable;                                                     \
        static const T constant = (T)(number);                                 \
        T got = 1, lost = 1;                                                   \
                                                                               \
        put_unsafe((T)(number), &writable) == 0 && writable == (T)(number) &&  \
            get_unsafe(got, &constant) == 0 && got == (T)(number) &&           \
            get_unsafe(lost, (T *)NOT_CANONICAL) == -EFAULT &&lost == 0 &&     \
            get_unsafe(lost, (T *)NOT_MAPPED) ==                               \
                -EFAULT &&put_unsafe((T)0, (T *)NOT_CANONICAL) ==              \
                -EFAULT &&put_unsafe((T)0, (T *)&constant) ==                  \
                -EFAULT &&get_unsafe(got, &constant) == 0 &&                   \
            got == (T)(number);                                                \
    })

static bool has_accesses(void)
{
    unsigned long value = 1;

    return HAS_UNSAFE(uint8_t, 0x81) && HAS_UNSAFE(uint16_t, 0x8182) &&
           HAS_UNSAFE(uint32_t, 0x81828384) &&
           HAS_UNSAFE(uint64_t, 0x8182838485868788) &&
           __get_user(value, (unsigned long *)NOT_CANONICAL) == -EFAULT &&
           __put_user(value, (unsigned long *)NOT_CANONICAL) == -EFAULT;
}

static bool has_interrupt_flag(void)
{
    unsigned long flags;
    bool off, on;

    local_irq_save(flags);
    off = !local_irq_is_enabled();
    local_irq_enable();
    on = local_irq_is_enabled();
    local_irq_disable();
    off = off && !local_irq_is_enabled();
    local_irq_restore(flags);
    return off && on && local_irq_is_enabled() == !!(flags & (1UL << 9));
}

static int before_apply(livepatch_payload_t *payload)
{
    printk(KERN_ERR "names: %s: %s has %u function\n", __func__, payload->name,
           payload->nfuncs);
    printk(KERN_WARNING "names: a warning\n");
    printk(KERN_NOTICE "names: %d %d %d\n", EPERM, EINVAL, EOPNOTSUPP);
    printk(KERN_DEBUG "names: nobody asked for this\n");
    printk(XENLOG_G_WARNING "names: a guest's warning\n");
    printk(XENLOG_G_INFO "names: nobody asked for a guest's\n");
    return IS_ENABLED(CONFIG_LIVEPATCH) && !IS_ENABLED(CONFIG_NAMES) ? 0
                                                                     : -ENOSYS;
}
LIVEPATCH_PREAPPLY_HOOK(before_apply);

static void leave_interrupts_on(livepatch_payload_t *payload)
{
    (void)payload;
    local_irq_enable();
}
LIVEPATCH_POSTAPPLY_HOOK(leave_interrupts_on);

static const char *try_names(void)
{
    if (!has_alternatives()) {
        return "-alternatives";
    }
    if (!has_accesses()) {
        return "-accesses";
    }
    return has_interrupt_flag() ? "-all-names" : "-interrupts";
}

LIVEPATCH_FUNC(xen_extra_version, try_names, FUNCTION_SIZE(xen_extra_version));
