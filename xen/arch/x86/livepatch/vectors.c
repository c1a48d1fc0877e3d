// SPDX-License-Identifier: GPL-2.0
/*
 * Code that was compiled for user space, in the hypervisor. The guest's XMM
 * registers are live while it is served (VMRUN and #VMEXIT leave them alone),
 * so they are kept on the stack around the call; SSE instructions leave the
 * upper halves of YMM registers, and what they compute of integers MXCSR and
 * the x87, as they were. FS base, which is the host's here (vmrun.S), leads to
 * a block of our own where the stack protector reads its canary.
 *
 * The host's CR4 has no OSFXSR, so that all other code faults that uses these
 * registers. Exceptions run on stacks of their own when they come from here,
 * but for those that end in a report: the red zone is safe.
 */
#include <xen/livepatch_keys.h>
#include <asm/cpu.h>

#define CR4_OSFXSR (1UL << 9)

/* The stack protector's canary is at FS base + 0x28 (psABI, "Thread-local
 * storage" and GCC's -mstack-protector-guard-offset). Nobody attacks this
 * stack from outside: what counts is that it is the same at both ends. */
static const uint64_t thread_block[6] = {[5] = 0x5af0e14bd7c39200};

/* keep_vectors.S */
void call_keeping_xmm(void (*fn)(void *arg), void *arg);

void arch_livepatch_call_with_vectors(void (*fn)(void *arg), void *arg)
{
    const uint64_t fs_base = rdmsr(MSR_FS_BASE);
    const unsigned long cr4 = read_cr4();

    wrmsr(MSR_FS_BASE, (unsigned long)thread_block);
    write_cr4(cr4 | CR4_OSFXSR);
    call_keeping_xmm(fn, arg);
    write_cr4(cr4);
    wrmsr(MSR_FS_BASE, fs_base);
}
