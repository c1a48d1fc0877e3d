/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The life of a vCPU on its pCPU: waiting to be started (the pCPU sleeps),
 * running in the guest, serving exits, obeying what other pCPUs ask of it.
 * What is asked stands in memory before the kick is sent, and is looked at
 * between every exit and the next entry with the kick held off, so none is
 * lost.
 */
#include <xen/errno.h>
#include <xen/host_state.h>
#include <xen/init.h>
#include <xen/lib.h>
#include <xen/shutdown.h>
#include <xen/smp.h>
#include <xen/xmalloc.h>
#include <asm/guest_state.h>
#include <asm/smp.h>
#include <asm/vcpu.h>

_Static_assert(offsetof(struct vcpu, pc) == 248, "entry.S");
_Static_assert(offsetof(struct pcpu, vcpu) == 0, "entry.S");

#define PSTATE_EL1H 0x5
#define PSTATE_DAIF 0x3c0

int __init vcpu_create(unsigned int id, uint64_t mpidr)
{
    struct vcpu *v = xzalloc(struct vcpu);

    if (v == NULL) {
        return -ENOMEM;
    }
    v->id = id;
    v->mpidr = mpidr;
    v->start_state = VCPU_OFF;
    vcpu_list(v);
    return 0;
}

void vcpu_begin(struct vcpu *v, uint64_t pc, uint64_t x0)
{
    for (unsigned int i = 0; i < ARRAY_SIZE(v->x); i++) {
        v->x[i] = 0;
    }
    v->x[0] = x0;
    v->pc = pc;
    v->pstate = PSTATE_EL1H | PSTATE_DAIF;
    guest_state_reset();
    v->is_running = true;
    __atomic_store_n(&v->start_state, VCPU_ON, __ATOMIC_RELEASE);
}

/* Acquire: what the one that asks wrote before. */
static void take_start(struct vcpu *v)
{
    if (__atomic_load_n(&v->start_state, __ATOMIC_ACQUIRE) == VCPU_ON_PENDING) {
        vcpu_begin(v, v->start_pc, v->start_x0);
    }
}

static void run_guest(struct vcpu *v)
{
    struct pcpu *self = this_pcpu();

    self->in_exit = false;
    host_leave();
    v->reason = guest_run(v);
    host_enter();
    self->in_exit = true;
}

/* Until some kick; the caller looks again at what there is to do. */
static void park(void)
{
    host_leave();
    sleep_until_kick();
    host_enter();
}

void noreturn vcpu_run(struct vcpu *v)
{
    for (;;) {
        halt_if_told();
        host_safe_point();
        take_start(v);
        if (v->is_running) {
            run_guest(v);
            serve_exit(v);
        } else {
            park();
        }
    }
}

void vcpu_show_where(const struct vcpu *v)
{
    printk(XENLOG_ERR "dom0 vCPU %u at %016lx, EL%u\n", v->id, v->pc,
           (unsigned int)(v->pstate >> 2 & 3));
}

void vcpu_show(const struct vcpu *v)
{
    vcpu_show_where(v);
    printk(XENLOG_ERR "exit %u syndrome %08lx pstate %08lx\n", v->reason,
           v->syndrome, v->pstate);
    for (unsigned int i = 0; i + 2 < ARRAY_SIZE(v->x); i += 3) {
        printk(XENLOG_ERR "x%-2u %016lx x%-2u %016lx x%-2u %016lx\n", i,
               v->x[i], i + 1, v->x[i + 1], i + 2, v->x[i + 2]);
    }
    printk(XENLOG_ERR "x30 %016lx\n", v->x[30]);
}
