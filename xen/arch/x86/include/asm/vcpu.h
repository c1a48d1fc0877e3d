/* SPDX-License-Identifier: GPL-2.0 */
/*
 * dom0's vCPUs, each bound to the pCPU of its number. The pCPU alone touches
 * its vCPU, but for the requests, which any pCPU may make.
 */
#ifndef ASM_VCPU_H
#define ASM_VCPU_H

#include <xen/compiler.h>
#include <xen/types.h>
#include <xen/vcpu.h>
#include <asm/svm.h>

/* General registers by their number in instructions. */
enum guest_register {
    REG_RAX,
    REG_RCX,
    REG_RDX,
    REG_RBX,
    REG_RSP,
    REG_RBP,
    REG_RSI,
    REG_RDI,
    REG_R8,
    REG_R9,
    REG_R10,
    NR_GUEST_REGISTERS = 16,
};

/* What other pCPUs ask of a vCPU; a kick follows. */
#define REQUEST_INIT 0x1u
#define REQUEST_NMI 0x2u

/* No start-up IPI is latched; else its vector. */
#define NO_STARTUP (~0u)

struct vcpu {
    /* vmrun.S: copies of rax and rsp are the VMCB's. */
    uint64_t regs[NR_GUEST_REGISTERS];
    paddr_t vmcb_paddr;
    paddr_t host_paddr; /* where VMSAVE keeps the host's FS, GS, TR, ... */

    struct vmcb *vmcb;
    unsigned int id, apic_id;
    bool is_running;  /* else it waits for a start-up IPI */
    bool nmi_blocked; /* from a virtual NMI to its IRET */
    bool nmi_pending;
    struct {
        uint64_t code, info_1, info_2, rip;
    } calm_entry;      /* the last one without an exception, for reports */
    uint64_t npt_seen; /* npt.c's generation that its TLB is good for */
    uint32_t ldr, dfr; /* as dom0 wrote them to its APIC */

    uint32_t requests; /* atomic: REQUEST_ bits */
    uint32_t startup;  /* atomic: vector or NO_STARTUP */
};

/* 0 or -ENOMEM. Boot only. */
int vcpu_create(unsigned int id, unsigned int apic_id) __must_check;

/* Makes the vCPU enter its kernel in 32-bit protected mode at `entry`, with
 * the Linux boot protocol's registers. */
void vcpu_start_kernel(struct vcpu *v, uint32_t entry, uint32_t boot_params);

/* Serves the vCPU on this pCPU for good. */
void noreturn vcpu_run(struct vcpu *v);

/* From any pCPU: what an INIT, a start-up or an NMI IPI does to a vCPU. */
void vcpu_send_init(struct vcpu *v);
void vcpu_send_startup(struct vcpu *v, unsigned int vector);
void vcpu_send_nmi(struct vcpu *v);

/* For the exit that is being served. */
void vcpu_inject_exception(struct vcpu *v, unsigned int vector,
                           bool has_error_code, uint32_t error_code);
void vcpu_skip_instruction(struct vcpu *v, unsigned int bytes);

/* Reports: one line; all state. */
void vcpu_show_where(const struct vcpu *v);
void vcpu_show(const struct vcpu *v);

/* svm/vmrun.S: runs the guest until its next exit. */
void svm_run(struct vcpu *v);

/* svm/exit.c: serves the exit that svm_run() returned for. */
void svm_serve_exit(struct vcpu *v);

/* From any pCPU: the function that serves the vCPU's last exit. A guess while
 * the vCPU runs; 0 when the exit's code means nothing. */
unsigned long svm_exit_server(const struct vcpu *v);

#endif
