/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Calibrates system time (<xen/time.h>) against the ACPI timer at this port.
 */
#ifndef ASM_TIME_H
#define ASM_TIME_H

#include <xen/types.h>

void time_init(uint16_t pm_timer_port);

#endif
