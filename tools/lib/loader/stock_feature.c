/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How stock Xen of before 4.21 marks an alternative call: by the feature that
 * all CPUs have, which it takes that of 64-bit mode (LM) for, while this
 * project's hypervisor has one for nothing else.
 */
#include "lib/loader/stock.h"

#include <string.h>

#define FEATURE_LM (2 * 32 + 29) /* public/arch-x86/cpufeatureset.h */
#define NEGATED 0x8000

/* A record of x86's .altinstructions. */
#define RECORD_BYTES 14U
#define RECORD_FEATURE 8U

void stock_turn_features(const struct elf_file *elf, uint16_t always,
                         unsigned char *copy)
{
    uint32_t index = elf_file_find(elf, ".altinstructions");
    Elf64_Shdr section = elf_file_section(elf, index);

    if (elf->header.e_machine != EM_X86_64 || !index ||
        section.sh_type == SHT_NOBITS) {
        return;
    }
    for (uint64_t i = 0; i < section.sh_size / RECORD_BYTES; i++) {
        unsigned char *at =
            copy + section.sh_offset + i * RECORD_BYTES + RECORD_FEATURE;
        uint16_t feature;

        memcpy(&feature, at, sizeof(feature));
        if ((feature & ~NEGATED) == FEATURE_LM) {
            feature = (uint16_t)(always | (feature & NEGATED));
            memcpy(at, &feature, sizeof(feature));
        }
    }
}
