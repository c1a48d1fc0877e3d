/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Starting the pCPUs.
 */
#ifndef ASM_SMP_H
#define ASM_SMP_H

#include <xen/compiler.h>
#include <xen/pcpu.h>

/* The boot CPU's final stacks; makes the double-fault stack usable. */
void pcpu_map_boot_stacks(void);

/*
 * Starts every enabled pCPU that ACPI lists and waits until each has reported;
 * panics when one does not.
 */
void smp_start_all(void);

/* From ap_start.S, on the stack of the pCPU that starts. */
void noreturn ap_main(void);

#endif
