/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What sync finds to be done, and why, printed by its dry run: reissued
 * payloads and what lies on top of them, spent ones, places. What is loaded is
 * known by the log.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fake/fake_extension.h"
#include "fake/sync_samples.h"

#define LOAD(name) name ": to be loaded: it is not loaded\n"
#define KEEP(name) name ": applied already\n"

static const struct sample_ids on_reissue = {0x42, 0x22, THIS_XEN};

static const struct fake_entry three[] = {{.state = APPLIED, .name = "a"},
                                          {.state = APPLIED, .name = "b"},
                                          {.state = APPLIED, .name = "c"}};

static void same_build_is_kept(void **state)
{
    (void)state;
    put_payload("a", on_xen);
    log_load("a", 0x20, THIS_XEN);
    expect_listing(three, 1);
    plan_is(NULL, 0, KEEP("a"), "");
}

static void reissued_payload_is_replaced(void **state)
{
    (void)state;
    put_payload("a", reissue);
    log_load("a", 0x20, THIS_XEN);
    expect_listing(three, 1);
    plan_is(NULL, 0,
            "a: to be reverted: its file is another build of it\n"
            "a: to be unloaded: its file is another build of it\n"
            "a: to be loaded: its file is another build of it\n",
            "");
}

static void reissued_payload_that_is_only_uploaded_is_exchanged(void **state)
{
    static const struct fake_entry entries[] = {
        {.state = CHECKED, .name = "a"}};

    (void)state;
    put_payload("a", reissue);
    log_upload("a", 0x20, THIS_XEN);
    expect_listing(entries, 1);
    plan_is(NULL, 0,
            "a: to be unloaded: its file is another build of it\n"
            "a: to be loaded: its file is another build of it\n",
            "");
}

static void what_lies_on_top_makes_way_and_goes_back(void **state)
{
    (void)state;
    put_payload("a", on_xen);
    put_payload("b", (struct sample_ids){0x42, 0x20, THIS_XEN});
    put_payload("c", (struct sample_ids){0x60, 0x42, THIS_XEN});
    put_order("a\nb\nc --nodeps\n");
    log_load("a", 0x20, THIS_XEN);
    log_load("b", 0x40, 0x20);
    log_load("c", 0x60, 0x42);
    expect_listing(three, 3);
    plan_is(NULL, 0,
            "c: to be reverted: it makes way for b\n"
            "b: to be reverted: its file is another build of it\n"
            "c: to be unloaded: it makes way for b\n"
            "b: to be unloaded: its file is another build of it\n" KEEP(
                "a") "b: to be loaded: its file is another build of it\n"
                     "c: to be loaded: it goes back\n",
            "");
}

static void stack_is_that_of_the_applies_and_not_of_the_uploads(void **state)
{
    (void)state;
    log_upload("a", 0x40, 0x20);
    log_load("b", 0x20, THIS_XEN);
    log_deed("apply", "a");
    expect_listing(three, 2);
    plan_is("--prune", 0,
            "a: to be reverted: the folder does not want it\n"
            "b: to be reverted: the folder does not want it\n"
            "b: to be unloaded: the folder does not want it\n"
            "a: to be unloaded: the folder does not want it\n",
            "");
}

static void reissue_under_a_stranger_is_not_done(void **state)
{
    (void)state;
    put_payload("a", reissue);
    log_load("a", 0x20, THIS_XEN);
    log_load("b", 0x40, 0x20);
    expect_listing(three, 2);
    plan_is(NULL, 1,
            "a: stays: b lies on top of it and stays\n"
            "b: applied, and not wanted by the folder: stays; --prune takes it "
            "out\n",
            "a: another build of it is applied and not replaced: b lies on top "
            "of that and stays. Put a payload that goes on the new build into "
            "the folder, or remove it.\n");
}

