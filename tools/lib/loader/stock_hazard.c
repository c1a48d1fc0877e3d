/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What makes stock Xen go wrong while it reads a file, before it has refused
 * it or not.
 */
#include "lib/loader/stock.h"

#include <string.h>

#include "lib/payload_elf.h"

#define DIES "stock Xen may not survive it: it "
#define NR(table) (sizeof(table) / sizeof((table)[0]))

/* Section i of a file that may be anything; zeros: it is not in there. */
static Elf64_Shdr raw_section(const unsigned char *bytes, size_t nr_bytes,
                              const Elf64_Ehdr *header, uint32_t i)
{
    uint64_t at = (uint64_t)i * header->e_shentsize;
    Elf64_Shdr section = {.sh_type = SHT_NULL};

    if (header->e_shoff <= nr_bytes && at <= nr_bytes - header->e_shoff &&
        sizeof(section) <= nr_bytes - header->e_shoff - at) {
        memcpy(&section, bytes + header->e_shoff + at, sizeof(section));
    }
    return section;
}

static bool wraps(const Elf64_Shdr *section, size_t nr_bytes)
{
    return section->sh_type != SHT_NOBITS && section->sh_offset <= nr_bytes &&
           section->sh_offset + section->sh_size < section->sh_offset;
}

static bool has_no_names(const Elf64_Shdr *section, size_t nr_bytes)
{
    (void)nr_bytes;
    return section->sh_type == SHT_SYMTAB && !section->sh_link;
}

/* What is told of any file. */
static const struct {
    bool (*is_met)(const Elf64_Shdr *section, size_t nr_bytes);
    const char *deed;
} raw_hazards[] = {
    {wraps, DIES "does not see that a section's place and size together wrap "
                 "around"},
    {has_no_names, DIES "follows the address of section 0, which the symbols' "
                        "names are in"},
};

static const char *find_raw_hazard(const void *bytes, size_t nr_bytes)
{
    Elf64_Ehdr header;

    if (nr_bytes < sizeof(header)) {
        return NULL;
    }
    memcpy(&header, bytes, sizeof(header));
    for (uint32_t i = 1; i < header.e_shnum; i++) {
        Elf64_Shdr section = raw_section(bytes, nr_bytes, &header, i);

        for (size_t k = 0; k < NR(raw_hazards); k++) {
            if (raw_hazards[k].is_met(&section, nr_bytes)) {
                return raw_hazards[k].deed;
            }
        }
    }
    return NULL;
}

static bool is_special(const char *name)
{
    static const char *const names[] = {
        SECTION_XEN_DEPENDS, SECTION_DEPENDS,         SECTION_OWN_ID,
        SECTION_FUNCS,       SECTION_METADATA,        ".bug_frames.0",
        ".bug_frames.1",     ".bug_frames.2",         ".bug_frames.3",
        ".altinstructions",  ".altinstr_replacement", ".ex_table"};

    for (size_t i = 0; i < NR(names); i++) {
        if (!strcmp(name, names[i])) {
            return true;
        }
    }
    for (size_t i = 0; i < NR_HOOK_KINDS; i++) {
        if (!strcmp(name, hook_kinds[i].section)) {
            return true;
        }
    }
    return false;
}

static bool is_unaligned(const struct elf_file *elf, const Elf64_Shdr *section)
{
    (void)elf;
    return (section->sh_flags & SHF_ALLOC) && !section->sh_addralign;
}

static bool is_for_nobody(const struct elf_file *elf, const Elf64_Shdr *section)
{
    (void)elf;
    return (section->sh_type == SHT_RELA || section->sh_type == SHT_REL) &&
           section->sh_size && !section->sh_info;
}

static bool is_not_loaded(const struct elf_file *elf, const Elf64_Shdr *section)
{
    return !(section->sh_flags & SHF_ALLOC) &&
           is_special(elf_file_section_name(elf, section));
}

static bool is_empty_metadata(const struct elf_file *elf,
                              const Elf64_Shdr *section)
{
    return !section->sh_size &&
           !strcmp(elf_file_section_name(elf, section), SECTION_METADATA);
}

/* And of one that can be read. */
static const struct {
    bool (*is_met)(const struct elf_file *elf, const Elf64_Shdr *section);
    const char *deed;
} hazards[] = {
    {is_unaligned,
     DIES "lays sections of alignment 0, and what follows, over others"},
    {is_for_nobody,
     DIES "follows the address of section 0, which relocations are for"},
    {is_not_loaded, DIES
     "follows the address of a section that it knows, which is not loaded"},
    {is_empty_metadata, DIES "reads before the start of empty metadata"},
};

const char *stock_find_hazard(const void *bytes, size_t nr_bytes)
{
    const char *found = find_raw_hazard(bytes, nr_bytes);
    struct elf_file elf;

    if (found || !elf_file_try(bytes, nr_bytes, &elf)) {
        return found;
    }
    for (uint32_t i = 1; i < elf.header.e_shnum; i++) {
        Elf64_Shdr section = elf_file_section(&elf, i);

        for (size_t k = 0; k < NR(hazards); k++) {
            if (hazards[k].is_met(&elf, &section)) {
                return hazards[k].deed;
            }
        }
    }
    return NULL;
}
