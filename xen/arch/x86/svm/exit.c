/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Why the guest was left, and what is done about it: one table. An access that
 * dom0 must not make is refused with an exception; what is not in the table
 * ends in a report.
 */
#include <xen/errno.h>
#include <xen/hypercall.h>
#include <xen/lib.h>
#include <xen/livepatch.h>
#include <xen/memory.h>
#include <xen/mm.h>
#include <xen/shutdown.h>
#include <xen/throttle.h>
#include <xen/version.h>
#include <asm/apic.h>
#include <asm/event.h>
#include <asm/guest_cpuid.h>
#include <asm/guest_memory.h>
#include <asm/guest_msr.h>
#include <asm/npt.h>
#include <asm/trap_frame.h>
#include <asm/vcpu.h>
#include <asm/vlapic.h>

#define CPUID_BYTES 2
#define VMMCALL_BYTES 3
#define OPCODE_HLT 0xf4

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

static void serve_shutdown(struct vcpu *v)
{
    report_state(v);
    panic("dom0 shut down by a triple fault\n");
}

static const char *describe_access(const struct vcpu *v)
{
    const uint64_t what = v->vmcb->exit_info_1;

    if (what & NPF_TABLE_WALK) {
        return "page table";
    }
    if (what & NPF_FETCH) {
        return "fetch";
    }
    return what & NPF_WRITE ? "write" : "read";
}

/* Why an access is refused; each kind is counted. */
enum refusal {
    OWN_MEMORY,
    NO_MEMORY,
    ODD_APIC_ACCESS,
    NR_REFUSALS
};

static const char *const reasons[NR_REFUSALS] = {
    [OWN_MEMORY] = "hypervisor memory",
    [NO_MEMORY] = "memory that cannot be there",
    [ODD_APIC_ACCESS] = "not a store to the APIC that is understood",
};

/*
 * dom0 gets what a processor gives for an access that it does not allow: its
 * kernel knows what to do about that, and the machine lives on.
 */
static void refuse_access(struct vcpu *v, enum refusal why)
{
    static unsigned long nr_refused[NR_REFUSALS];
    const unsigned long nr = throttle(&nr_refused[why]);

    if (nr) {
        printk(XENLOG_WARNING
               "dom0 vCPU %u at %#lx: %s at %#lx refused: %s (%lu so far)\n",
               v->id, v->vmcb->rip, describe_access(v), v->vmcb->exit_info_2,
               reasons[why], nr);
    }
    v->vmcb->event_injection = event_protection_fault(v->vmcb->exit_int_info);
    if (v->vmcb->event_injection == 0) {
        serve_shutdown(v);
    }
}

/* A store by the instruction at RIP, and not by the processor's own walk of
 * page tables or delivery of an event. */
static bool is_instructions_store(const struct vmcb *c)
{
    return (c->exit_info_1 & NPF_WRITE) && !(c->exit_info_1 & NPF_TABLE_WALK) &&
           !(c->exit_int_info & EVENT_VALID);
}

static void serve_apic_access(struct vcpu *v, unsigned int offset)
{
    if (!is_instructions_store(v->vmcb) || !vlapic_serve_store(v, offset)) {
        refuse_access(v, ODD_APIC_ACCESS);
    }
}

static void serve_nested_fault(struct vcpu *v)
{
    const paddr_t gpa = v->vmcb->exit_info_2;

    if ((gpa & PAGE_MASK) == apic_paddr()) {
        serve_apic_access(v, gpa & ~PAGE_MASK);
    } else if (is_own_memory(gpa, gpa + 1)) {
        refuse_access(v, OWN_MEMORY);
    } else if ((v->vmcb->exit_info_1 & NPF_PRESENT) || npt_add_device(gpa)) {
        refuse_access(v, NO_MEMORY);
    }
}

static void serve_forbidden(struct vcpu *v)
{
    vcpu_inject_exception(v, VECTOR_INVALID_OPCODE, false, 0);
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
    {SVM_EXIT_MONITOR, serve_forbidden}, {SVM_EXIT_MWAIT, serve_forbidden},
};

void svm_serve_exit(struct vcpu *v)
{
    struct vmcb *c = v->vmcb;

    c->event_injection = event_to_repeat(c->exit_int_info);
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
