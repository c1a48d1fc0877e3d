// SPDX-License-Identifier: GPL-2.0
/*
 * The reader of untrusted files: every row of the ABI's errno table that it
 * decides, each made by one edit of a valid file, and every way to cut a file
 * short.
 */
#include "steps.h"

#include <xen/livepatch_arch.h>

static int open_bytes(const void *bytes, size_t size)
{
    struct lp_elf elf;

    memset(&elf, 0x5a, sizeof(elf));
    return lp_elf_open("test", bytes, size, ARCH_LIVEPATCH_ELF_MACHINE, &elf);
}

struct edit_row {
    const char *name;
    int rc;
    const char *says;
    struct file_edit edit[2];
};

#define MAX_U64 0xffffffffffffffffUL

static const struct edit_row refused[] = {
    {"bad_magic_is_einval",
     -EINVAL,
     "starts with 7f 46 4c 46: not an ELF file",
     {EDIT_HEADER(e_ident[1], 'F')}},
    {"elf_version_2_is_eopnotsupp",
     -EOPNOTSUPP,
     "ELF version 2",
     {EDIT_HEADER(e_version, 2)}},
    {"ident_version_0_is_eopnotsupp",
     -EOPNOTSUPP,
     "ELF version",
     {EDIT_HEADER(e_ident[EI_VERSION], 0)}},
    {"abi_version_1_is_eopnotsupp",
     -EOPNOTSUPP,
     "ABI version 1",
     {EDIT_HEADER(e_ident[EI_ABIVERSION], 1)}},
    {"os_abi_linux_is_eopnotsupp",
     -EOPNOTSUPP,
     "e_ident[EI_OSABI] is 3",
     {EDIT_HEADER(e_ident[EI_OSABI], 3)}},
    {"executable_is_eopnotsupp",
     -EOPNOTSUPP,
     "e_type is 2",
     {EDIT_HEADER(e_type, ET_EXEC)}},
    {"program_headers_are_eopnotsupp",
     -EOPNOTSUPP,
     "with 1 program headers",
     {EDIT_HEADER(e_phnum, 1)}},
    {"other_machine_is_eopnotsupp",
     -EOPNOTSUPP,
     "machine 3",
     {EDIT_HEADER(e_machine, EM_386)}},
    {"class_32_is_eopnotsupp",
     -EOPNOTSUPP,
     "class 1",
     {EDIT_HEADER(e_ident[EI_CLASS], ELFCLASS32)}},
    {"big_endian_is_eopnotsupp",
     -EOPNOTSUPP,
     "byte order 2",
     {EDIT_HEADER(e_ident[EI_DATA], ELFDATA2MSB)}},
    {"no_section_names_is_einval",
     -EINVAL,
     "e_shstrndx is 0",
     {EDIT_HEADER(e_shstrndx, 0)}},
    {"1024_sections_are_eopnotsupp",
     -EOPNOTSUPP,
     "1024 sections",
     {EDIT_HEADER(e_shnum, 1024)}},
    {"no_sections_is_einval",
     -EINVAL,
     "of 0 sections",
     {EDIT_HEADER(e_shnum, 0)}},
    {"names_section_past_the_table_is_einval",
     -EINVAL,
     "e_shstrndx is 1000 of",
     {EDIT_HEADER(e_shstrndx, 1000)}},
    {"section_header_of_63_bytes_is_einval",
     -EINVAL,
     "e_shentsize is 63",
     {EDIT_HEADER(e_shentsize, 63)}},
    {"section_header_of_0_bytes_is_einval",
     -EINVAL,
     "e_shentsize is 0",
     {EDIT_HEADER(e_shentsize, 0)}},
    {"section_table_past_the_end_is_einval",
     -EINVAL,
     "section table at",
     {EDIT_HEADER(e_shoff, 0x100000)}},
    {"section_table_at_2_to_64_is_einval",
     -EINVAL,
     "section table at",
     {EDIT_HEADER(e_shoff, MAX_U64 - 63)}},
    {"section_table_that_ends_late_is_einval",
     -EINVAL,
     "section table at",
     {EDIT_HEADER(e_shentsize, 65)}},
    {"section_in_the_elf_header_is_einval",
     -EINVAL,
     "lies in the ELF header",
     {EDIT_SECTION(".text", sh_offset, 63)}},
    {"nobits_section_in_the_elf_header_is_einval",
     -EINVAL,
     "lies in the ELF header",
     {EDIT_SECTION(".bss", sh_offset, 0)}},
    {"section_that_ends_late_is_einval",
     -EINVAL,
     "in a file of",
     {EDIT_SECTION(".text", sh_size, 0x10000)}},
    {"section_past_the_end_is_einval",
     -EINVAL,
     "in a file of",
     {EDIT_SECTION(".text", sh_offset, 0x10000)}},
    {"section_size_that_wraps_is_einval",
     -EINVAL,
     "in a file of",
     {EDIT_SECTION(".text", sh_size, MAX_U64 - 16)}},
    {"section_offset_that_wraps_is_einval",
     -EINVAL,
     "in a file of",
     {EDIT_SECTION(".text", sh_offset, MAX_U64 - 8)}},
    {"alignment_3_is_eopnotsupp",
     -EOPNOTSUPP,
     "alignment 0x3 is no power",
     {EDIT_SECTION(".text", sh_addralign, 3)}},
    {"address_off_its_alignment_is_einval",
     -EINVAL,
     "address 0x8, alignment 0x10",
     {EDIT_SECTION(".text", sh_addr, 8)}},
    {"nobits_over_2_mib_is_einval",
     -EINVAL,
     "0x200001 bytes of NOBITS",
     {EDIT_SECTION(".bss", sh_size, 0x200001)}},
    {"second_symbol_table_is_eopnotsupp",
     -EOPNOTSUPP,
     "sections 1 and 10 are both symbol tables",
     {EDIT_SECTION(".text", sh_type, SHT_SYMTAB)}},
    {"no_symbol_table_is_einval",
     -EINVAL,
     "no symbol table",
     {EDIT_SECTION(".symtab", sh_type, SHT_PROGBITS)}},
    {"symtab_link_past_the_table_is_einval",
     -EINVAL,
     "sh_link is 1000 of",
     {EDIT_SECTION(".symtab", sh_link, 1000)}},
    {"symtab_link_0_is_einval",
     -EINVAL,
     "symbol names: section 0",
     {EDIT_SECTION(".symtab", sh_link, 0)}},
    {"symtab_link_to_another_type_is_einval",
     -EINVAL,
     "expected 3",
     {EDIT_SECTION(".symtab", sh_link, 1)}},
    {"empty_symbol_table_is_einval",
     -EINVAL,
     "symbol table: 0 bytes",
     {EDIT_SECTION(".symtab", sh_size, 0)}},
    {"symbols_of_23_bytes_are_einval",
     -EINVAL,
     "in entries of 0x17",
     {EDIT_SECTION(".symtab", sh_entsize, 23)}},
    {"symbols_of_0_bytes_are_einval",
     -EINVAL,
     "in entries of 0 ",
     {EDIT_SECTION(".symtab", sh_entsize, 0)}},
    {"symbol_table_of_a_part_entry_is_einval",
     -EINVAL,
     "in entries of 0x18",
     {EDIT_SECTION(".symtab", sh_size, 25)}},
    {"section_names_of_another_type_are_einval",
     -EINVAL,
     "section names: section",
     {EDIT_SECTION(".shstrtab", sh_type, 1)}},
    {"empty_section_names_are_einval",
     -EINVAL,
     "must begin and end with NUL",
     {EDIT_SECTION(".shstrtab", sh_size, 0)}},
    {"section_names_without_last_nul_are_einval",
     -EINVAL,
     "must begin and end with NUL",
     {EDIT_SECTION(".shstrtab", sh_size, 3)}},
    {"section_names_without_first_nul_are_einval",
     -EINVAL,
     "must begin and end with NUL",
     {EDIT_CONTENT(".shstrtab", 0, 1, 'x')}},
    {"symbol_names_without_first_nul_are_einval",
     -EINVAL,
     "must begin and end with NUL",
     {EDIT_CONTENT(".strtab", 0, 1, 'x')}},
    {"empty_symbol_names_are_einval",
     -EINVAL,
     "symbol names: section",
     {EDIT_SECTION(".strtab", sh_size, 0)}},
    {"symbol_names_as_nobits_are_einval",
     -EINVAL,
     "has type 8",
     {EDIT_SECTION(".strtab", sh_type, SHT_NOBITS)}},
    {"section_name_past_its_table_is_einval",
     -EINVAL,
     "name at 0x10000 of",
     {EDIT_SECTION(".text", sh_name, 0x10000)}},
    {"symbol_name_past_its_table_is_einval",
     -EINVAL,
     "symbol 1: name at 0x10000 of",
     {EDIT_CONTENT(".symtab", sizeof(Elf_Sym), 4, 0x10000)}},
};

