/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What list and info show of a payload beyond Xen's own listing, and what is
 * said of one that is SPENT.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fake/fake_extension.h"
#include "fake/fake_hypervisor.h"
#include "fake/run_command.h"

enum {
    CHECKED = 1,
    APPLIED = 2,
    APPLY = 3,
};

#define SECOND 1000000000ULL

static const char cure[] =
    "xen-livepatch: fix2 is SPENT: it was applied, and its data may have "
    "changed. Unload it and load it again.\n";

/* fix1 is applied; fix2, which uses it, is spent. The fake machine has ten
 * seconds since its start, and says 2026-01-02 03:04:05. */
static void start_with_two(void)
{
    static const uint64_t first = 1;
    struct livepatch_ext_payload payload = {
        .name = "fix1",
        .state = APPLIED,
        .place = 1,
        .load_time = 1 * SECOND,
        .apply_time = 4 * SECOND,
        .image_bytes = 12288,
        .nr_functions = 3,
        .nr_users = 1,
        .flags = LIVEPATCH_EXT_REAPPLIABLE | LIVEPATCH_EXT_HAS_HOOKS,
        .id_bytes = 2,
        .id = {0xab, 0xcd},
        .depends_bytes = 1,
        .depends = {0x01},
    };

    fake_extension_start(10 * SECOND);
    fake_extension_load(&payload, NULL);
    payload = (struct livepatch_ext_payload){
        .name = "fix2", .state = LIVEPATCH_EXT_STATE_SPENT, .nr_uses = 1};
    fake_extension_load(&payload, &first);
}

static void expect_listing(void)
{
    static const struct fake_entry entries[] = {
        {.state = APPLIED, .name = "fix1"}, {.state = CHECKED, .name = "fix2"}};
    static const struct fake_window window = {1, 0, 2, 2};

    expect_list_sizes(1, entries, 2);
    expect_list(&window, entries);
}

static void list_says_spent_and_the_cure(void **state)
{
    const struct run *run;

    (void)state;
    start_with_two();
    expect_listing();
    run = run_command("list", NULL);
    assert_contains(run->out,
                    "fix1                                    | APPLIED    | \n"
                    "fix2                                    | SPENT    | \n");
    assert_string_equal(run->err, cure);
    expect_listing();
    assert_string_equal(run_command("list", "-q", NULL)->err, "");
}

static void stock_says_what_it_always_said(void **state)
{
    const struct run *run;

    (void)state;
    expect_listing();
    run = run_command("list", NULL);
    assert_contains(run->out, "fix2                                    | "
                              "CHECKED    | \n");
    assert_string_equal(run->err, "");
    expect_listing();
    assert_lacks(run_command("--json", "list", NULL)->out, "build_id");
}

static void list_reports_all_facts(void **state)
{
    const struct run *run;

    (void)state;
    start_with_two();
    expect_listing();
    run = run_command("--json", "list", NULL);
    assert_contains(run->out, "\"build_id\": \"abcd\"");
    assert_contains(run->out, "\"depends\": \"01\"");
    assert_contains(run->out, "\"load_number\": 1");
    assert_contains(run->out, "\"loaded\": \"2026-01-02T03:03:56");
    assert_contains(run->out, "\"applied\": \"2026-01-02T03:03:59");
    assert_contains(run->out, "\"image_bytes\": 12288");
    assert_contains(run->out, "\"place\": 1");
    assert_contains(run->out, "\"nr_functions\": 3");
    assert_contains(run->out, "\"is_reappliable\": true");
    assert_contains(run->out, "\"has_hooks\": true");
    assert_contains(run->out, "\"nr_users\": 1");
    assert_contains(run->out, "\"state\": \"SPENT\"");
    assert_contains(run->out, "\"uses\": [\n        \"fix1\"");
}

static void info_shows_all_facts(void **state)
{
    const struct run *run;

    (void)state;
    start_with_two();
    expect_listing();
    run = run_command("info", "fix1", NULL);
    assert_contains(run->out, "build-id:       abcd\n"
                              "goes on top of: 01\n"
                              "loaded:         2026-01-02T03:03:56");
    assert_contains(run->out, "last applied:   2026-01-02T03:03:59");
    assert_contains(run->out, "place in stack: 1\n"
                              "functions:      3\n"
                              "memory:         12288 bytes\n"
                              "uses:           no other payload\n"
                              "used by:        1 other payloads\n"
                              "once reverted:  can be applied again\n");
    assert_string_equal(run->err, "");
}

static void info_of_what_is_spent_says_the_cure(void **state)
{
    const struct run *run;

    (void)state;
    start_with_two();
    expect_listing();
    run = run_command("info", "fix2", NULL);
    assert_contains(run->out, "state:          SPENT\n");
    assert_contains(run->out, "uses:           fix1\n");
    assert_lacks(run->out, "last applied:");
    assert_lacks(run->out, "place in stack:");
    assert_string_equal(run->err, cure);
}

static void info_reports_the_same(void **state)
{
    (void)state;
    start_with_two();
    expect_listing();
    assert_contains(run_command("--json", "info", "fix1", NULL)->out,
                    "\"load_number\": 1");
}

static void refused_apply_of_what_is_spent_says_so(void **state)
{
    const struct run *run;

    (void)state;
    start_with_two();
    expect_get("fix2", CHECKED, 0);
    expect_action("fix2", APPLY, 0, -EINVAL);
    run = run_command("apply", "fix2", NULL);
    assert_contains(run->err, cure);
    assert_int_equal(run->outcome, 1);
}

static void refused_apply_of_another_does_not(void **state)
{
    (void)state;
    start_with_two();
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, -EINVAL);
    assert_lacks(run_command("apply", "fix1", NULL)->err, "SPENT");
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_fake, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(list_says_spent_and_the_cure),
        TEST(stock_says_what_it_always_said),
        TEST(list_reports_all_facts),
        TEST(info_shows_all_facts),
        TEST(info_of_what_is_spent_says_the_cure),
        TEST(info_reports_the_same),
        TEST(refused_apply_of_what_is_spent_says_so),
        TEST(refused_apply_of_another_does_not),
    };

    return cmocka_run_group_tests_name("xen-livepatch payload facts", tests,
                                       NULL, NULL);
}
