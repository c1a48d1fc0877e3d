// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of finding the region of an address.
 */
#include "unit.h"
#include <xen/kernel.h>
#include <xen/virtual_region.h>

#include "fake_image.h"

static const char payload_text[32];

static struct virtual_region payload = {
    .text_start = payload_text,
    .text_end = payload_text + sizeof(payload_text),
};

static void own_text_is_a_region_without_registration(void **state)
{
    const struct virtual_region *region =
        find_text_region((unsigned long)_stext);

    (void)state;
    assert_non_null(region);
    assert_ptr_equal(region->text_end, _etext);
    assert_null(region->symbols_lookup);
    assert_non_null(find_text_region((unsigned long)_etext - 1));
    assert_null(find_text_region((unsigned long)_etext));
    assert_null(find_text_region((unsigned long)_stext - 1));
}

static void init_text_counts_until_dom0_runs(void **state)
{
    const unsigned long addr = (unsigned long)_sinit;

    (void)state;
    system_state = SYS_STATE_smp_boot;
    assert_non_null(find_text_region(addr));
    system_state = SYS_STATE_active;
    assert_null(find_text_region(addr));
}

static void registered_text_is_found_until_it_is_dropped(void **state)
{
    const unsigned long addr = (unsigned long)payload_text;

    (void)state;
    assert_null(find_text_region(addr));
    register_virtual_region(&payload);
    assert_ptr_equal(find_text_region(addr), &payload);
    assert_ptr_equal(find_text_region(addr + 31), &payload);
    assert_null(find_text_region(addr + 32));
    unregister_virtual_region(&payload);
    assert_null(find_text_region(addr));
}

static unsigned int nr_barriers;

static void count_barrier(void)
{
    assert_null(find_text_region((unsigned long)payload_text));
    nr_barriers++;
}

/* Who has found it may still be looking at it; who comes now may not. */
static void dropping_waits_for_readers_once_nobody_finds_it(void **state)
{
    (void)state;
    fake_rcu_at_barrier(count_barrier);
    register_virtual_region(&payload);
    assert_int_equal(nr_barriers, 0);
    unregister_virtual_region(&payload);
    assert_int_equal(nr_barriers, 1);
    fake_rcu_at_barrier(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(own_text_is_a_region_without_registration),
        cmocka_unit_test(init_text_counts_until_dom0_runs),
        cmocka_unit_test(registered_text_is_found_until_it_is_dropped),
        cmocka_unit_test(dropping_waits_for_readers_once_nobody_finds_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
