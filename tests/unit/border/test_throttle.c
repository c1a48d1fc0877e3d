// SPDX-License-Identifier: GPL-2.0
/*
 * Which of many times something is told of.
 */
#include "unit.h"
#include <xen/throttle.h>

static void first_few_are_told_of_and_then_powers_of_two(void **state)
{
    unsigned long nr_so_far = 0, last = 0;

    (void)state;
    for (unsigned long i = 1; i <= 4096; i++) {
        const unsigned long nr = throttle(&nr_so_far);

        if (i <= 8 || i == 2 * last) {
            assert_int_equal(nr, i);
            last = i;
        } else {
            assert_int_equal(nr, 0);
        }
    }
    assert_int_equal(last, 4096);
    assert_int_equal(nr_so_far, 4096);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_few_are_told_of_and_then_powers_of_two),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
