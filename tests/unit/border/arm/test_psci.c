// SPDX-License-Identifier: GPL-2.0
/*
 * What dom0 gets for its calls of the firmware: vCPUs start and stop, pCPUs
 * never, and the firmware is asked for nothing but the end.
 */
#include "unit.h"
#include <setjmp.h>
#include <string.h>
#include <asm/psci.h>

#include "fake_printk.h"

#define NOT_SUPPORTED (-1L)
#define INVALID_PARAMETERS (-2L)
#define ALREADY_ON (-4L)
#define ON_PENDING (-5L)

static struct vcpu vcpus[2] = {{.id = 0, .mpidr = 0},
                               {.id = 1, .mpidr = 0x100}};
static const struct vcpu *kicked;
static jmp_buf end;
static const char *how_it_ends;

struct vcpu *vcpu_of(unsigned int id)
{
    return &vcpus[id];
}

unsigned int nr_vcpus(void)
{
    return 2;
}

/* What is asked stands before the kick is sent. */
void vcpu_kick(const struct vcpu *v)
{
    assert_int_equal(v->start_state, VCPU_ON_PENDING);
    kicked = v;
}

void psci_system_off(void)
{
    how_it_ends = "off";
    longjmp(end, 1);
}

void psci_system_reset(void)
{
    how_it_ends = "reset";
    longjmp(end, 1);
}

static long call(uint64_t function, uint64_t a1, uint64_t a2, uint64_t a3)
{
    struct vcpu *v = &vcpus[0];

    v->x[0] = function;
    v->x[1] = a1;
    v->x[2] = a2;
    v->x[3] = a3;
    assert_true(psci_serve(v));
    return (long)v->x[0];
}

static int set_up(void **state)
{
    (void)state;
    vcpus[0].start_state = VCPU_ON;
    vcpus[0].is_running = true;
    vcpus[1].start_state = VCPU_OFF;
    vcpus[1].is_running = false;
    kicked = NULL;
    how_it_ends = NULL;
    return 0;
}

static void vcpu_that_is_off_is_asked_to_start(void **state)
{
    (void)state;
    assert_int_equal(call(PSCI_CPU_ON | SMC64, 0x100, 0x40080000, 7), 0);
    assert_ptr_equal(kicked, &vcpus[1]);
    assert_int_equal(vcpus[1].start_pc, 0x40080000);
    assert_int_equal(vcpus[1].start_x0, 7);
    assert_false(vcpus[1].is_running);
}

static void vcpu_starts_once(void **state)
{
    (void)state;
    assert_int_equal(call(PSCI_CPU_ON | SMC64, 0x100, 0x1000, 1), 0);
    kicked = NULL;
    assert_int_equal(call(PSCI_CPU_ON | SMC64, 0x100, 0x2000, 2), ON_PENDING);
    vcpus[1].start_state = VCPU_ON_CLAIMED;
    assert_int_equal(call(PSCI_CPU_ON | SMC64, 0x100, 0x2000, 2), ON_PENDING);
    vcpus[1].start_state = VCPU_ON;
    assert_int_equal(call(PSCI_CPU_ON | SMC64, 0x100, 0x2000, 2), ALREADY_ON);
    assert_int_equal(vcpus[1].start_pc, 0x1000);
    assert_null(kicked);
}

static void vcpu_that_is_not_there_is_invalid(void **state)
{
    (void)state;
    assert_int_equal(call(PSCI_CPU_ON | SMC64, 0x101, 0x1000, 1),
                     INVALID_PARAMETERS);
    assert_int_equal(call(PSCI_AFFINITY_INFO, 0x101, 0, 0), INVALID_PARAMETERS);
    assert_int_equal(call(PSCI_AFFINITY_INFO, 0x100, 1, 0), INVALID_PARAMETERS);
    assert_null(kicked);
}

static void vcpu_turns_itself_off(void **state)
{
    (void)state;
    vcpus[0].x[0] = PSCI_CPU_OFF;
    assert_true(psci_serve(&vcpus[0]));
    assert_false(vcpus[0].is_running);
    assert_int_equal(vcpus[0].start_state, VCPU_OFF);
}

static void what_a_vcpu_is_can_be_asked(void **state)
{
    (void)state;
    assert_int_equal(call(PSCI_AFFINITY_INFO, 0, 0, 0), 0);
    assert_int_equal(call(PSCI_AFFINITY_INFO | SMC64, 0x100, 0, 0), 1);
    vcpus[1].start_state = VCPU_ON_PENDING;
    assert_int_equal(call(PSCI_AFFINITY_INFO, 0x100, 0, 0), 2);
}

static void the_end_is_the_firmware_s(void **state)
{
    (void)state;
    if (setjmp(end) == 0) {
        (void)call(PSCI_SYSTEM_OFF, 0, 0, 0);
    }
    assert_string_equal(how_it_ends, "off");
    if (setjmp(end) == 0) {
        (void)call(PSCI_SYSTEM_RESET, 0, 0, 0);
    }
    assert_string_equal(how_it_ends, "reset");
}

static void what_is_said_to_be_there_is(void **state)
{
    (void)state;
    assert_int_equal(call(PSCI_VERSION, 0, 0, 0), 0x10000);
    for (uint32_t f = PSCI_VERSION; f < PSCI_VERSION + 0x20; f++) {
        const bool is_there = call(PSCI_FEATURES, f, 0, 0) == 0;

        if (f == PSCI_SYSTEM_OFF || f == PSCI_SYSTEM_RESET ||
            f == PSCI_CPU_OFF) {
            assert_true(is_there);
        } else if (is_there) {
            assert_int_not_equal(call(f, 0, 0, 0), NOT_SUPPORTED);
        }
    }
    assert_int_equal(call(PSCI_FEATURES, 0x84000020, 0, 0), NOT_SUPPORTED);
}

static void what_is_not_known_is_not_passed_on(void **state)
{
    (void)state;
    assert_int_equal(call(0x84000012, 0, 0, 0), NOT_SUPPORTED);
    assert_int_equal(call(0x82000001, 1, 2, 3), NOT_SUPPORTED);
    assert_int_equal(call(~0UL, 1, 2, 3), NOT_SUPPORTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(vcpu_that_is_off_is_asked_to_start, set_up),
        cmocka_unit_test_setup(vcpu_starts_once, set_up),
        cmocka_unit_test_setup(vcpu_that_is_not_there_is_invalid, set_up),
        cmocka_unit_test_setup(vcpu_turns_itself_off, set_up),
        cmocka_unit_test_setup(what_a_vcpu_is_can_be_asked, set_up),
        cmocka_unit_test_setup(the_end_is_the_firmware_s, set_up),
        cmocka_unit_test_setup(what_is_said_to_be_there_is, set_up),
        cmocka_unit_test_setup(what_is_not_known_is_not_passed_on, set_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
