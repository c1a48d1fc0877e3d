/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the hypervisor reads of ACPI's tables (ACPI specification 6.4, 5.2):
 * the pCPUs, the power-management timer, the reset register. Boot only.
 */
#ifndef ASM_ACPI_H
#define ASM_ACPI_H

#include <xen/config.h>
#include <xen/types.h>

struct acpi_cpus {
    unsigned int nr;
    uint8_t apic_id[NR_CPUS];
};

/* An I/O port register; port 0: there is none. */
struct acpi_register {
    uint16_t port;
    uint8_t value;
};

/* Finds the tables; panics when there are none. Before the two below. */
void acpi_init(void);

/* The enabled pCPUs of the MADT, with a message for each that is left out. */
const struct acpi_cpus *acpi_find_cpus(void);

/* I/O port of the power-management timer (24 bits, 3.579545 MHz). */
uint16_t acpi_find_pm_timer(void);

/* Where writing what resets the machine. */
struct acpi_register acpi_find_reset(void);

#endif
