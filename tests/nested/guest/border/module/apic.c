// SPDX-License-Identifier: GPL-2.0
/*
 * Writes to the local APIC as the kernel never makes them, and the NMIs that
 * came of them.
 */
#include <linux/io.h>
#include <linux/percpu.h>
#include <linux/smp.h>
#include <asm/apic.h>
#include <asm/nmi.h>
#include "probe.h"

static u8 __iomem *registers;
static DEFINE_PER_CPU(unsigned long, nr_nmis);

static int take_nmi(unsigned int what, struct pt_regs *regs)
{
    this_cpu_inc(nr_nmis);
    return NMI_HANDLED;
}

void apic_count_nmis(struct border_nmis *nmis)
{
    unsigned int cpu;

    for_each_online_cpu (cpu) {
        nmis->count[cpu] = xchg(per_cpu_ptr(&nr_nmis, cpu), 0);
    }
}

/* Commands stay sent; any other register gets back what it held. */
void apic_try_write(struct border_request *r)
{
    u8 __iomem *at = registers + r->address;
    u32 value = (u32)r->value;
    unsigned long flags;
    u32 before;

    local_irq_save(flags);
    before = readl(at);
    if (r->address == APIC_ICR) {
        writel((u32)r->high, registers + APIC_ICR2);
    }
    count_probe(r, r->address, PROBE("movl %k[value], (%[at])", at, value));
    r->value = readl(at);
    if (r->address != APIC_ICR) {
        writel(before, at);
    }
    local_irq_restore(flags);
}

void apic_try_odd(struct border_request *r)
{
    u8 __iomem *at = registers + APIC_LVTPC;
    u64 value = APIC_LVT_MASKED;

    count_probe(r, 1, PROBE("movb %b[value], (%[at])", at, value));
    count_probe(r, 2, PROBE("movw %w[value], (%[at])", at, value));
    count_probe(r, 8, PROBE("movq %[value], (%[at])", at, value));
    count_probe(r, 9, PROBE("xchgl %k[value], (%[at])", at, value));
    count_probe(r, 10, PROBE("orl %k[value], (%[at])", at, value));
    count_probe(r, 11, PROBE("movl %k[value], 4(%[at])", at, value));
    count_probe(r, 12, PROBE("movl %k[value], 2(%[at])", at, value));
}

int apic_open(void)
{
    int rc;

    registers = ioremap(APIC_DEFAULT_PHYS_BASE, PAGE_SIZE);
    if (!registers) {
        return -ENOMEM;
    }
    rc = register_nmi_handler(NMI_LOCAL, take_nmi, 0, "border");
    if (rc) {
        iounmap(registers);
    }
    return rc;
}

void apic_close(void)
{
    unregister_nmi_handler(NMI_LOCAL, "border");
    iounmap(registers);
}
