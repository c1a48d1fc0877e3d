/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What this loader takes and stock Xen refuses: types of relocations, and names
 * of local symbols that the hypervisor has, too.
 */
#include "lib/loader/stock.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lib/loader.h"
#include "lib/payload_elf.h"

#define NOTE_BYTES 512

/* [first, last] of a machine's relocation types that stock Xen takes. */
static const struct {
    uint16_t machine;
    uint16_t first, last;
} relocations[] = {
    {EM_X86_64, R_X86_64_NONE, R_X86_64_PC32},
    {EM_X86_64, R_X86_64_PLT32, R_X86_64_PLT32},
    {EM_AARCH64, R_AARCH64_ABS64, R_AARCH64_MOVW_SABS_G2},
    {EM_AARCH64, R_AARCH64_ADR_PREL_LO21, R_AARCH64_LDST8_ABS_LO12_NC},
    {EM_AARCH64, R_AARCH64_TSTBR14, R_AARCH64_CONDBR19},
    {EM_AARCH64, R_AARCH64_JUMP26, R_AARCH64_LDST64_ABS_LO12_NC},
    {EM_AARCH64, R_AARCH64_MOVW_PREL_G0, R_AARCH64_MOVW_PREL_G3},
    {EM_AARCH64, R_AARCH64_LDST128_ABS_LO12_NC, R_AARCH64_LDST128_ABS_LO12_NC},
};

static bool takes_relocation(uint16_t machine, uint32_t type)
{
    for (size_t i = 0; i < sizeof(relocations) / sizeof(relocations[0]); i++) {
        if (relocations[i].machine == machine && type >= relocations[i].first &&
            type <= relocations[i].last) {
            return true;
        }
    }
    return false;
}

static bool is_loaded(const struct elf_file *elf, uint32_t index)
{
    return index && index < elf->header.e_shnum &&
           (elf_file_section(elf, index).sh_flags & SHF_ALLOC);
}

/* The first record of a section that stock Xen does not take. */
static bool find_record(const struct elf_file *elf, const Elf64_Shdr *section,
                        uint64_t *number, uint32_t *type)
{
    const unsigned char *bytes = elf_file_bytes(elf, section);
    Elf64_Rela record;

    if (section->sh_type != SHT_RELA || !is_loaded(elf, section->sh_info) ||
        section->sh_entsize < sizeof(record)) {
        return false;
    }
    for (*number = 0; *number < section->sh_size / section->sh_entsize;
         ++*number) {
        memcpy(&record, bytes + *number * section->sh_entsize, sizeof(record));
        *type = ELF64_R_TYPE(record.r_info);
        if (!takes_relocation(elf->header.e_machine, *type)) {
            return true;
        }
    }
    return false;
}

static void tell_relocations(const struct elf_file *elf, stock_refuse *refuse,
                             struct course *course)
{
    for (uint32_t i = 1; i < elf->header.e_shnum; i++) {
        Elf64_Shdr section = elf_file_section(elf, i);
        char note[NOTE_BYTES];
        uint64_t number;
        uint32_t type;

        if (find_record(elf, &section, &number, &type)) {
            snprintf(note, sizeof(note),
                     "stock Xen refuses it: %s[%llu] has type %u",
                     elf_file_section_name(elf, &section),
                     (unsigned long long)number, type);
            refuse(course, -EOPNOTSUPP, note);
            return;
        }
    }
}

static bool is_kept(const struct elf_file *elf, const Elf64_Sym *symbol,
                    const char *name)
{
    return name[0] && strncmp(name, ".L", 2) &&
           is_loaded(elf, symbol->st_shndx) &&
           ELF64_ST_BIND(symbol->st_info) == STB_LOCAL &&
           ELF64_ST_TYPE(symbol->st_info) != STT_SECTION;
}

/* Where an entry's new function is. */
struct replacement {
    uint64_t value;
    uint32_t section;
};

static int compare(const void *a, const void *b)
{
    const struct replacement *one = a;
    const struct replacement *other = b;

    if (one->section != other->section) {
        return one->section < other->section ? -1 : 1;
    }
    return (one->value > other->value) - (one->value < other->value);
}

/* Those of all entries, in order, *nr of them; NULL: no memory. */
static struct replacement *read_replacements(const struct elf_file *elf,
                                             uint32_t *nr)
{
    uint32_t nr_funcs = payload_nr_funcs(elf);
    struct replacement *all = calloc((size_t)nr_funcs + 1, sizeof(*all));

    *nr = 0;
    for (uint32_t i = 0; all && i < nr_funcs; i++) {
        struct payload_pointer by = payload_func_at(elf, i).replacement;

        if (by.kind == POINTER_INSIDE) {
            all[(*nr)++] = (struct replacement){by.value, by.section};
        }
    }
    if (all) {
        qsort(all, *nr, sizeof(*all), compare);
    }
    return all;
}

/* Stock Xen keeps local symbols too, and no two may have one name; but for
 * those of new functions. */
static int tell_clash(const struct elf_file *elf, const struct loader *loader,
                      stock_refuse *refuse, struct course *course)
{
    uint32_t nr;
    struct replacement *all = read_replacements(elf, &nr);
    char note[NOTE_BYTES] = "";

    if (!all) {
        return -ENOMEM;
    }
    for (uint32_t i = 1; i < elf->nr_symbols && !note[0]; i++) {
        Elf64_Sym symbol = elf_file_symbol(elf, i);
        const char *name = elf_file_symbol_name(elf, &symbol);
        struct replacement at = {symbol.st_value, symbol.st_shndx};

        if (is_kept(elf, &symbol, name) &&
            !bsearch(&at, all, nr, sizeof(*all), compare) &&
            loader_find(loader, name)) {
            snprintf(note, sizeof(note),
                     "stock Xen refuses it: its local symbol '%s' has "
                     "the name of one of the hypervisor's",
                     name);
            refuse(course, -EEXIST, note);
        }
    }
    free(all);
    return 0;
}

int stock_tell_refused(const struct elf_file *elf, const struct loader *loader,
                       stock_refuse *refuse, struct course *course)
{
    tell_relocations(elf, refuse, course);
    return tell_clash(elf, loader, refuse, course);
}
