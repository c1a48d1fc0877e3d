/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Absolute symbols, and old addresses in entries: all else in a payload is
 * relative, or comes out of symbols.
 */
#include "lib/loader/own_copy.h"

#include <stdlib.h>
#include <string.h>

#include "lib/payload_elf.h"

#define ENTRY_OLD_ADDR 16 /* in struct livepatch_func */

static void turn(const struct image *image, unsigned char *at)
{
    uint64_t address;

    memcpy(&address, at, sizeof(address));
    if (image_is_linked(image, address)) {
        address = image_to_mapped(image, address);
        memcpy(at, &address, sizeof(address));
    }
}

static void turn_symbols(const struct image *image, const struct elf_file *elf,
                         unsigned char *bytes)
{
    Elf64_Shdr symtab = elf_file_section(elf, elf->symtab);

    for (uint32_t i = 1; i < elf->nr_symbols; i++) {
        if (elf_file_symbol(elf, i).st_shndx == SHN_ABS) {
            turn(image, bytes + symtab.sh_offset + i * symtab.sh_entsize +
                            offsetof(Elf64_Sym, st_value));
        }
    }
}

/* An old address that a relocation gives is overwritten anyway. */
static void turn_entries(const struct image *image, const struct elf_file *elf,
                         unsigned char *bytes)
{
    uint32_t index = elf_file_find(elf, SECTION_FUNCS);
    Elf64_Shdr section = elf_file_section(elf, index);

    if (!index || section.sh_type == SHT_NOBITS) {
        return;
    }
    for (uint64_t i = 0; i < section.sh_size / FUNC_BYTES; i++) {
        turn(image,
             bytes + section.sh_offset + i * FUNC_BYTES + ENTRY_OLD_ADDR);
    }
}

/* Looks at the file and writes to the copy: in a file that was made to deceive
 * what is turned may be what says where things are. */
void *own_copy_make(const void *bytes, size_t nr_bytes,
                    const struct elf_file *elf, const struct image *image)
{
    unsigned char *copy = malloc(nr_bytes + 1);

    if (!copy) {
        return NULL;
    }
    memcpy(copy, bytes, nr_bytes);
    if (elf->bytes) {
        turn_symbols(image, elf, copy);
        turn_entries(image, elf, copy);
    }
    return copy;
}
