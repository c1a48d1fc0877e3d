// SPDX-License-Identifier: GPL-2.0
/*
 * Checks the header, the section table, the one symbol table and every name
 * of an object file, in the order in which the ABI's errno table lists them.
 */
#include "elf.h"

#include <xen/errno.h>
#include <xen/lib.h>
#include <xen/string.h>

#include "log.h"

/*@ assigns \nothing;
    ensures \result <==> offset + bytes <= size;
 */
static bool lies_within(uint64_t offset, uint64_t bytes, uint64_t size)
{
    return offset <= size && bytes <= size - offset;
}

/*@ assigns \nothing;
    ensures \result <==> power_of_two(value);
 */
static bool is_power_of_two(uint64_t value)
{
    return value != 0 && (value & (value - 1)) == 0;
}

/*@ requires \valid_read(header); assigns \nothing; */
static int check_kind(const char *payload, const Elf_Ehdr *header,
                      uint16_t machine)
{
    const uint8_t *ident = header->e_ident;

    if (header->e_version != EV_CURRENT || ident[EI_VERSION] != EV_CURRENT ||
        ident[EI_ABIVERSION] != 0) {
        lp_err(payload,
               "ELF version %u (e_ident: %u), ABI version %u: only 1 (1) and 0 "
               "load",
               header->e_version, ident[EI_VERSION], ident[EI_ABIVERSION]);
        return -EOPNOTSUPP;
    }
    if (ident[EI_OSABI] != ELFOSABI_NONE &&
        ident[EI_OSABI] != ELFOSABI_FREEBSD) {
        lp_err(payload, "e_ident[EI_OSABI] is %u, expected %u or %u",
               ident[EI_OSABI], ELFOSABI_NONE, ELFOSABI_FREEBSD);
        return -EOPNOTSUPP;
    }
    if (header->e_type != ET_REL || header->e_phnum != 0) {
        lp_err(payload,
               "e_type is %u with %u program headers: a payload is a "
               "relocatable object (%u) with none",
               header->e_type, header->e_phnum, ET_REL);
        return -EOPNOTSUPP;
    }
    if (header->e_machine != machine || ident[EI_CLASS] != ELFCLASS64 ||
        ident[EI_DATA] != ELFDATA2LSB) {
        lp_err(payload,
               "machine %u, class %u, byte order %u: this hypervisor is "
               "machine %u, class %u, byte order %u",
               header->e_machine, ident[EI_CLASS], ident[EI_DATA], machine,
               ELFCLASS64, ELFDATA2LSB);
        return -EOPNOTSUPP;
    }
    return 0;
}

/*@ requires has_file(elf) && \valid(header) && \separated(header, elf);
    assigns *header;
 */
static int check_header(const struct lp_elf *elf, Elf_Ehdr *header,
                        uint16_t machine)
{
    if (elf->size < sizeof(*header)) {
        lp_err(elf->payload, "%zu bytes: an ELF header has %zu", elf->size,
               sizeof(*header));
        return -EINVAL;
    }
    *header = lp_read_ehdr(elf->bytes);
    if (memcmp(header->e_ident, ELFMAG, SELFMAG) != 0) {
        lp_err(elf->payload, "starts with %02x %02x %02x %02x: not an ELF file",
               header->e_ident[0], header->e_ident[1], header->e_ident[2],
               header->e_ident[3]);
        return -EINVAL;
    }
    return check_kind(elf->payload, header, machine);
}

/*@ requires has_file(elf) && \valid(elf);
    requires \valid_read(header) && \separated(header, elf);
    assigns elf->section_table, elf->section_stride, elf->nr_sections;
    ensures \result == 0 ==>
      has_section_table(elf) && header->e_shstrndx < elf->nr_sections;
 */
