/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The virtual machine control block and its codes (AMD APM vol. 2, appendices
 * B and C).
 */
#ifndef ASM_SVM_H
#define ASM_SVM_H

#include <xen/compiler.h>
#include <xen/types.h>

struct vmcb_segment {
    uint16_t selector;
    uint16_t attributes;
    uint32_t limit;
    uint64_t base;
};

struct vmcb {
    /* Control area */
    uint32_t intercept_cr, intercept_dr;
    uint32_t intercept_exceptions;
    uint32_t intercept_1; /* vector 3 */
    uint32_t intercept_2; /* vector 4 */
    uint32_t intercept_3;
    uint8_t reserved_018[0x28];
    uint64_t iopm_base, msrpm_base; /* 0x040 */
    uint64_t tsc_offset;            /* 0x050 */
    uint32_t asid;                  /* 0x058 */
    uint32_t tlb_control;
    uint64_t virtual_interrupt; /* 0x060 */
    uint64_t interrupt_shadow;  /* 0x068 */
    uint64_t exit_code;         /* 0x070 */
    uint64_t exit_info_1, exit_info_2;
    uint64_t exit_int_info; /* 0x088 */
    uint64_t np_enable;     /* 0x090 */
    uint8_t reserved_098[0x10];
    uint64_t event_injection; /* 0x0a8 */
    uint64_t nested_cr3;      /* 0x0b0 */
    uint64_t lbr_control;     /* 0x0b8 */
    uint64_t clean_bits;      /* 0x0c0 */
    uint64_t next_rip;        /* 0x0c8 */
    uint8_t reserved_0d0[0x330];

    /* State save area */
    struct vmcb_segment es, cs, ss, ds, fs, gs; /* 0x400 */
    struct vmcb_segment gdtr, ldtr, idtr, tr;
    uint8_t reserved_4a0[0x2b];
    uint8_t cpl; /* 0x4cb */
    uint8_t reserved_4cc[4];
    uint64_t efer; /* 0x4d0 */
    uint8_t reserved_4d8[0x70];
    uint64_t cr4, cr3, cr0, dr7, dr6, rflags, rip; /* 0x548 */
    uint8_t reserved_580[0x58];
    uint64_t rsp; /* 0x5d8 */
    uint8_t reserved_5e0[0x18];
    uint64_t rax; /* 0x5f8 */
    uint64_t star, lstar, cstar, sfmask, kernel_gs_base;
    uint64_t sysenter_cs, sysenter_esp, sysenter_eip, cr2;
    uint8_t reserved_648[0x20];
    uint64_t g_pat; /* 0x668 */
    uint64_t debug_control;
    uint8_t reserved_678[0x988];
} __packed __aligned(4096);

_Static_assert(offsetof(struct vmcb, exit_code) == 0x070, "VMCB layout");
_Static_assert(offsetof(struct vmcb, next_rip) == 0x0c8, "VMCB layout");
_Static_assert(offsetof(struct vmcb, es) == 0x400, "VMCB layout");
_Static_assert(offsetof(struct vmcb, efer) == 0x4d0, "VMCB layout");
_Static_assert(offsetof(struct vmcb, rip) == 0x578, "VMCB layout");
_Static_assert(offsetof(struct vmcb, rax) == 0x5f8, "VMCB layout");
_Static_assert(offsetof(struct vmcb, g_pat) == 0x668, "VMCB layout");
_Static_assert(sizeof(struct vmcb) == 4096, "VMCB layout");

/* intercept_1 */
#define INTERCEPT_NMI (1u << 1)
#define INTERCEPT_CPUID (1u << 18)
#define INTERCEPT_IRET (1u << 20)
#define INTERCEPT_INVLPGA (1u << 26)
#define INTERCEPT_MSR (1u << 28)
#define INTERCEPT_SHUTDOWN (1u << 31)

/* intercept_2 */
#define INTERCEPT_VMRUN (1u << 0) /* must be set */
#define INTERCEPT_VMMCALL (1u << 1)
#define INTERCEPT_VMLOAD (1u << 2)
#define INTERCEPT_VMSAVE (1u << 3)
#define INTERCEPT_STGI (1u << 4)
#define INTERCEPT_CLGI (1u << 5)
#define INTERCEPT_SKINIT (1u << 6)
#define INTERCEPT_MONITOR (1u << 10) /* MONITORX, too */
#define INTERCEPT_MWAIT (1u << 11)   /* MWAITX, too */

enum svm_exit {
    SVM_EXIT_NMI = 0x61,
    SVM_EXIT_CPUID = 0x72,
    SVM_EXIT_IRET = 0x74,
    SVM_EXIT_INVLPGA = 0x7a,
    SVM_EXIT_MSR = 0x7c,
    SVM_EXIT_SHUTDOWN = 0x7f,
    SVM_EXIT_VMRUN = 0x80,
    SVM_EXIT_VMMCALL = 0x81,
    SVM_EXIT_VMLOAD = 0x82,
    SVM_EXIT_VMSAVE = 0x83,
    SVM_EXIT_STGI = 0x84,
    SVM_EXIT_CLGI = 0x85,
    SVM_EXIT_SKINIT = 0x86,
    SVM_EXIT_MONITOR = 0x8a,
    SVM_EXIT_MWAIT = 0x8b,
    SVM_EXIT_NPF = 0x400,
};

#define NP_ENABLE 1
#define INTERRUPT_SHADOW 1
#define TLB_FLUSH_ALL 1

/* event_injection and exit_int_info */
#define EVENT_VALID (1UL << 31)
#define EVENT_HAS_ERROR (1UL << 11)
#define EVENT_TYPE_MASK (7UL << 8)
#define EVENT_INTERRUPT (0UL << 8)
#define EVENT_NMI (2UL << 8)
#define EVENT_EXCEPTION (3UL << 8)
#define EVENT_VECTOR_MASK 0xffUL
#define EVENT_ERROR_SHIFT 32

#define VECTOR_DIVIDE 0
#define VECTOR_NMI 2
#define VECTOR_BREAKPOINT 3
#define VECTOR_OVERFLOW 4
#define VECTOR_INVALID_OPCODE 6
#define VECTOR_DOUBLE_FAULT 8
#define VECTOR_INVALID_TSS 10
#define VECTOR_GENERAL_PROTECTION 13
#define VECTOR_PAGE_FAULT 14

/* exit_info_1 of a nested page fault */
#define NPF_PRESENT 0x1
#define NPF_WRITE 0x2
#define NPF_FETCH 0x10
#define NPF_TABLE_WALK (1UL << 33) /* an access to a page table of dom0's */

/* Checks that this machine can run dom0 (panics), prepares what all pCPUs
 * share. Boot only. */
void svm_init(void);

/* Turns SVM on for this pCPU and closes its global interrupt flag for good. */
void svm_init_pcpu(void);

/* The MSR permission bitmap of all vCPUs. */
paddr_t svm_msr_bitmap(void);

#endif
