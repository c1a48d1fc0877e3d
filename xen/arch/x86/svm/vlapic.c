/* SPDX-License-Identifier: GPL-2.0 */
/*
 * dom0 drives the pCPU's own local APIC: it reads the registers directly, and
 * its writes come here and go on to the hardware. Kept back are INIT, start-up
 * and NMI IPIs, which mean vCPUs and not pCPUs: pCPUs are never really stopped,
 * and every physical NMI is the hypervisor's.
 */
#include <xen/config.h>
#include <asm/apic.h>
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

static void write_icr(struct vcpu *v, uint32_t low)
{
    switch (icr_mode(low)) {
    case ICR_MODE_NMI:
    case ICR_MODE_INIT:
    case ICR_MODE_STARTUP:
        send_to_vcpus(v, low);
        break;
    default:
        apic_write(APIC_ICR_LOW, low);
        break;
    }
}

static void write_register(struct vcpu *v, unsigned int offset, uint32_t value)
{
    switch (offset) {
    case APIC_ICR_LOW:
        write_icr(v, value);
        return;
    case APIC_LDR:
        v->ldr = value;
        break;
    case APIC_DFR:
        v->dfr = value;
        break;
    default:
        break;
    }
    apic_write(offset, value);
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
