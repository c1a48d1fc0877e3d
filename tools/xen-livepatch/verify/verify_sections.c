/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The ELF file as a whole, then each section by its flags, then the sections
 * that the loader knows by name: a table of what each of them must be.
 */
#include "verify/payload_verify.h"

#include <string.h>

#define PAGE_BYTES 4096U
#define NOBITS_BYTES_MAX (2U * 1024U * 1024U)

struct special_section {
    const char *name;
    bool is_mandatory;
    bool makes_a_patch;   /* one of these must be there */
    uint32_t entry_bytes; /* 0: any size */
    bool is_one_entry;
};

static const struct special_section specials[] = {
    {SECTION_XEN_DEPENDS, .is_mandatory = true},
    {SECTION_DEPENDS, .is_mandatory = true},
    {SECTION_OWN_ID, .is_mandatory = true},
    {SECTION_FUNCS, .makes_a_patch = true, .entry_bytes = FUNC_BYTES},
    {".livepatch.hooks.load", .makes_a_patch = true, .entry_bytes = 8},
    {".livepatch.hooks.unload", .makes_a_patch = true, .entry_bytes = 8},
    {".livepatch.hooks.preapply", .makes_a_patch = true, .entry_bytes = 8,
     .is_one_entry = true},
    {".livepatch.hooks.apply", .makes_a_patch = true, .entry_bytes = 8,
     .is_one_entry = true},
    {".livepatch.hooks.postapply", .makes_a_patch = true, .entry_bytes = 8,
     .is_one_entry = true},
    {".livepatch.hooks.prerevert", .makes_a_patch = true, .entry_bytes = 8,
     .is_one_entry = true},
    {".livepatch.hooks.revert", .makes_a_patch = true, .entry_bytes = 8,
     .is_one_entry = true},
    {".livepatch.hooks.postrevert", .makes_a_patch = true, .entry_bytes = 8,
     .is_one_entry = true},
    {SECTION_METADATA, .is_mandatory = false},
};

#define NR_SPECIALS (sizeof(specials) / sizeof(specials[0]))

static void verify_machine(const Elf64_Ehdr *header,
                           const struct verify_target *target,
                           struct findings *findings)
{
    if (header->e_machine != EM_X86_64 && header->e_machine != EM_AARCH64) {
        findings_add(findings, "EOPNOTSUPP",
                     "machine %u, expected %u (x86-64) or %u (arm64)",
                     header->e_machine, EM_X86_64, EM_AARCH64);
    } else if (target->machine != EM_NONE &&
               header->e_machine != target->machine) {
        findings_add(findings, "EOPNOTSUPP",
                     "machine %u, the hypervisor's is %u", header->e_machine,
                     target->machine);
    }
}

static void verify_kind(const struct elf_file *elf, struct findings *findings)
{
    const Elf64_Ehdr *header = &elf->header;

    if (header->e_version != EV_CURRENT ||
        header->e_ident[EI_VERSION] != EV_CURRENT ||
        header->e_ident[EI_ABIVERSION] != 0) {
        findings_add(findings, "EOPNOTSUPP",
                     "ELF versions %u and %u, ABI version %u, expected 1, 1 "
                     "and 0",
                     header->e_version, header->e_ident[EI_VERSION],
                     header->e_ident[EI_ABIVERSION]);
    }
    if (header->e_ident[EI_OSABI] != ELFOSABI_NONE &&
        header->e_ident[EI_OSABI] != ELFOSABI_FREEBSD) {
        findings_add(findings, "EOPNOTSUPP", "OS ABI %u, expected 0 or 9",
                     header->e_ident[EI_OSABI]);
    }
    if (header->e_type != ET_REL || header->e_phnum) {
        findings_add(findings, "EOPNOTSUPP",
                     "ELF type %u with %u program headers, expected %u "
                     "(relocatable) with none",
                     header->e_type, header->e_phnum, ET_REL);
    }
}

static void verify_flags(const char *name, const Elf64_Shdr *section,
                         struct findings *findings)
{
    uint64_t flags = section->sh_flags;

    if (!(flags & SHF_ALLOC)) {
        return;
    }
    if ((flags & SHF_WRITE) && (flags & SHF_EXECINSTR)) {
        findings_add(findings, "EOPNOTSUPP",
                     "section %s: writable and executable", name);
    }
    if (flags & (SHF_TLS | SHF_COMPRESSED)) {
        findings_add(findings, "EOPNOTSUPP",
                     "section %s: thread-local or compressed", name);
    }
    if (section->sh_addralign > PAGE_BYTES) {
        findings_add(findings, "EOPNOTSUPP",
                     "section %s: aligned to %llu bytes, expected at most %u",
                     name, (unsigned long long)section->sh_addralign,
                     PAGE_BYTES);
    }
}

static void verify_shape(const char *name, const Elf64_Shdr *section,
                         struct findings *findings)
{
    uint64_t alignment = section->sh_addralign;

    if (alignment & (alignment - 1)) {
        findings_add(findings, "EOPNOTSUPP",
                     "section %s: alignment %llu, expected a power of two",
                     name, (unsigned long long)alignment);
    } else if (alignment && section->sh_addr & (alignment - 1)) {
        findings_add(findings, "EINVAL",
                     "section %s: address %#llx not aligned to %llu", name,
                     (unsigned long long)section->sh_addr,
                     (unsigned long long)alignment);
    }
    if (section->sh_type == SHT_NOBITS &&
        (section->sh_flags & (SHF_WRITE | SHF_ALLOC)) &&
        section->sh_size > NOBITS_BYTES_MAX) {
        findings_add(findings, "EINVAL",
                     "section %s: %llu bytes of zeros, expected at most %u",
                     name, (unsigned long long)section->sh_size,
                     NOBITS_BYTES_MAX);
    }
}

