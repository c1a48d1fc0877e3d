/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Why the guest was left, and what is done about it: one table. What is not
 * in it, and what dom0 must not do, ends in a report.
 */
#include <xen/hypercall.h>
#include <xen/lib.h>
#include <xen/livepatch.h>
#include <xen/mm.h>
#include <xen/version.h>
#include <xen/errno.h>
#include <asm/apic.h>
#include <asm/guest_cpuid.h>
#include <asm/guest_memory.h>
#include <asm/guest_msr.h>
#include <asm/memory.h>
#include <asm/npt.h>
#include <asm/shutdown.h>
#include <asm/trap_frame.h>
#include <asm/vcpu.h>
#include <asm/vlapic.h>

#define CPUID_BYTES 2
#define VMMCALL_BYTES 3
#define OPCODE_HLT 0xf4
#define FIRST_INTERRUPT_VECTOR 32

/* Before a panic that is about dom0: its state, on a console that is ours. */
static void report_state(const struct vcpu *v)
{
    begin_report();
    vcpu_show(v);
}

static void serve_cpuid(struct vcpu *v)
{
    const struct cpuid_question question = {
        .leaf = v->regs[REG_RAX],
        .subleaf = v->regs[REG_RCX],
        .guest_cr4 = v->vmcb->cr4,
        .vcpu_id = v->id,
        .version = xen_major_version() << 16 | xen_minor_version(),
    };
    struct cpuid_regs raw = {0, 0, 0, 0};

    if (!is_hypervisor_leaf(question.leaf)) {
        raw = cpuid(question.leaf, question.subleaf);
    }
    raw = guest_cpuid(&question, raw);
    v->regs[REG_RAX] = raw.eax;
    v->regs[REG_RBX] = raw.ebx;
    v->regs[REG_RCX] = raw.ecx;
    v->regs[REG_RDX] = raw.edx;
    vcpu_skip_instruction(v, CPUID_BYTES);
}

/* Only a 64-bit kernel's hypercalls have their arguments where we look. */
static void serve_hypercall(struct vcpu *v)
{
    const uint64_t *r = v->regs;
    long result;

    if (v->vmcb->cpl != 0) {
        result = -EPERM;
    } else if (!guest_is_64bit(v)) {
        result = -ENOSYS;
    } else {
        result = hypercall_dispatch(r[REG_RAX], r[REG_RDI], r[REG_RSI],
                                    r[REG_RDX], r[REG_R10], r[REG_R8]);
    }
    if (result != HYPERCALL_RETRY) {
        v->regs[REG_RAX] = result;
        vcpu_skip_instruction(v, VMMCALL_BYTES);
    }
}

/*
 * An NMI between STI and the HLT after it would let an interrupt in before the
 * HLT, which then sleeps although there is work: the shadow that forbids this
 * is lost when the hardware does not restore it. The HLT is taken as woken by
 * the NMI, as any HLT may be.
 */
static void step_over_shadowed_hlt(struct vcpu *v)
{
    uint8_t opcode;

    if ((v->vmcb->interrupt_shadow & INTERRUPT_SHADOW) &&
        guest_read_code(v, &opcode, 1) == 1 && opcode == OPCODE_HLT) {
        vcpu_skip_instruction(v, 1);
    }
}

static void serve_nmi(struct vcpu *v)
{
    step_over_shadowed_hlt(v);
    take_pending_nmi();
}

/* The next virtual NMI may come: the handler of the last is at its end. */
static void serve_iret(struct vcpu *v)
{
    v->vmcb->intercept_1 &= ~INTERCEPT_IRET;
    v->nmi_blocked = false;
}

static void serve_apic_store(struct vcpu *v, unsigned int offset)
{
    if (!vlapic_serve_store(v, offset)) {
        report_state(v);
        panic("dom0 wrote to its APIC at %#x in a way not understood\n",
              offset);
    }
}

