/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Checks in the order in which one needs what another found: header, section
 * table, each section, the names of sections, the symbol table, the names of
 * symbols. All arithmetic with offsets of the file is here.
 */
#include "lib/elf_file.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define NR_SECTIONS_MAX 1023U

/* Without `err` nobody is told: no memory is needed for that. */
__attribute__((format(printf, 2, 3))) static void
complain(FILE *err, const char *format, ...)
{
    va_list list;

    if (err) {
        va_start(list, format);
        vfprintf(err, format, list);
        va_end(list);
    }
}

static int check_header(const struct elf_file *elf, FILE *err)
{
    const Elf64_Ehdr *header = &elf->header;

    if (header->e_ident[EI_CLASS] != ELFCLASS64 ||
        header->e_ident[EI_DATA] != ELFDATA2LSB) {
        complain(err, "%s: ELF class %u, byte order %u, expected %u and %u.\n",
                 elf->path, header->e_ident[EI_CLASS], header->e_ident[EI_DATA],
                 ELFCLASS64, ELFDATA2LSB);
        return -EOPNOTSUPP;
    }
    if (header->e_shnum > NR_SECTIONS_MAX) {
        complain(err, "%s: %u sections, expected at most %u.\n", elf->path,
                 header->e_shnum, NR_SECTIONS_MAX);
        return -EOPNOTSUPP;
    }
    if (!header->e_shstrndx || header->e_shstrndx >= header->e_shnum) {
        complain(err, "%s: section names in section %u of %u.\n", elf->path,
                 header->e_shstrndx, header->e_shnum);
        return -EINVAL;
    }
    if (header->e_shentsize < sizeof(Elf64_Shdr) ||
        header->e_shoff > elf->nr_bytes ||
        (uint64_t)header->e_shnum * header->e_shentsize >
            elf->nr_bytes - header->e_shoff) {
        complain(
            err,
            "%s: section table: %u entries of %u bytes at %#llx do not lie "
            "in the file's %#zx bytes.\n",
            elf->path, header->e_shnum, header->e_shentsize,
            (unsigned long long)header->e_shoff, elf->nr_bytes);
        return -EINVAL;
    }
    return 0;
}

static int check_section(const struct elf_file *elf, uint32_t index, FILE *err)
{
    Elf64_Shdr section = elf_file_section(elf, index);
    bool is_in_file = section.sh_type != SHT_NOBITS;

    if (section.sh_offset < sizeof(Elf64_Ehdr) ||
        (is_in_file && (section.sh_offset > elf->nr_bytes ||
                        section.sh_size > elf->nr_bytes - section.sh_offset))) {
        complain(
            err,
            "%s: section %u: %#llx bytes at %#llx do not lie in the file's "
            "%#zx bytes behind its header.\n",
            elf->path, index, (unsigned long long)section.sh_size,
            (unsigned long long)section.sh_offset, elf->nr_bytes);
        return -EINVAL;
    }
    return 0;
}

/* The strings of section `index`, NUL at both ends; NULL after a message. */
static const char *find_strings(const struct elf_file *elf, uint32_t index,
                                uint64_t *nr_bytes, FILE *err)
{
    Elf64_Shdr section;
    const char *strings;

    if (!index || index >= elf->header.e_shnum) {
        complain(err, "%s: names in section %u of %u.\n", elf->path, index,
                 elf->header.e_shnum);
        return NULL;
    }
    section = elf_file_section(elf, index);
    strings = (const char *)elf->bytes + section.sh_offset;
    if (section.sh_type != SHT_STRTAB || !section.sh_size || strings[0] ||
        strings[section.sh_size - 1]) {
        complain(err,
                 "%s: section %u: type %u with %llu bytes, expected names with "
                 "a NUL at both ends.\n",
                 elf->path, index, section.sh_type,
                 (unsigned long long)section.sh_size);
        return NULL;
    }
    *nr_bytes = section.sh_size;
    return strings;
}

static int check_sections(struct elf_file *elf, FILE *err)
{
    uint64_t nr_name_bytes;

    for (uint32_t i = 1; i < elf->header.e_shnum; i++) {
        int rc = check_section(elf, i, err);

        if (rc) {
            return rc;
        }
    }
    elf->section_names =
        find_strings(elf, elf->header.e_shstrndx, &nr_name_bytes, err);
    if (!elf->section_names) {
        return -EINVAL;
    }
    for (uint32_t i = 1; i < elf->header.e_shnum; i++) {
        Elf64_Shdr section = elf_file_section(elf, i);

        if (section.sh_name >= nr_name_bytes) {
            complain(err, "%s: section %u: name at %u of %llu.\n", elf->path, i,
                     section.sh_name, (unsigned long long)nr_name_bytes);
            return -EINVAL;
        }
    }
    return 0;
}

