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

/*
 * PLT32 is PC32: there is no PLT, the branch goes to the function itself.
 */
static const struct livepatch_howto howtos[] = {
    {.type = R_X86_64_NONE, .name = "R_X86_64_NONE"},
    {.type = R_X86_64_64,
     .name = "R_X86_64_64",
     .place_bytes = 8,
     .bits = 64,
     .range = LIVEPATCH_RELOC_ANY},
    {.type = R_X86_64_PC32,
     .name = "R_X86_64_PC32",
     .place_bytes = 4,
     .bits = 32,
     .pc_relative = true,
     .range = LIVEPATCH_RELOC_SIGNED},
    {.type = R_X86_64_PLT32,
     .name = "R_X86_64_PLT32",
     .place_bytes = 4,
     .bits = 32,
     .pc_relative = true,
     .range = LIVEPATCH_RELOC_SIGNED},
};

const struct livepatch_howto *arch_livepatch_howto(uint32_t type)
{
    for (unsigned int i = 0; i < ARRAY_SIZE(howtos); i++) {
        if (howtos[i].type == type) {
            return &howtos[i];
        }
    }
    return NULL;
}

/* Little endian, so the low bytes of value are the field. */
void arch_livepatch_store_field(const struct livepatch_howto *howto,
                                void *place, uint64_t value)
{
    __builtin_memcpy(place, &value, howto->place_bytes);
}
