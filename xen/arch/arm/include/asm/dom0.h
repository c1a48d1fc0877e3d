/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Getting dom0's kernel ready.
 */
#ifndef ASM_DOM0_H
#define ASM_DOM0_H

#include <asm/devicetree.h>

/* Puts kernel and device tree into dom0's memory and makes vCPU 0 ready to
 * enter. Panics when it cannot be. Boot only. */
void dom0_load(const struct machine_facts *facts);

#endif
