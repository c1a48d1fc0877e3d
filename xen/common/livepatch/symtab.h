/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload's own symbols, kept for as long as it is loaded: for backtraces,
 * and for later payloads that refer to them.
 */
#ifndef LP_SYMTAB_H
#define LP_SYMTAB_H

#include <xen/symbols.h>

#include "resolve.h"

/*
 * Keeps every named symbol of a loaded section in payload->symbols, but for
 * compiler-made ones (`.L...` in mergeable sections) and the assembler's marks
 * (arch_livepatch_is_mapping()). A symbol that is not
 * local, is not what an entry puts in the place of an old function, and has a
 * name of at most KSYM_NAME_LEN bytes is exported. The entries must have been
 * read. -ENOMEM.
 */
int lp_symtab_keep(const struct lp_elf *elf, const struct lp_layout *layout,
                   const struct lp_symbols *symbols,
                   struct lp_payload *payload) __must_check;

void lp_symtab_discard(struct lp_payload *payload);

static inline const char *lp_symtab_name(const struct lp_payload *payload,
                                         const struct lp_own_symbol *symbol)
{
    return payload->symbols.names + symbol->name;
}

static inline unsigned long
lp_symtab_address(const struct lp_own_symbol *symbol)
{
    return (unsigned long)symbol->owner->image.base + symbol->offset;
}

/* Of an exported symbol. */
static inline struct hashed_name
lp_symtab_hashed_name(const struct lp_payload *payload,
                      const struct lp_own_symbol *symbol)
{
    return (struct hashed_name){
        .text = lp_symtab_name(payload, symbol),
        .length = symbol->name_length,
        .hash = symbol->hash,
    };
}

/* The symbol at or nearest before addr, or NULL. From any context. */
const struct lp_own_symbol *
lp_symtab_find_address(const struct lp_payload *payload, unsigned long addr);

#endif
