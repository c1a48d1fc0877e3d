// SPDX-License-Identifier: GPL-2.0
/* By the reader that the tools have. */
#include "written.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

void written_open(struct written *written, struct payload_file file)
{
    written->file = file;
    assert_int_equal(elf_file_open("written", file.bytes, file.nr_bytes,
                                   &written->elf, stderr),
                     0);
}

void written_close(struct written *written)
{
    payload_file_free(&written->file);
}

bool written_has_section(const struct written *written, const char *name)
{
    return elf_file_find(&written->elf, name) != 0;
}

Elf64_Shdr written_section(const struct written *written, const char *name)
{
    Elf64_Shdr found = {0};
    size_t nr = 0;

    for (uint32_t i = 1; i < written->elf.header.e_shnum; i++) {
        const Elf64_Shdr section = elf_file_section(&written->elf, i);

        if (strcmp(elf_file_section_name(&written->elf, &section), name) == 0) {
            found = section;
            nr++;
        }
    }
    if (nr != 1) {
        fail_msg("%zu sections %s", nr, name);
    }
    return found;
}

Elf64_Sym written_symbol(const struct written *written, const char *prefix)
{
    Elf64_Sym found = {0};
    size_t nr = 0;

    for (uint32_t i = 1; i < written->elf.nr_symbols; i++) {
        const Elf64_Sym symbol = elf_file_symbol(&written->elf, i);
        const char *name = elf_file_symbol_name(&written->elf, &symbol);

        if (ELF64_ST_TYPE(symbol.st_info) != STT_FILE &&
            strncmp(name, prefix, strlen(prefix)) == 0) {
            found = symbol;
            nr++;
        }
    }
    if (nr != 1) {
        fail_msg("%zu symbols %s...", nr, prefix);
    }
    return found;
}

const char *written_name(const struct written *written, const char *prefix)
{
    const Elf64_Sym symbol = written_symbol(written, prefix);

    return elf_file_symbol_name(&written->elf, &symbol);
}

size_t written_count(const struct written *written, const char *section,
                     const void *bytes, size_t nr)
{
    const Elf64_Shdr header = written_section(written, section);
    const unsigned char *at = elf_file_bytes(&written->elf, &header);
    const unsigned char *end = at + header.sh_size;
    size_t found = 0;

    while ((at = memmem(at, (size_t)(end - at), bytes, nr))) {
        found++;
        at++;
    }
    return found;
}
