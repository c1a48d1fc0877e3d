/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Every record of every relocation section whose target is loaded. The types of
 * relocations that loaders take are a table for each machine.
 */
#include "verify/payload_verify.h"

#include <string.h>

#include "lib/xen_symbols.h"

/* A hypervisor and its payloads lie within so many bytes. */
#define PAYLOAD_RANGE (1UL << 30)

/* Types first..last, and how many bytes each one writes. */
struct relocation_types {
    uint16_t machine;
    uint32_t first;
    uint32_t last;
    uint32_t nr_bytes;
};

static const struct relocation_types supported[] = {
    {EM_X86_64, R_X86_64_NONE, R_X86_64_NONE, 0},
    {EM_X86_64, R_X86_64_64, R_X86_64_64, 8},
    {EM_X86_64, R_X86_64_PC32, R_X86_64_PC32, 4},
    {EM_X86_64, R_X86_64_PLT32, R_X86_64_PLT32, 4},
    {EM_AARCH64, R_AARCH64_ABS64, R_AARCH64_ABS64, 8},
    {EM_AARCH64, R_AARCH64_ABS32, R_AARCH64_ABS16, 4},
    {EM_AARCH64, R_AARCH64_PREL64, R_AARCH64_PREL64, 8},
    {EM_AARCH64, R_AARCH64_PREL32, R_AARCH64_MOVW_SABS_G2, 4},
    {EM_AARCH64, R_AARCH64_ADR_PREL_LO21, R_AARCH64_CONDBR19, 4},
    {EM_AARCH64, R_AARCH64_JUMP26, R_AARCH64_LDST64_ABS_LO12_NC, 4},
    {EM_AARCH64, R_AARCH64_MOVW_PREL_G0, R_AARCH64_MOVW_PREL_G3, 4},
    {EM_AARCH64, R_AARCH64_LDST128_ABS_LO12_NC, R_AARCH64_LDST128_ABS_LO12_NC,
     4},
};

/* What this project's loader takes beyond that. */
static const struct relocation_types only_ours[] = {
    {EM_X86_64, R_X86_64_GOTPCREL, R_X86_64_GOTPCREL, 4},
    {EM_X86_64, R_X86_64_32, R_X86_64_32S, 4},
    {EM_X86_64, R_X86_64_16, R_X86_64_PC16, 2},
    {EM_X86_64, R_X86_64_8, R_X86_64_PC8, 1},
    {EM_X86_64, R_X86_64_PC64, R_X86_64_PC64, 8},
    {EM_X86_64, R_X86_64_GOTPCRELX, R_X86_64_REX_GOTPCRELX, 4},
};

static const struct relocation_types *
find_in(const struct relocation_types *rows, size_t nr, uint16_t machine,
        uint32_t type)
{
    for (size_t i = 0; i < nr; i++) {
        if (rows[i].machine == machine && type >= rows[i].first &&
            type <= rows[i].last) {
            return &rows[i];
        }
    }
    return NULL;
}

static const struct relocation_types *find_type(uint16_t machine, uint32_t type,
                                                bool is_ours)
{
    const struct relocation_types *row = find_in(
        supported, sizeof(supported) / sizeof(supported[0]), machine, type);

    if (!row && is_ours) {
        row = find_in(only_ours, sizeof(only_ours) / sizeof(only_ours[0]),
                      machine, type);
    }
    return row;
}

static void verify_relocation_symbol(const struct elf_file *elf,
                                     const char *place, uint64_t index,
                                     struct findings *findings)
{
    Elf64_Sym symbol;

    if (!index) {
        findings_add(findings, "EOPNOTSUPP", "%s: no symbol", place);
        return;
    }
    if (index >= elf->nr_symbols) {
        findings_add(findings, "EINVAL", "%s: symbol %llu of %u", place,
                     (unsigned long long)index, elf->nr_symbols);
        return;
    }
    symbol = elf_file_symbol(elf, (uint32_t)index);
    if (symbol.st_shndx && symbol.st_shndx < elf->header.e_shnum &&
        !payload_section_is_loaded(elf, symbol.st_shndx)) {
        findings_add(findings, "EINVAL",
                     "%s: symbol %llu lies in section %u, which is not loaded",
                     place, (unsigned long long)index, symbol.st_shndx);
    }
}

/* Addresses, ends included, of which a symbol has one. */
struct range {
    uint64_t low;
    uint64_t high;
};

/* Where symbol `index` may come to lie; false when nothing is known of it. */
static bool find_range(const struct elf_file *elf,
                       const struct verify_target *target, uint64_t index,
                       struct range *range)
{
    uint64_t start = xen_symbols_start(target->xen);
    Elf64_Sym symbol;
    const char *name;

