/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The boot CPU's featureset, read once, by a table of where CPUID keeps each
 * word. Source of the words: <public/arch-x86/cpufeatureset.h>.
 */
#include <xen/cache.h>
#include <xen/init.h>
#include <xen/lib.h>
#include <asm/cpu.h>
#include <asm/cpufeature.h>

enum cpuid_register {
    EAX,
    EBX,
    ECX,
    EDX
};

struct word_place {
    unsigned int word;
    uint32_t leaf, subleaf;
    enum cpuid_register in;
};

static uint32_t __ro_after_init features[X86_FEATURE_WORDS];

static const struct word_place places[] __initconst = {
    {0, 0x00000001, 0, EDX},  {1, 0x00000001, 0, ECX},
    {2, 0x80000001, 0, EDX},  {3, 0x80000001, 0, ECX},
    {4, 0x0000000d, 1, EAX},  {5, 0x00000007, 0, EBX},
    {6, 0x00000007, 0, ECX},  {7, 0x80000007, 0, EDX},
    {8, 0x80000008, 0, EBX},  {9, 0x00000007, 0, EDX},
    {10, 0x00000007, 1, EAX}, {11, 0x80000021, 0, EAX},
    {12, 0x00000007, 1, EBX}, {13, 0x00000007, 2, EDX},
    {14, 0x00000007, 1, ECX}, {15, 0x00000007, 1, EDX},
    {18, 0x80000021, 0, ECX},
};

/* Leaf 7's EAX, subleaf 0, is its highest subleaf. */
static bool __init has_leaf(uint32_t leaf, uint32_t subleaf)
{
    if (leaf > cpuid(leaf & 0x80000000, 0).eax) {
        return false;
    }
    return leaf != 7 || subleaf <= cpuid(7, 0).eax;
}

static uint32_t __init read_word(const struct word_place *place)
{
    const struct cpuid_regs regs = cpuid(place->leaf, place->subleaf);
    const uint32_t in[] = {regs.eax, regs.ebx, regs.ecx, regs.edx};

    return in[place->in];
}

void __init cpufeature_init(void)
{
    for (unsigned int i = 0; i < ARRAY_SIZE(places); i++) {
        if (has_leaf(places[i].leaf, places[i].subleaf)) {
            features[places[i].word] = read_word(&places[i]);
        }
    }
    features[X86_FEATURE_ALWAYS / 32] |= 1u << X86_FEATURE_ALWAYS % 32;
}

bool boot_cpu_has(unsigned int feature)
{
    return features[feature / 32] >> feature % 32 & 1;
}
