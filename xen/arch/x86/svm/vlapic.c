/* SPDX-License-Identifier: GPL-2.0 */
/*
 * dom0 drives the pCPU's own local APIC: it reads the registers directly, and
 * its writes come here, are judged by apic_write.c and go on to the hardware.
 * INIT, start-up and NMI IPIs mean vCPUs and not pCPUs: pCPUs are never really
 * stopped, and every physical NMI is the hypervisor's.
 */
#include <xen/lib.h>
#include <xen/throttle.h>
#include <asm/apic.h>
#include <asm/apic_write.h>
#include <asm/guest_memory.h>
#include <asm/icr.h>
#include <asm/insn.h>
#include <asm/vlapic.h>

static void find_targets(const struct vcpu *v, uint32_t low, cpumask_t *targets)
{
    const struct icr_command command = {
        .low = low,
        .high = apic_read(APIC_ICR_HIGH),
        .sender = v->id,
    };
    struct icr_cpu cpus[NR_CPUS];
    unsigned int nr = nr_vcpus();

    for (unsigned int i = 0; i < nr; i++) {
        const struct vcpu *other = vcpu_of(i);

        cpus[i] = (struct icr_cpu){
            .apic_id = other->apic_id,
            .ldr = other->ldr,
            .dfr = other->dfr,
        };
    }
    icr_find_targets(&command, cpus, nr, targets);
}

static void send_to_vcpu(struct vcpu *to, uint32_t low)
{
    switch (icr_mode(low)) {
    case ICR_MODE_INIT:
        vcpu_send_init(to);
        break;
    case ICR_MODE_STARTUP:
        vcpu_send_startup(to, icr_vector(low));
        break;
    default:
        vcpu_send_nmi(to);
        break;
    }
}

static void send_to_vcpus(struct vcpu *v, uint32_t low)
{
    cpumask_t targets;
    unsigned int id;

    if (icr_is_deassert(low)) {
        return;
    }
    find_targets(v, low, &targets);
    for_each_cpu (id, &targets) {
        send_to_vcpu(vcpu_of(id), low);
    }
}

/* Which logical destinations the vCPU has, now that the register has changed.
 */
static void note_destination(struct vcpu *v, unsigned int offset,
                             uint32_t value)
{
    if (offset == APIC_LDR) {
        v->ldr = value;
    } else if (offset == APIC_DFR) {
        v->dfr = value;
    }
}

static void tell_of_drop(const struct vcpu *v, unsigned int offset,
                         uint32_t value)
{
    static unsigned long nr_dropped;
    const unsigned long nr = throttle(&nr_dropped);

    if (nr) {
        printk(XENLOG_DEBUG "dom0 vCPU %u: APIC write of %#x at %#x ignored "
                            "(%lu so far)\n",
               v->id, value, offset, nr);
    }
}

static void write_register(struct vcpu *v, unsigned int offset, uint32_t value)
{
    const struct apic_verdict verdict = apic_judge_write(offset, value);

    switch (verdict.action) {
    case APIC_PASS:
        note_destination(v, offset, verdict.value);
        apic_write(offset, verdict.value);
        break;
    case APIC_VCPUS:
        send_to_vcpus(v, verdict.value);
        break;
    case APIC_DROP:
        tell_of_drop(v, offset, value);
        break;
    }
}

bool vlapic_serve_store(struct vcpu *v, unsigned int offset)
{
    uint8_t code[INSN_MAX_BYTES];
    unsigned int nr_bytes = guest_read_code(v, code, sizeof(code));
    struct insn_store store;

    if (!guest_is_64bit(v) || offset % 16 != 0 ||
        !insn_decode_store(code, nr_bytes, v->regs, &store)) {
        return false;
    }
    write_register(v, offset, store.value);
    vcpu_skip_instruction(v, store.bytes);
    return true;
}
