// SPDX-License-Identifier: GPL-2.0
/*
 * The relocation types of x86-64 that a payload may use, one row each. Walking
 * records and checking bounds and ranges is common/livepatch/relocate.c's.
 *
 * Source: System V psABI for AMD64, table 4.9 ("Relocation Types").
 */
#include <xen/elfstructs.h>
#include <xen/lib.h>
#include <xen/livepatch_arch.h>

#define ROW(reloc, bytes, rule, ...)                                           \
    [R_X86_64_##reloc] = {.type = R_X86_64_##reloc,                            \
                          .name = "R_X86_64_" #reloc,                          \
                          .place_bytes = (bytes),                              \
                          .bits = 8 * (bytes),                                 \
                          .range = LIVEPATCH_RELOC_##rule,                     \
                          __VA_ARGS__}

#define PC .pc_relative = true
#define GOT .pc_relative = true, .via_got = true

/*
 * PLT32 is PC32: there is no PLT, the branch goes to the function itself. 16
 * and 8 have no sign of their own. GOTPCRELX and REX_GOTPCRELX allow a linker
 * to avoid the GOT by rewriting the instruction; they need not.
 */
static const struct livepatch_howto howtos[] = {
    [R_X86_64_NONE] = {.type = R_X86_64_NONE, .name = "R_X86_64_NONE"},
    ROW(64, 8, ANY),
    ROW(PC32, 4, SIGNED, PC),
    ROW(PLT32, 4, SIGNED, PC),
    ROW(GOTPCREL, 4, SIGNED, GOT),
    ROW(32, 4, UNSIGNED),
    ROW(32S, 4, SIGNED),
    ROW(16, 2, EITHER),
    ROW(PC16, 2, SIGNED, PC),
    ROW(8, 1, EITHER),
    ROW(PC8, 1, SIGNED, PC),
    ROW(PC64, 8, ANY, PC),
    ROW(GOTPCRELX, 4, SIGNED, GOT),
    ROW(REX_GOTPCRELX, 4, SIGNED, GOT),
};

const struct livepatch_howto *arch_livepatch_howto(uint32_t type)
{
    return type < ARRAY_SIZE(howtos) && howtos[type].name ? &howtos[type]
                                                          : NULL;
}
