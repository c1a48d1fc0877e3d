/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The checked view of an object file, and what is true of it: the promises that
 * elf.c proves and that everyone who reads a file relies on.
 */
#ifndef LP_ELF_VIEW_H
#define LP_ELF_VIEW_H

#include "bytes.h"

#define LP_ELF_MAX_SECTIONS 1023
#define LP_ELF_MAX_NOBITS (2UL << 20) /* bytes of one section */
#define LP_ELF_MAX_BYTES (1UL << 48)  /* nothing in memory is larger */

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

/*@ predicate has_file{L}(struct lp_elf *elf) =
      \valid_read(elf) && elf->size <= LP_ELF_MAX_BYTES &&
      readable(elf->bytes, elf->size);

    logic Elf_Shdr section_at{L}(struct lp_elf *elf, integer i) =
      shdr_at(entry_at(elf->section_table, elf->section_stride, i));
    predicate has_section_table{L}(struct lp_elf *elf) =
      has_file(elf) && elf->nr_sections <= LP_ELF_MAX_SECTIONS &&
      entries(elf->section_table, elf->nr_sections, elf->section_stride, 64);

    predicate lies_in_file{L}(struct lp_elf *elf, Elf_Shdr s) =
      s.sh_type == SHT_NOBITS
        ? ((s.sh_flags & SHF_ALLOC) != 0 ==> s.sh_size <= LP_ELF_MAX_NOBITS)
        : s.sh_offset + s.sh_size <= elf->size;
    predicate is_aligned_soundly(Elf_Shdr s) =
      s.sh_addralign == 0 || power_of_two(s.sh_addralign);
    predicate are_sound{L}(struct lp_elf *elf, integer n) =
      \forall integer i; 1 <= i < n ==>
        lies_in_file(elf, section_at(elf, i)) &&
        is_aligned_soundly(section_at(elf, i));
    predicate has_sections{L}(struct lp_elf *elf) =
      has_section_table(elf) && are_sound(elf, elf->nr_sections);

    predicate are_strings{L}(struct lp_elf *elf, Elf_Shdr s) =
      s.sh_type != SHT_NOBITS &&
      string_table((char *)elf->bytes + s.sh_offset, s.sh_size);
    predicate name_sections{L}(struct lp_elf *elf, char *names, integer n) =
      \forall integer i; 1 <= i < n ==>
        string(names + section_at(elf, i).sh_name);
    predicate has_section_names{L}(struct lp_elf *elf) =
      name_sections(elf, elf->section_names, elf->nr_sections);

    logic Elf_Sym symbol_at{L}(struct lp_elf *elf, integer i) =
      sym_at(entry_at(elf->symbol_table, elf->symbol_stride, i));
    predicate has_symbols{L}(struct lp_elf *elf) =
      entries(elf->symbol_table, elf->nr_symbols, elf->symbol_stride, 24);
    predicate name_symbols{L}(struct lp_elf *elf, char *names, integer n) =
      \forall integer i; 1 <= i < n ==>
        string(names + symbol_at(elf, i).st_name);
    predicate has_symbol_names{L}(struct lp_elf *elf) =
      name_symbols(elf, elf->symbol_names, elf->nr_symbols);

    predicate is_checked{L}(struct lp_elf *elf) =
      has_sections(elf) && has_section_names(elf) &&
      has_symbols(elf) && has_symbol_names(elf);
 */

#endif
