// SPDX-License-Identifier: GPL-2.0
/*
 * ACPI's tables as firmware may leave them: each cut at every length, lengths
 * that lie, none at all. Each machine is read in a process of its own, which
 * says in one line what it found.
 */
#include "unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <asm/acpi.h>
#include <xen/paging.h>

#include "child.h"
#include "fake_printk.h"

#define ROOT 0xe0010
#define LIST 0x100000
#define FADT 0x100100
#define MADT 0x100300
#define CPUS 3
#define MADT_BYTES (44 + CPUS * 8)
#define FADT_BYTES 129
#define MEMORY_BYTES (MADT + MADT_BYTES) /* nothing lies behind the MADT */

#define LOWEST 0x400 /* below are interrupt vectors */

static uint8_t *memory;
static size_t memory_bytes;

const void *boot_map(paddr_t start, size_t bytes)
{
    return start >= LOWEST && start < memory_bytes &&
                   bytes <= memory_bytes - start
               ? memory + start
               : NULL;
}

static void put(uint32_t at, uint64_t value, unsigned int bytes)
{
    memcpy(memory + at, &value, bytes);
}

static void seal(uint32_t at, uint32_t bytes, uint32_t sum_at)
{
    uint8_t sum = 0;

    memory[at + sum_at] = 0;
    for (uint32_t i = 0; i < bytes; i++) {
        sum += memory[at + i];
    }
    memory[at + sum_at] = -sum;
}

static void put_table(uint32_t at, const char *signature, uint32_t bytes)
{
    memcpy(memory + at, signature, 4);
    put(at + 4, bytes, 4);
    seal(at, bytes, 9);
}

static void put_root(void)
{
    memcpy(memory + ROOT, "RSD PTR ", 8);
    memory[ROOT + 15] = 0;
    put(ROOT + 16, LIST, 4);
    seal(ROOT, 20, 8);
}

static int set_up(void **state)
{
    (void)state;
    memory_bytes = MEMORY_BYTES;
    memory = calloc(1, memory_bytes);
    put_root();
    put(LIST + 36, FADT, 4);
    put(LIST + 40, MADT, 4);
    put_table(LIST, "RSDT", 44);
    put(FADT + 76, 0x608, 4);
    put(FADT + 112, 1 << 10, 4);
    memory[FADT + 116] = 1;
    put(FADT + 120, 0xcf9, 4);
    memory[FADT + 128] = 6;
    put_table(FADT, "FACP", FADT_BYTES);
    for (unsigned int i = 0; i < CPUS; i++) {
        put(MADT + 44 + i * 8, 8 << 8 | (i + 5) << 24, 4);
        put(MADT + 44 + i * 8 + 4, 1, 4);
    }
    put_table(MADT, "APIC", MADT_BYTES);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    free(memory);
    return 0;
}

static void read_tables(void)
{
    const struct acpi_cpus *cpus;
    struct acpi_register reset;
    char text[256];
    int at;

    acpi_init();
    cpus = acpi_find_cpus();
    reset = acpi_find_reset();
    at = snprintf(text, sizeof(text),
                  "timer %#x, reset %#x=%u, %u:", acpi_find_pm_timer(),
                  reset.port, reset.value, cpus->nr);
    for (unsigned int i = 0; i < cpus->nr && i < 8; i++) {
        at += snprintf(text + at, sizeof(text) - at, " %u", cpus->apic_id[i]);
    }
    child_end(text);
}

static const char *found(void)
{
    static char text[512];

    run_child(read_tables, text, sizeof(text));
    return text;
}

#define GOOD "timer 0x608, reset 0xcf9=6, 3: 5 6 7"
#define NO_MADT "ACPI: no MADT\n"
#define NO_FADT "ACPI: no FADT\n"
#define NO_ROOT "ACPI: no root pointer\n"

static void good_tables_are_read(void **state)
{
    (void)state;
    assert_string_equal(found(), GOOD);
}