static struct payload_file make_file(void)
{
    struct payload_description what = payload_simple;

    what.has_data = true;
    return payload_make(&what);
}

static void apply_edits(const struct payload_file *file,
                        const struct edit_row *row)
{
    for (unsigned int i = 0; i < 2 && row->edit[i].bytes; i++) {
        file_edit(file, &row->edit[i]);
    }
}

static void file_is_refused(void **state)
{
    const struct edit_row *row = *state;
    struct payload_file file = make_file();

    apply_edits(&file, row);
    assert_int_equal(open_bytes(file.bytes, file.size), row->rc);
    assert_logged(row->says);
    assert_logged("livepatch: test: ");
    assert_int_equal(host_log_errors(), 1);
    payload_file_free(&file);
}

static const struct edit_row accepted[] = {
    {"valid_file_opens", 0, NULL, {{0}}},
    {"freebsd_abi_opens", 0, NULL, {EDIT_HEADER(e_ident[EI_OSABI], 9)}},
    {"alignment_0_means_none",
     0,
     NULL,
     {EDIT_SECTION(".text", sh_addralign, 0)}},
    {"nobits_of_2_mib_opens",
     0,
     NULL,
     {EDIT_SECTION(".bss", sh_size, 0x200000)}},
    {"nobits_offset_may_be_anywhere",
     0,
     NULL,
     {EDIT_SECTION(".bss", sh_offset, MAX_U64)}},
    {"nobits_that_is_not_loaded_may_be_large",
     0,
     NULL,
     {EDIT_SECTION(".bss", sh_size, MAX_U64),
      EDIT_SECTION(".bss", sh_flags, 0)}},
    {"section_at_the_end_of_the_file_may_be_empty",
     0,
     NULL,
     {EDIT_SECTION(".text", sh_size, 0)}},
};