static void reissue_under_one_for_the_old_build_is_not_done(void **state)
{
    (void)state;
    put_payload("a", reissue);
    put_payload("b", on_first);
    log_load("a", 0x20, THIS_XEN);
    log_load("b", 0x40, 0x20);
    expect_listing(three, 2);
    plan_is(NULL, 1,
            "a: stays: b lies on top of it and stays\n"
            "b: applied, though its file has no place: stays\n",
            "b: not loaded: it goes on top of "
            "202122232425262728292a2b2c2d2e2f30313233, which is neither in the "
            "folder nor applied.\n"
            "a: another build of it is applied and not replaced: b lies on top "
            "of that and stays. Put a payload that goes on the new build into "
            "the folder, or remove it.\n");
}

static void reissues_of_a_whole_stack_are_replaced(void **state)
{
    (void)state;
    put_payload("a", reissue);
    put_payload("b", on_reissue);
    log_load("a", 0x20, THIS_XEN);
    log_load("b", 0x40, 0x20);
    expect_listing(three, 2);
    plan_is("-q", 0, "", "");
    expect_listing(three, 2);
    plan_is(NULL, 0,
            "b: to be reverted: its file is another build of it\n"
            "a: to be reverted: its file is another build of it\n"
            "b: to be unloaded: its file is another build of it\n"
            "a: to be unloaded: its file is another build of it\n"
            "a: to be loaded: its file is another build of it\n"
            "b: to be loaded: its file is another build of it\n",
            "");
}

static void file_for_another_hypervisor_is_not_what_is_loaded(void **state)
{
    (void)state;
    put_payload("a", reissue);
    put_payload("b", (struct sample_ids){0x20, 0x02, 0x02});
    log_load("a", 0x20, THIS_XEN);
    expect_listing(three, 1);
    assert_contains(plan_with(NULL)->out,
                    "a: to be loaded: its file is another build of it\n");
}

static void same_build_under_another_name_is_recognised(void **state)
{
    (void)state;
    put_payload("fix", on_xen);
    log_load("a", 0x20, THIS_XEN);
    expect_listing(three, 1);
    plan_is("--prune", 0, "fix: applied already, as a\n", "");
}

static void payload_that_was_reverted_is_loaded_anew(void **state)
{
    static const struct fake_entry entries[] = {
        {.state = CHECKED, .name = "a"}};

    (void)state;
    put_payload("a", on_xen);
    log_load("a", 0x20, THIS_XEN);
    log_deed("revert", "a");
    expect_listing(entries, 1);
    plan_is(NULL, 0,
            "a: to be unloaded: it was in force before, or its build is not "
            "known\n"
            "a: to be loaded: it was in force before, or its build is not "
            "known\n",
            "");
}

static void payload_that_was_replaced_is_loaded_anew(void **state)
{
    static const struct fake_entry entries[] = {
        {.state = CHECKED, .name = "a"}};

    (void)state;
    put_payload("a", on_xen);
    log_load("a", 0x20, THIS_XEN);
    log_deed("replace", "z");
    expect_listing(entries, 1);
    assert_contains(plan_with(NULL)->out, "a: to be unloaded: it was in force");
}

static void payload_that_is_only_uploaded_is_applied(void **state)
{
    static const struct fake_entry entries[] = {
        {.state = CHECKED, .name = "a"}};

    (void)state;
    put_payload("a", on_xen);
    log_upload("a", 0x20, THIS_XEN);
    expect_listing(entries, 1);
    plan_is(NULL, 0, "a: to be applied: it is only uploaded\n", "");
}

