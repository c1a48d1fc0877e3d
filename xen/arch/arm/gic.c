/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Finding, arming and using the interrupt controller. System registers are
 * named by number, as assemblers without the GIC's names want them (Arm IHI
 * 0069, 12.1.1).
 */
#include <xen/cache.h>
#include <xen/init.h>
#include <xen/lib.h>
#include <xen/paging.h>
#include <xen/smp.h>
#include <asm/gic.h>
#include <asm/gic_filter.h>
#include <asm/smp.h>
#include <asm/system.h>

#define ICC_PMR_EL1 S3_0_C4_C6_0
#define ICC_IAR0_EL1 S3_0_C12_C8_0
#define ICC_EOIR0_EL1 S3_0_C12_C8_1
#define ICC_BPR0_EL1 S3_0_C12_C8_3
#define ICC_SGI1R_EL1 S3_0_C12_C11_5
#define ICC_SGI0R_EL1 S3_0_C12_C11_7
#define ICC_BPR1_EL1 S3_0_C12_C12_3
#define ICC_CTLR_EL1 S3_0_C12_C12_4
#define ICC_SRE_EL1 S3_0_C12_C12_5
#define ICC_IGRPEN0_EL1 S3_0_C12_C12_6
#define ICC_SRE_EL2 S3_4_C12_C9_5
#define ICH_HCR_EL2 S3_4_C12_C11_0
#define ICH_VMCR_EL2 S3_4_C12_C11_7

#define SRE_ALL_EL1 0x7
#define SRE_ALL_EL2 0xf
#define VMCR_PRIORITY_ALL (0xffUL << 24)
#define VMCR_GROUP1 0x2
#define VMCR_GROUP0 0x1

#define GICD_CTLR 0x0
#define GICD_CTLR_DS (1u << 6)
#define GICD_CTLR_ARE (1u << 4)
#define GICD_CTLR_GROUP0 (1u << 0)
#define GICR_TYPER 0x8
#define GICR_TYPER_VLPIS (1UL << 1)
#define GICR_TYPER_LAST (1UL << 4)
#define GICR_WAKER 0x14
#define WAKER_SLEEP (1u << 1)
#define WAKER_ASLEEP (1u << 2)
#define GICR_FRAME 0x10000
#define GICR_IGROUPR0 0x80
#define GICR_ISENABLER0 0x100
#define GICR_IPRIORITYR 0x400

#define NO_INTERRUPT 1020 /* and above */
#define AFFINITY_MASK 0xff00ffffffUL

static struct gic_facts __ro_after_init gic;
static uintptr_t __ro_after_init distributor;
static uintptr_t __ro_after_init redistributors;

static uint32_t read32(uintptr_t at)
{
    return *(volatile uint32_t *)at;
}

static uint64_t read64(uintptr_t at)
{
    return *(volatile uint64_t *)at;
}

static void write32(uintptr_t at, uint32_t value)
{
    *(volatile uint32_t *)at = value;
}

static uintptr_t __init map_registers(paddr_t start, paddr_t bytes)
{
    const uintptr_t first = (uintptr_t)iomap_page(start);

    for (paddr_t at = PAGE_SIZE; at < bytes; at += PAGE_SIZE) {
        (void)iomap_page(start + at);
    }
    return first;
}

/* Group 0 is ours only where there is no second security state. */
void __init gic_init(const struct gic_facts *facts)
{
    gic = *facts;
    distributor = map_registers(gic.distributor, gic.distributor_bytes);
    redistributors =
        map_registers(gic.redistributors, gic.redistributors_bytes);
    if (!(read32(distributor + GICD_CTLR) & GICD_CTLR_DS)) {
        panic("GIC: has two security states; group 0 is not the "
              "hypervisor's\n");
    }
    write32(distributor + GICD_CTLR,
            read32(distributor + GICD_CTLR) | GICD_CTLR_ARE | GICD_CTLR_GROUP0);
}

/* MPIDR_EL1's affinity, packed as GICR_TYPER has it. */
static uint32_t packed_affinity(uint64_t mpidr)
{
    return (mpidr & 0xffffff) | (mpidr >> 32 & 0xff) << 24;
}

static uintptr_t find_redistributor(uint64_t mpidr)
{
    uintptr_t at = redistributors;
    uint64_t type;

    do {
        type = read64(at + GICR_TYPER);
        if (type >> 32 == packed_affinity(mpidr)) {
            return at;
        }
        at += (type & GICR_TYPER_VLPIS ? 4 : 2) * GICR_FRAME;
    } while (!(type & GICR_TYPER_LAST));
    panic("GIC: no redistributor for the pCPU of affinity %#lx\n", mpidr);
}

