/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the ways to break a payload share: chance, and the parts of a file that
 * may be broken already.
 */
#ifndef FUZZ_MUTATE_H
#define FUZZ_MUTATE_H

#include <stdbool.h>
#include <stddef.h>

#include <xen/elfstructs.h>
#include <xen/types.h>

/* The next number below `below`, which is more than 0. */
uint32_t fuzz_pick(uint32_t below);

/* A file in memory, and its section table. */
struct fuzz_file {
    uint8_t *bytes;
    size_t size;
    size_t sections_at;
    uint32_t nr_sections;
};

/* False when its section table does not lie in it. */
bool fuzz_file_open(uint8_t *bytes, size_t size, struct fuzz_file *file);

/* i < nr_sections */
Elf_Shdr fuzz_section(const struct fuzz_file *file, uint32_t i);
void fuzz_set_section(const struct fuzz_file *file, uint32_t i,
                      const Elf_Shdr *section);

/* Its bytes in the file; NULL when it has none there, or fewer than `least`. */
uint8_t *fuzz_content(const struct fuzz_file *file, const Elf_Shdr *section,
                      size_t least);

/*
 * Breaks fields that belong together: makes a record of a relocation lead into
 * another section, and that section one of other flags. So an alternative comes
 * to lie over an entry, a hook in data, an entry's function in an alternative's
 * code, a call's pointer in the entries.
 */
void fuzz_break_pair(const struct fuzz_file *file);

#endif
