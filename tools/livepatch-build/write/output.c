// SPDX-License-Identifier: GPL-2.0
/*
 * Arrays that grow by half. There are a few dozen sections at most: they are
 * found one after the other.
 */
#include "write/output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/memory.h"

/* `items` with room for at least `wanted`. */
static void *widened(void *items, size_t *room, size_t wanted, size_t bytes)
{
    if (wanted <= *room) {
        return items;
    }
    *room = wanted + wanted / 2 + 16;
    return must_resize(items, *room, bytes);
}

void output_open(struct output *output, const struct machine *machine)
{
    *output = (struct output){.machine = machine};
    output_section(output, "", SHT_NULL, 0);
    output_symbol(output, &(Elf64_Sym){0}, "", 0);
}

void output_close(struct output *output)
{
    for (uint32_t i = 0; i < output->nr_sections; i++) {
        free(output->sections[i].bytes);
        free(output->sections[i].relocations);
    }
    free(output->sections);
    free(output->symbols);
    free(output->names);
    free(output->digits);
    *output = (struct output){.nr_sections = 0};
}

uint32_t output_find(const struct output *output, const char *name)
{
    for (uint32_t i = 1; i < output->nr_sections; i++) {
        if (strcmp(output->sections[i].name, name) == 0) {
            return i;
        }
    }
    return 0;
}

uint32_t output_section(struct output *output, const char *name, uint32_t type,
                        uint64_t flags)
{
    const uint32_t found = output_find(output, name);

    if (found) {
        return found;
    }
    output->sections = must_resize(output->sections, output->nr_sections + 1UL,
                                   sizeof(*output->sections));
    output->sections[output->nr_sections] = (struct output_section){
        .name = name, .type = type, .flags = flags, .align = 1};
    return output->nr_sections++;
}

uint64_t output_room(struct output *output, uint32_t section, uint64_t size,
                     uint64_t align)
{
    struct output_section *to = &output->sections[section];
    const uint64_t offset = (to->size + align - 1) & ~(align - 1);
    const uint8_t gap = to->flags & SHF_EXECINSTR ? output->machine->trap : 0;

    if (to->align < align) {
        to->align = align;
    }
    if (to->type != SHT_NOBITS) {
        to->bytes = widened(to->bytes, &to->room, offset + size, 1);
        memset(to->bytes + to->size, gap, offset - to->size);
        memset(to->bytes + offset, 0, size);
    }
    to->size = offset + size;
    return offset;
}

void output_put(struct output *output, uint32_t section, uint64_t offset,
                const void *bytes, size_t nr)
{
    memcpy(output->sections[section].bytes + offset, bytes, nr);
}

void output_relocate(struct output *output, uint32_t section,
                     const struct output_relocation *relocation)
{
    struct output_section *to = &output->sections[section];

    to->relocations = widened(to->relocations, &to->relocation_room,
                              to->nr_relocations + 1, sizeof(*to->relocations));
    to->relocations[to->nr_relocations++] = (Elf64_Rela){
        .r_offset = relocation->offset,
        .r_info = ELF64_R_INFO((uint64_t)relocation->symbol, relocation->type),
        .r_addend = relocation->addend};
}

/* All names end; that of no bytes is the first one. */
static uint32_t put_name(struct output *output, const char *name, size_t bytes)
{
    const size_t at = output->names_bytes;

    if (bytes == 0 && at > 0) {
        return 0;
    }
    output->names =
        widened(output->names, &output->names_room, at + bytes + 1, 1);
    memcpy(output->names + at, name, bytes);
    output->names[at + bytes] = '\0';
    output->names_bytes += bytes + 1;
    return (uint32_t)at;
}

uint32_t output_symbol(struct output *output, const Elf64_Sym *symbol,
                       const char *name, size_t name_bytes)
{
    Elf64_Sym *added;

    output->symbols = widened(output->symbols, &output->symbol_room,
                              output->nr_symbols + 1, sizeof(*output->symbols));
    added = &output->symbols[output->nr_symbols];
    *added = *symbol;
    added->st_name = put_name(output, name, name_bytes);
    if (ELF64_ST_BIND(symbol->st_info) == STB_LOCAL) {
        output->nr_local++;
    }
    return (uint32_t)output->nr_symbols++;
}

uint32_t output_symbol_with_id(struct output *output, const Elf64_Sym *symbol,
                               const char *name, size_t name_bytes)
{
    char *whole =
        must_format("%.*s.%0*d", (int)name_bytes, name, OUTPUT_ID_DIGITS, 0);
    const size_t bytes = strlen(whole);
    const uint32_t index = output_symbol(output, symbol, whole, bytes);

    free(whole);
    output->digits = widened(output->digits, &output->digits_room,
                             output->nr_digits + 1, sizeof(*output->digits));
    output->digits[output->nr_digits++] =
        output->symbols[index].st_name + bytes - OUTPUT_ID_DIGITS;
    return index;
}
