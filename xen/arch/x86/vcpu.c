/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The life of a vCPU on its pCPU: waiting for a start-up IPI (the pCPU sleeps),
 * running in the guest, serving exits, obeying what other pCPUs ask of it.
 * Requests stand in memory before the kick is sent, and are looked at between
 * every exit and the next entry with NMIs held off, so none is lost.
 */
#include <xen/errno.h>
#include <xen/host_state.h>
#include <xen/init.h>
#include <xen/lib.h>
#include <xen/mm.h>
#include <xen/smp.h>
#include <xen/string.h>
#include <xen/xmalloc.h>
#include <asm/apic.h>
#include <asm/guest_memory.h>
#include <asm/npt.h>
#include <asm/smp.h>
#include <asm/start_state.h>
#include <asm/trap_frame.h>
#include <asm/vcpu.h>

_Static_assert(offsetof(struct vcpu, vmcb_paddr) == 128, "vmrun.S");
_Static_assert(offsetof(struct vcpu, host_paddr) == 136, "vmrun.S");

#define LDR_RESET 0
#define DFR_RESET (~0u)
#define SHOWN_CODE_BYTES 16

int __init vcpu_create(unsigned int id, unsigned int apic_id)
{
    struct vcpu *v = xzalloc(struct vcpu);
    void *host = alloc_xenheap_pages(1);

    if (v == NULL || host == NULL) {
        return -ENOMEM;
    }
    v->vmcb = alloc_xenheap_pages(1);
    if (v->vmcb == NULL) {
        return -ENOMEM;
    }
    v->id = id;
    v->apic_id = apic_id;
    v->vmcb_paddr = virt_to_maddr(v->vmcb);
    v->host_paddr = virt_to_maddr(host);
    v->ldr = LDR_RESET;
    v->dfr = DFR_RESET;
    v->startup = NO_STARTUP;
    memset(v->vmcb, 0, sizeof(*v->vmcb));
    vcpu_list(v);
    return 0;
}

/* ---- requests ---------------------------------------------------------- */

/* Release: pairs with the exchange in take_requests(). */
static void request(struct vcpu *v, uint32_t what)
{
    __atomic_fetch_or(&v->requests, what, __ATOMIC_RELEASE);
    vcpu_kick(v);
}

void vcpu_send_init(struct vcpu *v)
{
    /* A start-up before the INIT is void, one after it counts. */
    __atomic_store_n(&v->startup, NO_STARTUP, __ATOMIC_RELAXED);
    request(v, REQUEST_INIT);
}

/* Latched, so that it is not lost while the INIT before it is still waiting to
 * be served; a vCPU that runs throws it away. */
void vcpu_send_startup(struct vcpu *v, unsigned int vector)
{
    __atomic_store_n(&v->startup, vector, __ATOMIC_RELEASE);
    vcpu_kick(v);
}

void vcpu_send_nmi(struct vcpu *v)
{
    request(v, REQUEST_NMI);
}

static void take_init(struct vcpu *v)
{
    v->is_running = false;
    v->nmi_pending = false;
    v->nmi_blocked = false;
    v->ldr = LDR_RESET;
    v->dfr = DFR_RESET;
    apic_reset_local();
}

static void take_startup(struct vcpu *v)
{
    uint32_t vector =
        __atomic_exchange_n(&v->startup, NO_STARTUP, __ATOMIC_ACQUIRE);

    if (vector != NO_STARTUP && !v->is_running) {
        vcpu_set_startup_state(v, vector);
        v->is_running = true;
    }
}

static void take_requests(struct vcpu *v)
{
    /* Acquire: what the sender wrote before. INIT first: a start-up that is
     * seen below may belong to it. */
    uint32_t what = __atomic_exchange_n(&v->requests, 0, __ATOMIC_ACQUIRE);

    if (what & REQUEST_INIT) {
        take_init(v);
    }
    if (__atomic_load_n(&v->startup, __ATOMIC_RELAXED) != NO_STARTUP) {
        take_startup(v);
    }
    if ((what & REQUEST_NMI) && v->is_running) {
        v->nmi_pending = true;
    }
}

/* ---- running ----------------------------------------------------------- */

/* An event that the last exit interrupted goes first. */
static void inject_nmi(struct vcpu *v)
{
    struct vmcb *c = v->vmcb;

    if (v->nmi_pending && !v->nmi_blocked &&
        !(c->event_injection & EVENT_VALID)) {
        c->event_injection = EVENT_VALID | EVENT_NMI | VECTOR_NMI;
        c->intercept_1 |= INTERCEPT_IRET;
        v->nmi_pending = false;
        v->nmi_blocked = true;
    }
}

/*
 * The state that the next exit overwrites: where dom0 is entered, and after
 * which exit. When what comes back makes no sense, an exception for dom0 is
 * tried, then a double fault; this still tells how things came to that.
 */
