// SPDX-License-Identifier: GPL-2.0
/*
 * What of dom0's stores to the interrupt controller passes: all that is of its
 * own interrupts, nothing that would disarm the kick.
 */
#include "unit.h"
#include <asm/gic_filter.h>

#define KICK (1u << GIC_KICK)
#define ALL 0xffffffffu

/* Which bits of a register dom0 cannot make 1, and which it cannot make 0. */
struct row {
    const char *name;
    enum gic_frame frame;
    uint32_t offset;
    uint32_t always_0, always_1;
};

static const struct row rows[] = {
    {"group_0_and_affinity_routing_stay_on", GIC_DISTRIBUTOR, 0x000, 0,
     1u << 4 | 1u << 0},
    {"typer_s_neighbours_are_free", GIC_DISTRIBUTOR, 0x008, 0, 0},
    {"shared_interrupts_stay_in_group_1", GIC_DISTRIBUTOR, 0x084, 0, ALL},
    {"the_last_of_them_too", GIC_DISTRIBUTOR, 0x0fc, 0, ALL},
    {"shared_interrupts_are_enabled_freely", GIC_DISTRIBUTOR, 0x104, 0, 0},
    {"they_are_disabled_freely", GIC_DISTRIBUTOR, 0x184, 0, 0},
    {"their_priority_is_free", GIC_DISTRIBUTOR, 0x420, 0, 0},
    {"their_route_is_free", GIC_DISTRIBUTOR, 0x6100, 0, 0},
    {"no_modifier_of_their_group_is_set", GIC_DISTRIBUTOR, 0xd04, ALL, 0},
    {"not_of_the_last_either", GIC_DISTRIBUTOR, 0xd7c, ALL, 0},
    {"a_redistributor_stays_awake", GIC_REDISTRIBUTOR, 0x014, 1u << 1, 0},
    {"its_other_registers_are_free", GIC_REDISTRIBUTOR, 0x070, 0, 0},
    {"the_kick_alone_is_in_group_0", GIC_SGI_FRAME, 0x080, KICK, ~KICK},
    {"anything_may_be_enabled", GIC_SGI_FRAME, 0x100, 0, 0},
    {"the_kick_is_not_disabled", GIC_SGI_FRAME, 0x180, KICK, 0},
    {"it_is_not_made_pending", GIC_SGI_FRAME, 0x200, KICK, 0},
    {"it_is_not_taken_back", GIC_SGI_FRAME, 0x280, KICK, 0},
    {"it_is_not_made_active", GIC_SGI_FRAME, 0x300, KICK, 0},
    {"it_is_not_made_inactive", GIC_SGI_FRAME, 0x380, KICK, 0},
    {"its_priority_stays_the_highest", GIC_SGI_FRAME, 0x40c, 0xff000000, 0},
    {"other_priorities_are_free", GIC_SGI_FRAME, 0x408, 0, 0},
    {"those_behind_it_too", GIC_SGI_FRAME, 0x410, 0, 0},
    {"how_they_trigger_is_free", GIC_SGI_FRAME, 0xc04, 0, 0},
    {"no_modifier_of_a_private_one_is_set", GIC_SGI_FRAME, 0xd00, ALL, 0},
};

static void register_is_judged(void **state)
{
    const struct row *row = *state;

    assert_int_equal(gic_filter_store(row->frame, row->offset, 4, 0),
                     row->always_1);
    assert_int_equal(gic_filter_store(row->frame, row->offset, 4, ALL),
                     ~row->always_0);
}

/* Priorities are bytes: that of the kick is judged, the one beside it is not.
 */
static void a_byte_is_judged_as_that_part_of_its_register(void **state)
{
    (void)state;
    assert_int_equal(gic_filter_store(GIC_SGI_FRAME, 0x081, 1, 0) & 0xff, 0x7f);
    assert_int_equal(gic_filter_store(GIC_SGI_FRAME, 0x081, 1, 0xff) & 0xff,
                     0x7f);
    assert_int_equal(gic_filter_store(GIC_SGI_FRAME, 0x400 + GIC_KICK, 1, 0xa0),
                     0);
    assert_int_equal(
        gic_filter_store(GIC_SGI_FRAME, 0x400 + GIC_KICK - 1, 1, 0xa0), 0xa0);
    assert_int_equal(
        gic_filter_store(GIC_SGI_FRAME, 0x400 + GIC_KICK - 1, 2, 0xa0a0), 0xa0);
}

static void two_registers_at_once_are_judged_each(void **state)
{
    (void)state;
    assert_int_equal(gic_filter_store(GIC_DISTRIBUTOR, 0x080, 8, 0),
                     (uint64_t)ALL << 32);
    assert_int_equal(gic_filter_store(GIC_SGI_FRAME, 0x17c, 8, ~0UL),
                     (uint64_t)(ALL & ~KICK) << 32 | ALL);
}

int main(void)
{
    struct CMUnitTest tests[sizeof(rows) / sizeof(rows[0]) + 2] = {
        cmocka_unit_test(a_byte_is_judged_as_that_part_of_its_register),
        cmocka_unit_test(two_registers_at_once_are_judged_each),
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        tests[2 + i] = (struct CMUnitTest){
            .name = rows[i].name,
            .test_func = register_is_judged,
            .initial_state = (void *)&rows[i],
        };
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
