/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the CPUs can: the public header's featureset, as X86_FEATURE_NAME, and
 * one that all have. All pCPUs are taken to be like the one that boots.
 */
#ifndef ASM_CPUFEATURE_H
#define ASM_CPUFEATURE_H

#include <xen/types.h>

/* Words of 32 features; the highest holds those that no CPUID tells of. */
#define X86_FEATURE_WORDS 32
#define X86_FEATURE_END (X86_FEATURE_WORDS * 32)

#define XEN_CPUFEATURE(name, number) X86_FEATURE_##name = (number),
enum x86_feature {
#include <public/arch-x86/cpufeatureset.h>
    X86_FEATURE_ALWAYS = (X86_FEATURE_WORDS - 1) * 32
};
#undef XEN_CPUFEATURE

/* Reads the boot CPU's; before that it has none. */
void cpufeature_init(void);

/* feature is below X86_FEATURE_END. */
bool boot_cpu_has(unsigned int feature);

#endif
