/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The local APIC: register access and the IPIs that the hypervisor sends. The
 * high half of the ICR is dom0's between its two writes, so it is put back
 * after each IPI.
 */
#include <xen/init.h>
#include <xen/lib.h>
#include <xen/paging.h>
#include <asm/apic.h>
#include <asm/cpu.h>
#include <asm/smp.h>
#include <asm/system.h>

#define APIC_BASE_X2APIC (1u << 10)
#define APIC_BASE_ADDRESS 0x000ffffffffff000UL

#define APIC_TPR 0x080
#define APIC_SVR 0x0f0
#define APIC_ISR 0x100 /* eight registers of 32 bits, 16 bytes apart */
#define APIC_LVT_TIMER 0x320
#define APIC_LVT_ERROR 0x370
#define APIC_TIMER_COUNT 0x380
#define SVR_ENABLE 0x100
#define SVR_RESET 0x0ff
#define LVT_MASKED 0x10000

#define ICR_BUSY 0x1000
#define ICR_ASSERT 0x4000
#define ICR_NMI (ICR_ASSERT | 0x400)
#define ICR_INIT (ICR_ASSERT | 0x500)
#define ICR_STARTUP (ICR_ASSERT | 0x600)

static volatile uint32_t *registers;
static paddr_t registers_paddr;

uint32_t apic_read(unsigned int offset)
{
    return registers[offset / sizeof(*registers)];
}

void apic_write(unsigned int offset, uint32_t value)
{
    registers[offset / sizeof(*registers)] = value;
}

paddr_t apic_paddr(void)
{
    return registers_paddr;
}

void __init apic_init(void)
{
    uint64_t base = rdmsr(MSR_APIC_BASE);

    if (base & APIC_BASE_X2APIC) {
        panic("the local APIC is in x2APIC mode, which is not supported\n");
    }
    registers_paddr = base & APIC_BASE_ADDRESS;
    registers = iomap_page(registers_paddr);
    apic_write(APIC_SVR, apic_read(APIC_SVR) | SVR_ENABLE);
}

static void wait_until_sent(void)
{
    while (apic_read(APIC_ICR_LOW) & ICR_BUSY) {
        cpu_relax();
    }
}

/* The register is free before and after. */
static inline void send_one(unsigned int apic_id, uint32_t command)
{
    apic_write(APIC_ICR_HIGH, apic_id << 24);
    apic_write(APIC_ICR_LOW, command);
    wait_until_sent();
}

static void __init send_ipi(unsigned int apic_id, uint32_t command)
{
    const uint32_t high = apic_read(APIC_ICR_HIGH);

    wait_until_sent();
    send_one(apic_id, command);
    apic_write(APIC_ICR_HIGH, high);
}

void apic_send_nmi(const cpumask_t *cpus)
{
    const uint32_t high = apic_read(APIC_ICR_HIGH);
    unsigned int cpu;

    wait_until_sent();
    for_each_cpu (cpu, cpus) {
        send_one(pcpu_of(cpu)->apic_id, ICR_NMI);
    }
    apic_write(APIC_ICR_HIGH, high);
}

void __init apic_send_init(unsigned int apic_id)
{
    send_ipi(apic_id, ICR_INIT);
}

void __init apic_send_startup(unsigned int apic_id, paddr_t paddr)
{
    send_ipi(apic_id, ICR_STARTUP | PFN_DOWN(paddr));
}

static void finish_interrupts_in_service(void)
{
    for (unsigned int i = 0; i < 8; i++) {
        while (apic_read(APIC_ISR + 16 * i)) {
            apic_write(APIC_EOI, 0);
        }
    }
}

void apic_reset_local(void)
{
    finish_interrupts_in_service();
    apic_write(APIC_TIMER_COUNT, 0);
    for (unsigned int lvt = APIC_LVT_TIMER; lvt <= APIC_LVT_ERROR;
         lvt += 0x10) {
        apic_write(lvt, LVT_MASKED);
    }
    apic_write(APIC_TPR, 0);
    apic_write(APIC_LDR, 0);
    apic_write(APIC_DFR, ~0u);
    apic_write(APIC_SVR, SVR_RESET);
}
