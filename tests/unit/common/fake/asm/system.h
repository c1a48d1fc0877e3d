/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A pCPU of the user-mode tests never waits for another one.
 */
#ifndef ASM_SYSTEM_H
#define ASM_SYSTEM_H

#include <xen/compiler.h>

#define cpu_relax() barrier()

#endif
