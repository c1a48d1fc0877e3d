/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Why the guest was left, and what is done about it: one table. An access that
 * dom0 must not make is refused with an exception; what is not in the table
 * ends in a report. Fields of the syndrome: Arm ARM, D19.2.37 "ESR_EL2".
 */
#include <xen/lib.h>
#include <xen/livepatch.h>
#include <xen/memory.h>
#include <xen/mm.h>
#include <xen/shutdown.h>
#include <xen/throttle.h>
#include <asm/gic.h>
#include <asm/guest_abort.h>
#include <asm/guest_hypercall.h>
#include <asm/psci.h>
#include <asm/system.h>
#include <asm/vcpu.h>

#define EC_SHIFT 26
#define EC_HVC64 0x16
#define EC_SMC64 0x17
#define EC_SYSREG 0x18
#define EC_INSTRUCTION_ABORT 0x20
#define EC_DATA_ABORT 0x24
#define EC_END 0x40

#define ISS_IMMEDIATE 0xffff
#define XEN_HYPERCALL_TAG 0xea1

#define ABORT_VALID (1u << 24)
#define ABORT_BYTES_LOG2(iss) ((iss) >> 22 & 3)
#define ABORT_REGISTER(iss) ((iss) >> 16 & 31)
#define ABORT_TABLE_WALK (1u << 7)
#define ABORT_WRITE (1u << 6)

/* ISS of a trapped MSR or MRS: which register, which way. */
#define SYSREG(op0, op1, crn, crm, op2)                                        \
    ((op0) << 20 | (op2) << 17 | (op1) << 14 | (crn) << 10 | (crm) << 1)
#define SYSREG_MASK SYSREG(3, 7, 15, 15, 7)
#define SYSREG_READ 1u
#define SYSREG_RT(iss) ((iss) >> 5 & 31)
#define ICC_SGI1R SYSREG(3, 0, 12, 11, 5)
#define ICC_ASGI1R SYSREG(3, 0, 12, 11, 6)
#define ICC_SGI0R SYSREG(3, 0, 12, 11, 7)

#define INSN_BYTES 4

static uint32_t iss_of(const struct vcpu *v)
{
    return v->syndrome & 0x1ffffff;
}

/* Register 31 is the zero register. */
static uint64_t register_of(const struct vcpu *v, unsigned int number)
{
    return number < ARRAY_SIZE(v->x) ? v->x[number] : 0;
}

static void serve_hvc(struct vcpu *v)
{
    if ((iss_of(v) & ISS_IMMEDIATE) == XEN_HYPERCALL_TAG) {
        if (!guest_hypercall(v)) {
            v->pc -= INSN_BYTES;
        }
    } else if (!psci_serve(v)) {
        guest_inject_undefined(v);
    }
}

/* Trapped: pc is still that of the instruction. */
static void serve_smc(struct vcpu *v)
{
    v->pc += INSN_BYTES;
    (void)psci_serve(v);
}

/* The kick, which is of group 0, is nobody's to send but ours. */
static void serve_sysreg(struct vcpu *v)
{
    const uint32_t iss = iss_of(v);
    const uint32_t which = iss & SYSREG_MASK;

    if (!(iss & SYSREG_READ) && which == ICC_SGI1R) {
        gic_send_group1(register_of(v, SYSREG_RT(iss)));
    } else if ((iss & SYSREG_READ) ||
               (which != ICC_SGI0R && which != ICC_ASGI1R)) {
        guest_inject_undefined(v);
        return;
    }
    v->pc += INSN_BYTES;
}

static void refuse(struct vcpu *v, bool is_fetch, paddr_t gpa)
{
    static unsigned long nr_refused;
    const unsigned long nr = throttle(&nr_refused);

    if (nr) {
        printk(XENLOG_WARNING
               "dom0 vCPU %u at %#lx: access to %#lx refused (%lu so far)\n",
               v->id, v->pc, gpa, nr);
    }
    guest_inject_abort(v, is_fetch, read_sysreg(far_el2));
}

static paddr_t aborted_gpa(void)
{
    return (read_sysreg(hpfar_el2) >> 4 << PAGE_SHIFT) |
           (read_sysreg(far_el2) & ~PAGE_MASK);
}

static bool serve_store(struct vcpu *v, paddr_t gpa)
{
    const uint32_t iss = iss_of(v);

    return (iss & ABORT_VALID) && (iss & ABORT_WRITE) &&
           !(iss & ABORT_TABLE_WALK) && gic_owns(gpa) &&
           gic_serve_store(gpa, 1u << ABORT_BYTES_LOG2(iss),
                           register_of(v, ABORT_REGISTER(iss)));
}

static void serve_data_abort(struct vcpu *v)
{
    const paddr_t gpa = aborted_gpa();

    if (serve_store(v, gpa)) {
        v->pc += INSN_BYTES;
    } else {
        refuse(v, false, gpa);
    }
}

static void serve_instruction_abort(struct vcpu *v)
{
    refuse(v, true, aborted_gpa());
}

static void (*const servers[EC_END])(struct vcpu *v) = {
    [EC_HVC64] = serve_hvc,
    [EC_SMC64] = serve_smc,
    [EC_SYSREG] = serve_sysreg,
    [EC_DATA_ABORT] = serve_data_abort,
    [EC_INSTRUCTION_ABORT] = serve_instruction_abort,
};

static void noreturn give_up(const struct vcpu *v)
{
    begin_report();
    vcpu_show(v);
    panic("an exit from dom0 that nothing serves: reason %u, syndrome %#lx\n",
          v->reason, v->syndrome);
}

void serve_exit(struct vcpu *v)
{
    livepatch_watch();
    if (v->reason == GUEST_EXIT_FIQ) {
        (void)gic_take_kick();
        return;
    }
    v->syndrome = read_sysreg(esr_el2);
    if (v->reason != GUEST_EXIT_SYNC || !servers[v->syndrome >> EC_SHIFT]) {
        give_up(v);
    }
    servers[v->syndrome >> EC_SHIFT](v);
}

unsigned long exit_server(const struct vcpu *v)
{
    const uint64_t syndrome = ACCESS_ONCE(v->syndrome);

    if (ACCESS_ONCE(v->reason) != GUEST_EXIT_SYNC ||
        syndrome >> EC_SHIFT >= EC_END) {
        return 0;
    }
    if (syndrome >> EC_SHIFT == EC_HVC64) {
        return guest_hypercall_server(v);
    }
    return (unsigned long)servers[syndrome >> EC_SHIFT];
}