static int check_section_table(struct lp_elf *elf, const Elf_Ehdr *header)
{
    const char *payload = elf->payload;

    if (header->e_shstrndx == SHN_UNDEF) {
        lp_err(payload, "e_shstrndx is 0: no section names");
        return -EINVAL;
    }
    if (header->e_shnum > LP_ELF_MAX_SECTIONS) {
        lp_err(payload, "%u sections: at most %u are supported",
               header->e_shnum, LP_ELF_MAX_SECTIONS);
        return -EOPNOTSUPP;
    }
    if (header->e_shstrndx >= header->e_shnum) {
        lp_err(payload, "e_shstrndx is %u of %u sections", header->e_shstrndx,
               header->e_shnum);
        return -EINVAL;
    }
    if (header->e_shentsize < sizeof(Elf_Shdr)) {
        lp_err(payload, "e_shentsize is %u: a section header has %zu bytes",
               header->e_shentsize, sizeof(Elf_Shdr));
        return -EINVAL;
    }
    if (!lies_within(header->e_shoff,
                     (uint64_t)header->e_shnum * header->e_shentsize,
                     elf->size)) {
        lp_err(payload,
               "section table at %#lx, %u x %u bytes, in a file of %zu bytes",
               header->e_shoff, header->e_shnum, header->e_shentsize,
               elf->size);
        return -EINVAL;
    }
    elf->section_table = elf->bytes + header->e_shoff;
    elf->section_stride = header->e_shentsize;
    elf->nr_sections = header->e_shnum;
    /*@ assert readable(elf->section_table,
                        elf->nr_sections * elf->section_stride); */
    return 0;
}

/*@ requires has_file(elf) && \valid_read(section);
    assigns \nothing;
    ensures \result == 0 ==> lies_in_file(elf, *section);
 */
static int check_section_place(const struct lp_elf *elf, uint32_t index,
                               const Elf_Shdr *section)
{
    if (section->sh_offset < sizeof(Elf_Ehdr)) {
        lp_err(elf->payload, "section %u at %#lx lies in the ELF header", index,
               section->sh_offset);
        return -EINVAL;
    }
    if (section->sh_type != SHT_NOBITS &&
        !lies_within(section->sh_offset, section->sh_size, elf->size)) {
        lp_err(elf->payload,
               "section %u at %#lx, %#lx bytes, in a file of %zu bytes", index,
               section->sh_offset, section->sh_size, elf->size);
        return -EINVAL;
    }
    if (section->sh_type == SHT_NOBITS &&
        ((section->sh_flags & SHF_ALLOC) || (section->sh_flags & SHF_WRITE)) &&
        section->sh_size > LP_ELF_MAX_NOBITS) {
        lp_err(elf->payload, "section %u: %#lx bytes of NOBITS, at most %#lx",
               index, section->sh_size, LP_ELF_MAX_NOBITS);
        return -EINVAL;
    }
    return 0;
}

/*@ requires \valid_read(elf) && \valid_read(section);
    assigns \nothing;
    ensures \result == 0 ==> is_aligned_soundly(*section);
 */
static int check_section_alignment(const struct lp_elf *elf, uint32_t index,
                                   const Elf_Shdr *section)
{
    /* The gABI lets 0 stand for "no constraint". */
    const uint64_t align = section->sh_addralign ? section->sh_addralign : 1;

    if (!is_power_of_two(align)) {
        lp_err(elf->payload, "section %u: alignment %#lx is no power of two",
               index, align);
        return -EOPNOTSUPP;
    }
    if (section->sh_addr & (align - 1)) {
        lp_err(elf->payload, "section %u: address %#lx, alignment %#lx", index,
               section->sh_addr, align);
        return -EINVAL;
    }
    return 0;
}

/*@ requires has_section_table(elf);
    assigns \nothing;
    ensures \result == 0 ==> has_sections(elf);
 */
static int check_sections(const struct lp_elf *elf)
{
    /*@ loop invariant 1 <= i && are_sound(elf, i);
        loop assigns i;
        loop variant elf->nr_sections - i;
     */
    for (uint32_t i = 1; i < elf->nr_sections; i++) {
        const Elf_Shdr section = lp_elf_section(elf, i);
        int rc = check_section_place(elf, i, &section);

        if (rc == 0) {
            rc = check_section_alignment(elf, i, &section);
        }
        if (rc) {
            return rc;
        }
    }
    return 0;
}

/* Finds the one SHT_SYMTAB. */
/*@ requires has_section_table(elf) && \valid(symtab);
    assigns *symtab;
    ensures \result == 0 ==> 1 <= *symtab < \old(elf->nr_sections) &&
      \at(section_at(elf, \at(*symtab, Post)), Pre).sh_type == SHT_SYMTAB;
 */
