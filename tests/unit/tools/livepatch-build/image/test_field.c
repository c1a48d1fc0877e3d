/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The address that a field says, of each kind of relocation: as the linker
 * would fill it in.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <elf.h>

#include "image/field.h"

#define PLACE 0xa0000200f04UL
#define ALL UINT64_MAX
#define PAGE (~0xfffUL)
#define LOW 0xfffUL
#define NOTHING 0UL

static const struct row {
    uint16_t machine;
    uint32_t type;
    uint64_t raw;
    uint64_t value, known;
} rows[] = {
    {EM_X86_64, R_X86_64_64, 0xffff82d040200010, 0xffff82d040200010, ALL},
    {EM_X86_64, R_X86_64_32, 0x40200010, 0x40200010, 0xffffffff},
    {EM_X86_64, R_X86_64_PC32, 0x10, PLACE + 0x10, ALL},
    {EM_X86_64, R_X86_64_PC32, 0xfffffff0, PLACE - 0x10, ALL},
    {EM_X86_64, R_X86_64_PLT32, 0x7fffffff, PLACE + 0x7fffffff, ALL},
    {EM_X86_64, R_X86_64_PC64, (uint64_t)-8, PLACE - 8, ALL},
    {EM_X86_64, R_X86_64_16, 0x1234, 0x1234, 0xffff},
    {EM_X86_64, R_X86_64_8, 0x12, 0x12, 0xff},
    {EM_X86_64, R_X86_64_PC16, 0xfff0, PLACE - 0x10, ALL},
    {EM_X86_64, R_X86_64_PC8, 0x7f, PLACE + 0x7f, ALL},
    {EM_X86_64, R_X86_64_TPOFF32, 0x1234, 0, NOTHING},
    {EM_AARCH64, R_AARCH64_ABS64, 0xa0000200010, 0xa0000200010, ALL},
    {EM_AARCH64, R_AARCH64_PREL32, 0xfffffffc, PLACE - 4, ALL},
    /* bl .+8; bl .-4; b.ne .+8; tbz w0, #0, .-4; ldr x0, .+16 */
    {EM_AARCH64, R_AARCH64_CALL26, 0x94000002, PLACE + 8, ALL},
    {EM_AARCH64, R_AARCH64_CALL26, 0x97ffffff, PLACE - 4, ALL},
    {EM_AARCH64, R_AARCH64_CONDBR19, 0x54000041, PLACE + 8, ALL},
    {EM_AARCH64, R_AARCH64_TSTBR14, 0x3607ffe0, PLACE - 4, ALL},
    {EM_AARCH64, R_AARCH64_LD_PREL_LO19, 0x58000080, PLACE + 16, ALL},
    /* adr x0, .+1; adr x0, .-1; adrp x0, two pages on; one back */
    {EM_AARCH64, R_AARCH64_ADR_PREL_LO21, 0x30000000, PLACE + 1, ALL},
    {EM_AARCH64, R_AARCH64_ADR_PREL_LO21, 0x70ffffe0, PLACE - 1, ALL},
    {EM_AARCH64, R_AARCH64_ADR_PREL_PG_HI21, 0xd0000000, 0xa0000202000, PAGE},
    {EM_AARCH64, R_AARCH64_ADR_PREL_PG_HI21, 0xf0ffffe0, 0xa00001ff000, PAGE},
    /* add x0, x0, #0xffc; ldrb, ldrh, ldr w, ldr x, ldr q at 0xff0 */
    {EM_AARCH64, R_AARCH64_ADD_ABS_LO12_NC, 0x913ff000, 0xffc, LOW},
    {EM_AARCH64, R_AARCH64_LDST8_ABS_LO12_NC, 0x397fc000, 0xff0, LOW},
    {EM_AARCH64, R_AARCH64_LDST16_ABS_LO12_NC, 0x795fe000, 0xff0, LOW},
    {EM_AARCH64, R_AARCH64_LDST32_ABS_LO12_NC, 0xb94ff000, 0xff0, LOW},
    {EM_AARCH64, R_AARCH64_LDST64_ABS_LO12_NC, 0xf947f800, 0xff0, LOW},
    {EM_AARCH64, R_AARCH64_LDST128_ABS_LO12_NC, 0x3dc3fc00, 0xff0, LOW},
};

static void field_of_each_type_says_its_address(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct row *row = &rows[i];
        const struct field field = machine_of(row->machine)->field(row->type);
        unsigned char bytes[sizeof(row->raw)];
        struct field_address says;

        memcpy(bytes, &row->raw, sizeof(bytes));
        says = field_address(field, bytes, PLACE);
        if (says.known != row->known ||
            (says.value & says.known) != row->value) {
            fail_msg("row %zu: %#lx of %#lx", i, says.value, says.known);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(field_of_each_type_says_its_address),
    };

    return cmocka_run_group_tests_name("fields of an image", tests, NULL, NULL);
}
