// SPDX-License-Identifier: GPL-2.0
/*
 * Who an inter-processor interrupt is for: by destination, model and shorthand.
 */
#include "unit.h"
#include <asm/icr.h>

#define LOGICAL 0x800
#define FLAT (~0u)
#define CLUSTER 0x0fffffffu
#define SENDER 1

/* Eight CPUs: flat bits 0 to 7; clusters 0 and 1 of four each. */
static struct icr_cpu flat[8], clustered[8];

static int set_up(void **state)
{
    (void)state;
    for (unsigned int i = 0; i < 8; i++) {
        flat[i] = (struct icr_cpu){i * 2, 1u << (24 + i), FLAT};
        clustered[i] = (struct icr_cpu){
            i * 2, (i / 4) << 28 | 1u << (24 + i % 4), CLUSTER};
    }
    return 0;
}

struct row {
    uint32_t low, to;
    unsigned int wanted; /* bit mask of CPUs */
};

static void check(const struct icr_cpu *cpus, const struct row *rows,
                  unsigned int nr)
{
    for (unsigned int i = 0; i < nr; i++) {
        const struct icr_command command = {
            .low = rows[i].low,
            .high = rows[i].to << 24 | 0xabcdef,
            .sender = SENDER,
        };
        cpumask_t targets;
        unsigned int found = 0, cpu;

        icr_find_targets(&command, cpus, 8, &targets);
        for_each_cpu (cpu, &targets) {
            found |= 1u << cpu;
        }
        print_message("low %#x to %#x\n", rows[i].low, rows[i].to);
        assert_int_equal(found, rows[i].wanted);
    }
}

#define CHECK(cpus, rows) check(cpus, rows, sizeof(rows) / sizeof(rows[0]))

static void physical_destination_is_an_id(void **state)
{
    static const struct row rows[] = {
        {0, 0, 0x01},   {0, 2, 0x02},    {0, 14, 0x80},
        {0, 1, 0x00},   {0, 15, 0x00},   {0, 16, 0x00},
        {0, 254, 0x00}, {0, 0xff, 0xff}, {0x4500, 6, 0x08},
    };

    (void)state;
    CHECK(flat, rows);
    CHECK(clustered, rows);
}

static void flat_destination_is_a_set(void **state)
{
    static const struct row rows[] = {
        {LOGICAL, 0x00, 0x00}, {LOGICAL, 0x01, 0x01}, {LOGICAL, 0x80, 0x80},
        {LOGICAL, 0xa5, 0xa5}, {LOGICAL, 0xff, 0xff},
    };

    (void)state;
    CHECK(flat, rows);
}

static void cluster_destination_is_a_set_in_one_cluster(void **state)
{
    static const struct row rows[] = {
        {LOGICAL, 0x01, 0x01}, {LOGICAL, 0x0f, 0x0f}, {LOGICAL, 0x11, 0x10},
        {LOGICAL, 0x1f, 0xf0}, {LOGICAL, 0x1a, 0xa0}, {LOGICAL, 0x10, 0x00},
        {LOGICAL, 0x21, 0x00}, {LOGICAL, 0x2f, 0x00}, {LOGICAL, 0x00, 0x00},
        {LOGICAL, 0xff, 0xff},
    };

    (void)state;
    CHECK(clustered, rows);
}

static void shorthand_counts_before_the_destination(void **state)
{
    static const struct row rows[] = {
        {1 << 18, 14, 0x02},
        {2 << 18, 14, 0xff},
        {3 << 18, 14, 0xfd},
        {1 << 18 | LOGICAL, 0xff, 0x02},
    };

    (void)state;
    CHECK(flat, rows);
    CHECK(clustered, rows);
}

static void registers_after_a_reset_match_nobody_logically(void **state)
{
    static const struct row rows[] = {{LOGICAL, 0x01, 0}, {LOGICAL, 0xfe, 0}};

    (void)state;
    for (unsigned int i = 0; i < 8; i++) {
        flat[i].ldr = 0;
    }
    CHECK(flat, rows);
}

static void fields_are_read(void **state)
{
    (void)state;
    assert_int_equal(icr_mode(0x4608), ICR_MODE_STARTUP);
    assert_int_equal(icr_mode(0xf00), 7);
    assert_int_equal(icr_vector(0x4608), 8);
    assert_true(icr_is_deassert(0x8500));
    assert_false(icr_is_deassert(0xc500));
    assert_false(icr_is_deassert(0x8400));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(physical_destination_is_an_id, set_up),
        cmocka_unit_test_setup(flat_destination_is_a_set, set_up),
        cmocka_unit_test_setup(cluster_destination_is_a_set_in_one_cluster,
                               set_up),
        cmocka_unit_test_setup(shorthand_counts_before_the_destination, set_up),
        cmocka_unit_test_setup(registers_after_a_reset_match_nobody_logically,
                               set_up),
        cmocka_unit_test(fields_are_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
