// SPDX-License-Identifier: GPL-2.0
/*
 * One pass over the symbol table. A symbol local to a file of the hypervisor
 * is asked for by its full name, `path/file.c#name`; names compare exactly. Of
 * all that are unknown it is told, not of the first alone.
 */
#include "resolve.h"

#include <xen/errno.h>
#include <xen/xmalloc.h>

#include "log.h"

/* Unknown symbols that are told by name; of those beyond it the number. */
#define NR_UNKNOWN_TOLD 20

/* Adds to *nr_unknown when there is no such symbol. */
static void resolve_undefined(const struct lp_elf *elf,
                              const struct lp_scope *scope, const char *name,
                              struct lp_symbol *symbol, uint32_t *nr_unknown)
{
    const unsigned long address = name[0] ? scope->find(scope, name) : 0;

    *symbol = (struct lp_symbol){.value = address, .has_value = address != 0};
    if (!address && (*nr_unknown)++ < NR_UNKNOWN_TOLD) {
        lp_err(elf->payload, "unknown symbol '%s'", name);
    }
}

static int check_all_known(const struct lp_elf *elf, uint32_t nr_unknown)
{
    if (nr_unknown > NR_UNKNOWN_TOLD) {
        lp_err(elf->payload, "and %u more unknown symbols",
               nr_unknown - NR_UNKNOWN_TOLD);
    }
    return nr_unknown ? -ENOENT : 0;
}

static int resolve_defined(const struct lp_elf *elf,
                           const struct lp_layout *layout,
                           const struct lp_image *image, const Elf_Sym *sym,
                           struct lp_symbol *symbol)
{
    const char *name = lp_elf_symbol_name(elf, sym);
    const uint64_t section_bytes = lp_elf_section(elf, sym->st_shndx).sh_size;

    if (!lp_layout_is_placed(layout, sym->st_shndx)) {
        return 0;
    }
    if (sym->st_value > section_bytes) {
        lp_err(elf->payload,
               "symbol '%s': value %#lx in section %u of %#lx bytes", name,
               sym->st_value, sym->st_shndx, section_bytes);
        return -EINVAL;
    }
    *symbol = (struct lp_symbol){
        .value = (uint64_t)lp_image_section(image, layout, sym->st_shndx) +
                 sym->st_value,
        .has_value = true,
    };
    return 0;
}

/* Of a symbol that lies in no section of the file. */
static int resolve_reserved(const struct lp_elf *elf, const Elf_Sym *sym,
                            struct lp_symbol *symbol)
{
    const char *name = lp_elf_symbol_name(elf, sym);

    switch (sym->st_shndx) {
    case SHN_ABS:
        *symbol = (struct lp_symbol){.value = sym->st_value, .has_value = true};
        return 0;
    case SHN_COMMON:
        lp_err(elf->payload, "symbol '%s' is COMMON: build with -fno-common",
               name);
        return -EINVAL;
    }
    if (sym->st_shndx >= SHN_LORESERVE) {
        lp_err(elf->payload, "symbol '%s': reserved section index %#x", name,
               sym->st_shndx);
        return -EOPNOTSUPP;
    }
    lp_err(elf->payload, "symbol '%s': section %u of %u", name, sym->st_shndx,
           elf->nr_sections);
    return -EINVAL;
}

int lp_resolve_symbols(const struct lp_elf *elf, const struct lp_layout *layout,
                       const struct lp_image *image,
                       const struct lp_scope *scope, struct lp_symbols *symbols)
{
    struct lp_symbols made = {.nr = elf->nr_symbols};
    uint32_t nr_unknown = 0;
    int rc = 0;

    made.symbol = xzalloc_array(struct lp_symbol, made.nr);
    if (!made.symbol) {
        lp_err(elf->payload, "no memory for %u symbols", made.nr);
        return -ENOMEM;
    }
    for (uint32_t i = 1; rc == 0 && i < made.nr; i++) {
        const Elf_Sym sym = lp_elf_symbol(elf, i);

        if (sym.st_shndx == SHN_UNDEF) {
            resolve_undefined(elf, scope, lp_elf_symbol_name(elf, &sym),
                              &made.symbol[i], &nr_unknown);
        } else if (sym.st_shndx < elf->nr_sections) {
            rc = resolve_defined(elf, layout, image, &sym, &made.symbol[i]);
            made.nr_placed += made.symbol[i].has_value;
        } else {
            rc = resolve_reserved(elf, &sym, &made.symbol[i]);
        }
    }
    if (rc == 0) {
        rc = check_all_known(elf, nr_unknown);
    }
    if (rc) {
        lp_resolve_discard(&made);
        return rc;
    }
    *symbols = made;
    return 0;
}

void lp_resolve_discard(struct lp_symbols *symbols)
{
    xfree(symbols->symbol);
    symbols->symbol = NULL;
}
