/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where the hypervisor's own image lies, and how far boot has come.
 */
#ifndef XEN_KERNEL_H
#define XEN_KERNEL_H

#include <xen/types.h>

/* From the linker script (or the user-mode host): [start, end) pairs. */
extern char _start[], _end[];
extern char _stext[], _etext[];
extern char _srodata[], _erodata[];
extern char _sinit[], _einit[];
/* What is constant from the end of boot on (__ro_after_init). */
extern char _sro_after_init[], _ero_after_init[];
extern char _sdata[], _ebss[];

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

/* Text that live patching itself runs through: never patched (__nopatch). */
extern char _snopatch[], _enopatch[];

static inline bool is_kernel_nopatch(const void *p, unsigned long bytes)
{
    return (unsigned long)p < (unsigned long)_enopatch &&
           (unsigned long)p + bytes > (unsigned long)_snopatch;
}

extern enum system_state {
    SYS_STATE_early_boot,
    SYS_STATE_smp_boot,
    SYS_STATE_active, /* dom0 runs */
} system_state;

#endif