static int find_symtab(struct elf_file *elf, FILE *err)
{
    for (uint32_t i = 1; i < elf->header.e_shnum; i++) {
        Elf64_Shdr section = elf_file_section(elf, i);

        if (section.sh_type != SHT_SYMTAB) {
            continue;
        }
        if (elf->symtab) {
            complain(err, "%s: sections %u and %u: two symbol tables.\n",
                     elf->path, elf->symtab, i);
            return -EOPNOTSUPP;
        }
        elf->symtab = i;
    }
    if (!elf->symtab) {
        complain(err, "%s: no symbol table.\n", elf->path);
        return -EINVAL;
    }
    return 0;
}

static int check_symbols(struct elf_file *elf, FILE *err)
{
    Elf64_Shdr symtab = elf_file_section(elf, elf->symtab);
    uint64_t nr_name_bytes;

    if (symtab.sh_entsize < sizeof(Elf64_Sym) || !symtab.sh_size ||
        symtab.sh_size % symtab.sh_entsize ||
        symtab.sh_size / symtab.sh_entsize > UINT32_MAX) {
        complain(err,
                 "%s: symbol table: %llu bytes in entries of %llu bytes.\n",
                 elf->path, (unsigned long long)symtab.sh_size,
                 (unsigned long long)symtab.sh_entsize);
        return -EINVAL;
    }
    elf->nr_symbols = (uint32_t)(symtab.sh_size / symtab.sh_entsize);
    elf->symbol_names = find_strings(elf, symtab.sh_link, &nr_name_bytes, err);
    if (!elf->symbol_names) {
        return -EINVAL;
    }
    for (uint32_t i = 1; i < elf->nr_symbols; i++) {
        Elf64_Sym symbol = elf_file_symbol(elf, i);

        if (symbol.st_name >= nr_name_bytes) {
            complain(err, "%s: symbol %u: name at %u of %llu.\n", elf->path, i,
                     symbol.st_name, (unsigned long long)nr_name_bytes);
            return -EINVAL;
        }
    }
    return 0;
}

int elf_file_open(const char *path, const void *bytes, size_t nr_bytes,
                  struct elf_file *elf, FILE *err)
{
    struct elf_file found = {
        .path = path, .bytes = bytes, .nr_bytes = nr_bytes};
    int rc;

    if (nr_bytes < sizeof(found.header) ||
        memcmp(bytes, ELFMAG, SELFMAG) != 0) {
        complain(err, "%s: %zu bytes without an ELF header.\n", path, nr_bytes);
        return -EINVAL;
    }
    memcpy(&found.header, bytes, sizeof(found.header));
    rc = check_header(&found, err);
    if (!rc) {
        rc = check_sections(&found, err);
    }
    if (!rc) {
        rc = find_symtab(&found, err);
    }
    if (!rc) {
        rc = check_symbols(&found, err);
    }
    if (!rc) {
        *elf = found;
    }
    return rc;
}

bool elf_file_try(const void *bytes, size_t nr_bytes, struct elf_file *elf)
{
    return !elf_file_open("", bytes, nr_bytes, elf, NULL);
}

/* The file may place its tables at any address: entries are copied out. */
Elf64_Shdr elf_file_section(const struct elf_file *elf, uint32_t index)
{
    Elf64_Shdr section;

    memcpy(&section,
           elf->bytes + elf->header.e_shoff +
               (size_t)index * elf->header.e_shentsize,
           sizeof(section));
    return section;
}

Elf64_Sym elf_file_symbol(const struct elf_file *elf, uint32_t index)
{
    Elf64_Shdr symtab = elf_file_section(elf, elf->symtab);
    Elf64_Sym symbol;

    memcpy(&symbol,
           elf->bytes + symtab.sh_offset + (size_t)index * symtab.sh_entsize,
           sizeof(symbol));
    return symbol;
}

const char *elf_file_section_name(const struct elf_file *elf,
                                  const Elf64_Shdr *section)
{
    return elf->section_names + section->sh_name;
}

const char *elf_file_symbol_name(const struct elf_file *elf,
                                 const Elf64_Sym *symbol)
{
    return elf->symbol_names + symbol->st_name;
}

const unsigned char *elf_file_bytes(const struct elf_file *elf,
                                    const Elf64_Shdr *section)
{
    return section->sh_type == SHT_NOBITS ? NULL
                                          : elf->bytes + section->sh_offset;
}

uint32_t elf_file_find(const struct elf_file *elf, const char *name)
{
    for (uint32_t i = 1; i < elf->header.e_shnum; i++) {
        Elf64_Shdr section = elf_file_section(elf, i);

        if (!strcmp(elf_file_section_name(elf, &section), name)) {
            return i;
        }
    }
    return 0;
}