    if (!index || index >= elf->nr_symbols) {
        return false;
    }
    symbol = elf_file_symbol(elf, (uint32_t)index);
    name = elf_file_symbol_name(elf, &symbol);
    if (payload_section_is_loaded(elf, symbol.st_shndx)) {
        *range = (struct range){start, start + PAYLOAD_RANGE};
        return true;
    }
    if (symbol.st_shndx != SHN_ABS &&
        (symbol.st_shndx != SHN_UNDEF || verify_is_below(target, name) ||
         xen_symbols_find(target->xen, name, &symbol) != SYMBOL_PRESENT)) {
        return false;
    }
    *range = (struct range){symbol.st_value, symbol.st_value};
    return true;
}

/* Both as if signed: the hypervisor's image does not span the wrap. */
static bool is_all_outside(uint64_t low, uint64_t high, int64_t least,
                           int64_t most)
{
    return ((int64_t)low > most && (int64_t)high > most) ||
           ((int64_t)low < least && (int64_t)high < least);
}

/*
 * Whether the value of a field is sure not to fit: for an absolute one,
 * wherever in `range` its symbol lies; for a pc-relative one, wherever in the
 * PAYLOAD_RANGE bytes from `start` on the field itself lies. A field in the
 * payload that points into the payload is not judged: the two move together.
 */
static bool is_out_of_reach(uint32_t type, struct range range, uint64_t start)
{
    uint64_t from_low = range.low - start;
    uint64_t from_high = from_low - PAYLOAD_RANGE;
    bool is_fixed = range.low == range.high;

    switch (type) {
    case R_X86_64_32:
        return range.low > UINT32_MAX && range.high > UINT32_MAX;
    case R_X86_64_32S:
        return is_all_outside(range.low, range.high, INT32_MIN, INT32_MAX);
    case R_X86_64_16:
        return is_all_outside(range.low, range.high, INT16_MIN, UINT16_MAX);
    case R_X86_64_8:
        return is_all_outside(range.low, range.high, INT8_MIN, UINT8_MAX);
    case R_X86_64_PC32:
    case R_X86_64_PLT32:
        return is_fixed &&
               is_all_outside(from_high, from_low, INT32_MIN, INT32_MAX);
    default:
        return false;
    }
}

/* Of the types whose value is a distance, the lowest and the highest. */
static bool is_distance(uint32_t type, int64_t *least, int64_t *most)
{
    switch (type) {
    case R_X86_64_PC32:
    case R_X86_64_PLT32:
        *least = INT32_MIN;
        *most = INT32_MAX;
        return true;
    case R_X86_64_PC16:
        *least = INT16_MIN;
        *most = INT16_MAX;
        return true;
    case R_X86_64_PC8:
        *least = INT8_MIN;
        *most = INT8_MAX;
        return true;
    default:
        return false;
    }
}

/* From one place of the payload to another: that is known exactly. */
static void verify_distance(const struct elf_file *elf, const char *place,
                            const Elf64_Shdr *section,
                            const Elf64_Rela *relocation,
                            struct findings *findings)
{
    uint32_t type = ELF64_R_TYPE(relocation->r_info);
    uint64_t index = ELF64_R_SYM(relocation->r_info);
    int64_t least;
    int64_t most;
    int64_t value;
    Elf64_Sym symbol;

    if (!index || index >= elf->nr_symbols ||
        !is_distance(type, &least, &most)) {
        return;
    }
    symbol = elf_file_symbol(elf, (uint32_t)index);
    if (!payload_section_is_loaded(elf, symbol.st_shndx)) {
        return;
    }
    value = (int64_t)(payload_section_offset(elf, symbol.st_shndx) +
                      symbol.st_value + (uint64_t)relocation->r_addend -
                      payload_section_offset(elf, section->sh_info) -
                      relocation->r_offset);
    if (value < least || value > most) {
        findings_add(findings, "EOVERFLOW",
                     "%s: type %u cannot hold a distance of %lld", place, type,
                     (long long)value);
    }
}

/* The slot lies in the payload: only the addend can lead too far. */
static void verify_slot(const char *place, const Elf64_Rela *relocation,
                        struct findings *findings)
{
    uint32_t type = ELF64_R_TYPE(relocation->r_info);
    int64_t reach = (int64_t)INT32_MAX + (int64_t)PAYLOAD_RANGE;

