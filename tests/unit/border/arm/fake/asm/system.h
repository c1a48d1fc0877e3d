/* SPDX-License-Identifier: GPL-2.0 */
/*
 * For tests on any machine: barriers that need not be, and system registers as
 * variables of the test, called fake_NAME.
 */
#ifndef ASM_SYSTEM_H
#define ASM_SYSTEM_H

#include <xen/types.h>

#define cpu_relax() ((void)0)
#define isb() ((void)0)
#define dsb(domain) ((void)0)

#define write_sysreg(name, value) (fake_##name = (value))

extern uint64_t fake_vtcr_el2, fake_vttbr_el2;

#endif