static void spent_payload_is_loaded_anew(void **state)
{
    static const struct fake_entry entries[] = {
        {.state = CHECKED, .name = "a"}};
    struct livepatch_ext_payload fact = {
        .state = LIVEPATCH_EXT_STATE_SPENT, .id_bytes = 20, .name = "a"};

    (void)state;
    put_payload("a", on_xen);
    for (unsigned char i = 0; i < 20; i++) {
        fact.id[i] = (unsigned char)(0x20 + i);
    }
    fake_extension_start(0);
    fake_extension_load(&fact, NULL);
    expect_listing(entries, 1);
    expect_get("a", CHECKED, 0);
    fake_extension_expects_dry_run(&(struct fake_dry_run){
        .names = "a", .nr = 1, .cmd = UNLOAD, .guilty = 1});
    plan_is(NULL, 0,
            "a: to be unloaded: it was in force before, or its build is not "
            "known\n"
            "a: to be loaded: it was in force before, or its build is not "
            "known\n"
            "Unloading a... would be done (dry run)\n",
            "");
    fake_extension_reset();
    fake_extension_start(0);
    fact.state = CHECKED;
    fake_extension_load(&fact, NULL);
    expect_listing(entries, 1);
    expect_get("a", CHECKED, 0);
    fake_extension_expects_dry_run(&(struct fake_dry_run){
        .names = "a", .nr = 1, .cmd = APPLY, .guilty = 1});
    plan_is(NULL, 0,
            "a: to be applied: it is only uploaded\n"
            "Applying a... would be done (dry run)\n",
            "");
}

static void file_goes_on_top_of_a_stranger_that_stays(void **state)
{
    (void)state;
    put_payload("b", on_first);
    log_load("a", 0x20, THIS_XEN);
    expect_listing(three, 1);
    plan_is(NULL, 0,
            "a: applied, and not wanted by the folder: stays; --prune takes it "
            "out\n" LOAD("b"),
            "");
}

static void place_that_a_stranger_has_is_taken(void **state)
{
    (void)state;
    put_payload("fix", on_xen);
    log_load("a", 0x70, THIS_XEN);
    expect_listing(three, 1);
    plan_is(NULL, 1,
            "a: applied, and not wanted by the folder: stays; --prune takes it "
            "out\n",
            "fix: not loaded: its place, directly on top of the hypervisor, is "
            "taken by a. Remove one, or give an order in the file order.\n");
}

static void file_that_does_not_go_on_what_is_on_top_is_left_out(void **state)
{
    (void)state;
    put_payload("fix", on_xen);
    put_order("fix\n");
    log_load("a", 0x70, THIS_XEN);
    expect_listing(three, 1);
    assert_contains(plan_with(NULL)->err,
                    "fix: not loaded: it does not go on top of a, the newest "
                    "that is applied.\n");
}

#define UNFIT(name, below)                                                     \
    name ": applied already, and stays, as does what lies below it: taken "    \
         "out, it would not go back on top of " below                          \
         " as that would be then. Put a build that does into the folder, or "  \
         "remove it.\n"

/* c is for the old b. */
static void put_ordered_stack(const char *order)
{
    put_payload("a", on_xen);
    put_payload("b", (struct sample_ids){0x42, 0x20, THIS_XEN});
    put_payload("c", (struct sample_ids){0x60, 0x40, THIS_XEN});
    put_order(order);
    log_load("a", 0x20, THIS_XEN);
    log_load("b", 0x40, 0x20);
    log_load("c", 0x60, 0x40);
    expect_listing(three, 3);
}

static void ordered_one_that_would_not_go_back_stays(void **state)
{
    (void)state;
    put_ordered_stack("a\nb\nc\n");
    plan_is(NULL, 1, "b: stays: c lies on top of it and stays\n" KEEP("a"),
            "b: another build of it is applied and not replaced: c lies on top "
            "of that and stays. Put a payload that goes on the new build into "
            "the folder, or remove it.\n" UNFIT("c", "b"));
}

static void ordered_one_without_dependences_goes_back_on_anything(void **state)
{
    (void)state;
    put_ordered_stack("a\nb\nc --nodeps\n");
    assert_contains(plan_with(NULL)->out, "c: to be loaded: it goes back\n");
}

static void reissue_above_what_stays_is_still_done(void **state)
{
    static const struct fake_entry four[] = {{.state = APPLIED, .name = "a"},
                                             {.state = APPLIED, .name = "b"},
                                             {.state = APPLIED, .name = "c"},
                                             {.state = APPLIED, .name = "d"}};

    (void)state;
    put_ordered_stack("a\nb\nc\nd\n");
    put_payload("d", (struct sample_ids){0x82, 0x60, THIS_XEN});
    log_load("d", 0x80, 0x60);
    fake_reset();
    expect_listing(four, 4);
    plan_is(NULL, 1,
            "b: stays: c lies on top of it and stays\n"
            "d: to be reverted: its file is another build of it\n"
            "d: to be unloaded: its file is another build of it\n" KEEP(
                "a") "d: to be loaded: its file is another build of it\n",
            "b: another build of it is applied and not replaced: c lies on top "
            "of that and stays. Put a payload that goes on the new build into "
            "the folder, or remove it.\n" UNFIT("c", "b"));
}

