/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Ending: resets, and being told to stop by a pCPU that panics.
 */
#ifndef ASM_SHUTDOWN_H
#define ASM_SHUTDOWN_H

#include <xen/compiler.h>
#include <asm/acpi.h>

void shutdown_set_reset(struct acpi_register reset);

void noreturn machine_reset(void);

/* Halts this pCPU when another one has panicked; from its NMI handler. */
void halt_if_told(void);

/*
 * Stops the other pCPUs and takes the console, for what is printed before
 * panic(). Returns to one pCPU only.
 */
void begin_report(void);

/* True on the pCPU that leads a panic, from arch_halt_all() on. */
bool is_panicking(void);

#endif
