// SPDX-License-Identifier: GPL-2.0
/*
 * What becomes of dom0's writes to its local APIC: every register, every mode.
 */
#include "unit.h"
#include <asm/apic.h>
#include <asm/apic_write.h>

#define MASKED 0x10000u

static const enum apic_action by_mode[8] = {
    APIC_PASS,  APIC_PASS,  APIC_DROP,  APIC_DROP,
    APIC_VCPUS, APIC_VCPUS, APIC_VCPUS, APIC_DROP,
};

static void command_of_each_mode(void **state)
{
    (void)state;
    for (uint32_t mode = 0; mode < 8; mode++) {
        for (uint32_t rest = 0; rest < 0x100000; rest += 0x840f1) {
            const uint32_t value = (rest & ~0x700u) | mode << 8;
            const struct apic_verdict verdict =
                apic_judge_write(APIC_ICR_LOW, value);

            assert_int_equal(verdict.action, by_mode[mode]);
            assert_int_equal(verdict.value, value);
        }
    }
}

/* The pCPU's: fixed interrupts, NMIs, those of the PIC. */
static void local_vector_of_another_mode_passes_masked(void **state)
{
    static const unsigned int vectors[] = {0x2f0, 0x320, 0x330, 0x340,
                                           0x350, 0x360, 0x370, 0x500,
                                           0x510, 0x520, 0x530};

    (void)state;
    for (unsigned int i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
        for (uint32_t mode = 0; mode < 8; mode++) {
            const struct apic_verdict verdict =
                apic_judge_write(vectors[i], mode << 8 | 0x33);
            const bool is_allowed = mode == 0 || mode == 4 || mode == 7;

            assert_int_equal(verdict.action, APIC_PASS);
            assert_int_equal(verdict.value,
                             (mode << 8 | 0x33) | (is_allowed ? 0 : MASKED));
        }
    }
}

static void id_is_never_written(void **state)
{
    (void)state;
    assert_int_equal(apic_judge_write(APIC_ID, 0).action, APIC_DROP);
    assert_int_equal(apic_judge_write(APIC_ID, 0x07000000).action, APIC_DROP);
}

static void all_other_registers_pass_as_they_are(void **state)
{
    static const unsigned int others[] = {
        0x030, 0x080, 0x0b0, 0x0d0, 0x0e0, 0x0f0, 0x280, 0x2e0,
        0x310, 0x380, 0x3e0, 0x400, 0x410, 0x480, 0x4f0, 0x540,
    };

    (void)state;
    for (unsigned int i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        for (uint32_t value = 0; value < 0x800; value += 0xff) {
            const struct apic_verdict verdict =
                apic_judge_write(others[i], value);

            assert_int_equal(verdict.action, APIC_PASS);
            assert_int_equal(verdict.value, value);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(command_of_each_mode),
        cmocka_unit_test(local_vector_of_another_mode_passes_masked),
        cmocka_unit_test(id_is_never_written),
        cmocka_unit_test(all_other_registers_pass_as_they_are),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
