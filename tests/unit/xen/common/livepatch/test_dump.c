// SPDX-License-Identifier: GPL-2.0
/*
 * Key 'x': all payloads on the console.
 */
#include "steps.h"

#include <stdio.h>

#include <xen/keyhandler.h>

#include "host/pcpu.h"

static void key_x_shows_each_payload(void **state)
{
    struct payload_description what = payload_simple;
    struct lp_payload *one;

    (void)state;
    what.metadata = "cve=2026-1\0by=me";
    what.metadata_bytes = 17;
    one = must_load_described(&what, "one");
    must_apply(one);
    host_log_clear();
    handle_keypress('x');
    assert_logged("livepatch: 1 payloads");
    assert_logged("one: APPLIED, rc 0, build-id 1111");
    assert_logged("    cve=2026-1\n");
    assert_logged("    by=me\n");
    assert_logged("    answer at ");
    assert_int_equal(host_log_count("not in force"), 0);
    /* Of the one stop that there was. */
    assert_logged("gather");
    assert_logged("livepatch: 1 stops, 0 missed their deadline");
    must_revert(one);
    handle_keypress('x');
    assert_logged("livepatch: 2 stops, 0 missed their deadline");
    assert_logged("one: CHECKED");
    assert_logged("not in force");
    must_unload(one);
}

static void key_x_shows_the_times_of_stops(void **state)
{
    struct lp_payload *one = must_load_described(&payload_simple, "one");

    (void)state;
    host_cpus_start(2);
    must_apply(one);
    host_cpus_await_idle(); /* pCPU 1 counts its part as it leaves */
    host_log_clear();
    handle_keypress('x');
    assert_logged("    gather ns: last ");
    assert_logged("    stop ns: last ");
    assert_logged("    total ns: last ");
    assert_logged("  pCPU 0: in ");
    assert_logged("  pCPU 1: in 1 stops, late for 0");
    assert_int_equal(host_log_count("    arrival ns: last "), 2);
    assert_int_equal(host_log_count("    stopped ns: last "), 2);
    host_cpus_stop();
    must_revert(one);
    must_unload(one);
}

/* However long it takes, nothing is unloaded meanwhile: one lock, no pause. */
static void key_x_shows_all_of_many_functions(void **state)
{
    enum {
        MANY = 200
    };
    static struct payload_function functions[MANY];
    static char names[MANY][16];
    const struct payload_description what = {
        .functions = functions, .nr_functions = MANY, .id = 0x11};

    (void)state;
    for (unsigned int i = 0; i < MANY; i++) {
        snprintf(names[i], sizeof(names[i]), "many_%u", i);
        host_function_add(names[i], host_functions[0].bytes, 16);
        functions[i] = payload_simple.functions[0];
        functions[i].old_name = names[i];
    }
    must_load_described(&what, "many");
    host_log_clear();
    handle_keypress('x');
    assert_int_equal(host_log_count("    many_"), MANY);
    must_unload(find_payload("many"));
}

/* Whoever has the lock may be waiting for this pCPU to stop. */
static void key_x_does_not_wait_for_a_request(void **state)
{
    const struct registry_locked locked = registry_lock();

    (void)state;
    handle_keypress('x');
    registry_unlock(locked);
    assert_logged("livepatch: a request is under way: try again");
    assert_false(host_log_holds("payloads"));
}

static void key_x_without_payloads_says_so(void **state)
{
    (void)state;
    handle_keypress('x');
    assert_logged("livepatch: 0 payloads");
    assert_logged("livepatch: 0 stops, 0 missed their deadline");
    assert_false(host_log_holds("pCPU"));
}

static void key_h_lists_the_keys(void **state)
{
    (void)state;
    handle_keypress('h');
    assert_logged(" key 'x' => show live patches");
}

static void unknown_key_does_nothing(void **state)
{
    (void)state;
    handle_keypress('?');
    handle_keypress(255);
    assert_int_equal(host_log_errors(), 0);
}

int main(void)
{
    static struct host_tests tests;

    /* Before the first stop. */
    host_add(&tests, key_x_without_payloads_says_so);
    host_add(&tests, key_x_shows_each_payload);
    host_add(&tests, key_x_shows_the_times_of_stops);
    host_add(&tests, key_x_shows_all_of_many_functions);
    host_add(&tests, key_x_does_not_wait_for_a_request);
    host_add(&tests, key_h_lists_the_keys);
    host_add(&tests, unknown_key_does_nothing);
    return host_run(&tests);
}
