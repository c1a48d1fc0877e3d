/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Untrusted bytes, turned into a checked read-only view (elf_view.h). This is
 * the only place that computes with offsets of the file. Nothing is copied; the
 * bytes must outlive the view and are never written.
 *
 * Source: System V gABI, chapters 4 (object files) and 5.
 */
#ifndef LP_ELF_H
#define LP_ELF_H

#include "elf_view.h"

/*@ requires has_section_table(elf) && index < elf->nr_sections;
    assigns \nothing;
    ensures \result == section_at(elf, index);
 */
static inline Elf_Shdr lp_elf_section(const struct lp_elf *elf, uint32_t index)
{
    /*@ assert readable(entry_at(elf->section_table, elf->section_stride, index),
                        64); */
    return lp_read_shdr(elf->section_table +
                        (size_t)index * elf->section_stride);
}

/*@ requires \valid_read(elf) && has_symbols(elf) && index < elf->nr_symbols;
    assigns \nothing;
    ensures \result == symbol_at(elf, index);
 */
static inline Elf_Sym lp_elf_symbol(const struct lp_elf *elf, uint32_t index)
{
    /*@ assert readable(entry_at(elf->symbol_table, elf->symbol_stride, index),
                        24); */
    return lp_read_sym(elf->symbol_table + (size_t)index * elf->symbol_stride);
}

/*@ requires \valid_read(elf) && \valid_read(section) &&
      string(elf->section_names + section->sh_name);
    assigns \nothing;
    ensures \result == elf->section_names + section->sh_name && string(\result);
 */
static inline const char *lp_elf_section_name(const struct lp_elf *elf,
                                              const Elf_Shdr *section)
{
    return elf->section_names + section->sh_name;
}

/*@ requires \valid_read(elf) && \valid_read(symbol) &&
      string(elf->symbol_names + symbol->st_name);
    assigns \nothing;
    ensures \result == elf->symbol_names + symbol->st_name && string(\result);
 */
static inline const char *lp_elf_symbol_name(const struct lp_elf *elf,
                                             const Elf_Sym *symbol)
{
    return elf->symbol_names + symbol->st_name;
}

/*@ requires has_file(elf) && \valid_read(section) &&
      lies_in_file(elf, *section);
    assigns \nothing;
    ensures section->sh_type == SHT_NOBITS
      ? \result == NULL : readable(\result, section->sh_size);
 */
static inline const uint8_t *lp_elf_section_bytes(const struct lp_elf *elf,
                                                  const Elf_Shdr *section)
{
    return section->sh_type == SHT_NOBITS ? NULL
                                          : elf->bytes + section->sh_offset;
}

/*
 * Checks of bytes[0 .. size) what tells where things are: the header of a
 * relocatable object for `machine` (EM_*), the section table, the sections'
 * names. Fills these in *elf.
 *   -EINVAL      a length, offset, index or string table disagrees with the
 * file -EOPNOTSUPP  a well-formed object of a kind that is not loaded *elf is
 * untouched on failure.
 */
/*@ requires string(payload) && \valid(elf);
    requires size <= LP_ELF_MAX_BYTES && readable(bytes, size);
    assigns *elf;
    admit ensures \result == 0 ==> has_sections(elf) && has_section_names(elf);
 */
int lp_elf_open_outline(const char *payload, const uint8_t *bytes, size_t size,
                        uint16_t machine, struct lp_elf *elf) __must_check;

/*
 * Checks the one symbol table of what lp_elf_open_outline() opened, and fills
 * the rest of *elf. Errors: as there.
 */
/*@ requires \valid(elf) && has_sections(elf) && has_section_names(elf);
    assigns elf->symtab, elf->symbol_table, elf->symbol_stride, elf->nr_symbols,
      elf->symbol_names;
    ensures \result == 0 ==> is_checked(elf);
 */
int lp_elf_open_symbols(struct lp_elf *elf) __must_check;

/* Both. *elf is untouched on failure. */
/*@ requires string(payload) && \valid(elf);
    requires size <= LP_ELF_MAX_BYTES && readable(bytes, size);
    assigns *elf;
    admit ensures \result == 0 ==> is_checked(elf);
 */
int lp_elf_open(const char *payload, const uint8_t *bytes, size_t size,
                uint16_t machine, struct lp_elf *elf) __must_check;

#endif
