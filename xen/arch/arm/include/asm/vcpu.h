/* SPDX-License-Identifier: GPL-2.0 */
/*
 * dom0's vCPUs, each bound to the pCPU of its number. The pCPU alone touches
 * its vCPU, but for the request to start, which any pCPU may make. EL1's system
 * registers and the vector registers are the vCPU's at all times: nobody else
 * uses them.
 */
#ifndef ASM_VCPU_H
#define ASM_VCPU_H

#include <xen/compiler.h>
#include <xen/types.h>
#include <xen/vcpu.h>

/* Why guest_run() came back: entry.S. */
enum guest_exit {
    GUEST_EXIT_SYNC,
    GUEST_EXIT_IRQ,
    GUEST_EXIT_FIQ,
    GUEST_EXIT_SERROR,
};

struct vcpu {
    /* entry.S */
    uint64_t x[31];
    uint64_t pc, pstate; /* ELR_EL2, SPSR_EL2 */

    unsigned int id;
    uint64_t mpidr;
    bool is_running;        /* else it waits to be started */
    enum guest_exit reason; /* of the last exit */
    uint64_t syndrome;      /* its ESR_EL2 */

    /* Asked for by another vCPU: see psci.c. */
    uint32_t start_state; /* atomic: enum vcpu_start */
    uint64_t start_pc, start_x0;
};

/* PSCI's view of a CPU (Arm DEN 0022, AFFINITY_INFO). */
enum vcpu_start {
    VCPU_ON,
    VCPU_OFF,
    VCPU_ON_PENDING,
    VCPU_ON_CLAIMED, /* about to be pending */
};

/* 0 or -ENOMEM. Boot only. */
int vcpu_create(unsigned int id, uint64_t mpidr) __must_check;

/* Lets the vCPU begin at pc, by the arm64 boot protocol or PSCI: at EL1, MMU
 * off, all exceptions masked, x0 given. Its own pCPU only. */
void vcpu_begin(struct vcpu *v, uint64_t pc, uint64_t x0);

/* Serves the vCPU on this pCPU for good. */
void noreturn vcpu_run(struct vcpu *v);

/* Reports: one line; all state. */
void vcpu_show_where(const struct vcpu *v);
void vcpu_show(const struct vcpu *v);

/* entry.S: runs the guest until its next exit. */
unsigned int guest_run(struct vcpu *v);

/* exit.c: serves the exit that guest_run() returned for. */
void serve_exit(struct vcpu *v);

/* From any pCPU: the function that serves the vCPU's last exit. A guess while
 * the vCPU runs; 0 when the exit means nothing. */
unsigned long exit_server(const struct vcpu *v);

#endif
