/* SPDX-License-Identifier: GPL-2.0 */
/*
 * An ELF file of 64 bits in memory as a checked view: header, sections, the
 * symbol table, all names. Takes bytes that nobody has looked at; after
 * elf_file_open() everything that it hands out lies within them. The same rules
 * as the hypervisor's loader has, and the same place for each message. Not
 * libelf: that says that a file is bad, and this has to say what in it and why.
 * What sections mean is not known here.
 *
 * Source: System V gABI, chapters 4 and 5.
 */
#ifndef XEN_LIVEPATCH_ELF_FILE_H
#define XEN_LIVEPATCH_ELF_FILE_H

#include <elf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct elf_file {
    const char *path; /* for messages */
    const unsigned char *bytes;
    size_t nr_bytes;
    Elf64_Ehdr header;
    const char *section_names;
    uint32_t symtab; /* index of its section */
    uint32_t nr_symbols;
    const char *symbol_names;
};

/*
 * Check the `nr_bytes` bytes of the file `path`, which must outlive *elf. Gives
 * 0; or, after a message on `err` that names the part and the two values that
 * disagree, -EINVAL for a length, offset, index or name outside of the file, or
 * -EOPNOTSUPP for another class or byte order, too many sections or two symbol
 * tables. *elf is then untouched.
 */
int elf_file_open(const char *path, const void *bytes, size_t nr_bytes,
                  struct elf_file *elf, FILE *err);

/* The same without a message, and without memory: whether *elf is there. */
bool elf_file_try(const void *bytes, size_t nr_bytes, struct elf_file *elf);

/* index < header.e_shnum; index < nr_symbols. */
Elf64_Shdr elf_file_section(const struct elf_file *elf, uint32_t index);
Elf64_Sym elf_file_symbol(const struct elf_file *elf, uint32_t index);

const char *elf_file_section_name(const struct elf_file *elf,
                                  const Elf64_Shdr *section);
const char *elf_file_symbol_name(const struct elf_file *elf,
                                 const Elf64_Sym *symbol);

/* The section's sh_size bytes; NULL for SHT_NOBITS. */
const unsigned char *elf_file_bytes(const struct elf_file *elf,
                                    const Elf64_Shdr *section);

/* The index of the first section of that name, 0 when there is none. */
uint32_t elf_file_find(const struct elf_file *elf, const char *name);

#endif
