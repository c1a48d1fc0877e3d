/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A relocation type as one row of an architecture's table, and the words of the
 * row. With S the symbol's value, A the record's addend and P the address of
 * the place, the value is S + A, less P for what is counted from the place; the
 * field gets value >> shift. Part of the arch contract
 * (<xen/livepatch_arch.h>), apart because <asm/livepatch.h> needs it.
 */
#ifndef XEN_LIVEPATCH_HOWTO_H
#define XEN_LIVEPATCH_HOWTO_H

#include <xen/types.h>

/* Which values a relocated field can hold. */
enum livepatch_reloc_range {
    LIVEPATCH_RELOC_ANY,      /* truncated without a check */
    LIVEPATCH_RELOC_SIGNED,   /* must sign-extend back to the value */
    LIVEPATCH_RELOC_UNSIGNED, /* must zero-extend back to the value */
    LIVEPATCH_RELOC_EITHER,   /* must do one or the other */
};

/* What by_page takes an address for: its first byte's of so many. */
#define LIVEPATCH_RELOC_PAGE 4096ULL

struct livepatch_howto {
    uint32_t type;
    const char *name;
    uint8_t place_bytes; /* bytes at the place that must exist; 0: no-op */
    uint8_t place_align; /* P must be a multiple of it; 0: anything */
    uint8_t bits;        /* of value >> shift, for the range rule */
    uint8_t shift;
    uint8_t field; /* which bits of the place: the architecture's own words */
    enum livepatch_reloc_range range;
    bool is_exact; /* the bits that the shift loses must be 0 */
    bool pc_relative;
    bool by_page;   /* pc_relative: both for the pages that they lie in */
    bool via_got;   /* S is the address of a word that holds the symbol's */
    bool no_addend; /* A must be 0 */
};

/* Stores the checked value in the field at place, which is a multiple of
 * place_align. */
static inline void
arch_livepatch_store_field(const struct livepatch_howto *howto, void *place,
                           uint64_t value);

#endif