static void remember_entry(struct vcpu *v)
{
    const struct vmcb *c = v->vmcb;

    if (!(c->event_injection & EVENT_VALID)) {
        v->calm_entry.code = c->exit_code;
        v->calm_entry.info_1 = c->exit_info_1;
        v->calm_entry.info_2 = c->exit_info_2;
        v->calm_entry.rip = c->rip;
    }
}

static void run_guest(struct vcpu *v)
{
    struct vmcb *c = v->vmcb;
    struct pcpu *self = this_pcpu();

    inject_nmi(v);
    if (npt_is_stale(&v->npt_seen)) {
        c->tlb_control = TLB_FLUSH_ALL;
    }
    c->rax = v->regs[REG_RAX];
    c->rsp = v->regs[REG_RSP];
    self->in_exit = false;
    remember_entry(v);
    host_leave();
    svm_run(v);
    host_enter();
    self->in_exit = true;
    v->regs[REG_RAX] = c->rax;
    v->regs[REG_RSP] = c->rsp;
    c->tlb_control = 0;
}

/* Until some NMI; the caller looks again at what there is to do. */
static void park(void)
{
    host_leave();
    sleep_until_nmi();
    host_enter();
}

/* FS, GS, TR and the rest that VMLOAD brings back after each exit. */
static void save_host_state(const struct vcpu *v)
{
    __asm__ __volatile__("vmsave" : : "a"(v->host_paddr) : "memory");
}

void noreturn vcpu_run(struct vcpu *v)
{
    save_host_state(v);
    for (;;) {
        host_safe_point();
        take_requests(v);
        if (v->is_running) {
            run_guest(v);
            svm_serve_exit(v);
        } else {
            park();
        }
    }
}

void vcpu_start_kernel(struct vcpu *v, uint32_t entry, uint32_t boot_params)
{
    vcpu_set_kernel_state(v, entry, boot_params);
    v->is_running = true;
}

/* ---- for exits --------------------------------------------------------- */

void vcpu_inject_exception(struct vcpu *v, unsigned int vector,
                           bool has_error_code, uint32_t error_code)
{
    v->vmcb->event_injection = EVENT_VALID | EVENT_EXCEPTION | vector |
                               (has_error_code ? EVENT_HAS_ERROR : 0) |
                               (uint64_t)error_code << EVENT_ERROR_SHIFT;
}

/* An instruction ends the shadow that the one before it cast. */
void vcpu_skip_instruction(struct vcpu *v, unsigned int bytes)
{
    v->vmcb->rip += bytes;
    v->vmcb->interrupt_shadow = 0;
}

/* ---- reports ----------------------------------------------------------- */

void vcpu_show_where(const struct vcpu *v)
{
    printk(XENLOG_ERR "dom0 vCPU %u at %04x:%016lx\n", v->id,
           v->vmcb->cs.selector, v->vmcb->rip);
}

void vcpu_show(const struct vcpu *v)
{
    const struct vmcb *c = v->vmcb;
    const uint64_t *r = v->regs;
    uint8_t code[SHOWN_CODE_BYTES];
    unsigned int nr_bytes = guest_read_code(v, code, sizeof(code));

    vcpu_show_where(v);
    printk(XENLOG_ERR "exit %lx info %016lx %016lx event %lx\n", c->exit_code,
           c->exit_info_1, c->exit_info_2, c->exit_int_info);
    printk(XENLOG_ERR "entered at %016lx after exit %lx info %016lx %016lx\n",
           v->calm_entry.rip, v->calm_entry.code, v->calm_entry.info_1,
           v->calm_entry.info_2);
    printk(XENLOG_ERR "rax %016lx rbx %016lx rcx %016lx rdx %016lx\n",
           r[REG_RAX], r[REG_RBX], r[REG_RCX], r[REG_RDX]);
    printk(XENLOG_ERR "rsi %016lx rdi %016lx rbp %016lx rsp %016lx\n",
           r[REG_RSI], r[REG_RDI], r[REG_RBP], r[REG_RSP]);
    printk(XENLOG_ERR "r8  %016lx r9  %016lx r10 %016lx r11 %016lx\n", r[8],
           r[9], r[10], r[11]);
    printk(XENLOG_ERR "r12 %016lx r13 %016lx r14 %016lx r15 %016lx\n", r[12],
           r[13], r[14], r[15]);
    printk(XENLOG_ERR "cr0 %016lx cr2 %016lx cr3 %016lx cr4 %016lx\n", c->cr0,
           c->cr2, c->cr3, c->cr4);
    printk(XENLOG_ERR "rflags %08lx efer %lx cpl %u shadow %lx\n", c->rflags,
           c->efer, c->cpl, c->interrupt_shadow);
    printk(XENLOG_ERR "code at rip: %*ph\n", (int)nr_bytes, code);
}
