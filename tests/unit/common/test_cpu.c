// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of the guard of the map of online pCPUs: many rely on it or one
 * changes it.
 */
#include "unit.h"
#include <pthread.h>
#include <xen/cpu.h>

static void many_rely_on_the_map_at_once(void **state)
{
    (void)state;
    assert_true(get_cpu_maps());
    assert_true(get_cpu_maps());
    put_cpu_maps();
    put_cpu_maps();
}

static void map_changes_only_when_the_last_has_put_it(void **state)
{
    (void)state;
    assert_true(get_cpu_maps());
    assert_true(get_cpu_maps());
    assert_false(cpu_hotplug_begin());
    put_cpu_maps();
    assert_false(cpu_hotplug_begin());
    put_cpu_maps();
    assert_true(cpu_hotplug_begin());
    cpu_hotplug_done();
}

static void nobody_relies_on_a_map_that_changes(void **state)
{
    (void)state;
    assert_true(cpu_hotplug_begin());
    assert_false(get_cpu_maps());
    assert_false(cpu_hotplug_begin());
    cpu_hotplug_done();
    assert_true(get_cpu_maps());
    put_cpu_maps();
}

#define ROUNDS 20000

/* Plain: only the guard keeps the threads apart. */
static unsigned long nr_changes;

static void *change_often(void *arg)
{
    unsigned long *nr = arg;

    for (unsigned int i = 0; i < ROUNDS; i++) {
        if (cpu_hotplug_begin()) {
            nr_changes++;
            (*nr)++;
            cpu_hotplug_done();
        }
    }
    return NULL;
}

static void *rely_often(void *arg)
{
    unsigned long *nr_torn = arg;

    for (unsigned int i = 0; i < ROUNDS; i++) {
        if (get_cpu_maps()) {
            const unsigned long before = nr_changes;

            *nr_torn += *(volatile unsigned long *)&nr_changes != before;
            put_cpu_maps();
        }
    }
    return NULL;
}

static void threads_never_change_what_others_rely_on(void **state)
{
    void *(*const work[4])(void *) = {change_often, rely_often, change_often,
                                      rely_often};
    unsigned long nr[4] = {0};
    pthread_t thread[4];

    (void)state;
    for (unsigned int i = 0; i < 4; i++) {
        assert_int_equal(pthread_create(&thread[i], NULL, work[i], &nr[i]), 0);
    }
    for (unsigned int i = 0; i < 4; i++) {
        assert_int_equal(pthread_join(thread[i], NULL), 0);
    }
    assert_int_equal(nr_changes, nr[0] + nr[2]);
    assert_int_equal(nr[1] + nr[3], 0);
    assert_true(cpu_hotplug_begin());
    cpu_hotplug_done();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many_rely_on_the_map_at_once),
        cmocka_unit_test(map_changes_only_when_the_last_has_put_it),
        cmocka_unit_test(nobody_relies_on_a_map_that_changes),
        cmocka_unit_test(threads_never_change_what_others_rely_on),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