static void file_is_accepted(void **state)
{
    struct payload_file file = make_file();

    apply_edits(&file, *state);
    assert_int_equal(open_bytes(file.bytes, file.size), 0);
    payload_file_free(&file);
}

static void every_truncation_is_einval(void **state)
{
    struct payload_file file = make_file();

    (void)state;
    for (size_t size = 0; size < file.size; size++) {
        uint8_t *cut = malloc(size ? size : 1);

        memcpy(cut, file.bytes, size);
        assert_int_equal(open_bytes(cut, size), -EINVAL);
        free(cut);
    }
    payload_file_free(&file);
}

static void failure_leaves_the_view_untouched(void **state)
{
    struct payload_file file = make_file();
    struct lp_elf elf, before;

    (void)state;
    memset(&elf, 0x5a, sizeof(elf));
    before = elf;
    assert_int_equal(lp_elf_open("test", file.bytes, file.size - 1,
                                 ARCH_LIVEPATCH_ELF_MACHINE, &elf),
                     -EINVAL);
    assert_memory_equal(&elf, &before, sizeof(elf));
    payload_file_free(&file);
}

/* Moves the whole file by one byte: no table stands at a natural address. */
static void unaligned_file_opens(void **state)
{
    struct payload_file file = make_file();
    uint8_t *moved = malloc(file.size + 1);
    struct lp_elf elf;

    (void)state;
    memcpy(moved + 1, file.bytes, file.size);
    assert_int_equal(lp_elf_open("test", moved + 1, file.size,
                                 ARCH_LIVEPATCH_ELF_MACHINE, &elf),
                     0);
    assert_int_equal(lp_elf_section(&elf, elf.symtab).sh_type, SHT_SYMTAB);
    assert_int_equal(lp_elf_symbol(&elf, 1).st_shndx, 1);
    free(moved);
    payload_file_free(&file);
}

static void unaligned_tables_open(void **state)
{
    struct payload_file file = make_file();
    struct payload_file moved = {malloc(file.size + 1), file.size + 1};
    const uint64_t table = file_header(&file)->e_shoff;
    struct lp_elf elf;
    Elf_Ehdr header;

    (void)state;
    memcpy(moved.bytes, file.bytes, table);
    moved.bytes[table] = 0;
    memcpy(moved.bytes + table + 1, file.bytes + table, file.size - table);
    header = *file_header(&file);
    header.e_shoff = table + 1;
    memcpy(moved.bytes, &header, sizeof(header));
    assert_int_equal(lp_elf_open("test", moved.bytes, moved.size,
                                 ARCH_LIVEPATCH_ELF_MACHINE, &elf),
                     0);
    assert_string_equal(lp_elf_section_name(&elf, &(Elf_Shdr){0}), "");
    payload_file_free(&moved);
    payload_file_free(&file);
}

