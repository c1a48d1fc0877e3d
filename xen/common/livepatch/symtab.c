// SPDX-License-Identifier: GPL-2.0
/*
 * Two passes over the file's symbol table: how much there is to keep, then
 * keep it. Which symbols override old functions is read from a map of the
 * text, in which the entries' new functions are marked.
 */
#include "symtab.h"

#include <xen/errno.h>
#include <xen/string.h>
#include <xen/xmalloc.h>

#include "log.h"

static bool is_kept(const struct lp_elf *elf, const struct lp_layout *layout,
                    const Elf_Sym *sym)
{
    const char *name = lp_elf_symbol_name(elf, sym);

    if (name[0] == '\0' || sym->st_shndx >= SHN_LORESERVE ||
        !lp_layout_is_placed(layout, sym->st_shndx)) {
        return false;
    }
    return name[0] != '.' || name[1] != 'L' ||
           !(lp_elf_section(elf, sym->st_shndx).sh_flags & SHF_MERGE);
}

/* Entries and hook variables: weak or global, yet of no use to others. */
static bool is_loaders(const struct lp_elf *elf, const Elf_Sym *sym)
{
    static const char prefix[] = ".livepatch.";
    const Elf_Shdr section = lp_elf_section(elf, sym->st_shndx);

    return !strncmp(lp_elf_section_name(elf, &section), prefix,
                    sizeof(prefix) - 1);
}

/* One bit for each byte of the text, set where a new function starts. */
struct replacements {
    uint64_t *map;
    unsigned long text_start;
    size_t text_bytes;
};

#define MAP_BITS (8 * sizeof(uint64_t)) /* of one word */

static int map_replacements(const struct lp_payload *payload,
                            struct replacements *made)
{
    const struct lp_span *text = &payload->image.region[LP_TEXT];

    made->text_start = (unsigned long)text->start;
    made->text_bytes = text->bytes;
    made->map = xzalloc_array(uint64_t, text->bytes / MAP_BITS + 1);
    if (!made->map) {
        return -ENOMEM;
    }
    for (uint32_t i = 0; i < payload->nfuncs; i++) {
        const unsigned long address = (unsigned long)payload->funcs[i].new_addr;
        const size_t at = address - made->text_start;

        /* An entry of NOPs has no new function. */
        if (address) {
            made->map[at / MAP_BITS] |= 1UL << at % MAP_BITS;
        }
    }
    return 0;
}

static bool is_replacement(const struct replacements *replacements,
                           unsigned long address)
{
    const size_t at = address - replacements->text_start;

    return at < replacements->text_bytes &&
           (replacements->map[at / MAP_BITS] >> at % MAP_BITS & 1);
}

/* The file's string table is kept whole: names stay where they are in it. */
static int allocate(const struct lp_elf *elf, const struct lp_layout *layout,
                    struct lp_own_symbols *own)
{
    const uint32_t strtab = lp_elf_section(elf, elf->symtab).sh_link;
    const size_t bytes = lp_elf_section(elf, strtab).sh_size;

    for (uint32_t i = 1; i < elf->nr_symbols; i++) {
        const Elf_Sym sym = lp_elf_symbol(elf, i);

        own->nr += is_kept(elf, layout, &sym);
    }
    own->symbol = xmalloc_array(struct lp_own_symbol, max(own->nr, 1U));
    own->names = xmalloc_bytes(bytes);
    if (!own->symbol || !own->names) {
        return -ENOMEM;
    }
    memcpy(own->names, elf->symbol_names, bytes);
    return 0;
}

static struct lp_own_symbol
make_own_symbol(const struct lp_elf *elf, const Elf_Sym *sym,
                const struct replacements *replacements, unsigned long address)
{
    struct lp_own_symbol own = {
        .address = address,
        .size = min(sym->st_size, (uint64_t)UINT32_MAX),
        .name = sym->st_name,
    };

    if (ELF64_ST_BIND(sym->st_info) != STB_LOCAL && !is_loaders(elf, sym) &&
        !is_replacement(replacements, address)) {
        const struct hashed_name name = hash_name(lp_elf_symbol_name(elf, sym));

        own.is_exported = true;
        own.hash = name.hash;
        own.name_length = name.length;
    }
    return own;
}

static void keep_symbols(const struct lp_elf *elf,
                         const struct lp_layout *layout,
                         const struct lp_symbols *symbols,
                         const struct replacements *replacements,
                         struct lp_own_symbols *own)
{
    struct lp_own_symbol *next = own->symbol;

    for (uint32_t i = 1; i < elf->nr_symbols; i++) {
        const Elf_Sym sym = lp_elf_symbol(elf, i);

        if (is_kept(elf, layout, &sym)) {
            *next = make_own_symbol(elf, &sym, replacements,
                                    symbols->symbol[i].value);
            own->nr_exported += next->is_exported;
            next++;
        }
    }
}

int lp_symtab_keep(const struct lp_elf *elf, const struct lp_layout *layout,
                   const struct lp_symbols *symbols, struct lp_payload *payload)
{
    struct replacements replacements;
    int rc = map_replacements(payload, &replacements);

    if (rc == 0) {
        rc = allocate(elf, layout, &payload->symbols);
    }
    if (rc) {
        lp_err(payload->name, "no memory for its own symbols");
        lp_symtab_discard(payload);
    } else {
        keep_symbols(elf, layout, symbols, &replacements, &payload->symbols);
    }
    xfree(replacements.map);
    return rc;
}

void lp_symtab_discard(struct lp_payload *payload)
{
    xfree(payload->symbols.symbol);
    xfree(payload->symbols.names);
    payload->symbols = (struct lp_own_symbols){.nr = 0};
}

const struct lp_own_symbol *
lp_symtab_find_address(const struct lp_payload *payload, unsigned long addr)
{
    const struct lp_own_symbol *nearest = NULL;

    for (uint32_t i = 0; i < payload->symbols.nr; i++) {
        const struct lp_own_symbol *symbol = &payload->symbols.symbol[i];

        if (symbol->address <= addr &&
            (!nearest || symbol->address > nearest->address)) {
            nearest = symbol;
        }
    }
    return nearest;
}
