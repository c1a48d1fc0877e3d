/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Every symbol: whether it has an address, and whether its name is still free.
 */
#include "verify/payload_verify.h"

#include "lib/xen_symbols.h"

static void verify_undefined(const char *name,
                             const struct verify_target *target,
                             struct findings *findings)
{
    enum symbol_place place;
    Elf64_Sym symbol;

    if (!*name) {
        findings_add(findings, "ENOENT", "an undefined symbol without a name");
        return;
    }
    if (!target->xen || verify_is_below(target, name)) {
        return;
    }
    place = xen_symbols_find(target->xen, name, &symbol);
    if (place == SYMBOL_UNKNOWN) {
        findings_add(
            findings, "ENOENT",
            "symbol %s: not in the hypervisor; only a payload that was "
            "loaded before could have it",
            name);
    } else if (place == SYMBOL_IN_INIT) {
        findings_add(findings, "ENOENT",
                     "symbol %s: in the hypervisor's init memory, which is "
                     "gone after boot",
                     name);
    }
}

/* A symbol of a section; what is not loaded is nobody's concern. */
static void verify_value(const struct elf_file *elf, uint32_t index,
                         const Elf64_Sym *symbol, struct findings *findings)
{
    uint64_t section_bytes = elf_file_section(elf, symbol->st_shndx).sh_size;

    if (payload_section_is_loaded(elf, symbol->st_shndx) &&
        symbol->st_value > section_bytes) {
        findings_add(findings, "EINVAL",
                     "symbol %u (%s): at %#llx of a section of %#llx", index,
                     elf_file_symbol_name(elf, symbol),
                     (unsigned long long)symbol->st_value,
                     (unsigned long long)section_bytes);
    }
}

static void verify_symbol(const struct elf_file *elf, uint32_t index,
                          const struct verify_target *target,
                          struct findings *findings)
{
    Elf64_Sym symbol = elf_file_symbol(elf, index);
    const char *name = elf_file_symbol_name(elf, &symbol);

    if (symbol.st_shndx == SHN_UNDEF) {
        verify_undefined(name, target, findings);
    } else if (symbol.st_shndx == SHN_COMMON) {
        findings_add(findings, "EINVAL", "symbol %u (%s): COMMON", index, name);
    } else if (symbol.st_shndx >= SHN_LORESERVE && symbol.st_shndx != SHN_ABS) {
        findings_add(findings, "EOPNOTSUPP",
                     "symbol %u (%s): reserved section %#x", index, name,
                     symbol.st_shndx);
    } else if (symbol.st_shndx != SHN_ABS &&
               symbol.st_shndx >= elf->header.e_shnum) {
        findings_add(findings, "EINVAL", "symbol %u (%s): section %u of %u",
                     index, name, symbol.st_shndx, elf->header.e_shnum);
    } else if (symbol.st_shndx != SHN_ABS) {
        verify_value(elf, index, &symbol, findings);
    }
}

/* No two may give something the same name. */
static void verify_export(const char *name, const struct verify_target *target,
                          struct findings *findings)
{
    Elf64_Sym symbol;

    if (target->xen &&
        xen_symbols_find(target->xen, name, &symbol) == SYMBOL_PRESENT) {
        findings_add(findings, "EEXIST",
                     "symbol %s: the hypervisor has one of this name", name);
    }
    for (size_t i = 0; i < target->nr_below; i++) {
        if (payload_exports_has(&target->below_exports[i], name)) {
            findings_add(findings, "EEXIST", "symbol %s: %s has one too", name,
                         target->below[i].path);
        }
    }
}

void verify_symbols(const struct elf_file *elf,
                    const struct verify_target *target,
                    struct findings *findings)
{
    struct payload_exports exports;

    for (uint32_t i = 1; i < elf->nr_symbols; i++) {
        verify_symbol(elf, i, target, findings);
    }
    if (payload_exports_find(elf, target->is_ours, &exports)) {
        findings_add(findings, "ENOMEM", "no memory to look at its symbols");
        return;
    }
    for (size_t i = 0; i < exports.nr; i++) {
        verify_export(exports.names[i], target, findings);
    }
    payload_exports_free(&exports);
}
