/* SPDX-License-Identifier: GPL-2.0 */
/*
 * sync and check judge a folder alike: where sync has nothing to do, check is
 * OK exactly when sync's exit status is 0, and critical exactly when it is that
 * of holding back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "fake/sync_samples.h"

/* a goes on the hypervisor, b on a, c on b, d on c. */
static void put_stack(const char *names)
{
    for (; *names; names++) {
        unsigned char own = (unsigned char)(0x20 + 0x10 * (*names - 'a'));
        const char name[] = {*names, '\0'};

        put_payload(name,
                    (struct sample_ids){
                        own, *names == 'a' ? THIS_XEN : own - 0x10, THIS_XEN});
    }
}

static void put_guard_that_holds(unsigned char own)
{
    char guard[512];
    size_t length = (size_t)snprintf(
        guard, sizeof(guard),
        "{\"is_on_trial\":false,\"is_held\":true,\"held\":{\"loaded_ms\":1,"
        "\"trial_s\":600,\"names\":\"x\",\"payloads\":[\"");

    for (unsigned char i = 0; i < 20; i++) {
        length += (size_t)snprintf(guard + length, sizeof(guard) - length,
                                   "%02x", own + i);
    }
    snprintf(guard + length, sizeof(guard) - length, "\"]},\"proven\":[]}");
    mkdir("s", 0700);
    write_file("s/sync.json", guard, strlen(guard));
}

static const struct fake_entry stack[] = {{.state = APPLIED, .name = "a"},
                                          {.state = APPLIED, .name = "b"},
                                          {.state = APPLIED, .name = "c"}};

/* With the first nr of the stack loaded. */
static void both_say(uint32_t nr, int of_sync, int of_check)
{
    const struct run *run;

    expect_listing(stack, nr);
    run = plan_with(NULL);
    assert_lacks(run->out, "to be "); /* nothing is to be done */
    assert_int_equal(run->outcome, of_sync);
    expect_listing(stack, nr);
    run = run_command("--log=log", "--state-dir=s", "check", "--dir=d", NULL);
    assert_int_equal(run->outcome, of_check);
}

static void what_lies_on_a_held_one_is_on_hold(void **state)
{
    (void)state;
    put_stack("abcd");
    write_file("d/a.hold", "", 0);
    both_say(0, 0, 0);
}

static void what_lies_on_a_held_one_in_the_middle_is_on_hold(void **state)
{
    (void)state;
    put_stack("abcd");
    write_file("d/b.hold", "", 0);
    log_load("a", 0x20, THIS_XEN);
    both_say(1, 0, 0);
}

static void what_lies_on_a_pinned_one_is_on_hold(void **state)
{
    (void)state;
    put_stack("abc");
    write_file("d/a.pin", "", 0);
    log_load("a", 0x22, THIS_XEN);
    both_say(1, 0, 0);
}

static void what_lies_on_a_suspect_is_held_back(void **state)
{
    (void)state;
    put_stack("abcd");
    put_guard_that_holds(0x20);
    both_say(0, 13, 2);
}

static void what_lies_on_one_with_an_unclear_pin_is_too(void **state)
{
    (void)state;
    put_stack("abc");
    write_file("d/a.pin", "2021222324", 10);
    both_say(0, 5, 1);
}

static void what_lies_on_what_is_not_there_is_not_applied(void **state)
{
    (void)state;
    put_stack("bcd");
    both_say(0, 1, 1);
}

/* f and g on top of each other, d on f. */
static void ring_of_payloads_is_not_applied(void **state)
{
    (void)state;
    put_payload("d", (struct sample_ids){0x50, 0x60, THIS_XEN});
    put_payload("f", (struct sample_ids){0x60, 0x70, THIS_XEN});
    put_payload("g", (struct sample_ids){0x70, 0x60, THIS_XEN});
    both_say(0, 1, 1);
}

static void place_that_is_taken_is_told_by_both(void **state)
{
    (void)state;
    put_stack("ac");
    put_payload("x", (struct sample_ids){0x90, THIS_XEN, THIS_XEN});
    log_load("a", 0x20, THIS_XEN);
    both_say(1, 1, 1);
}

/* Applied before the hold came, with what lies on top: the next boot comes
 * without them, and a pruning takes both out. */
static void applied_ones_go_with_the_held_one_below(void **state)
{
    const struct run *run;

    (void)state;
    put_stack("abc");
    write_file("d/b.hold", "slow", 4);
    log_load("a", 0x20, THIS_XEN);
    log_load("b", 0x30, 0x20);
    log_load("c", 0x40, 0x30);
    expect_listing(stack, 3);
    run = run_command("--log=log", "--state-dir=s", "check", "--dir=d", NULL);
    assert_contains(run->out, "not-in-folder b, c: ");
    expect_listing(stack, 3);
    assert_run(plan_with(NULL), 0,
               "b: held: left out: slow\n"
               "c: left out: it goes on top of b, which is left out itself "
               "(held)\n"
               "b: applied, and not wanted by the folder: stays; --prune takes "
               "it out\n"
               "c: applied, and not wanted by the folder: stays; --prune takes "
               "it out\n"
               "a: applied already\n",
               "");
    expect_listing(stack, 3);
    run = plan_with("--prune");
    assert_contains(run->out, "c: to be reverted: the folder does not want it\n"
                              "b: to be reverted: the folder does not want "
                              "it\n");
    assert_lacks(run->out, "a: to be");
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_sync, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_lies_on_a_held_one_is_on_hold),
        TEST(what_lies_on_a_held_one_in_the_middle_is_on_hold),
        TEST(what_lies_on_a_pinned_one_is_on_hold),
        TEST(what_lies_on_a_suspect_is_held_back),
        TEST(what_lies_on_one_with_an_unclear_pin_is_too),
        TEST(what_lies_on_what_is_not_there_is_not_applied),
        TEST(ring_of_payloads_is_not_applied),
        TEST(place_that_is_taken_is_told_by_both),
        TEST(applied_ones_go_with_the_held_one_below),
    };

    return cmocka_run_group_tests_name("xen-livepatch sync and check", tests,
                                       enter_scratch_folder,
                                       leave_scratch_folder);
}
