/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Sections one after the other behind the ELF header, their table at the end.
 */
#include "fake/sample_elf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fake/run_command.h"

static struct sample_section *add(struct sample_elf *elf, const char *name,
                                  uint32_t type, uint64_t flags)
{
    struct sample_section *section = &elf->sections[elf->nr_sections++];

    assert_true(elf->nr_sections <= SAMPLE_SECTIONS_MAX);
    section->name = name;
    section->header.sh_type = type;
    section->header.sh_flags = flags;
    section->header.sh_addralign = 1;
    return section;
}

static void append(struct sample_section *section, const void *bytes,
                   size_t nr_bytes)
{
    assert_true(section->header.sh_size + nr_bytes <= sizeof(section->bytes));
    memcpy(section->bytes + section->header.sh_size, bytes, nr_bytes);
    section->header.sh_size += nr_bytes;
}

/* A GNU build-id note whose id counts up from `first`. */
static void add_note(struct sample_elf *elf, const char *name, uint32_t type,
                     unsigned char first)
{
    struct sample_section *section = add(elf, name, type, SHF_ALLOC);
    const Elf64_Nhdr note = {4, 20, NT_GNU_BUILD_ID};
    unsigned char id[20];

    for (size_t i = 0; i < sizeof(id); i++) {
        id[i] = (unsigned char)(first + i);
    }
    append(section, &note, sizeof(note));
    append(section, "GNU", 4);
    append(section, id, sizeof(id));
}

static void add_bound_symbol(struct sample_elf *elf, const char *name,
                             unsigned char binding, unsigned char type,
                             uint16_t section)
{
    struct sample_section *strings = sample_section(elf, ".strtab");
    Elf64_Sym symbol = {
        .st_info = ELF64_ST_INFO(binding, type),
        .st_shndx = section,
        .st_size = 9,
    };

    if (*name) {
        symbol.st_name = (uint32_t)strings->header.sh_size;
        append(strings, name, strlen(name) + 1);
    }
    append(sample_section(elf, ".symtab"), &symbol, sizeof(symbol));
}

/* A symbol and its name; "" for a section's symbol. */
static void add_symbol(struct sample_elf *elf, const char *name,
                       unsigned char type, uint16_t section)
{
    add_bound_symbol(elf, name, STB_GLOBAL, type, section);
}

void sample_add_symbol(struct sample_elf *elf, const char *name,
                       unsigned char binding, const char *section,
                       uint64_t value)
{
    struct sample_section *symtab = sample_section(elf, ".symtab");

    add_bound_symbol(elf, name, binding, STT_FUNC,
                     (uint16_t)sample_index(elf, section));
    ((Elf64_Sym *)(void *)(symtab->bytes + symtab->header.sh_size))[-1]
        .st_value = value;
}

static void add_tables(struct sample_elf *elf)
{
    struct sample_section *symtab = add(elf, ".symtab", SHT_SYMTAB, 0);

    symtab->header.sh_entsize = sizeof(Elf64_Sym);
    symtab->header.sh_link = elf->nr_sections;
    append(add(elf, ".strtab", SHT_STRTAB, 0), "", 1);
    append(add(elf, ".shstrtab", SHT_STRTAB, 0), "", 1);
    elf->header.e_shstrndx = (uint16_t)(elf->nr_sections - 1);
    add_symbol(elf, "", STT_NOTYPE, SHN_UNDEF);
}

static void add_relocation(struct sample_section *section, uint64_t offset,
                           uint64_t symbol, uint32_t type)
{
    Elf64_Rela relocation = {offset, ELF64_R_INFO(symbol, type), 0};

    append(section, &relocation, sizeof(relocation));
}

static struct sample_section *
add_relocations(struct sample_elf *elf, const char *name, const char *target)
{
    struct sample_section *section = add(elf, name, SHT_RELA, SHF_INFO_LINK);

    section->header.sh_entsize = sizeof(Elf64_Rela);
    section->header.sh_info = sample_index(elf, target);
    return section;
}

static void start(struct sample_elf *elf, uint16_t type)
{
    memset(elf, 0, sizeof(*elf));
    memcpy(elf->header.e_ident, ELFMAG, SELFMAG);
    elf->header.e_ident[EI_CLASS] = ELFCLASS64;
    elf->header.e_ident[EI_DATA] = ELFDATA2LSB;
    elf->header.e_ident[EI_VERSION] = EV_CURRENT;
    elf->header.e_type = type;
    elf->header.e_machine = EM_X86_64;
    elf->header.e_version = EV_CURRENT;
    elf->header.e_ehsize = sizeof(Elf64_Ehdr);
    elf->header.e_shentsize = sizeof(Elf64_Shdr);
    add(elf, "", SHT_NULL, 0);
}