static void serve_nested_fault(struct vcpu *v)
{
    paddr_t gpa = v->vmcb->exit_info_2;
    bool is_write = v->vmcb->exit_info_1 & NPF_WRITE;
    bool is_present = v->vmcb->exit_info_1 & NPF_PRESENT;

    if ((gpa & PAGE_MASK) == apic_paddr() && is_write) {
        serve_apic_store(v, gpa & ~PAGE_MASK);
        return;
    }
    if (is_own_memory(gpa, gpa + 1)) {
        report_state(v);
        panic("dom0 reached for hypervisor memory: %s at %#lx\n",
              is_write ? "write" : "read", gpa);
    }
    if (is_present || npt_add_device(gpa)) {
        report_state(v);
        panic("dom0 reached for memory that cannot be there: %s at %#lx\n",
              is_write ? "write" : "read", gpa);
    }
}

static void serve_forbidden(struct vcpu *v)
{
    vcpu_inject_exception(v, VECTOR_INVALID_OPCODE, false, 0);
}

static void serve_shutdown(struct vcpu *v)
{
    report_state(v);
    panic("dom0 shut down by a triple fault\n");
}

static const struct {
    enum svm_exit code;
    void (*serve)(struct vcpu *v);
} exits[] = {
    {SVM_EXIT_NPF, serve_nested_fault},  {SVM_EXIT_NMI, serve_nmi},
    {SVM_EXIT_VMMCALL, serve_hypercall}, {SVM_EXIT_CPUID, serve_cpuid},
    {SVM_EXIT_MSR, guest_msr_serve},     {SVM_EXIT_IRET, serve_iret},
    {SVM_EXIT_SHUTDOWN, serve_shutdown}, {SVM_EXIT_INVLPGA, serve_forbidden},
    {SVM_EXIT_VMRUN, serve_forbidden},   {SVM_EXIT_VMLOAD, serve_forbidden},
    {SVM_EXIT_VMSAVE, serve_forbidden},  {SVM_EXIT_STGI, serve_forbidden},
    {SVM_EXIT_CLGI, serve_forbidden},    {SVM_EXIT_SKINIT, serve_forbidden},
};

/*
 * The event whose delivery the exit interrupted is delivered again; not a
 * software interrupt, whose instruction is executed again. An emulator may
 * call an external interrupt an exception.
 */
static uint64_t find_event_to_repeat(uint64_t event)
{
    uint64_t type = event & EVENT_TYPE_MASK;

    if (!(event & EVENT_VALID)) {
        return 0;
    }
    if (type == EVENT_EXCEPTION &&
        (event & EVENT_VECTOR_MASK) >= FIRST_INTERRUPT_VECTOR) {
        return EVENT_VALID | EVENT_INTERRUPT | (event & EVENT_VECTOR_MASK);
    }
    return type == EVENT_INTERRUPT || type == EVENT_NMI ||
                   type == EVENT_EXCEPTION
               ? event
               : 0;
}

void svm_serve_exit(struct vcpu *v)
{
    struct vmcb *c = v->vmcb;

    c->event_injection = find_event_to_repeat(c->exit_int_info);
    livepatch_watch();
    for (unsigned int i = 0; i < ARRAY_SIZE(exits); i++) {
        if (exits[i].code == c->exit_code) {
            exits[i].serve(v);
            return;
        }
    }
    report_state(v);
    panic("an exit from dom0 that nothing serves: code %#lx\n", c->exit_code);
}

unsigned long svm_exit_server(const struct vcpu *v)
{
    const uint64_t code = ACCESS_ONCE(v->vmcb->exit_code);

    if (code == SVM_EXIT_VMMCALL) {
        return hypercall_server(ACCESS_ONCE(v->regs[REG_RAX]));
    }
    for (unsigned int i = 0; i < ARRAY_SIZE(exits); i++) {
        if (exits[i].code == code) {
            return (unsigned long)exits[i].serve;
        }
    }
    return 0;
}
