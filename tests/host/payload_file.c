// SPDX-License-Identifier: GPL-2.0
/*
 * The parts of a finished, valid payload file, writable in place. A name or
 * index that the file does not have ends the program: the test is wrong.
 */
#include "payload_builder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Elf_Ehdr *file_header(const struct payload_file *file)
{
    return (Elf_Ehdr *)file->bytes;
}

Elf_Shdr *file_section(const struct payload_file *file, uint32_t index)
{
    return (Elf_Shdr *)(file->bytes + file_header(file)->e_shoff) + index;
}

uint32_t file_find_section(const struct payload_file *file, const char *name)
{
    const Elf_Ehdr *header = file_header(file);
    const char *names = (const char *)file->bytes +
                        file_section(file, header->e_shstrndx)->sh_offset;

    for (uint32_t i = 1; i < header->e_shnum; i++) {
        if (!strcmp(names + file_section(file, i)->sh_name, name)) {
            return i;
        }
    }
    fprintf(stderr, "payload file: no section %s\n", name);
    abort();
}

Elf_Shdr *file_named_section(const struct payload_file *file, const char *name)
{
    return file_section(file, file_find_section(file, name));
}

uint8_t *file_content(const struct payload_file *file, const char *name)
{
    return file->bytes + file_named_section(file, name)->sh_offset;
}

Elf_Sym *file_symbol(const struct payload_file *file, uint32_t index)
{
    return (Elf_Sym *)file_content(file, ".symtab") + index;
}

Elf_RelA *file_record(const struct payload_file *file, const char *section,
                      uint32_t index)
{
    return (Elf_RelA *)file_content(file, section) + index;
}

void file_edit(const struct payload_file *file, const struct file_edit *edit)
{
    uint8_t *part = file->bytes;

    if (edit->section && edit->is_content) {
        part = file_content(file, edit->section);
    } else if (edit->section) {
        part = (uint8_t *)file_named_section(file, edit->section);
    }
    memcpy(part + edit->offset, &edit->value, edit->bytes);
}
