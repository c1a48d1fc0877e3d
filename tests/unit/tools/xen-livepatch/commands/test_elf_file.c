/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The checked view of an ELF file: what is refused, each with its reason, and
 * that nothing outside of the file is ever read (the sanitizer looks on).
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fake/fake_hypervisor.h"
#include "fake/run_command.h"
#include "lib/elf_file.h"
#include "fake/sample_elf.h"

static struct sample_elf payload;

static int start_sample(void **state)
{
    sample_payload_make(&payload);
    return start_fake(state);
}

static void assert_refused(const char *reason)
{
    char expected[256];
    const struct run *run;

    sample_write(&payload, "bad.livepatch");
    run = run_command("info", "bad.livepatch", NULL);
    snprintf(expected, sizeof(expected), "bad.livepatch: %s", reason);
    assert_contains(run->err, expected);
    assert_string_equal(run->out, "");
    assert_int_equal(run->outcome, 5);
    sample_payload_make(&payload);
}

static void other_class_or_byte_order_is_refused(void **state)
{
    (void)state;
    payload.header.e_ident[EI_CLASS] = ELFCLASS32;
    assert_refused("ELF class 1, byte order 1, expected 2 and 1.\n");
    payload.header.e_ident[EI_DATA] = ELFDATA2MSB;
    assert_refused("ELF class 2, byte order 2, expected 2 and 1.\n");
}

static void section_table_outside_of_the_file_is_refused(void **state)
{
    (void)state;
    payload.header.e_shoff = UINT64_MAX;
    assert_refused("section table: ");
    payload.header.e_shoff = 1U << 20;
    assert_refused("section table: ");
    payload.header.e_shentsize = sizeof(Elf64_Shdr) - 1;
    assert_refused("section table: ");
    payload.header.e_shentsize = UINT16_MAX;
    assert_refused("section table: ");
    payload.header.e_shstrndx = 0;
    assert_refused("section names in section 0 of ");
    payload.header.e_shstrndx = UINT16_MAX;
    assert_refused("section names in section 65535 of ");
}

static void section_outside_of_the_file_is_refused(void **state)
{
    Elf64_Shdr *text;

    (void)state;
    text = &sample_section(&payload, ".text")->header;
    text->sh_offset = sizeof(Elf64_Ehdr) - 1;
    assert_refused("section 4: ");
    text->sh_offset = 1U << 20;
    assert_refused("section 4: ");
    text->sh_offset = UINT64_MAX - 8; /* the sum would wrap */
    assert_refused("section 4: ");
    text->sh_size = UINT64_MAX;
    assert_refused("section 4: ");
    sample_section(&payload, ".bss")->header.sh_offset = 1;
    assert_refused("section 9: ");
}

static void strings_without_nuls_at_both_ends_are_refused(void **state)
{
    (void)state;
    sample_section(&payload, ".strtab")->bytes[0] = 'x';
    assert_refused("section 12: type 3 with ");
    sample_section(&payload, ".strtab")->header.sh_size--;
    assert_refused("section 12: type 3 with ");
    sample_section(&payload, ".strtab")->header.sh_type = SHT_PROGBITS;
    assert_refused("section 12: type 1 with ");
    sample_section(&payload, ".symtab")->header.sh_link = 0;
    assert_refused("names in section 0 of ");
    sample_section(&payload, ".symtab")->header.sh_link = UINT32_MAX;
    assert_refused("names in section 4294967295 of ");
}

static void symbol_table_must_be_one_and_whole(void **state)
{
    (void)state;
    sample_section(&payload, ".symtab")->header.sh_type = SHT_PROGBITS;
    assert_refused("no symbol table.\n");
    sample_section(&payload, ".comment")->header.sh_type = SHT_SYMTAB;
    assert_refused("sections 10 and 11: two symbol tables.\n");
    sample_section(&payload, ".symtab")->header.sh_size--;
    assert_refused("symbol table: 95 bytes in entries of 24 bytes.\n");
    sample_section(&payload, ".symtab")->header.sh_entsize = 0;
    assert_refused("symbol table: 96 bytes in entries of 0 bytes.\n");
    sample_section(&payload, ".symtab")->header.sh_size = 0;
    assert_refused("symbol table: 0 bytes in entries of 24 bytes.\n");
    sample_symbol(&payload, 1)->st_name = UINT32_MAX;
    assert_refused("symbol 1: name at 4294967295 of ");
}

/* Any length from 0 up; the one whole file is the only one that is taken. */
static void every_shorter_file_is_refused(void **state)
{
    static char bytes[32 * 1024];
    size_t nr_bytes;
    struct elf_file elf;
    FILE *null = fopen("/dev/null", "w");
    FILE *file;

    (void)state;
    sample_write(&payload, "whole");
    file = fopen("whole", "r");
    assert_non_null(file);
    nr_bytes = fread(bytes, 1, sizeof(bytes), file);
    fclose(file);
    for (size_t nr = 0; nr <= nr_bytes; nr++) {
        char *copy = malloc(nr ? nr : 1); /* exact, for the sanitizer */
        int rc;

        memcpy(copy, bytes, nr);
        rc = elf_file_open("part", copy, nr, &elf, null);
        assert_int_equal(rc, nr == nr_bytes ? 0 : -EINVAL);
        free(copy);
    }
    fclose(null);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_sample, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(other_class_or_byte_order_is_refused),
        TEST(section_table_outside_of_the_file_is_refused),
        TEST(section_outside_of_the_file_is_refused),
        TEST(strings_without_nuls_at_both_ends_are_refused),
        TEST(symbol_table_must_be_one_and_whole),
        TEST(every_shorter_file_is_refused),
    };

    return cmocka_run_group_tests_name("xen-livepatch ELF files", tests,
                                       enter_scratch_folder,
                                       leave_scratch_folder);
}