static int find_symtab(const struct lp_elf *elf, uint32_t *symtab)
{
    uint32_t found = 0;

    /*@ loop invariant 1 <= i && (found == 0 || 1 <= found < elf->nr_sections &&
          section_at(elf, found).sh_type == SHT_SYMTAB);
        loop assigns i, found;
        loop variant elf->nr_sections - i;
     */
    for (uint32_t i = 1; i < elf->nr_sections; i++) {
        if (lp_elf_section(elf, i).sh_type != SHT_SYMTAB) {
            continue;
        }
        if (found) {
            lp_err(elf->payload, "sections %u and %u are both symbol tables",
                   found, i);
            return -EOPNOTSUPP;
        }
        found = i;
    }
    if (!found) {
        lp_err(elf->payload, "no symbol table among %u sections",
               elf->nr_sections);
        return -EINVAL;
    }
    *symtab = found;
    return 0;
}

/* A string table: SHT_STRTAB whose first and last bytes are NUL. */
/*@ requires has_sections(elf) && index < elf->nr_sections;
    assigns \nothing;
    ensures \result == 0 ==>
      index != 0 && are_strings(elf, section_at(elf, index));
 */
static int check_strings(const struct lp_elf *elf, uint32_t index,
                         const char *what)
{
    const Elf_Shdr section = lp_elf_section(elf, index);
    const uint8_t *strings;

    /* Section 0 was not checked: its offset may be anything. */
    if (index == SHN_UNDEF || section.sh_type != SHT_STRTAB) {
        lp_err(elf->payload, "%s: section %u has type %u, expected %u", what,
               index, section.sh_type, SHT_STRTAB);
        return -EINVAL;
    }
    strings = elf->bytes + section.sh_offset;
    if (section.sh_size == 0 || strings[0] != '\0' ||
        strings[section.sh_size - 1] != '\0') {
        lp_err(elf->payload,
               "%s: section %u of %#lx bytes must begin and end with NUL", what,
               index, section.sh_size);
        return -EINVAL;
    }
    return 0;
}

/*@ requires has_sections(elf) && \valid(elf) && shstrndx < elf->nr_sections;
    assigns elf->section_names;
    ensures \result == 0 ==> has_section_names(elf);
 */
static int check_section_names(struct lp_elf *elf, uint32_t shstrndx)
{
    Elf_Shdr strings;
    int rc = check_strings(elf, shstrndx, "section names");

    if (rc) {
        return rc;
    }
    strings = lp_elf_section(elf, shstrndx);
    //@ assert are_strings(elf, strings);
    /*@ loop invariant 1 <= i &&
          name_sections(elf, (char *)elf->bytes + strings.sh_offset, i);
        loop assigns i;
        loop variant elf->nr_sections - i;
     */
    for (uint32_t i = 1; i < elf->nr_sections; i++) {
        const uint32_t name = lp_elf_section(elf, i).sh_name;

        if (name >= strings.sh_size) {
            lp_err(elf->payload, "section %u: name at %#x of %#lx bytes", i,
                   name, strings.sh_size);
            return -EINVAL;
        }
        /*@ assert string_table((char *)elf->bytes + strings.sh_offset + name,
                                strings.sh_size - name); */
    }
    elf->section_names = (const char *)elf->bytes + strings.sh_offset;
    return 0;
}

/*@ requires has_sections(elf) && \valid(elf);
    requires \valid_read(symtab) && \separated(symtab, elf);
    requires lies_in_file(elf, *symtab) && symtab->sh_type == SHT_SYMTAB;
    assigns elf->symbol_table, elf->symbol_stride, elf->nr_symbols;
    ensures \result == 0 ==> has_symbols(elf) &&
      0 < symtab->sh_link < elf->nr_sections &&
      are_strings(elf, section_at(elf, symtab->sh_link));
 */