static void names_section_at_the_table_s_end_is_einval(void **state)
{
    struct payload_file file = make_file();

    (void)state;
    file_header(&file)->e_shstrndx = file_header(&file)->e_shnum;
    assert_int_equal(open_bytes(file.bytes, file.size), -EINVAL);
    payload_file_free(&file);
}

static void last_name_byte_is_the_highest_offset(void **state)
{
    struct payload_file file = make_file();
    Elf_Shdr *text = file_named_section(&file, ".text");
    const uint64_t bytes = file_named_section(&file, ".shstrtab")->sh_size;

    (void)state;
    text->sh_name = bytes - 1;
    assert_int_equal(open_bytes(file.bytes, file.size), 0);
    text->sh_name = bytes;
    assert_int_equal(open_bytes(file.bytes, file.size), -EINVAL);
    payload_file_free(&file);
}

/* Section 0 is nobody's: what it says must not be used, not even as a
 * pointer that is thrown away. */
static void wild_section_0_is_ignored(void **state)
{
    struct payload_file file = make_file();

    (void)state;
    memset(file_section(&file, 0), 0xff, sizeof(Elf_Shdr));
    assert_int_equal(open_bytes(file.bytes, file.size), 0);
    file_named_section(&file, ".symtab")->sh_link = 0;
    assert_int_equal(open_bytes(file.bytes, file.size), -EINVAL);
    payload_file_free(&file);
}

static void section_headers_may_be_longer(void **state)
{
    struct payload_file file = make_file();
    const Elf_Ehdr old = *file_header(&file);
    const size_t size = old.e_shoff + old.e_shnum * 72;
    uint8_t *wide = calloc(1, size);
    Elf_Ehdr header = old;
    struct lp_elf elf;

    (void)state;
    memcpy(wide, file.bytes, old.e_shoff);
    header.e_shentsize = 72;
    memcpy(wide, &header, sizeof(header));
    for (unsigned int i = 0; i < old.e_shnum; i++) {
        memcpy(wide + old.e_shoff + i * 72, file_section(&file, i),
               sizeof(Elf_Shdr));
    }
    assert_int_equal(
        lp_elf_open("test", wide, size, ARCH_LIVEPATCH_ELF_MACHINE, &elf), 0);
    assert_int_equal(elf.nr_sections, old.e_shnum);
    free(wide);
    payload_file_free(&file);
}

static struct payload_file make_sections(unsigned int nr)
{
    struct payload_builder *builder = payload_start(&payload_simple);

    while (builder_nr_sections(builder) < nr) {
        builder_section(builder, ".more", SHT_PROGBITS, 0, 1, NULL, 0);
    }
    return builder_finish(builder);
}

static void as_many_as_1023_sections_open(void **state)
{
    struct payload_file most = make_sections(1023);
    struct payload_file too_many = make_sections(1024);

    (void)state;
    assert_int_equal(open_bytes(most.bytes, most.size), 0);
    assert_int_equal(open_bytes(too_many.bytes, too_many.size), -EOPNOTSUPP);
    payload_file_free(&most);
    payload_file_free(&too_many);
}

static void input_is_never_written(void **state)
{
    struct payload_file file = make_file();
    uint8_t *copy = malloc(file.size);

    (void)state;
    memcpy(copy, file.bytes, file.size);
    assert_int_equal(open_bytes(file.bytes, file.size), 0);
    assert_memory_equal(copy, file.bytes, file.size);
    free(copy);
    payload_file_free(&file);
}

int main(void)
{
    static struct host_tests tests;

    host_add_rows(&tests, refused, file_is_refused);
    host_add_rows(&tests, accepted, file_is_accepted);
    host_add(&tests, every_truncation_is_einval);
    host_add(&tests, failure_leaves_the_view_untouched);
    host_add(&tests, unaligned_file_opens);
    host_add(&tests, unaligned_tables_open);
    host_add(&tests, names_section_at_the_table_s_end_is_einval);
    host_add(&tests, last_name_byte_is_the_highest_offset);
    host_add(&tests, wild_section_0_is_ignored);
    host_add(&tests, section_headers_may_be_longer);
    host_add(&tests, as_many_as_1023_sections_open);
    host_add(&tests, input_is_never_written);
    return host_run(&tests);
}
