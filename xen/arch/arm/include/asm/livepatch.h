/* SPDX-License-Identifier: GPL-2.0 */
/*
 * arm64's constants and inline functions of the live-patching contract, for
 * <xen/livepatch_arch.h>, which includes it, and for payloads, which may
 * include it alone. Holds nothing else.
 */
#ifndef ASM_LIVEPATCH_H
#define ASM_LIVEPATCH_H

#include <xen/livepatch_howto.h>
#include <asm/cpufeature.h>
#include <asm/insn.h>

#define ARCH_LIVEPATCH_ELF_MACHINE 183 /* EM_AARCH64 */
#define ARCH_LIVEPATCH_INSN_BYTES INSN_BYTES
#define ARCH_PATCH_INSN_SIZE INSN_BYTES /* B */
#define ARCH_LIVEPATCH_EX_BYTES 0
#define ARCH_LIVEPATCH_ALT_BYTES 12
#define ARCH_LIVEPATCH_NR_FEATURES ARM_NCAPS
#define ARCH_LIVEPATCH_ALT_CALL_BYTES 0
#define ARCH_LIVEPATCH_CALL_BYTES 0

/* Data, and instructions, are little endian: the low bytes are the field. */
static inline void
arch_livepatch_store_field(const struct livepatch_howto *howto, void *place,
                           uint64_t value)
{
    if (howto->field != INSN_FIELD_NONE) {
        insn_write(place, insn_put_field(insn_read(place), howto->field,
                                         (int64_t)value >> howto->shift));
    } else {
        __builtin_memcpy(place, &value, howto->place_bytes);
    }
}

/* AAELF64, "Mapping symbols": $x, $d, and the same with a '.' and anything. */
static inline bool arch_livepatch_is_mapping(const char *name)
{
    return name[0] == '$' && (name[1] == 'x' || name[1] == 'd') &&
           (name[2] == '\0' || name[2] == '.');
}

#endif