static void wake_redistributor(uintptr_t at)
{
    write32(at + GICR_WAKER, read32(at + GICR_WAKER) & ~WAKER_SLEEP);
    while (read32(at + GICR_WAKER) & WAKER_ASLEEP) {
        cpu_relax();
    }
}

/* Group 0, of the highest priority, enabled; all else in group 1. */
static void arm_kick(uintptr_t redistributor)
{
    const uintptr_t frame = redistributor + GICR_FRAME;

    write32(frame + GICR_IGROUPR0, ~(1u << GIC_KICK));
    *(volatile uint8_t *)(frame + GICR_IPRIORITYR + GIC_KICK) = 0;
    write32(frame + GICR_ISENABLER0, 1u << GIC_KICK);
}

void gic_init_pcpu(void)
{
    struct pcpu *self = this_pcpu();

    self->redistributor = find_redistributor(self->mpidr);
    wake_redistributor(self->redistributor);
    write_sysreg(ICC_SRE_EL2, SRE_ALL_EL2);
    isb();
    write_sysreg(ICC_SRE_EL1, SRE_ALL_EL1);
    isb();
    write_sysreg(ICC_PMR_EL1, 0xff);
    write_sysreg(ICC_CTLR_EL1, 0);
    write_sysreg(ICC_BPR0_EL1, 0);
    write_sysreg(ICC_BPR1_EL1, 0);
    write_sysreg(ICC_IGRPEN0_EL1, 1);
    write_sysreg(ICH_HCR_EL2, 0);
    write_sysreg(ICH_VMCR_EL2, VMCR_PRIORITY_ALL | VMCR_GROUP1 | VMCR_GROUP0);
    arm_kick(self->redistributor);
    isb();
}

/* ICC_SGI0R_EL1: one pCPU of the cluster that its affinity names. */
static uint64_t sgi_for(uint64_t mpidr)
{
    const uint64_t target = mpidr & 0xff;

    return (mpidr >> 32 & 0xff) << 48 | (mpidr >> 16 & 0xff) << 32 |
           (target / 16) << 44 | (uint64_t)GIC_KICK << 24 |
           (mpidr >> 8 & 0xff) << 16 | 1UL << target % 16;
}

void gic_send_kick(const cpumask_t *cpus)
{
    unsigned int cpu;

    dsb(ishst); /* what the caller wrote is there when the kick is */
    for_each_cpu (cpu, cpus) {
        write_sysreg(ICC_SGI0R_EL1, sgi_for(pcpu_of(cpu)->mpidr));
    }
    isb();
}

bool gic_take_kick(void)
{
    const uint64_t id = read_sysreg(ICC_IAR0_EL1);

    if (id >= NO_INTERRUPT) {
        return false;
    }
    dsb(sy);
    write_sysreg(ICC_EOIR0_EL1, id);
    isb();
    return true;
}

void gic_send_group1(uint64_t value)
{
    write_sysreg(ICC_SGI1R_EL1, value);
    isb();
}

static bool is_in(paddr_t paddr, paddr_t start, paddr_t bytes)
{
    return paddr >= start && paddr - start < bytes;
}

bool gic_owns(paddr_t paddr)
{
    return is_in(paddr, gic.distributor, gic.distributor_bytes) ||
           is_in(paddr, gic.redistributors, gic.redistributors_bytes);
}

static void store(uintptr_t at, unsigned int bytes, uint64_t value)
{
    switch (bytes) {
    case 1:
        *(volatile uint8_t *)at = value;
        break;
    case 2:
        *(volatile uint16_t *)at = value;
        break;
    case 4:
        *(volatile uint32_t *)at = value;
        break;
    default:
        *(volatile uint64_t *)at = value;
    }
}

/* Two frames a redistributor here: a GICv3. */
static enum gic_frame frame_of(paddr_t offset)
{
    return offset / GICR_FRAME % 2 ? GIC_SGI_FRAME : GIC_REDISTRIBUTOR;
}

bool gic_serve_store(paddr_t paddr, unsigned int bytes, uint64_t value)
{
    const bool is_distributor =
        is_in(paddr, gic.distributor, gic.distributor_bytes);
    const paddr_t offset =
        paddr - (is_distributor ? gic.distributor : gic.redistributors);
    const enum gic_frame frame =
        is_distributor ? GIC_DISTRIBUTOR : frame_of(offset);

    if (!IS_ALIGNED(paddr, bytes)) {
        return false;
    }
    store((is_distributor ? distributor : redistributors) + offset, bytes,
          gic_filter_store(frame, offset % GICR_FRAME, bytes, value));
    return true;
}
