// SPDX-License-Identifier: GPL-2.0
/*
 * Who leads where: half the time one of a table of pairs in which a loader may
 * believe one and change the other, else any two sections. A file that lacks
 * one of the two gets any two.
 */
#include <string.h>

#include <xen/types.h>
#include <public/sysctl.h>

#include "mutate.h"

#define NR(array) (sizeof(array) / sizeof((array)[0]))

static const struct pair {
    const char *records;
    const char *into;
} pairs[] = {
    {".rela.altinstructions", ".livepatch.funcs"},
    {".rela.altinstructions", ".livepatch.hooks.load"},
    {".rela.altinstructions", ".bug_frames.2"},
    {".rela.altinstructions", ".ex_table"},
    {".rela.altinstructions", ".altinstr_replacement"},
    {".rela.alt_call_sites", ".livepatch.funcs"},
    {".rela.alt_call_sites", ".altinstr_replacement"},
    {".rela.text", ".livepatch.funcs"},
    {".rela.livepatch.funcs", ".altinstr_replacement"},
    {".rela.livepatch.funcs", ".data"},
    {".rela.livepatch.hooks.load", ".data"},
    {".rela.ex_table", ".altinstr_replacement"},
};

static const uint64_t flags[] = {
    SHF_ALLOC,
    SHF_ALLOC | SHF_WRITE,
    SHF_ALLOC | SHF_EXECINSTR,
    SHF_ALLOC | SHF_WRITE | SHF_EXECINSTR,
    0,
};

/* 0 when there is none of that name. */
static uint32_t find_section(const struct fuzz_file *file, const char *name)
{
    Elf_Ehdr header;
    Elf_Shdr names;
    const uint8_t *text;

    memcpy(&header, file->bytes, sizeof(header));
    if (header.e_shstrndx >= file->nr_sections) {
        return 0;
    }
    names = fuzz_section(file, header.e_shstrndx);
    text = fuzz_content(file, &names, 1);
    for (uint32_t i = 1; text && i < file->nr_sections; i++) {
        const Elf_Shdr section = fuzz_section(file, i);
        const size_t length = strlen(name) + 1;

        if (section.sh_name < names.sh_size &&
            length <= names.sh_size - section.sh_name &&
            !memcmp(text + section.sh_name, name, length)) {
            return i;
        }
    }
    return 0;
}

/* A symbol of the section, or any: its number, 0 when there is none. */
static uint32_t pick_symbol(const struct fuzz_file *file, uint32_t section)
{
    const uint32_t at = find_section(file, ".symtab");
    const Elf_Shdr table = fuzz_section(file, at);
    const uint8_t *bytes = fuzz_content(file, &table, 2 * sizeof(Elf_Sym));
    const uint32_t nr = table.sh_size / sizeof(Elf_Sym);

    for (uint32_t i = 1; at && bytes && i < nr; i++) {
        Elf_Sym symbol;

        memcpy(&symbol, bytes + i * sizeof(symbol), sizeof(symbol));
        if (symbol.st_shndx == section && symbol.st_value == 0) {
            return i;
        }
    }
    return at && bytes ? 1 + fuzz_pick(nr - 1) : 0;
}

/* Mostly where the words of an element begin. */
static int64_t pick_offset(const Elf_Shdr *section)
{
    const uint32_t words = sizeof(struct livepatch_func) / 8;

    if (fuzz_pick(4) == 0) {
        return fuzz_pick(section->sh_size < 4096 ? section->sh_size + 8 : 4096);
    }
    return 8LL * fuzz_pick(words) - 4LL * (fuzz_pick(4) == 0);
}

static void redirect(const struct fuzz_file *file, const Elf_Shdr *records,
                     uint32_t into)
{
    uint8_t *bytes = fuzz_content(file, records, sizeof(Elf_RelA));
    Elf_Shdr section = fuzz_section(file, into);
    const uint32_t symbol = pick_symbol(file, into);
    Elf_RelA record;

    if (!bytes || !symbol) {
        return;
    }
    bytes += fuzz_pick(records->sh_size / sizeof(record)) * sizeof(record);
    memcpy(&record, bytes, sizeof(record));
    record.r_info = ELF64_R_INFO(symbol, ELF64_R_TYPE(record.r_info));
    record.r_addend = pick_offset(&section);
    memcpy(bytes, &record, sizeof(record));
    section.sh_flags = flags[fuzz_pick(NR(flags))];
    fuzz_set_section(file, into, &section);
}

void fuzz_break_pair(const struct fuzz_file *file)
{
    const struct pair *pair = &pairs[fuzz_pick(NR(pairs))];
    uint32_t from = find_section(file, pair->records);
    uint32_t into = find_section(file, pair->into);
    Elf_Shdr records;

    if (!from || !into || fuzz_pick(2)) {
        from = fuzz_pick(file->nr_sections);
        into = fuzz_pick(file->nr_sections);
    }
    records = fuzz_section(file, from);
    if (into && records.sh_type == SHT_RELA) {
        redirect(file, &records, into);
    }
}
