/* SPDX-License-Identifier: GPL-2.0 */
/*
 * An address for each symbol of a payload: its place in the image, or what
 * the scope knows under its name. Looks up and computes; writes nothing
 * into the image.
 */
#ifndef LP_RESOLVE_H
#define LP_RESOLVE_H

#include "image.h"

/* One symbol's fate: a symbol of a section that is not loaded has none. */
struct lp_symbol {
    uint64_t value;
    bool has_value;
};

struct lp_symbols {
    uint32_t nr;
    uint32_t nr_placed;       /* that lie in sections of the image */
    struct lp_symbol *symbol; /* by index in the symbol table */
};

/*
 * What there is outside of a payload that is being loaded. find(): the address
 * of a name, 0 for an unknown one. use_text(): how many bytes of text follow
 * from p on, of the hypervisor or of a loaded payload; 0 when p is in none.
 * holds_data(): whether bytes of theirs that are no text stand at p and can be
 * read. Whose name or text is found stays as long as the payload.
 */
struct lp_scope {
    unsigned long (*find)(const struct lp_scope *scope, const char *name);
    size_t (*use_text)(const struct lp_scope *scope, const void *p);
    bool (*holds_data)(const struct lp_scope *scope, const void *p,
                       size_t bytes);
};

/*
 * Gives every symbol but number 0 its address.
 *   -EINVAL      COMMON symbol, section index past the table, or value past
 *                the end of its section
 *   -ENOENT      undefined and not in the scope; all of them are told, but for
 *                those beyond a number
 *   -EOPNOTSUPP  reserved section index
 *   -ENOMEM
 * On success *symbols is the caller's, to be given to lp_resolve_discard().
 */
int lp_resolve_symbols(const struct lp_elf *elf, const struct lp_layout *layout,
                       const struct lp_image *image,
                       const struct lp_scope *scope,
                       struct lp_symbols *symbols) __must_check;

void lp_resolve_discard(struct lp_symbols *symbols);

#endif
