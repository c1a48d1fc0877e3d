/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How the machine is reset.
 */
#ifndef ASM_SHUTDOWN_H
#define ASM_SHUTDOWN_H

#include <asm/acpi.h>

void shutdown_set_reset(struct acpi_register reset);

#endif
