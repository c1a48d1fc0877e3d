/* SPDX-License-Identifier: GPL-2.0 */
/*
 * This pCPU's local APIC in xAPIC mode (AMD APM vol. 2, chapter 16). dom0
 * drives it; the hypervisor only sends inter-processor interrupts of its own
 * between dom0's, and leaves no trace of them.
 */
#ifndef ASM_APIC_H
#define ASM_APIC_H

#include <xen/cpumask.h>
#include <xen/types.h>

#define APIC_ID 0x020
#define APIC_EOI 0x0b0
#define APIC_LDR 0x0d0
#define APIC_DFR 0x0e0
#define APIC_ICR_LOW 0x300
#define APIC_ICR_HIGH 0x310

/* Maps the registers; panics when the firmware left x2APIC mode on. */
void apic_init(void);
paddr_t apic_paddr(void);

uint32_t apic_read(unsigned int offset);
void apic_write(unsigned int offset, uint32_t value);

void apic_send_nmi(const cpumask_t *cpus);
void apic_send_init(unsigned int apic_id);

/* The pCPU starts in real mode at paddr, a page below 1 MiB. */
void apic_send_startup(unsigned int apic_id, paddr_t paddr);

/* What an INIT does to the APIC of the pCPU that receives it. */
void apic_reset_local(void);

#endif