static void add_func(struct sample_elf *elf)
{
    struct sample_section *section =
        add(elf, ".livepatch.funcs", SHT_PROGBITS, SHF_ALLOC);
    const uint32_t new_size = 9;
    const uint32_t old_size = 16;
    unsigned char func[104] = {[32] = 2};

    memcpy(func + 24, &new_size, 4);
    memcpy(func + 28, &old_size, 4);
    section->header.sh_addralign = 8;
    append(section, func, sizeof(func));
}

void sample_payload_make(struct sample_elf *elf)
{
    static const unsigned char zeros[16];
    struct sample_section *section;

    start(elf, ET_REL);
    add_note(elf, ".note.gnu.build-id", SHT_NOTE, 0xa1);
    add_note(elf, ".livepatch.depends", SHT_PROGBITS, 1);
    add_note(elf, ".livepatch.xen_depends", SHT_PROGBITS, 1);
    section = add(elf, ".text", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR);
    append(section, zeros, 16);
    section = add(elf, ".rodata.str1.1", SHT_PROGBITS, SHF_ALLOC);
    append(section, "xen_extra_version", 18);
    add_func(elf);
    section =
        add(elf, ".livepatch.hooks.load", SHT_PROGBITS, SHF_ALLOC | SHF_WRITE);
    append(section, zeros, 8);
    section = add(elf, ".modinfo", SHT_PROGBITS, SHF_ALLOC);
    append(section, "author=me\0b=2", 14);
    section = add(elf, ".bss", SHT_NOBITS, SHF_ALLOC | SHF_WRITE);
    section->header.sh_size = 64;
    section = add(elf, ".comment", SHT_PROGBITS, 0);
    append(section, "not loaded", 11);
    add_tables(elf);
    add_symbol(elf, "", STT_SECTION,
               (uint16_t)sample_index(elf, ".rodata.str1.1"));
    add_symbol(elf, "new_extra_version", STT_FUNC,
               (uint16_t)sample_index(elf, ".text"));
    add_symbol(elf, "printk", STT_NOTYPE, SHN_UNDEF);
    section = add_relocations(elf, ".rela.livepatch.funcs", ".livepatch.funcs");
    add_relocation(section, 0, SAMPLE_STRINGS, R_X86_64_64);
    add_relocation(section, 8, SAMPLE_NEW_FUNCTION, R_X86_64_64);
    section = add_relocations(elf, ".rela.text", ".text");
    add_relocation(section, 4, SAMPLE_PRINTK, R_X86_64_PLT32);
    section = add_relocations(elf, ".rela.livepatch.hooks.load",
                              ".livepatch.hooks.load");
    add_relocation(section, 0, SAMPLE_NEW_FUNCTION, R_X86_64_64);
    for (unsigned int i = elf->nr_sections - 3; i < elf->nr_sections; i++) {
        elf->sections[i].header.sh_link = sample_index(elf, ".symtab");
    }
}

void sample_xen_make(struct sample_elf *elf)
{
    static const unsigned char zeros[64];

    start(elf, ET_EXEC);
    append(add(elf, ".text", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR), zeros,
           64);
    append(add(elf, ".init.text", SHT_PROGBITS, SHF_ALLOC | SHF_EXECINSTR),
           zeros, 64);
    add_note(elf, ".note.gnu.build-id", SHT_NOTE, 1);
    add_tables(elf);
    add_symbol(elf, "common/foo.c", STT_FILE, SHN_ABS);
    sample_add_symbol(elf, "hidden", STB_LOCAL, ".text", 0);
    add_symbol(elf, "common/bar.c", STT_FILE, SHN_ABS);
    add_symbol(elf, "xen_extra_version", STT_FUNC,
               (uint16_t)sample_index(elf, ".text"));
    add_symbol(elf, "printk", STT_FUNC, (uint16_t)sample_index(elf, ".text"));
    add_symbol(elf, "start_of_day", STT_FUNC,
               (uint16_t)sample_index(elf, ".init.text"));
    add_symbol(elf, "undefined_here", STT_NOTYPE, SHN_UNDEF);
}

void sample_xen_make_placed(struct sample_elf *elf)
{
    static const struct {
        const char *name, *section;
        uint64_t value;
    } bounds[] = {
        {"_stext", ".text", 0},
        {"_etext", ".text", 64},
        {"__init_begin", ".init.text", 0x1000},
        {"__init_end", ".init.text", 0x1040},
    };
    struct sample_section *symtab;

    sample_xen_make(elf);
    sample_section(elf, ".text")->header.sh_addr = SAMPLE_XEN_START;
    sample_section(elf, ".init.text")->header.sh_addr =
        SAMPLE_XEN_START + 0x1000;
    sample_section(elf, ".note.gnu.build-id")->header.sh_addr =
        SAMPLE_XEN_START + 0x2000;
    symtab = sample_section(elf, ".symtab");
    for (unsigned int i = 1; i < symtab->header.sh_size / sizeof(Elf64_Sym);
         i++) {
        sample_symbol(elf, i)->st_value =
            SAMPLE_XEN_START + (i == SAMPLE_XEN_INIT ? 0x1000 : 0);
    }
    sample_symbol(elf, SAMPLE_XEN_EXTRA_VERSION)->st_value += 16;
    for (size_t i = 0; i < sizeof(bounds) / sizeof(bounds[0]); i++) {
        sample_add_symbol(elf, bounds[i].name, STB_GLOBAL, bounds[i].section,
                          SAMPLE_XEN_START + bounds[i].value);
    }
}

