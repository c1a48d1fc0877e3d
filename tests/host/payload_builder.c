// SPDX-License-Identifier: GPL-2.0
/*
 * Sections grow in buffers of their own; finishing puts them one after the
 * other behind the ELF header, the section table last.
 */
#include "payload_builder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xen/lib.h>
#include <xen/livepatch_arch.h>
#include <xen/version.h>

#define MAX_SECTIONS 2048
#define NR_TABLES 3 /* .symtab, .strtab, .shstrtab */

struct buffer {
    uint8_t *bytes;
    size_t used;
    size_t room;
};

struct section {
    Elf_Shdr header;
    struct buffer content;
    uint32_t records; /* section of relocations of this one; 0: none */
};

struct payload_builder {
    struct section sections[MAX_SECTIONS];
    uint32_t nr_sections;
    uint32_t nr_symbols;
    struct buffer symbols;
    struct buffer symbol_names;
    struct buffer section_names;
};

static size_t buffer_add(struct buffer *buffer, const void *bytes, size_t nr)
{
    const size_t at = buffer->used;

    if (at + nr > buffer->room) {
        buffer->room = max(2 * buffer->room, ROUNDUP(at + nr, 64));
        buffer->bytes = realloc(buffer->bytes, buffer->room);
        if (!buffer->bytes) {
            abort();
        }
    }
    if (bytes && nr) {
        memcpy(buffer->bytes + at, bytes, nr);
    } else if (nr) {
        memset(buffer->bytes + at, 0, nr);
    }
    buffer->used += nr;
    return at;
}

static size_t add_string(struct buffer *strings, const char *text)
{
    return *text ? buffer_add(strings, text, strlen(text) + 1) : 0;
}

struct payload_builder *builder_new(void)
{
    struct payload_builder *builder = calloc(1, sizeof(*builder));

    buffer_add(&builder->symbol_names, "", 1);
    buffer_add(&builder->section_names, "", 1);
    builder->nr_sections = 1;
    builder_symbol(builder, "", SHN_UNDEF, 0, 0);
    return builder;
}

uint32_t builder_section(struct payload_builder *builder, const char *name,
                         uint32_t type, uint64_t flags, uint64_t align,
                         const void *content, size_t bytes)
{
    const uint32_t index = builder->nr_sections++;
    struct section *section = &builder->sections[index];

    if (index >= MAX_SECTIONS) {
        abort();
    }
    section->header = (Elf_Shdr){
        .sh_name = add_string(&builder->section_names, name),
        .sh_type = type,
        .sh_flags = flags,
        .sh_addralign = align,
        .sh_size = bytes,
    };
    if (type != SHT_NOBITS) {
        buffer_add(&section->content, content, bytes);
    }
    return index;
}

uint64_t builder_append(struct payload_builder *builder, uint32_t section,
                        const void *content, size_t bytes)
{
    builder->sections[section].header.sh_size += bytes;
    return buffer_add(&builder->sections[section].content, content, bytes);
}

static const char *section_name(const struct payload_builder *builder,
                                uint32_t index)
{
    return (const char *)builder->section_names.bytes +
           builder->sections[index].header.sh_name;
}

uint32_t builder_find(const struct payload_builder *builder, const char *name)
{
    for (uint32_t i = 1; i < builder->nr_sections; i++) {
        if (!strcmp(section_name(builder, i), name)) {
            return i;
        }
    }
    return 0;
}

uint32_t builder_nr_sections(const struct payload_builder *builder)
{
    return builder->nr_sections + NR_TABLES;
}

uint32_t builder_symbol(struct payload_builder *builder, const char *name,
                        uint16_t section, uint64_t value, uint8_t info)
{
    const Elf_Sym symbol = {
        .st_name = add_string(&builder->symbol_names, name),
        .st_info = info,
        .st_shndx = section,
        .st_value = value,
    };

    buffer_add(&builder->symbols, &symbol, sizeof(symbol));
    return builder->nr_symbols++;
}

static uint32_t records_of(struct payload_builder *builder, uint32_t target)
{
    struct section *section = &builder->sections[target];
    char name[256];

    if (!section->records) {
        snprintf(name, sizeof(name), ".rela%s", section_name(builder, target));
        section->records =
            builder_section(builder, name, SHT_RELA, SHF_INFO_LINK, 8, NULL, 0);
        builder->sections[section->records].header.sh_info = target;
        builder->sections[section->records].header.sh_entsize =
            sizeof(Elf_RelA);
    }
    return section->records;
}

