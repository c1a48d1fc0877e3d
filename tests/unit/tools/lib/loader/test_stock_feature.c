/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Stock Xen's mark of an alternative call becomes this project's, in records of
 * x86's alternatives and nowhere else. Objects are the assembler's.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/elf_file.h"
#include "lib/loader/stock.h"

#define ALWAYS 0x7abc
#define MOST_BYTES 8192

#define SECTION(name) ".section " name ",\"a\",@progbits\n"
#define RECORD(feature)                                                        \
    ".long 0x5d005d, 0x5d005d\n.word " #feature "\n.byte 93, 0, 93, 0\n"
/* Where the feature of the n-th record lies. */
#define FEATURE(n) ((n)*14 + 8)

static unsigned char bytes[MOST_BYTES], copy[MOST_BYTES];
static size_t nr_bytes;
static struct elf_file elf;

static void assemble(const char *text)
{
    char path[] = "/tmp/test-stock-feature-XXXXXX";
    const int file = mkstemp(path);
    char command[100];
    FILE *stream;

    assert_true(file >= 0);
    close(file);
    snprintf(command, sizeof(command), "as --64 -o %s -", path);
    stream = popen(command, "w");
    assert_non_null(stream);
    fputs(".globl f\nf: nop\n", stream); /* a symbol table */
    fputs(text, stream);
    assert_int_equal(pclose(stream), 0);
    stream = fopen(path, "r");
    assert_non_null(stream);
    nr_bytes = fread(bytes, 1, sizeof(bytes), stream);
    fclose(stream);
    unlink(path);
    memcpy(copy, bytes, nr_bytes);
    assert_int_equal(elf_file_open(path, bytes, nr_bytes, &elf, stderr), 0);
}

static void expect(const char *section, size_t offset, uint16_t value)
{
    const Elf64_Shdr header =
        elf_file_section(&elf, elf_file_find(&elf, section));
    uint16_t found;

    memcpy(&found, copy + header.sh_offset + offset, sizeof(found));
    assert_int_equal(found, value);
    /* The rest is compared by expect_nothing_else(). */
    memcpy(copy + header.sh_offset + offset, bytes + header.sh_offset + offset,
           sizeof(found));
}

static void expect_nothing_else(void)
{
    assert_memory_equal(copy, bytes, nr_bytes);
}

static void lm_becomes_the_feature_of_all_cpus(void **state)
{
    (void)state;
    assemble(SECTION(".altinstructions") RECORD(93) RECORD(94) RECORD(93));
    stock_turn_features(&elf, ALWAYS, copy);
    expect(".altinstructions", FEATURE(0), ALWAYS);
    expect(".altinstructions", FEATURE(2), ALWAYS);
    expect_nothing_else();
}

static void a_negated_one_stays_negated(void **state)
{
    (void)state;
    assemble(SECTION(".altinstructions") RECORD(0x8000 + 93));
    stock_turn_features(&elf, ALWAYS, copy);
    expect(".altinstructions", FEATURE(0), 0x8000 | ALWAYS);
    expect_nothing_else();
}

static void other_features_stay(void **state)
{
    (void)state;
    assemble(SECTION(".altinstructions") RECORD(92) RECORD(94) RECORD(0)
                 RECORD(0x8000) RECORD(93 + 0x100) RECORD(93 + 0x4000));
    stock_turn_features(&elf, ALWAYS, copy);
    expect_nothing_else();
}

/* The loader refuses the table; what lies there is not looked at. */
static void a_part_of_a_record_stays(void **state)
{
    (void)state;
    assemble(SECTION(".altinstructions")
                 RECORD(93) ".long 1, 1\n.word 93\n.byte 1, 1, 1\n");
    stock_turn_features(&elf, ALWAYS, copy);
    expect(".altinstructions", FEATURE(0), ALWAYS);
    expect_nothing_else();
}

static void other_sections_stay(void **state)
{
    (void)state;
    assemble(SECTION(".altinstr_replacement") RECORD(93)
                 SECTION(".altinstructions2") RECORD(93));
    stock_turn_features(&elf, ALWAYS, copy);
    expect_nothing_else();
}

/* It has no bytes: what lies at its offset is another one's. */
static void a_table_without_bytes_stays(void **state)
{
    (void)state;
    assemble(".section .altinstructions,\"aw\",@nobits\n.zero 42\n" SECTION(
        ".rodata") RECORD(93) RECORD(93) RECORD(93));
    stock_turn_features(&elf, ALWAYS, copy);
    expect_nothing_else();
}

static void arm64_s_records_stay(void **state)
{
    (void)state;
    assemble(SECTION(".altinstructions") RECORD(93));
    elf.header.e_machine = EM_AARCH64;
    stock_turn_features(&elf, ALWAYS, copy);
    expect_nothing_else();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lm_becomes_the_feature_of_all_cpus),
        cmocka_unit_test(a_negated_one_stays_negated),
        cmocka_unit_test(other_features_stay),
        cmocka_unit_test(a_part_of_a_record_stays),
        cmocka_unit_test(other_sections_stay),
        cmocka_unit_test(a_table_without_bytes_stays),
        cmocka_unit_test(arm64_s_records_stay),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