/* Names that mean something to others than the loader. */
static const struct refused_name {
    const char *name;
    bool is_prefix;
} refused_names[] = {
#define REFUSED_SECTION(name) {name, false},
#define REFUSED_SECTIONS(prefix) {prefix, true},
#include "common/livepatch/refused_sections.def"
};

static bool is_refused(const char *name)
{
    for (size_t i = 0; i < sizeof(refused_names) / sizeof(refused_names[0]);
         i++) {
        const struct refused_name *refused = &refused_names[i];
        size_t length = strlen(refused->name);

        if (!strncmp(name, refused->name, length) &&
            (refused->is_prefix || !name[length] || name[length] == '.')) {
            return true;
        }
    }
    return false;
}

static bool is_known(const char *name)
{
    for (size_t i = 0; i < NR_SPECIALS; i++) {
        if (!strcmp(name, specials[i].name)) {
            return true;
        }
    }
    return !strcmp(name, ".livepatch.strings");
}

/* What the loader would have to honour, and does not. */
static void verify_honoured(const char *name, const Elf64_Shdr *section,
                            struct findings *findings)
{
    if ((section->sh_flags & SHF_ALLOC) && section->sh_size &&
        !is_known(name) && is_refused(name)) {
        findings_add(findings, "EOPNOTSUPP",
                     "section %s: this hypervisor does not support it", name);
    }
}

/* Data that executes could be changed after it was checked. */
static void verify_data(const char *name, const Elf64_Shdr *section,
                        struct findings *findings)
{
    if (section->sh_flags & SHF_EXECINSTR) {
        findings_add(findings, "EINVAL",
                     "section %s: executable, expected data", name);
    }
}

static void verify_known(const struct elf_file *elf,
                         const struct special_section *special, uint32_t index,
                         struct findings *findings)
{
    Elf64_Shdr section = elf_file_section(elf, index);
    unsigned long long nr_bytes = section.sh_size;

    if (section.sh_type == SHT_NOBITS || !(section.sh_flags & SHF_ALLOC)) {
        findings_add(findings, "EINVAL",
                     "section %s: type %u, flags %#llx, expected loaded bytes",
                     special->name, section.sh_type,
                     (unsigned long long)section.sh_flags);
    }
    if (!nr_bytes) {
        findings_add(findings, "EINVAL", "section %s: empty", special->name);
    } else if (special->is_one_entry && nr_bytes != special->entry_bytes) {
        findings_add(findings, "EINVAL", "section %s: %llu bytes, expected %u",
                     special->name, nr_bytes, special->entry_bytes);
    } else if (special->entry_bytes && nr_bytes % special->entry_bytes) {
        findings_add(findings, "EINVAL",
                     "section %s: %llu bytes, expected a multiple of %u",
                     special->name, nr_bytes, special->entry_bytes);
    }
}

/* Pointers and entries are read in place. */
static void verify_place(const struct elf_file *elf,
                         const struct special_section *special, uint32_t index,
                         struct findings *findings)
{
    uint64_t place = payload_section_offset(elf, index);

    if (special->entry_bytes && place % sizeof(uint64_t)) {
        findings_add(findings, "EINVAL",
                     "section %s: comes to lie %llu bytes behind a multiple of "
                     "%zu",
                     special->name,
                     (unsigned long long)(place % sizeof(uint64_t)),
                     sizeof(uint64_t));
    }
}

static uint32_t count_sections(const struct elf_file *elf, const char *name)
{
    uint32_t nr = 0;

    for (uint32_t i = 1; i < elf->header.e_shnum; i++) {
        Elf64_Shdr section = elf_file_section(elf, i);

        nr += !strcmp(elf_file_section_name(elf, &section), name);
    }
    return nr;
}

static void verify_specials(const struct elf_file *elf,
                            const struct verify_target *target,
                            struct findings *findings)
{
    bool is_patch = false;

    for (size_t i = 0; i < NR_SPECIALS; i++) {
        const struct special_section *special = &specials[i];
        uint32_t nr = count_sections(elf, special->name);

        if (nr > 1) {
            findings_add(findings, "EINVAL", "section %s: there %u times",
                         special->name, nr);
        } else if (nr) {
            verify_known(elf, special, elf_file_find(elf, special->name),
                         findings);
        } else if (special->is_mandatory) {
            findings_add(findings, "EINVAL", "section %s: missing",
                         special->name);
        }
        if (nr == 1 && target->is_ours) {
            Elf64_Shdr section =
                elf_file_section(elf, elf_file_find(elf, special->name));

            verify_data(special->name, &section, findings);
            verify_place(elf, special, elf_file_find(elf, special->name),
                         findings);
        }
        is_patch = is_patch || (nr && special->makes_a_patch);
    }
    if (!is_patch) {
        findings_add(findings, "EINVAL", "neither functions (%s) nor hooks",
                     SECTION_FUNCS);
    }
}

void verify_sections(const struct elf_file *elf,
                     const struct verify_target *target,
                     struct findings *findings)
{
    verify_kind(elf, findings);
    verify_machine(&elf->header, target, findings);
    for (uint32_t i = 1; i < elf->header.e_shnum; i++) {
        Elf64_Shdr section = elf_file_section(elf, i);
        const char *name = elf_file_section_name(elf, &section);

        verify_shape(name, &section, findings);
        verify_flags(name, &section, findings);
        if (target->is_ours) {
            verify_honoured(name, &section, findings);
        }
    }
    verify_specials(elf, target, findings);
}
