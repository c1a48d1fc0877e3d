/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The hypervisor's <xen/init.h>, with initcalls that run when a program
 * starts: there is no boot here that would call them; and with boot options
 * where a program can find them (section host_params).
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

#undef custom_param
#define custom_param(text, fn)                                                 \
    static const struct kernel_param __param_##fn __used_section(              \
        "host_params") = {.name = (text), .parse = (fn)}

#endif
