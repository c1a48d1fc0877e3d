/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload whose code faults where its exception table says what to do then:
 * a general protection fault at a register that does not take the value, page
 * faults at a read, at a write of read-only data and in a copy. One of them
 * comes while all other pCPUs stand still.
 */
#include <xen/errno.h>
#include <xen/lib.h>
#include <xen/livepatch.h>
#include <xen/livepatch_payload.h>
#include <asm/cpu.h>
#include <asm/extable.h>
#include <function_sizes.h>

static int read_safely(const void *from)
{
    unsigned long value;
    int rc = -EFAULT;

    __asm__ __volatile__("1: mov (%[from]), %[value]\n"
                         "xor %[rc], %[rc]\n"
                         "2:\n" ASM_EXTABLE(1b, 2b)
                         : [rc] "+&r"(rc), [value] "=r"(value)
                         : [from] "r"(from)
                         : "memory");
    return rc;
}

static int write_safely(void *to)
{
    int rc = -EFAULT;

    __asm__ __volatile__("1: movb $0, (%[to])\n"
                         "xor %[rc], %[rc]\n"
                         "2:\n" ASM_EXTABLE(1b, 2b)
                         : [rc] "+&r"(rc)
                         : [to] "r"(to)
                         : "memory");
    return rc;
}

/* The bytes that were not copied. */
static unsigned long copy_safely(void *to, const void *from,
                                 unsigned long bytes)
{
    __asm__ __volatile__("1: rep movsb\n"
                         "2:\n" ASM_EXTABLE(1b, 2b)
                         : "+D"(to), "+S"(from), "+c"(bytes)
                         :
                         : "memory");
    return bytes;
}

static int in_the_stop;

static void fault_in_the_stop(void)
{
    in_the_stop = wrmsr_safe(MSR_VM_HSAVE_PA, 1);
}
LIVEPATCH_LOAD_HOOK(fault_in_the_stop);

static const char *try_all(void)
{
    static const char constant = 1;
    const void *nowhere = (const void *)8;
    const void *not_canonical = (const void *)(1UL << 62);
    uint64_t value;
    char buffer[8];

    if (wrmsr_safe(MSR_VM_HSAVE_PA, 1) != -EFAULT ||
        rdmsr_safe(MSR_EFER, &value) != 0 || !(value & EFER_LMA)) {
        return "-msr";
    }
    if (read_safely(nowhere) != -EFAULT ||
        read_safely(not_canonical) != -EFAULT || read_safely(&value) != 0) {
        return "-read";
    }
    if (write_safely((void *)&constant) != -EFAULT || constant != 1 ||
        write_safely(buffer) != 0) {
        return "-write";
    }
    if (copy_safely(buffer, nowhere, sizeof(buffer)) != sizeof(buffer) ||
        copy_safely(buffer, &value, sizeof(value)) != 0) {
        return "-copy";
    }
    return in_the_stop == -EFAULT ? "-fixed-up" : "-stop";
}

LIVEPATCH_FUNC(xen_extra_version, try_all, FUNCTION_SIZE(xen_extra_version));