void sample_xen_make_ours(struct sample_elf *elf)
{
    sample_xen_make_placed(elf);
    sample_add_symbol(elf, "_snopatch", STB_GLOBAL, ".text",
                      SAMPLE_XEN_START + 48);
    sample_add_symbol(elf, "_enopatch", STB_GLOBAL, ".text",
                      SAMPLE_XEN_START + 64);
    add_symbol(elf, "common/livepatch/relocate.c", STT_FILE, SHN_ABS);
}

unsigned int sample_index(const struct sample_elf *elf, const char *name)
{
    for (unsigned int i = 0; i < elf->nr_sections; i++) {
        if (!strcmp(elf->sections[i].name, name)) {
            return i;
        }
    }
    fail_msg("no section %s", name);
    return 0;
}

struct sample_section *sample_section(struct sample_elf *elf, const char *name)
{
    return &elf->sections[sample_index(elf, name)];
}

Elf64_Sym *sample_symbol(struct sample_elf *elf, unsigned int index)
{
    return (Elf64_Sym *)(void *)sample_section(elf, ".symtab")->bytes + index;
}

Elf64_Rela *sample_relocation(struct sample_elf *elf, const char *section,
                              unsigned int index)
{
    return (Elf64_Rela *)(void *)sample_section(elf, section)->bytes + index;
}

struct sample_section *sample_add_section(struct sample_elf *elf,
                                          const char *name, uint64_t flags,
                                          size_t nr_bytes)
{
    struct sample_section *section =
        add(elf, name, SHT_PROGBITS, SHF_ALLOC | flags);

    assert_true(nr_bytes <= sizeof(section->bytes));
    section->header.sh_size = nr_bytes;
    section->header.sh_addralign = 4;
    return section;
}

void sample_add_relocations(struct sample_elf *elf, const char *name,
                            const char *target)
{
    add_relocations(elf, name, target)->header.sh_link =
        sample_index(elf, ".symtab");
}

void sample_add_relocation(struct sample_elf *elf, const char *section,
                           uint64_t offset, uint64_t symbol, int64_t addend)
{
    struct sample_section *records = sample_section(elf, section);

    add_relocation(records, offset, symbol, R_X86_64_64);
    ((Elf64_Rela *)(void *)(records->bytes + records->header.sh_size))[-1]
        .r_addend = addend;
}

void sample_rename(struct sample_section *strings, const char *old,
                   const char *name)
{
    unsigned char *at =
        memmem(strings->bytes, strings->header.sh_size, old, strlen(old) + 1);

    assert_non_null(at);
    assert_true(strlen(name) <= strlen(old));
    strcpy((char *)at, name);
}

static struct sample_elf laid_out;
static unsigned char image[64 * 1024];

/* Names into .shstrtab, then an offset for every section. */
static size_t lay_out(void)
{
    struct sample_section *names = sample_section(&laid_out, ".shstrtab");
    size_t end = sizeof(Elf64_Ehdr);

    for (unsigned int i = 1; i < laid_out.nr_sections; i++) {
        const char *name = laid_out.sections[i].name;

        laid_out.sections[i].header.sh_name = (uint32_t)names->header.sh_size;
        append(names, name, strlen(name) + 1);
    }
    for (unsigned int i = 1; i < laid_out.nr_sections; i++) {
        struct sample_section *section = &laid_out.sections[i];

        if (!section->header.sh_offset) {
            section->header.sh_offset = end;
        }
        end += sizeof(section->bytes);
    }
    laid_out.header.e_shnum = (uint16_t)laid_out.nr_sections;
    if (!laid_out.header.e_shoff) {
        laid_out.header.e_shoff = end;
    }
    return end;
}

void sample_write(const struct sample_elf *elf, const char *path)
{
    size_t end;

    laid_out = *elf;
    end = lay_out();
    memset(image, 0, sizeof(image));
    memcpy(image, &laid_out.header, sizeof(Elf64_Ehdr));
    for (unsigned int i = 0; i < laid_out.nr_sections; i++) {
        if (i) {
            memcpy(image + sizeof(Elf64_Ehdr) +
                       (i - 1) * sizeof(laid_out.sections[i].bytes),
                   laid_out.sections[i].bytes,
                   sizeof(laid_out.sections[i].bytes));
        }
        memcpy(image + end, &laid_out.sections[i].header, sizeof(Elf64_Shdr));
        end += sizeof(Elf64_Shdr);
    }
    write_file(path, image, end);
}
