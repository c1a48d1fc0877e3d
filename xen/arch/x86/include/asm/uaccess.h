/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One value at an address of the hypervisor's that may not be there: a fault is
 * an answer, not a report. Memory of guests is not mapped here: that is reached
 * through <xen/guest_access.h>.
 */
#ifndef ASM_UACCESS_H
#define ASM_UACCESS_H

#include <xen/errno.h>
#include <xen/lib.h>
#include <asm/extable.h>

/*
 * get_unsafe(x, ptr): x = *ptr. put_unsafe(x, ptr): *ptr = x. *ptr has 1, 2, 4
 * or 8 bytes. Each answers 0; or -EFAULT when the access faults (nothing is
 * mapped there, the address is not canonical, the page is read-only): x is 0
 * then, or nothing was written. From any context.
 */
#define get_unsafe(x, ptr)                                                     \
    ({                                                                         \
        __typeof__(x) *const get_unsafe_x = &(x);                              \
        uint64_t get_unsafe_value;                                             \
        const int get_unsafe_rc =                                              \
            unsafe_read((ptr), UNSAFE_BYTES(ptr), &get_unsafe_value);          \
                                                                               \
        *get_unsafe_x = (__typeof__(*(ptr)))get_unsafe_value;                  \
        get_unsafe_rc;                                                         \
    })
#define put_unsafe(x, ptr)                                                     \
    ({                                                                         \
        const __typeof__(*(ptr)) put_unsafe_value = (x);                       \
                                                                               \
        unsafe_write((ptr), UNSAFE_BYTES(ptr), (uint64_t)put_unsafe_value);    \
    })

/* What Xen called them before 4.15. */
#define __get_user(x, ptr) get_unsafe(x, ptr)
#define __put_user(x, ptr) put_unsafe(x, ptr)

/* The size of *ptr; one that no single access has does not compile. */
#define UNSAFE_BYTES(ptr)                                                      \
    ({                                                                         \
        BUILD_BUG_ON(sizeof(*(ptr)) != 1 && sizeof(*(ptr)) != 2 &&             \
                     sizeof(*(ptr)) != 4 && sizeof(*(ptr)) != 8);              \
        sizeof(*(ptr));                                                        \
    })

/*
 * An instruction between `at` and `value` that leaves rc as it is when it
 * faults. Volatile, and of all memory: what is there may be anybody's.
 */
#define UNSAFE_ACCESS(insn)                                                    \
    __asm__ __volatile__("1: " insn "\n"                                       \
                         "xor %[rc], %[rc]\n"                                  \
                         "2:\n" ASM_EXTABLE(1b, 2b)                            \
                         : [rc] "+r"(rc), [value] "+r"(value)                  \
                         : [at] "r"(at)                                        \
                         : "memory")

static inline int unsafe_read(const volatile void *at, size_t bytes,
                              uint64_t *result)
{
    uint64_t value = 0;
    int rc = -EFAULT;

    if (bytes == 1) {
        UNSAFE_ACCESS("movzbl (%[at]), %k[value]");
    } else if (bytes == 2) {
        UNSAFE_ACCESS("movzwl (%[at]), %k[value]");
    } else if (bytes == 4) {
        UNSAFE_ACCESS("movl (%[at]), %k[value]");
    } else {
        UNSAFE_ACCESS("movq (%[at]), %[value]");
    }
    *result = value;
    return rc;
}

static inline int unsafe_write(volatile void *at, size_t bytes, uint64_t value)
{
    int rc = -EFAULT;

    if (bytes == 1) {
        UNSAFE_ACCESS("movb %b[value], (%[at])");
    } else if (bytes == 2) {
        UNSAFE_ACCESS("movw %w[value], (%[at])");
    } else if (bytes == 4) {
        UNSAFE_ACCESS("movl %k[value], (%[at])");
    } else {
        UNSAFE_ACCESS("movq %[value], (%[at])");
    }
    return rc;
}

#endif