static void root_is_found_at_each_of_its_places(void **state)
{
    static const uint32_t places[] = {0xe0000, 0xfffd0, 0x9fc00, 0x9ffd0};

    (void)state;
    put(0x40e, 0x9fc0, 2);
    memset(memory + ROOT, 0, 36);
    for (unsigned int i = 0; i < 4; i++) {
        memcpy(memory + places[i], "RSD PTR ", 8);
        put(places[i] + 16, LIST, 4);
        seal(places[i], 20, 8);
        assert_string_equal(found(), GOOD);
        memset(memory + places[i], 0, 36);
    }
    memcpy(memory + 0xffff0, "RSD PTR ", 8);
    assert_string_equal(found(), NO_ROOT);
}

static void extended_table_counts_before_the_old_one(void **state)
{
    (void)state;
    put(LIST + 36, FADT, 8);
    put(LIST + 44, MADT, 8);
    put_table(LIST, "XSDT", 52);
    memory[ROOT + 15] = 2;
    put(ROOT + 16, 0xdead0000, 4);
    put(ROOT + 24, LIST, 8);
    seal(ROOT, 20, 8);
    assert_string_equal(found(), GOOD);
    put(LIST + 44, 0xffffffffffffff00, 8);
    put_table(LIST, "XSDT", 52);
    assert_string_equal(found(), NO_MADT);
}

static void wrong_sum_is_no_table(void **state)
{
    (void)state;
    memory[ROOT + 8]++;
    assert_string_equal(found(), NO_ROOT);
    put_root();
    memory[LIST + 9]++;
    assert_string_equal(found(), NO_MADT);
    memory[LIST + 9]--;
    memory[FADT + 9]++;
    assert_string_equal(found(), NO_FADT);
    memory[FADT + 9]--;
    memory[MADT + 9]++;
    assert_string_equal(found(), NO_MADT);
}

static void list_cut_at_any_length_has_what_it_has(void **state)
{
    (void)state;
    for (uint32_t bytes = 10; bytes < 44; bytes++) {
        put_table(LIST, "RSDT", bytes);
        assert_string_equal(found(), NO_MADT);
    }
}

static void cpus_cut_at_any_length_are_those_that_are_whole(void **state)
{
    static const char *const wanted[] = {"0:", "1: 5", "2: 5 6", "3: 5 6 7"};

    (void)state;
    for (uint32_t bytes = 36; bytes <= MADT_BYTES; bytes++) {
        put_table(MADT, "APIC", bytes);
        assert_string_equal(strrchr(found(), ',') + 2,
                            wanted[bytes < 44 ? 0 : (bytes - 44) / 8]);
    }
}

static void table_length_that_lies_is_no_table(void **state)
{
    static const uint32_t lengths[] = {
        0, 1, 35, MADT_BYTES + 1, 0x1000000, 0x1000001, 0x7fffffff, 0xffffffff};

    (void)state;
    for (unsigned int i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        put(MADT + 4, lengths[i], 4);
        assert_string_equal(found(), NO_MADT);
    }
}

static void table_of_16_mib_is_the_longest(void **state)
{
    const uint32_t most = 16 << 20;

    (void)state;
    memory_bytes = MADT + most + 1;
    memory = realloc(memory, memory_bytes);
    assert_non_null(memory);
    memset(memory + MEMORY_BYTES, 0, memory_bytes - MEMORY_BYTES);
    put_table(MADT, "APIC", most);
    assert_string_equal(found(), GOOD);
    put_table(MADT, "APIC", most + 1);
    assert_string_equal(found(), NO_MADT);
}

static void shortest_entry_is_stepped_over(void **state)
{
    (void)state;
    memmove(memory + MADT + 46, memory + MADT + 44, 16);
    put(MADT + 44, 2 << 8 | 0x7f, 2);
    put_table(MADT, "APIC", 44 + 2 + 16);
    assert_string_equal(strrchr(found(), ',') + 2, "2: 5 6");
}

static void cpu_entry_length_that_lies_ends_the_list(void **state)
{
    (void)state;
    for (unsigned int length = 0; length < 256; length++) {
        const bool is_skipped = length >= 2 && length < 8;
        const char *text;

        memory[MADT + 44 + 17] = length;
        seal(MADT, MADT_BYTES, 9);
        text = strrchr(found(), ',') + 2;
        if (length == 8) {
            assert_string_equal(text, "3: 5 6 7");
        } else if (!is_skipped) {
            assert_string_equal(text, "2: 5 6");
        } /* else the bytes behind it are read as entries; they stay inside */
    }
}

