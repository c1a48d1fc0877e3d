/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The serial port.
 */
#ifndef ASM_PL011_H
#define ASM_PL011_H

#include <xen/types.h>

/* Maps it and writes there from now on. Boot only. */
void pl011_init(paddr_t paddr);

#endif