static int check_symtab_shape(struct lp_elf *elf, const Elf_Shdr *symtab)
{
    if (symtab->sh_link >= elf->nr_sections) {
        lp_err(elf->payload, "symbol table: sh_link is %u of %u sections",
               symtab->sh_link, elf->nr_sections);
        return -EINVAL;
    }
    if (symtab->sh_size == 0 || symtab->sh_entsize < sizeof(Elf_Sym) ||
        symtab->sh_size % symtab->sh_entsize != 0) {
        lp_err(elf->payload,
               "symbol table: %#lx bytes in entries of %#lx (a symbol has "
               "%zu)",
               symtab->sh_size, symtab->sh_entsize, sizeof(Elf_Sym));
        return -EINVAL;
    }
    elf->symbol_table = elf->bytes + symtab->sh_offset;
    elf->symbol_stride = symtab->sh_entsize;
    elf->nr_symbols = symtab->sh_size / symtab->sh_entsize;
    //@ assert elf->nr_symbols * elf->symbol_stride <= symtab->sh_size;
    /*@ assert readable(elf->symbol_table,
                        elf->nr_symbols * elf->symbol_stride); */
    return check_strings(elf, symtab->sh_link, "symbol names");
}

/*@ requires has_sections(elf) && \valid(elf);
    requires 1 <= elf->symtab < elf->nr_sections &&
      section_at(elf, elf->symtab).sh_type == SHT_SYMTAB;
    assigns elf->symbol_table, elf->symbol_stride, elf->nr_symbols,
      elf->symbol_names;
    ensures \result == 0 ==> has_symbols(elf) && has_symbol_names(elf);
 */
static int check_symbol_names(struct lp_elf *elf)
{
    const Elf_Shdr symtab = lp_elf_section(elf, elf->symtab);
    Elf_Shdr strings;
    int rc = check_symtab_shape(elf, &symtab);

    if (rc) {
        return rc;
    }
    strings = lp_elf_section(elf, symtab.sh_link);
    //@ assert are_strings(elf, strings);
    /*@ loop invariant 1 <= i &&
          name_symbols(elf, (char *)elf->bytes + strings.sh_offset, i);
        loop assigns i;
        loop variant elf->nr_symbols - i;
     */
    for (uint32_t i = 1; i < elf->nr_symbols; i++) {
        const uint32_t name = lp_elf_symbol(elf, i).st_name;

        if (name >= strings.sh_size) {
            lp_err(elf->payload, "symbol %u: name at %#x of %#lx bytes", i,
                   name, strings.sh_size);
            return -EINVAL;
        }
        /*@ assert string_table((char *)elf->bytes + strings.sh_offset + name,
                                strings.sh_size - name); */
    }
    elf->symbol_names = (const char *)elf->bytes + strings.sh_offset;
    return 0;
}

/*@ requires has_file(elf) && \valid(elf);
    assigns *elf;
    ensures \result == 0 ==> has_sections(elf) && has_section_names(elf);
 */
static int check_outline(struct lp_elf *elf, uint16_t machine)
{
    Elf_Ehdr header;
    int rc = check_header(elf, &header, machine);

    if (rc == 0) {
        rc = check_section_table(elf, &header);
    }
    if (rc == 0) {
        rc = check_sections(elf);
    }
    if (rc == 0) {
        rc = check_section_names(elf, header.e_shstrndx);
    }
    return rc;
}

int lp_elf_open_outline(const char *payload, const uint8_t *bytes, size_t size,
                        uint16_t machine, struct lp_elf *elf)
{
    struct lp_elf view = {.payload = payload, .bytes = bytes, .size = size};
    const int rc = check_outline(&view, machine);

    if (rc == 0) {
        *elf = view;
    }
    return rc;
}

int lp_elf_open_symbols(struct lp_elf *elf)
{
    const int rc = find_symtab(elf, &elf->symtab);

    return rc ? rc : check_symbol_names(elf);
}

int lp_elf_open(const char *payload, const uint8_t *bytes, size_t size,
                uint16_t machine, struct lp_elf *elf)
{
    struct lp_elf view = {.payload = payload, .bytes = bytes, .size = size};
    int rc = check_outline(&view, machine);

    if (rc == 0) {
        rc = lp_elf_open_symbols(&view);
    }
    if (rc == 0) {
        *elf = view;
    }
    return rc;
}
