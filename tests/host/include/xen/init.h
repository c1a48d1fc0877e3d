/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The hypervisor's <xen/init.h>, with initcalls that run when a program
 * starts: there is no boot here that would call them.
 */
#ifndef HOST_XEN_INIT_H
#define HOST_XEN_INIT_H

#include_next <xen/init.h>

#undef __initcall
#define __initcall(fn)                                                         \
    static void __attribute__((__constructor__)) run_##fn(void)                \
    {                                                                          \
        (void)fn();                                                            \
    }                                                                          \
    typedef initcall_t initcall_of_##fn

#endif
