/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Ending: resets, and being told to stop by a pCPU that panics.
 */
#ifndef XEN_SHUTDOWN_H
#define XEN_SHUTDOWN_H

#include <xen/compiler.h>
#include <xen/types.h>

/* arch: resets the machine; turns it off. */
void noreturn machine_reset(void);
void noreturn machine_power_off(void);

/* Halts this pCPU when another one has panicked; where a kick is taken. */
void halt_if_told(void);

/*
 * Stops the other pCPUs and takes the console, for what is printed before
 * panic(). Returns to one pCPU only.
 */
void begin_report(void);

/* True on the pCPU that leads a panic, from arch_halt_all() on. */
bool is_panicking(void);

#endif
