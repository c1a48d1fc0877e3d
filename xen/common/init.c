// SPDX-License-Identifier: GPL-2.0
/*
 * The stages of boot: how far it has come, and the functions that the rest of
 * the hypervisor wants called before dom0 is entered. The order of the steps
 * is the arch's.
 */
#include <xen/init.h>
#include <xen/kernel.h>
#include <xen/lib.h>

/* From the linker script. */
extern const initcall_t __initcall_start[], __initcall_end[];

enum system_state system_state = SYS_STATE_early_boot;

void __init do_initcalls(void)
{
    for (const initcall_t *call = __initcall_start; call < __initcall_end;
         call++) {
        const int error = (*call)();

        if (error) {
            panic("initcall %ps failed: %d\n", (void *)*call, error);
        }
    }
}
