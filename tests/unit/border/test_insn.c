// SPDX-License-Identifier: GPL-2.0
/*
 * Stores that a kernel may use on its APIC, each cut at every length, and what
 * is no such store. The code lies at the very end of its memory.
 */
#include "unit.h"
#include <stdlib.h>
#include <string.h>
#include <asm/insn.h>

#define VALUE 0x11223344u
#define IMMEDIATE 0x44332211u /* as bytes: 11 22 33 44 */

struct row {
    const char *name;
    uint8_t code[15];
    unsigned int bytes; /* 0: refused */
    uint32_t value;     /* a register's is its number and 0x100 */
};

static const struct row rows[] = {
    {"eax to (rdi)", {0x89, 0x07}, 2, 0x100},
    {"esi, displacement of 32 bits",
     {0x89, 0xb7, 0, 0xd0, 0x5f, 0xff},
     6,
     0x106},
    {"ebx, displacement of 8 bits", {0x89, 0x5f, 0x10}, 3, 0x103},
    {"r8d by REX.R", {0x44, 0x89, 0x07}, 3, 0x108},
    {"r9d by REX.R", {0x44, 0x89, 0x0f}, 3, 0x109},
    {"r15d to (r15)", {0x45, 0x89, 0x3f}, 3, 0x10f},
    {"base r8 by REX.B alone", {0x41, 0x89, 0x38}, 3, 0x107},
    {"SIB", {0x89, 0x04, 0x0f}, 3, 0x100},
    {"SIB without base", {0x89, 0x04, 0x25, 0, 0xe3, 0xe0, 0xfe}, 7, 0x100},
    {"SIB, base, 8 bits", {0x89, 0x44, 0x24, 0x08}, 4, 0x100},
    {"SIB, base, 32 bits", {0x89, 0x84, 0x24, 0, 1, 0, 0}, 7, 0x100},
    {"SIB with base 5 and 8 bits", {0x89, 0x44, 0x25, 0}, 4, 0x100},
    {"relative to RIP", {0x89, 0x15, 0, 1, 0, 0}, 6, 0x102},
    {"immediate", {0xc7, 0x07, 0x11, 0x22, 0x33, 0x44}, 6, IMMEDIATE},
    {"immediate and 32 bits",
     {0xc7, 0x87, 0, 3, 0, 0, 0x11, 0x22, 0x33, 0x44},
     10,
     IMMEDIATE},
    {"immediate and SIB",
     {0xc7, 0x04, 0x25, 0, 3, 0, 0, 0x11, 0x22, 0x33, 0x44},
     11,
     IMMEDIATE},
    {"eax to 64-bit address", {0xa3, 0, 3, 0xe0, 0xfe, 0, 0, 0, 0}, 9, 0x100},
    {"eax to 32-bit address", {0x67, 0xa3, 0, 3, 0xe0, 0xfe}, 6, 0x100},
    {"segment prefix", {0x65, 0x89, 0x07}, 3, 0x100},
    {"SS prefix", {0x36, 0x89, 0x07}, 3, 0x100},
    {"many segment prefixes", {0x3e, 0x2e, 0x26, 0x64, 0x89, 0x07}, 6, 0x100},
    {"address prefix", {0x67, 0x89, 0x07}, 3, 0x100},
    {"longest",
     {0x3e, 0x3e, 0x3e, 0x3e, 0xc7, 0x04, 0x25, 0, 3, 0, 0, 0x11, 0x22, 0x33,
      0x44},
     15,
     IMMEDIATE},

    {"64 bits", {0x48, 0x89, 0x07}, 0, 0},
    {"16 bits", {0x66, 0x89, 0x07}, 0, 0},
    {"a byte", {0x88, 0x07}, 0, 0},
    {"a load", {0x8b, 0x07}, 0, 0},
    {"to a register", {0x89, 0xc7}, 0, 0},
    {"immediate to a register", {0xc7, 0xc7, 1, 2, 3, 4}, 0, 0},
    {"another group", {0xc7, 0x0f, 1, 2, 3, 4}, 0, 0},
    {"XBEGIN", {0xc7, 0xf8, 0, 0, 0, 0}, 0, 0},
    {"LOCK", {0xf0, 0x89, 0x07}, 0, 0},
    {"REP", {0xf3, 0x89, 0x07}, 0, 0},
    {"STOSD", {0xab}, 0, 0},
    {"XCHG", {0x87, 0x07}, 0, 0},
    {"OR", {0x09, 0x07}, 0, 0},
    {"two-byte opcode", {0x0f, 0x89, 0, 0, 0, 0}, 0, 0},
    {"REX before a prefix", {0x40, 0x3e, 0x89, 0x07}, 0, 0},
    {"two REX", {0x40, 0x40, 0x89, 0x07}, 0, 0},
};

static uint64_t regs[16];

/* At the end of a block of its own: reading on is an error. */
static bool decode(const uint8_t *code, unsigned int nr,
                   struct insn_store *store)
{
    uint8_t *copy = malloc(nr ? nr : 1);
    bool done;

    memcpy(copy + (nr ? 0 : 1), code, nr);
    done = insn_decode_store(copy + (nr ? 0 : 1), nr, regs, store);
    free(copy);
    return done;
}

static int set_up(void **state)
{
    (void)state;
    for (unsigned int i = 0; i < 16; i++) {
        regs[i] = 0xffffffff00000100 + i;
    }
    return 0;
}

static void stores_and_other_things(void **state)
{
    (void)state;
    for (unsigned int i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct insn_store store = {.value = VALUE, .bytes = 99};
        const bool done = decode(rows[i].code, sizeof(rows[i].code), &store);

        print_message("%s\n", rows[i].name);
        assert_int_equal(done, rows[i].bytes != 0);
        assert_int_equal(store.bytes, done ? rows[i].bytes : 99);
        assert_int_equal(store.value, done ? rows[i].value : VALUE);
    }
}

static void store_cut_at_any_length_is_refused(void **state)
{
    (void)state;
    for (unsigned int i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        for (unsigned int nr = 0; nr < rows[i].bytes; nr++) {
            struct insn_store store = {.value = VALUE, .bytes = 99};

            print_message("%s, %u bytes\n", rows[i].name, nr);
            assert_false(decode(rows[i].code, nr, &store));
            assert_int_equal(store.bytes, 99);
        }
    }
}

static void any_bytes_are_survived(void **state)
{
    uint32_t random = 1;

    (void)state;
    for (unsigned int i = 0; i < 200000; i++) {
        uint8_t code[INSN_MAX_BYTES];
        struct insn_store store;

        for (unsigned int at = 0; at < sizeof(code); at++) {
            random = random * 1664525 + 1013904223;
            code[at] = random >> 24;
        }
        if (decode(code, random >> 8 & 15, &store)) {
            assert_true(store.bytes >= 2 && store.bytes <= (random >> 8 & 15));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(stores_and_other_things, set_up),
        cmocka_unit_test_setup(store_cut_at_any_length_is_refused, set_up),
        cmocka_unit_test(any_bytes_are_survived),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
