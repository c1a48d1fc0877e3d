// SPDX-License-Identifier: GPL-2.0
/*
 * Files of the references, and their symbols.
 */
#include "reference.h"

struct payload_file make_reference_copy(const uint8_t *from, const uint8_t *to)
{
    const struct payload_file file = {malloc(to - from), to - from};

    assert_non_null(file.bytes);
    memcpy(file.bytes, from, file.size);
    return file;
}

const Elf_Sym *reference_symbol(const struct payload_file *file,
                                const char *name)
{
    const Elf_Shdr *symtab = file_named_section(file, ".symtab");
    const Elf_Shdr *strtab = file_section(file, symtab->sh_link);

    for (uint32_t i = 1; i < symtab->sh_size / sizeof(Elf_Sym); i++) {
        const Elf_Sym *symbol = file_symbol(file, i);

        if (!strcmp((char *)file->bytes + strtab->sh_offset + symbol->st_name,
                    name)) {
            return symbol;
        }
    }
    fail_msg("no symbol %s", name);
    return NULL;
}
