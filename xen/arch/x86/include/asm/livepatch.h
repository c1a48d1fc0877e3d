/* SPDX-License-Identifier: GPL-2.0 */
/*
 * x86-64's constants and inline functions of the live-patching contract, for
 * <xen/livepatch_arch.h>, which includes it, and for payloads, which may
 * include it alone. Holds nothing else.
 */
#ifndef ASM_LIVEPATCH_H
#define ASM_LIVEPATCH_H

#include <xen/livepatch_howto.h>
#include <asm/cpufeature.h>

#define ARCH_LIVEPATCH_ELF_MACHINE 62 /* EM_X86_64 */
#define ARCH_LIVEPATCH_INSN_BYTES 1
#define ARCH_PATCH_INSN_SIZE 5 /* JMP rel32 */
#define ARCH_LIVEPATCH_EX_BYTES 8
#define ARCH_LIVEPATCH_ALT_BYTES 14
#define ARCH_LIVEPATCH_NR_FEATURES X86_FEATURE_END
#define ARCH_LIVEPATCH_ALT_CALL_BYTES 4
#define ARCH_LIVEPATCH_CALL_BYTES 6 /* CALL *disp32(%rip) */

/* A feature that payloads may take for granted in alternatives. */
#define LIVEPATCH_FEATURE X86_FEATURE_ALWAYS

/* Little endian, so the low bytes of value are the field. */
static inline void
arch_livepatch_store_field(const struct livepatch_howto *howto, void *place,
                           uint64_t value)
{
    if (howto->place_bytes == 8) {
        __builtin_memcpy(place, &value, 8);
    } else if (howto->place_bytes == 4) {
        __builtin_memcpy(place, &value, 4);
    } else if (howto->place_bytes == 2) {
        __builtin_memcpy(place, &value, 2);
    } else if (howto->place_bytes == 1) {
        __builtin_memcpy(place, &value, 1);
    }
}

static inline bool arch_livepatch_is_mapping(const char *name)
{
    (void)name;
    return false;
}

#endif
