/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The VMCB of a vCPU at its two beginnings: entering a kernel by the Linux
 * boot protocol (32-bit protected mode, flat segments) and after a start-up
 * IPI (real mode at the vector's page; AMD APM vol. 2, 14.1.3 and 15.27.8).
 */
#include <xen/string.h>
#include <asm/cpu.h>
#include <asm/npt.h>
#include <asm/start_state.h>

#define CR0_ET 0x10
#define CR0_PE 0x01
#define RFLAGS_RESERVED 0x2
#define DR6_RESET 0xffff0ff0
#define DR7_RESET 0x400
#define PAT_RESET 0x0007040600070406UL
#define RESET_RDX 0x600 /* as after INIT: the processor's signature */
#define GUEST_ASID 1

#define CODE_32 0xc9b /* present, accessed, flat */
#define DATA_32 0xc93
#define CODE_16 0x09b
#define DATA_16 0x093
#define LDT_RESET 0x082
#define TSS_RESET 0x08b

#define BOOT_CS 0x10 /* the boot protocol's __BOOT_CS, __BOOT_DS */
#define BOOT_DS 0x18

static const struct vmcb_segment flat_data = {BOOT_DS, DATA_32, ~0u, 0};
static const struct vmcb_segment real_data = {0, DATA_16, 0xffff, 0};

static void set_data_segments(struct vmcb *c, const struct vmcb_segment *s)
{
    c->ds = c->es = c->ss = c->fs = c->gs = *s;
}

static void reset_state(struct vcpu *v)
{
    struct vmcb *c = v->vmcb;
    const uint64_t tsc_offset = c->tsc_offset;

    memset(c, 0, sizeof(*c));
    c->tsc_offset = tsc_offset; /* an INIT leaves the counter alone */
    memset(v->regs, 0, sizeof(v->regs));
    c->intercept_1 = INTERCEPT_NMI | INTERCEPT_CPUID | INTERCEPT_INVLPGA |
                     INTERCEPT_MSR | INTERCEPT_SHUTDOWN;
    c->intercept_2 = INTERCEPT_VMRUN | INTERCEPT_VMMCALL | INTERCEPT_VMLOAD |
                     INTERCEPT_VMSAVE | INTERCEPT_STGI | INTERCEPT_CLGI |
                     INTERCEPT_SKINIT | INTERCEPT_MONITOR | INTERCEPT_MWAIT;
    c->msrpm_base = svm_msr_bitmap();
    c->asid = GUEST_ASID;
    c->tlb_control = TLB_FLUSH_ALL;
    c->np_enable = NP_ENABLE;
    c->nested_cr3 = npt_root();
    c->g_pat = PAT_RESET;
    c->efer = EFER_SVME; /* VMRUN demands it; hidden from the guest */
    c->dr6 = DR6_RESET;
    c->dr7 = DR7_RESET;
    c->rflags = RFLAGS_RESERVED;
    c->ldtr = (struct vmcb_segment){0, LDT_RESET, 0xffff, 0};
    c->tr = (struct vmcb_segment){0, TSS_RESET, 0xffff, 0};
    c->gdtr.limit = 0xffff;
    c->idtr.limit = 0xffff;
}

void vcpu_set_kernel_state(struct vcpu *v, uint32_t entry, uint32_t boot_params)
{
    struct vmcb *c = v->vmcb;

    reset_state(v);
    c->cs = (struct vmcb_segment){BOOT_CS, CODE_32, ~0u, 0};
    set_data_segments(c, &flat_data);
    c->cr0 = CR0_ET | CR0_PE;
    c->rip = entry;
    v->regs[REG_RSI] = boot_params;
}

void vcpu_set_startup_state(struct vcpu *v, unsigned int vector)
{
    struct vmcb *c = v->vmcb;

    reset_state(v);
    c->cs = (struct vmcb_segment){
        .selector = vector << 8,
        .attributes = CODE_16,
        .limit = 0xffff,
        .base = vector << 12,
    };
    set_data_segments(c, &real_data);
    c->cr0 = CR0_ET;
    v->regs[REG_RDX] = RESET_RDX;
}