    if ((type == R_X86_64_GOTPCREL || type == R_X86_64_GOTPCRELX ||
         type == R_X86_64_REX_GOTPCRELX) &&
        (relocation->r_addend > reach || relocation->r_addend < -reach)) {
        findings_add(findings, "EOVERFLOW",
                     "%s: type %u cannot hold an addend of %lld", place, type,
                     (long long)relocation->r_addend);
    }
}

static void verify_reach(const struct elf_file *elf,
                         const struct verify_target *target, const char *place,
                         const Elf64_Rela *relocation,
                         struct findings *findings)
{
    uint32_t type = ELF64_R_TYPE(relocation->r_info);
    struct range range;

    if (!target->xen ||
        !find_range(elf, target, ELF64_R_SYM(relocation->r_info), &range)) {
        return;
    }
    range.low += (uint64_t)relocation->r_addend;
    range.high += (uint64_t)relocation->r_addend;
    if (is_out_of_reach(type, range, xen_symbols_start(target->xen))) {
        findings_add(findings, "EOVERFLOW",
                     "%s: type %u cannot hold %#llx%s, wherever the payload is",
                     place, type, (unsigned long long)range.low,
                     range.low == range.high ? "" : " or more");
    }
}

/* `row` is NULL when the loader does not know the type. */
static void verify_field(const char *place, const Elf64_Rela *relocation,
                         const struct relocation_types *row,
                         uint64_t target_bytes, struct findings *findings)
{
    if (!row) {
        findings_add(findings, "EOPNOTSUPP", "%s: type %u is not supported",
                     place, (uint32_t)ELF64_R_TYPE(relocation->r_info));
    } else if (relocation->r_offset > target_bytes ||
               row->nr_bytes > target_bytes - relocation->r_offset) {
        findings_add(findings, "EINVAL",
                     "%s: %u bytes at %#llx of a section of %#llx", place,
                     row->nr_bytes, (unsigned long long)relocation->r_offset,
                     (unsigned long long)target_bytes);
    }
}

static void verify_records(const struct elf_file *elf,
                           const struct verify_target *target,
                           const Elf64_Shdr *section, struct findings *findings)
{
    const char *name = elf_file_section_name(elf, section);
    const unsigned char *bytes = elf_file_bytes(elf, section);
    uint64_t target_bytes = elf_file_section(elf, section->sh_info).sh_size;

    for (uint64_t i = 0; i < section->sh_size / section->sh_entsize; i++) {
        const struct relocation_types *row;
        Elf64_Rela relocation;
        char place[128];

        memcpy(&relocation, bytes + i * section->sh_entsize,
               sizeof(relocation));
        snprintf(place, sizeof(place), "%s[%llu]", name, (unsigned long long)i);
        verify_relocation_symbol(elf, place, ELF64_R_SYM(relocation.r_info),
                                 findings);
        row = find_type(elf->header.e_machine, ELF64_R_TYPE(relocation.r_info),
                        target->is_ours);
        verify_field(place, &relocation, row, target_bytes, findings);
        if (elf->header.e_machine == EM_X86_64) {
            verify_reach(elf, target, place, &relocation, findings);
            verify_distance(elf, place, section, &relocation, findings);
            verify_slot(place, &relocation, findings);
        }
    }
}

static void verify_relocation_section(const struct elf_file *elf,
                                      const struct verify_target *target,
                                      const Elf64_Shdr *section,
                                      struct findings *findings)
{
    const char *name = elf_file_section_name(elf, section);

    if (section->sh_type == SHT_REL) {
        findings_add(findings, "EOPNOTSUPP",
                     "section %s: relocations without addends (REL)", name);
        return;
    }
    if (section->sh_link != elf->symtab) {
        findings_add(findings, "EINVAL",
                     "section %s: symbols in section %u, expected %u", name,
                     section->sh_link, elf->symtab);
        return;
    }
    if (section->sh_entsize < sizeof(Elf64_Rela) ||
        section->sh_size % section->sh_entsize) {
        findings_add(findings, "EINVAL",
                     "section %s: %llu bytes in entries of %llu", name,
                     (unsigned long long)section->sh_size,
                     (unsigned long long)section->sh_entsize);
        return;
    }
    verify_records(elf, target, section, findings);
}

void verify_links(const struct elf_file *elf,
                  const struct verify_target *target, struct findings *findings)
{
    for (uint32_t i = 1; i < elf->header.e_shnum; i++) {
        Elf64_Shdr section = elf_file_section(elf, i);

        if ((section.sh_type == SHT_RELA || section.sh_type == SHT_REL) &&
            section.sh_size &&
            payload_section_is_loaded(elf, section.sh_info)) {
            verify_relocation_section(elf, target, &section, findings);
        }
    }
}
