/* SPDX-License-Identifier: GPL-2.0 */
/*
 * x86-64's constants of the live-patching contract
 * (<xen/livepatch_arch.h>). Holds nothing else.
 */
#ifndef ASM_LIVEPATCH_H
#define ASM_LIVEPATCH_H

#define ARCH_LIVEPATCH_ELF_MACHINE 62 /* EM_X86_64 */
#define ARCH_PATCH_INSN_SIZE 5        /* JMP rel32 */
#define ARCH_LIVEPATCH_RANGE (2L << 30)

#endif