void builder_relocation(struct payload_builder *builder, uint32_t target,
                        uint64_t offset, uint32_t type, uint32_t symbol,
                        int64_t addend)
{
    const Elf_RelA record = {
        .r_offset = offset,
        .r_info = ELF64_R_INFO((uint64_t)symbol, (uint64_t)type),
        .r_addend = addend,
    };

    builder_append(builder, records_of(builder, target), &record,
                   sizeof(record));
}

uint32_t builder_note(struct payload_builder *builder, const char *name,
                      const void *id, uint32_t len)
{
    const Elf64_Nhdr note = {
        .n_namesz = 4,
        .n_descsz = len,
        .n_type = NT_GNU_BUILD_ID,
    };
    const uint32_t section =
        builder_section(builder, name, SHT_NOTE, SHF_ALLOC, 4, NULL, 0);

    builder_append(builder, section, &note, sizeof(note));
    builder_append(builder, section, "GNU", 4);
    builder_append(builder, section, id, len);
    return section;
}

/* The three tables that every file ends with. */
static void add_tables(struct payload_builder *builder, uint32_t *names)
{
    const uint32_t symtab =
        builder_section(builder, ".symtab", SHT_SYMTAB, 0, 8,
                        builder->symbols.bytes, builder->symbols.used);

    builder_section(builder, ".strtab", SHT_STRTAB, 0, 1,
                    builder->symbol_names.bytes, builder->symbol_names.used);
    *names = builder_section(builder, ".shstrtab", SHT_STRTAB, 0, 1, NULL, 0);
    builder_append(builder, *names, builder->section_names.bytes,
                   builder->section_names.used);
    builder->sections[symtab].header.sh_link = symtab + 1;
    builder->sections[symtab].header.sh_entsize = sizeof(Elf_Sym);
    for (uint32_t i = 1; i < symtab; i++) {
        if (builder->sections[i].header.sh_type == SHT_RELA) {
            builder->sections[i].header.sh_link = symtab;
        }
    }
}

/* Gives each section its offset; returns where the section table goes. */
static size_t place_sections(struct payload_builder *builder)
{
    size_t at = sizeof(Elf_Ehdr);

    for (uint32_t i = 1; i < builder->nr_sections; i++) {
        Elf_Shdr *header = &builder->sections[i].header;

        at = ROUNDUP(at, 8);
        header->sh_offset = at;
        at += builder->sections[i].content.used;
    }
    return ROUNDUP(at, 8);
}

static Elf_Ehdr make_header(const struct payload_builder *builder,
                            uint64_t section_table, uint32_t names)
{
    return (Elf_Ehdr){
        .e_ident = {ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS64, ELFDATA2LSB,
                    EV_CURRENT},
        .e_type = ET_REL,
        .e_machine = ARCH_LIVEPATCH_ELF_MACHINE,
        .e_version = EV_CURRENT,
        .e_shoff = section_table,
        .e_ehsize = sizeof(Elf_Ehdr),
        .e_shentsize = sizeof(Elf_Shdr),
        .e_shnum = builder->nr_sections,
        .e_shstrndx = names,
    };
}

struct payload_file builder_finish(struct payload_builder *builder)
{
    uint32_t names;
    Elf_Ehdr header;
    size_t table;
    struct payload_file file;

    add_tables(builder, &names);
    table = place_sections(builder);
    header = make_header(builder, table, names);
    file.size = table + builder->nr_sections * sizeof(Elf_Shdr);
    file.bytes = calloc(1, file.size);
    memcpy(file.bytes, &header, sizeof(header));
    for (uint32_t i = 0; i < builder->nr_sections; i++) {
        const struct section *section = &builder->sections[i];

        if (section->content.used) {
            memcpy(file.bytes + section->header.sh_offset,
                   section->content.bytes, section->content.used);
        }
        memcpy(file.bytes + table + i * sizeof(Elf_Shdr), &section->header,
               sizeof(section->header));
    }
    builder_discard(builder);
    return file;
}

void builder_discard(struct payload_builder *builder)
{
    for (uint32_t i = 0; i < builder->nr_sections; i++) {
        free(builder->sections[i].content.bytes);
    }
    free(builder->symbols.bytes);
    free(builder->symbol_names.bytes);
    free(builder->section_names.bytes);
    free(builder);
}

void payload_file_free(struct payload_file *file)
{
    free(file->bytes);
    *file = (struct payload_file){NULL, 0};
}
