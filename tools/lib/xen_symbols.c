/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A walk over the symbol table: a symbol of type FILE names the file of the
 * local symbols that follow it.
 */
#include "lib/xen_symbols.h"

#include <string.h>

/* A hypervisor with debugging information. */
#define XEN_SYMS_BYTES_MAX (1024U * 1024U * 1024U)

int xen_symbols_open(const char *path, struct payload_file *file,
                     struct elf_file *xen, FILE *err)
{
    int rc = file_read(path, XEN_SYMS_BYTES_MAX, file, err);

    return rc ? rc : elf_file_open(path, file->bytes, file->nr_bytes, xen, err);
}

/* "common/file.c#" at the start of `name` is the file that is walked over. */
static const char *strip_file(const char *name, const char *file)
{
    const char *hash = strchr(name, '#');
    size_t nr_file;

    if (!hash) {
        return name;
    }
    nr_file = (size_t)(hash - name);
    if (!file || strlen(file) != nr_file || strncmp(file, name, nr_file) != 0) {
        return NULL;
    }
    return hash + 1;
}

static bool is_init(const struct elf_file *xen, const Elf64_Shdr *section)
{
    return !strncmp(elf_file_section_name(xen, section), ".init", 5);
}

static enum symbol_place place_of(const struct elf_file *xen,
                                  const Elf64_Sym *symbol)
{
    Elf64_Shdr section;

    if (symbol->st_shndx >= xen->header.e_shnum) {
        return SYMBOL_PRESENT; /* absolute */
    }
    section = elf_file_section(xen, symbol->st_shndx);
    return is_init(xen, &section) ? SYMBOL_IN_INIT : SYMBOL_PRESENT;
}

/* What C calls static; labels of assembly have no file. */
static bool is_static(const Elf64_Sym *symbol)
{
    unsigned char type = ELF64_ST_TYPE(symbol->st_info);

    return ELF64_ST_BIND(symbol->st_info) == STB_LOCAL &&
           (type == STT_FUNC || type == STT_OBJECT);
}

enum symbol_place xen_symbols_find(const struct elf_file *xen, const char *name,
                                   Elf64_Sym *found)
{
    enum symbol_place place = SYMBOL_UNKNOWN;
    const char *file = NULL;

    for (uint32_t i = 1; i < xen->nr_symbols && place != SYMBOL_PRESENT; i++) {
        Elf64_Sym symbol = elf_file_symbol(xen, i);
        const char *symbol_name = elf_file_symbol_name(xen, &symbol);
        const char *wanted;

        if (ELF64_ST_TYPE(symbol.st_info) == STT_FILE) {
            file = symbol_name;
            continue;
        }
        wanted = strip_file(name, file);
        if (symbol.st_shndx && wanted && *wanted &&
            (wanted != name || !is_static(&symbol)) &&
            !strcmp(symbol_name, wanted)) {
            place = place_of(xen, &symbol);
            *found = symbol;
        }
    }
    return place;
}

/* The loaded section that holds all of [address, address + nr_bytes). */
static bool find_section(const struct elf_file *xen, uint64_t address,
                         uint64_t nr_bytes, Elf64_Shdr *found)
{
    for (uint32_t i = 1; i < xen->header.e_shnum; i++) {
        Elf64_Shdr section = elf_file_section(xen, i);
        uint64_t offset = address - section.sh_addr;

        if ((section.sh_flags & SHF_ALLOC) && offset < section.sh_size &&
            nr_bytes <= section.sh_size - offset) {
            *found = section;
            return true;
        }
    }
    return false;
}

bool xen_symbols_is_text(const struct elf_file *xen, uint64_t address,
                         uint64_t nr_bytes)
{
    Elf64_Shdr section;

    return find_section(xen, address, nr_bytes, &section) &&
           (section.sh_flags & SHF_EXECINSTR) && !is_init(xen, &section);
}

bool xen_symbols_is_patching_path(const struct elf_file *xen, uint64_t address,
                                  uint64_t nr_bytes)
{
    Elf64_Sym start;
    Elf64_Sym end;

    return xen_symbols_find(xen, "_snopatch", &start) == SYMBOL_PRESENT &&
           xen_symbols_find(xen, "_enopatch", &end) == SYMBOL_PRESENT &&
           address < end.st_value && address + nr_bytes > start.st_value;
}

const unsigned char *xen_symbols_bytes(const struct elf_file *xen,
                                       uint64_t address, size_t nr_bytes)
{
    const unsigned char *bytes;
    Elf64_Shdr section;

    if (!find_section(xen, address, nr_bytes, &section)) {
        return NULL;
    }
    bytes = elf_file_bytes(xen, &section);
    return bytes ? bytes + (address - section.sh_addr) : NULL;
}

uint64_t xen_symbols_start(const struct elf_file *xen)
{
    uint64_t start = UINT64_MAX;

    for (uint32_t i = 1; i < xen->header.e_shnum; i++) {
        Elf64_Shdr section = elf_file_section(xen, i);

        if ((section.sh_flags & SHF_ALLOC) && section.sh_addr < start) {
            start = section.sh_addr;
        }
    }
    return start;
}

/* Whether one of its source files has a path that begins like this. */
static bool has_file(const struct elf_file *xen, const char *path)
{
    for (uint32_t i = 1; i < xen->nr_symbols; i++) {
        Elf64_Sym symbol = elf_file_symbol(xen, i);

        if (ELF64_ST_TYPE(symbol.st_info) == STT_FILE &&
            !strncmp(elf_file_symbol_name(xen, &symbol), path, strlen(path))) {
            return true;
        }
    }
    return false;
}

bool xen_symbols_are_ours(const struct elf_file *xen)
{
    return has_file(xen, "common/livepatch/");
}

bool xen_symbols_take_calls(const struct elf_file *xen)
{
    return has_file(xen, "common/livepatch/alternatives.c");
}

bool xen_symbols_take_special(const struct elf_file *xen)
{
    return has_file(xen, "common/livepatch/special.c");
}
