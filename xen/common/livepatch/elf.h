/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Untrusted bytes, turned into a checked read-only view. This is the only
 * place that computes with offsets of the file: once lp_elf_open() has
 * succeeded every section, name and symbol it hands out lies within the bytes.
 * Nothing is copied; the bytes must outlive the view and are never written.
 *
 * Source: System V gABI, chapters 4 (object files) and 5.
 */
#ifndef LP_ELF_H
#define LP_ELF_H

#include <xen/compiler.h>
#include <xen/elfstructs.h>
#include <xen/types.h>

#define LP_ELF_MAX_SECTIONS 1023
#define LP_ELF_MAX_NOBITS (2UL << 20) /* bytes of one section */

struct lp_elf {
    const char *payload; /* whom messages are about */
    const uint8_t *bytes;
    size_t size;
    const uint8_t *section_table;
    uint32_t section_stride; /* bytes from one header to the next */
    uint32_t nr_sections;
    const char *section_names;
    uint32_t symtab; /* index of its section */
    const uint8_t *symbol_table;
    uint64_t symbol_stride;
    uint32_t nr_symbols;
    const char *symbol_names;
};

/*
 * Checks bytes[0 .. size) as a relocatable object for `machine` (EM_*) and
 * fills *elf.
 *   -EINVAL      a length, offset, index, link or string table disagrees with
 *                the file
 *   -EOPNOTSUPP  a well-formed object of a kind that is not loaded
 * *elf is untouched on failure.
 */
int lp_elf_open(const char *payload, const void *bytes, size_t size,
                uint16_t machine, struct lp_elf *elf) __must_check;

/* Entries of the file's tables, which it may place at any address. */
typedef Elf_Shdr lp_elf_unaligned_shdr __aligned(1);
typedef Elf_Sym lp_elf_unaligned_sym __aligned(1);
typedef Elf_RelA lp_elf_unaligned_rela __aligned(1);

/* index < nr_sections */
static inline Elf_Shdr lp_elf_section(const struct lp_elf *elf, uint32_t index)
{
    return *(const lp_elf_unaligned_shdr *)(elf->section_table +
                                            (size_t)index *
                                                elf->section_stride);
}

/* index < nr_symbols */
static inline Elf_Sym lp_elf_symbol(const struct lp_elf *elf, uint32_t index)
{
    return *(const lp_elf_unaligned_sym *)(elf->symbol_table +
                                           (size_t)index * elf->symbol_stride);
}

static inline const char *lp_elf_section_name(const struct lp_elf *elf,
                                              const Elf_Shdr *section)
{
    return elf->section_names + section->sh_name;
}

static inline const char *lp_elf_symbol_name(const struct lp_elf *elf,
                                             const Elf_Sym *symbol)
{
    return elf->symbol_names + symbol->st_name;
}

/* The section's sh_size bytes in the file; NULL for SHT_NOBITS. */
static inline const uint8_t *lp_elf_section_bytes(const struct lp_elf *elf,
                                                  const Elf_Shdr *section)
{
    return section->sh_type == SHT_NOBITS ? NULL
                                          : elf->bytes + section->sh_offset;
}

#endif