static void reissue_that_does_not_go_on_what_is_below_is_not_done(void **state)
{
    (void)state;
    put_payload("a", on_xen);
    put_payload("b", (struct sample_ids){0x42, 0x70, THIS_XEN});
    put_order("a\nb\n");
    log_load("a", 0x20, THIS_XEN);
    log_load("b", 0x40, 0x20);
    expect_listing(three, 2);
    plan_is(
        NULL, 1,
        "b: stays: the other build of it does not go on top of a\n" KEEP("a"),
        "b: another build of it is applied and not replaced: its file does "
        "not go on top of a, which would be below it. Put a build that "
        "does into the folder.\n");
}

static void what_an_ordered_one_needs_is_not_pruned(void **state)
{
    (void)state;
    put_payload("b", on_first);
    put_order("b\n");
    log_load("a", 0x20, THIS_XEN);
    log_load("b", 0x40, 0x20);
    expect_listing(three, 2);
    plan_is("--prune", 1, "a: stays: b lies on top of it and stays\n",
            UNFIT("b", "the hypervisor itself"));
}

static void of_two_files_of_one_build_the_ordered_one_counts(void **state)
{
    (void)state;
    put_payload("a", on_xen);
    put_payload("b", on_xen);
    put_order("b\n");
    expect_listing(NULL, 0);
    plan_is(NULL, 0, "a: the same payload as b: left out\n" LOAD("b"), "");
}

static void place_that_the_order_file_gave_away_is_taken(void **state)
{
    (void)state;
    put_payload("a", on_xen);
    put_payload("b", reissue);
    put_order("b\n");
    expect_listing(NULL, 0);
    plan_is(NULL, 1, LOAD("b"),
            "a: not loaded: its place, directly on top of the hypervisor, is "
            "taken by b. Remove one, or give an order in the file order.\n");
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_sync, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(same_build_is_kept),
        TEST(reissued_payload_is_replaced),
        TEST(reissued_payload_that_is_only_uploaded_is_exchanged),
        TEST(what_lies_on_top_makes_way_and_goes_back),
        TEST(stack_is_that_of_the_applies_and_not_of_the_uploads),
        TEST(reissue_under_a_stranger_is_not_done),
        TEST(reissue_under_one_for_the_old_build_is_not_done),
        TEST(reissues_of_a_whole_stack_are_replaced),
        TEST(file_for_another_hypervisor_is_not_what_is_loaded),
        TEST(same_build_under_another_name_is_recognised),
        TEST(payload_that_was_reverted_is_loaded_anew),
        TEST(payload_that_was_replaced_is_loaded_anew),
        TEST(payload_that_is_only_uploaded_is_applied),
        TEST(spent_payload_is_loaded_anew),
        TEST(file_goes_on_top_of_a_stranger_that_stays),
        TEST(place_that_a_stranger_has_is_taken),
        TEST(file_that_does_not_go_on_what_is_on_top_is_left_out),
        TEST(ordered_one_that_would_not_go_back_stays),
        TEST(ordered_one_without_dependences_goes_back_on_anything),
        TEST(reissue_above_what_stays_is_still_done),
        TEST(reissue_that_does_not_go_on_what_is_below_is_not_done),
        TEST(what_an_ordered_one_needs_is_not_pruned),
        TEST(of_two_files_of_one_build_the_ordered_one_counts),
        TEST(place_that_the_order_file_gave_away_is_taken),
    };

    return cmocka_run_group_tests_name("xen-livepatch sync's plan", tests,
                                       enter_scratch_folder,
                                       leave_scratch_folder);
}
