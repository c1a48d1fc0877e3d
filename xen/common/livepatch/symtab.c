// SPDX-License-Identifier: GPL-2.0
/*
 * What decides over a symbol is put into tables first: of each section, what
 * becomes of its symbols, and of each byte of the text, whether a new function
 * starts there. Then one pass over the file's symbol table.
 */
#include "symtab.h"

#include <xen/errno.h>
#include <xen/string.h>
#include <xen/xmalloc.h>

#include "log.h"

/* What becomes of a section's symbols. */
#define KEPT 1       /* they are kept, */
#define KEPT_NO_L 2  /* but for those named .L... */
#define EXPORTABLE 4 /* those that are not local may be exported */
#define BITS (8 * sizeof(uint64_t)) /* of a word of a map */

struct census {
    uint8_t *section; /* flags, by index */
    uint32_t nr_sections;
    uint64_t *replacing; /* a bit for each byte of the text */
    unsigned long text_start;
    size_t text_bytes;
};

/* Entries and hook variables are weak or global, yet of no use to others. */
static bool is_loaders(const struct lp_elf *elf, const Elf_Shdr *section)
{
    static const char prefix[] = ".livepatch.";

    return !strncmp(lp_elf_section_name(elf, section), prefix,
                    sizeof(prefix) - 1);
}

static void note_sections(const struct lp_elf *elf,
                          const struct lp_layout *layout, struct census *census)
{
    for (uint32_t i = 1; i < census->nr_sections; i++) {
        const Elf_Shdr section = lp_elf_section(elf, i);

        if (lp_layout_is_placed(layout, i)) {
            census->section[i] =
                KEPT | (section.sh_flags & SHF_MERGE ? KEPT_NO_L : 0) |
                (is_loaders(elf, &section) ? 0 : EXPORTABLE);
        }
    }
}

static void note_replacements(const struct lp_payload *payload,
                              struct census *census)
{
    for (uint32_t i = 0; i < payload->nfuncs; i++) {
        const unsigned long address = (unsigned long)payload->funcs[i].new_addr;
        const size_t at = address - census->text_start;

        /* An entry of NOPs has no new function. */
        if (address && at < census->text_bytes) {
            census->replacing[at / BITS] |= 1UL << at % BITS;
        }
    }
}

/* -ENOMEM; *census is to be given to discard_census() in any case. */
static int take_census(const struct lp_elf *elf, const struct lp_layout *layout,
                       const struct lp_payload *payload, struct census *census)
{
    const struct lp_span *text = &payload->image.region[LP_TEXT];

    *census = (struct census){
        .section = xzalloc_array(uint8_t, elf->nr_sections),
        .nr_sections = elf->nr_sections,
        .replacing = xzalloc_array(uint64_t, text->bytes / BITS + 1),
        .text_start = (unsigned long)text->start,
        .text_bytes = text->bytes,
    };
    if (!census->section || !census->replacing) {
        return -ENOMEM;
    }
    note_sections(elf, layout, census);
    note_replacements(payload, census);
    return 0;
}

static void discard_census(struct census *census)
{
    xfree(census->section);
    xfree(census->replacing);
}

static unsigned int flags_of(const struct census *census, const Elf_Sym *sym)
{
    return sym->st_shndx < census->nr_sections ? census->section[sym->st_shndx]
                                               : 0;
}

static bool is_kept(const struct lp_elf *elf, const struct census *census,
                    const Elf_Sym *sym)
{
    const unsigned int flags = flags_of(census, sym);
    const char *name = lp_elf_symbol_name(elf, sym);

    return (flags & KEPT) && name[0] != '\0' &&
           !((flags & KEPT_NO_L) && name[0] == '.' && name[1] == 'L') &&
           !arch_livepatch_is_mapping(name);
}

static bool is_replacing(const struct census *census, unsigned long address)
{
    const size_t at = address - census->text_start;

    return at < census->text_bytes &&
           (census->replacing[at / BITS] >> at % BITS & 1);
}

static bool is_exported(const struct census *census, const Elf_Sym *sym,
                        unsigned long address)
{
    return ELF64_ST_BIND(sym->st_info) != STB_LOCAL &&
           (flags_of(census, sym) & EXPORTABLE) &&
           !is_replacing(census, address);
}

/* The file's string table is kept whole: names stay where they are in it. */
static int allocate(const struct lp_elf *elf, uint32_t most,
                    struct lp_own_symbols *own)
{
    const uint32_t strtab = lp_elf_section(elf, elf->symtab).sh_link;
    const size_t bytes = lp_elf_section(elf, strtab).sh_size;

    own->symbol = xmalloc_array(struct lp_own_symbol, max(most, 1U));
    own->names = xmalloc_bytes(bytes);
    if (!own->symbol || !own->names) {
        return -ENOMEM;
    }
    memcpy(own->names, elf->symbol_names, bytes);
    return 0;
}

/* The name of what others may refer to, or one of no bytes. */
static struct hashed_name exported_name(const struct lp_elf *elf,
                                        const struct census *census,
                                        const Elf_Sym *sym,
                                        unsigned long address)
{
    struct hashed_name name = {.length = 0};

    if (is_exported(census, sym, address)) {
        name = hash_name(lp_elf_symbol_name(elf, sym));
    }
    return name;
}

static void keep_symbol(const struct lp_elf *elf, const struct census *census,
                        const Elf_Sym *sym, unsigned long address,
                        struct lp_payload *payload)
{
    const struct hashed_name name = exported_name(elf, census, sym, address);
    const bool exported = name.length && name.length <= KSYM_NAME_LEN;
    struct lp_own_symbols *own = &payload->symbols;

    own->symbol[own->nr++] = (struct lp_own_symbol){
        .owner = payload,
        .offset = address - (unsigned long)payload->image.base,
        .size = min(sym->st_size, (uint64_t)UINT32_MAX),
        .hash = name.hash,
        .name_length = name.length,
        .name = sym->st_name,
        .is_exported = exported,
    };
    own->nr_exported += exported;
}

static void keep_symbols(const struct lp_elf *elf, const struct census *census,
                         const struct lp_symbols *symbols,
                         struct lp_payload *payload)
{
    for (uint32_t i = 1; i < elf->nr_symbols; i++) {
        const Elf_Sym sym = lp_elf_symbol(elf, i);

        if (is_kept(elf, census, &sym)) {
            keep_symbol(elf, census, &sym, symbols->symbol[i].value, payload);
        }
    }
}

int lp_symtab_keep(const struct lp_elf *elf, const struct lp_layout *layout,
                   const struct lp_symbols *symbols, struct lp_payload *payload)
{
    struct census census;
    int rc = take_census(elf, layout, payload, &census);

    if (rc == 0) {
        rc = allocate(elf, symbols->nr_placed, &payload->symbols);
    }
    if (rc) {
        lp_err(payload->name, "no memory for its own symbols");
        lp_symtab_discard(payload);
    } else {
        keep_symbols(elf, &census, symbols, payload);
    }
    discard_census(&census);
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
    const unsigned long at = addr - (unsigned long)payload->image.base;
    const struct lp_own_symbol *nearest = NULL;

    for (uint32_t i = 0; i < payload->symbols.nr; i++) {
        const struct lp_own_symbol *symbol = &payload->symbols.symbol[i];

        if (symbol->offset <= at &&
            (!nearest || symbol->offset > nearest->offset)) {
            nearest = symbol;
        }
    }
    return nearest;
}
