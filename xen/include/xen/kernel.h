/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What lies in which part of the hypervisor's own image, and how far boot has
 * come.
 */
#ifndef XEN_KERNEL_H
#define XEN_KERNEL_H

#include <xen/image_bounds.h>
#include <xen/types.h>

static inline bool is_in_range(const void *p, const char *start,
                               const char *end)
{
    return (unsigned long)p >= (unsigned long)start &&
           (unsigned long)p < (unsigned long)end;
}

#define is_kernel(p) is_in_range(p, _start, _end)
#define is_kernel_text(p) is_in_range(p, _stext, _etext)
#define is_kernel_rodata(p) is_in_range(p, _srodata, _erodata)
#define is_kernel_init(p) is_in_range(p, _sinit, _einit)
#define is_kernel_data(p) is_in_range(p, _sdata, _ebss)
#define is_kernel_ro_after_init(p)                                             \
    is_in_range(p, _sro_after_init, _ero_after_init)

static inline bool is_kernel_nopatch(const void *p, unsigned long bytes)
{
    return (unsigned long)p < (unsigned long)_enopatch &&
           (unsigned long)p + bytes > (unsigned long)_snopatch;
}

static inline bool is_kernel_verifying(const void *p, unsigned long bytes)
{
    return (unsigned long)p < (unsigned long)_everify &&
           (unsigned long)p + bytes > (unsigned long)_sverify;
}

extern enum system_state {
    SYS_STATE_early_boot,
    SYS_STATE_smp_boot,
    SYS_STATE_active, /* dom0 runs */
} system_state;

#endif
