/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Code and data that only boot needs, and functions that boot calls.
 *
 * The init area is given back to the heap when dom0 is about to start; a
 * symbol in it must not be handed to a payload (symbols_lookup_by_name()
 * refuses it).
 */
#ifndef XEN_INIT_H
#define XEN_INIT_H

#include <xen/compiler.h>

#define __init __section(".init.text") noinline
#define __initdata __section(".init.data")
#define __initconst __section(".init.rodata")

typedef int (*initcall_t)(void);

/*
 * fn runs on the boot CPU once all secondary CPUs are up and before dom0 is
 * entered. A non-zero result (negative errno) stops the boot with a message.
 */
#define __initcall(fn)                                                         \
    static const initcall_t __initcall_##fn __used_section(".initcall") = fn

/* Runs every initcall, in link order. */
void do_initcalls(void);

/* A command line option `name=VALUE` of the hypervisor: parse gets VALUE. */
struct kernel_param {
    const char *name;
    int (*parse)(const char *value); /* 0 or -EINVAL */
};

#define custom_param(text, fn)                                                 \
    static const struct kernel_param __param_##fn __used_section(              \
        ".init.param") = {.name = (text), .parse = (fn)}

/* Gives each option of the line to its parser; names the ones nobody takes. */
void cmdline_parse(const char *line);

#endif
