/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A pointer is what its relocation makes of it; without one it is the bytes
 * that stand there.
 */
#include "lib/payload_pointer.h"

#include <string.h>

/* The last record of a place wins; one of type 0 does nothing. */
static bool find_relocation(const struct elf_file *elf, uint32_t target,
                            uint64_t offset, Elf64_Rela *found)
{
    bool is_found = false;

    for (uint32_t i = 1; i < elf->header.e_shnum; i++) {
        Elf64_Shdr section = elf_file_section(elf, i);
        const unsigned char *bytes = elf_file_bytes(elf, &section);

        if (section.sh_type != SHT_RELA || section.sh_info != target ||
            section.sh_entsize < sizeof(*found)) {
            continue;
        }
        for (uint64_t k = 0; k < section.sh_size / section.sh_entsize; k++) {
            Elf64_Rela relocation;

            memcpy(&relocation, bytes + k * section.sh_entsize,
                   sizeof(relocation));
            if (relocation.r_offset == offset &&
                ELF64_R_TYPE(relocation.r_info)) {
                *found = relocation;
                is_found = true;
            }
        }
    }
    return is_found;
}

static struct payload_pointer address(uint64_t value)
{
    return (struct payload_pointer){
        .kind = value ? POINTER_ADDRESS : POINTER_NULL, .value = value};
}

static bool is_loaded(const struct elf_file *elf, uint32_t index)
{
    return index < elf->header.e_shnum &&
           (elf_file_section(elf, index).sh_flags & SHF_ALLOC);
}

static struct payload_pointer follow(const struct elf_file *elf,
                                     const Elf64_Rela *relocation)
{
    uint64_t index = ELF64_R_SYM(relocation->r_info);
    struct payload_pointer pointer = {.kind = POINTER_UNKNOWN};
    Elf64_Sym symbol;

    if (!index || index >= elf->nr_symbols) {
        return pointer;
    }
    symbol = elf_file_symbol(elf, (uint32_t)index);
    pointer.section = symbol.st_shndx;
    pointer.value = (uint64_t)relocation->r_addend;
    pointer.name = elf_file_symbol_name(elf, &symbol);
    if (symbol.st_shndx == SHN_UNDEF) {
        pointer.kind = POINTER_OUTSIDE;
        return pointer;
    }
    pointer.value += symbol.st_value;
    if (symbol.st_shndx == SHN_ABS) {
        return address(pointer.value);
    }
    if (is_loaded(elf, symbol.st_shndx)) {
        pointer.kind = POINTER_INSIDE;
    }
    return pointer;
}

struct payload_pointer payload_pointer_at(const struct elf_file *elf,
                                          uint32_t index, uint64_t offset)
{
    Elf64_Shdr section = elf_file_section(elf, index);
    Elf64_Rela relocation;
    uint64_t value;

    if (find_relocation(elf, index, offset, &relocation)) {
        return follow(elf, &relocation);
    }
    memcpy(&value, elf_file_bytes(elf, &section) + offset, sizeof(value));
    return address(value);
}

const char *payload_pointer_string(const struct elf_file *elf,
                                   const struct payload_pointer *pointer)
{
    const unsigned char *bytes;
    Elf64_Shdr section;
    uint64_t nr_bytes;

    if (pointer->kind != POINTER_INSIDE) {
        return NULL;
    }
    section = elf_file_section(elf, pointer->section);
    bytes = elf_file_bytes(elf, &section);
    if (!bytes && pointer->value < section.sh_size) {
        return ""; /* zeros, once loaded */
    }
    if (!bytes || pointer->value >= section.sh_size) {
        return NULL;
    }
    nr_bytes = section.sh_size - pointer->value;
    if (nr_bytes > STRING_BYTES_MAX) {
        nr_bytes = STRING_BYTES_MAX;
    }
    if (!memchr(bytes + pointer->value, '\0', nr_bytes)) {
        return NULL;
    }
    return (const char *)bytes + pointer->value;
}