static void cpu_entry_that_is_too_short_does_not_count(void **state)
{
    (void)state;
    for (unsigned int length = 2; length < 8; length++) {
        memory[MADT + 45] = length;
        put_table(MADT, "APIC", 44 + length);
        assert_string_equal(strrchr(found(), ',') + 2, "0:");
    }
}

static void only_enabled_cpus_of_xapic_count(void **state)
{
    (void)state;
    put(MADT + 44 + 4, 0, 4);
    memory[MADT + 44 + 8] = 9; /* x2APIC */
    seal(MADT, MADT_BYTES, 9);
    assert_string_equal(strrchr(found(), ',') + 2, "1: 7");
}

static void read_log(void)
{
    acpi_init();
    acpi_find_cpus();
    child_end(fake_log);
}

static const char *log_of_tables(void)
{
    static char text[sizeof(fake_log)];

    run_child(read_log, text, sizeof(text));
    return text;
}

static void x2apic_cpu_is_told_and_no_other_kind(void **state)
{
    (void)state;
    assert_string_equal(log_of_tables(), "");
    memory[MADT + 44 + 8] = 1; /* an IO-APIC */
    seal(MADT, MADT_BYTES, 9);
    assert_string_equal(log_of_tables(), "");
    memory[MADT + 44 + 8] = 9;
    seal(MADT, MADT_BYTES, 9);
    assert_string_equal(log_of_tables(), XENLOG_WARNING
                        "ACPI: x2APIC pCPUs are not supported\n");
}

static void cpus_past_the_most_are_told_and_left_out(void **state)
{
    const uint32_t bytes = 44 + (NR_CPUS + 1) * 8;

    (void)state;
    memory_bytes = MADT + bytes;
    memory = realloc(memory, memory_bytes);
    assert_non_null(memory);
    for (unsigned int i = 0; i <= NR_CPUS; i++) {
        put(MADT + 44 + i * 8, 8 << 8 | (i + 5) << 24, 4);
        put(MADT + 44 + i * 8 + 4, 1, 4);
    }
    put_table(MADT, "APIC", bytes);
    assert_string_equal(strrchr(found(), ',') + 2, "64: 5 6 7 8 9 10 11 12");
    assert_string_equal(log_of_tables(), XENLOG_WARNING
                        "pCPU with APIC id 69 left out: 64 at most\n");
}

static void fadt_cut_at_any_length_lacks_what_it_lacks(void **state)
{
    (void)state;
    for (uint32_t bytes = 36; bytes <= FADT_BYTES; bytes++) {
        char wanted[64];

        put_table(FADT, "FACP", bytes);
        snprintf(wanted, sizeof(wanted), "timer %#x, reset %#x=%u, 3: 5 6 7",
                 bytes >= 80 ? 0x608 : 0, bytes >= 124 ? 0xcf9 : 0,
                 bytes >= 129 ? 6 : 0);
        assert_string_equal(found(), wanted);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(good_tables_are_read),
        TEST(root_is_found_at_each_of_its_places),
        TEST(extended_table_counts_before_the_old_one),
        TEST(wrong_sum_is_no_table),
        TEST(list_cut_at_any_length_has_what_it_has),
        TEST(cpus_cut_at_any_length_are_those_that_are_whole),
        TEST(table_length_that_lies_is_no_table),
        TEST(table_of_16_mib_is_the_longest),
        TEST(shortest_entry_is_stepped_over),
        TEST(cpu_entry_length_that_lies_ends_the_list),
        TEST(cpu_entry_that_is_too_short_does_not_count),
        TEST(only_enabled_cpus_of_xapic_count),
        TEST(x2apic_cpu_is_told_and_no_other_kind),
        TEST(cpus_past_the_most_are_told_and_left_out),
        TEST(fadt_cut_at_any_length_lacks_what_it_lacks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
