// SPDX-License-Identifier: GPL-2.0
/*
 * One pass over the symbol table. A symbol local to a file of the hypervisor
 * is asked for by its full name, `path/file.c#name`; names compare exactly.
 */
#include "resolve.h"

#include <xen/errno.h>
#include <xen/xmalloc.h>

#include "log.h"

static int resolve_undefined(const struct lp_elf *elf,
                             const struct lp_scope *scope, const char *name,
                             struct lp_symbol *symbol)
{
    const unsigned long address = name[0] ? scope->find(scope, name) : 0;

    if (!address) {
        lp_err(elf->payload, "unknown symbol '%s'", name);
        return -ENOENT;
    }
    *symbol = (struct lp_symbol){.value = address, .has_value = true};
    return 0;
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
    int rc = 0;

    made.symbol = xzalloc_array(struct lp_symbol, made.nr);
    if (!made.symbol) {
        lp_err(elf->payload, "no memory for %u symbols", made.nr);
        return -ENOMEM;
    }
    for (uint32_t i = 1; rc == 0 && i < made.nr; i++) {
        const Elf_Sym sym = lp_elf_symbol(elf, i);

        if (sym.st_shndx == SHN_UNDEF) {
            rc = resolve_undefined(elf, scope, lp_elf_symbol_name(elf, &sym),
                                   &made.symbol[i]);
        } else if (sym.st_shndx < elf->nr_sections) {
            rc = resolve_defined(elf, layout, image, &sym, &made.symbol[i]);
            made.nr_placed += made.symbol[i].has_value;
        } else {
            rc = resolve_reserved(elf, &sym, &made.symbol[i]);
        }
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
