/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One pass over the symbols; replacements are known by where they lie, so their
 * places are collected first.
 */
#include "lib/payload_exports.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lib/payload_elf.h"

/* Where the new functions lie. */
struct replacements {
    struct payload_pointer *places;
    uint32_t nr;
};

static int find_replacements(const struct elf_file *elf,
                             struct replacements *found)
{
    uint32_t nr = payload_nr_funcs(elf);

    found->nr = nr;
    found->places = calloc((size_t)nr + 1, sizeof(*found->places));
    if (!found->places) {
        return -ENOMEM;
    }
    for (uint32_t i = 0; i < nr; i++) {
        found->places[i] = payload_func_at(elf, i).replacement;
    }
    return 0;
}

static bool is_replacement(const struct replacements *replacements,
                           const Elf64_Sym *symbol)
{
    for (uint32_t i = 0; i < replacements->nr; i++) {
        const struct payload_pointer *place = &replacements->places[i];

        if (place->kind == POINTER_INSIDE &&
            place->section == symbol->st_shndx &&
            place->value == symbol->st_value) {
            return true;
        }
    }
    return false;
}

/* Loaders keep no labels of merged strings, nor what marks code and data on
 * arm64. */
static bool is_kept(const char *name, const Elf64_Shdr *section)
{
    return *name && *name != '$' &&
           (strncmp(name, ".L", 2) != 0 || !(section->sh_flags & SHF_MERGE));
}

static bool is_export(const struct elf_file *elf, const Elf64_Sym *symbol,
                      bool is_ours)
{
    static const char loaders[] = ".livepatch.";
    Elf64_Shdr section;

    if (!payload_section_is_loaded(elf, symbol->st_shndx)) {
        return false;
    }
    section = elf_file_section(elf, symbol->st_shndx);
    if (!is_kept(elf_file_symbol_name(elf, symbol), &section)) {
        return false;
    }
    return !is_ours || (ELF64_ST_BIND(symbol->st_info) != STB_LOCAL &&
                        strncmp(elf_file_section_name(elf, &section), loaders,
                                sizeof(loaders) - 1) != 0);
}

static int compare_names(const void *one, const void *other)
{
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

int payload_exports_find(const struct elf_file *elf, bool is_ours,
                         struct payload_exports *exports)
{
    struct replacements replacements;

    *exports = (struct payload_exports){.nr = 0};
    if (find_replacements(elf, &replacements)) {
        return -ENOMEM;
    }
    exports->names = calloc(elf->nr_symbols, sizeof(*exports->names));
    for (uint32_t i = 1; exports->names && i < elf->nr_symbols; i++) {
        Elf64_Sym symbol = elf_file_symbol(elf, i);

        if (is_export(elf, &symbol, is_ours) &&
            !is_replacement(&replacements, &symbol)) {
            exports->names[exports->nr++] = elf_file_symbol_name(elf, &symbol);
        }
    }
    free(replacements.places);
    if (!exports->names) {
        return -ENOMEM;
    }
    qsort(exports->names, exports->nr, sizeof(*exports->names), compare_names);
    return 0;
}

bool payload_exports_has(const struct payload_exports *exports,
                         const char *name)
{
    return exports->nr && bsearch(&name, exports->names, exports->nr,
                                  sizeof(*exports->names), compare_names);
}

void payload_exports_free(struct payload_exports *exports)
{
    free(exports->names);
    *exports = (struct payload_exports){.nr = 0};
}
