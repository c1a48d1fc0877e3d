/* SPDX-License-Identifier: GPL-2.0 */
/*
 * sync: the hypervisor gets what the folder has for it, in order, and nothing
 * twice.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "fake/sync_samples.h"

#define LOADED(name)                                                           \
    "Uploading d/" name ".livepatch... completed\nApplying " name              \
    "... completed\n"

#define ALREADY(name)                                                          \
    name ": applied already (known by its name; nobody knows its build-id)\n"

static const struct sample_ids on_second = {0x60, 0x40, THIS_XEN};

static void empty_folder_is_in_sync(void **state)
{
    (void)state;
    expect_listing(NULL, 0);
    assert_run(sync_with(NULL), 0, "", "");
}

static void missing_payloads_are_loaded_each_on_the_one_below(void **state)
{
    (void)state;
    put_payload("a", on_second);
    put_payload("b", on_first);
    put_payload("c", on_xen);
    expect_listing(NULL, 0);
    expect_load("c");
    expect_load("b");
    expect_load("a");
    assert_run(sync_with(NULL), 0, LOADED("c") LOADED("b") LOADED("a"), "");
}

static void second_sync_finds_nothing_to_do(void **state)
{
    static const struct fake_entry entries[] = {
        {.state = APPLIED, .name = "fix1"}, {.state = APPLIED, .name = "fix2"}};

    (void)state;
    put_payload("fix1", on_xen);
    put_payload("fix2", on_first);
    expect_listing(entries, 2);
    assert_run(sync_with(NULL), 0, ALREADY("fix1") ALREADY("fix2"), "");
}

static void uploaded_payload_that_nobody_knows_is_loaded_anew(void **state)
{
    static const struct fake_entry entries[] = {
        {.state = CHECKED, .name = "fix1"}};

    (void)state;
    put_payload("fix1", on_xen);
    expect_listing(entries, 1);
    expect_unload("fix1");
    expect_load("fix1");
    assert_run(sync_with(NULL), 0,
               "Unloading fix1... completed\n" LOADED("fix1"), "");
}

static void payload_for_another_hypervisor_is_left_out(void **state)
{
    (void)state;
    put_payload("fix1", (struct sample_ids){0x20, 0x02, 0x02});
    expect_listing(NULL, 0);
    assert_run(sync_with(NULL), 0,
               "fix1: built for hypervisor "
               "02030405060708090a0b0c0d0e0f101112131415, this one is "
               "0102030405060708090a0b0c0d0e0f1011121314: left out\n",
               "");
}

static void
payloads_that_name_no_hypervisor_are_known_by_what_is_below(void **state)
{
    const struct run *run;

    (void)state;
    put_payload("a", (struct sample_ids){0x40, 0x20, 0});
    put_payload("b", (struct sample_ids){0x20, THIS_XEN, 0});
    put_payload("c", (struct sample_ids){0x60, 0x02, 0});
    expect_listing(NULL, 0);
    expect_load("b");
    expect_load("a");
    run = sync_with(NULL);
    assert_contains(run->out, "c: built for hypervisor 02030405");
    assert_contains(run->out, LOADED("b") LOADED("a"));
    assert_int_equal(run->outcome, 0);
}

static void payload_with_nothing_below_is_exit_1(void **state)
{
    (void)state;
    put_payload("fix1", on_xen);
    put_payload("fix9", (struct sample_ids){0x70, 0x50, THIS_XEN});
    expect_listing(NULL, 0);
    expect_load("fix1");
    assert_run(
        sync_with(NULL), 1, LOADED("fix1"),
        "fix9: not loaded: it goes on top of "
        "505152535455565758595a5b5c5d5e5f60616263, which is neither in the "
        "folder nor applied.\n");
}

static void of_two_for_the_same_place_the_first_by_name_is_loaded(void **state)
{
    (void)state;
    put_payload("b", on_xen);
    put_payload("a", (struct sample_ids){0x70, THIS_XEN, THIS_XEN});
    expect_listing(NULL, 0);
    expect_load("a");
    assert_run(sync_with(NULL), 1, LOADED("a"),
               "b: not loaded: its place, directly on top of the hypervisor, "
               "is taken by a. Remove one, or give an order in the file "
               "order.\n");
}

static void of_two_for_the_same_place_the_applied_one_stays(void **state)
{
    static const struct fake_entry entries[] = {
        {.state = APPLIED, .name = "b"}};

    (void)state;
    put_payload("b", on_xen);
    put_payload("a", (struct sample_ids){0x70, THIS_XEN, THIS_XEN});
    put_payload("c", on_first);
    expect_listing(entries, 1);
    expect_load("c");
    assert_string_equal(sync_with(NULL)->out, ALREADY("b") LOADED("c"));
}

static void order_file_gives_order_and_nodeps(void **state)
{
    (void)state;
    put_payload("a", (struct sample_ids){0x70, THIS_XEN, THIS_XEN});
    put_payload("b", on_xen);
    put_payload("x", on_second);
    put_payload("y", on_first);
    put_order("# what comes first\n\n  a.livepatch\nb --nodeps\n");
    expect_listing(NULL, 0);
    expect_load("a");
    expect_upload_of("b", 0);
    expect_get("b", CHECKED, 0);
    expect_action("b", APPLY, 1, 0);
    expect_get("b", APPLIED, 0);
    expect_load("y");
    expect_load("x");
    assert_int_equal(sync_with(NULL)->outcome, 0);
}

static void order_of_another_hypervisors_payload_is_left_out(void **state)
{
    (void)state;
    put_payload("a", (struct sample_ids){0x70, 0x02, 0x02});
    put_payload("b", on_xen);
    put_order("a\nb\n");
    expect_listing(NULL, 0);
    expect_load("b");
    assert_int_equal(sync_with("-q")->outcome, 0);
}

static void wrong_line_of_the_order_is_told_and_keeps_nothing_out(void **state)
{
#define PASSED_OVER ": the line is passed over. Mend it, or remove it.\n"
    static const struct {
        const char *lines;
        const char *err;
    } rows[] = {
        {"b\na\n", "d/order:1: b: no payload of this name is in the "
                   "folders" PASSED_OVER},
        {"a\na\n", "d/order:2: a: it is named twice" PASSED_OVER},
        {"\x1b[2Jb\na\n", "d/order:1: \\x1b[2Jb: no payload of this name is "
                          "in the folders" PASSED_OVER},
        {"a --nodep\n", "d/order:1: a: nothing but --nodeps is expected after "
                        "the name" PASSED_OVER},
        {"a --nodeps b\n", "d/order:1: a: nothing but --nodeps is expected "
                           "after the name" PASSED_OVER},
    };

    (void)state;
    put_payload("a", on_xen);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct run *run;

        put_order(rows[i].lines);
        expect_listing(NULL, 0);
        expect_load("a");
        run = sync_with(NULL);
        assert_int_equal(strncmp(run->err, "xen-livepatch: sync: ", 21), 0);
        assert_string_equal(run->err + 21, rows[i].err);
        assert_string_equal(run->out, LOADED("a"));
        assert_int_equal(run->outcome, 0);
    }
}

static void many_wrong_lines_of_the_order_are_counted(void **state)
{
    char lines[1000 * 2 + 1];
    const struct run *run;

    (void)state;
    for (size_t i = 0; i < 1000; i++) {
        memcpy(lines + 2 * i, "x\n", 3);
    }
    put_order(lines);
    expect_listing(NULL, 0);
    run = sync_with(NULL);
    assert_contains(run->err, "d/order:16: x: ");
    assert_lacks(run->err, "d/order:17: ");
    assert_contains(run->err, "d/order: 984 more lines fit nothing: ");
    assert_int_equal(run->outcome, 0);
}

static void bad_file_does_not_keep_the_others_out(void **state)
{
    (void)state;
    put_payload("fix1", on_xen);
    write_file("d/bad.livepatch", "garbage", 7);
    write_file("d/.livepatch", "garbage", 7);
    write_file("d/notes.txt", "garbage", 7);
    expect_listing(NULL, 0);
    expect_load("fix1");
    assert_run(sync_with(NULL), 5, LOADED("fix1"),
               "d/bad.livepatch: ELF magic: 67 61 72 62, expected 7f 45 4c "
               "46.\n"
               "d/bad.livepatch: text: no payload, which is an ELF file such "
               "as fix1.livepatch.\n");
}

static void folder_that_is_not_there_is_exit_5(void **state)
{
    (void)state;
    rmdir("d");
    assert_run(sync_with(NULL), 5, "",
               "Could not read the folder d.\nError 2: No such file or "
               "directory\n");
}

static void refused_payload_ends_the_loading(void **state)
{
    const struct run *run;

    (void)state;
    put_payload("a", on_xen);
    put_payload("b", on_first);
    expect_listing(NULL, 0);
    expect_upload_of("a", -EINVAL);
    run = sync_with(NULL);
    assert_string_equal(run->out, "Uploading d/a.livepatch... failed\n");
    assert_int_equal(run->outcome, 1);
}

static void without_prune_what_is_not_in_the_folder_stays(void **state)
{
    static const struct fake_entry entries[] = {
        {.state = APPLIED, .name = "old"}};

    (void)state;
    expect_listing(entries, 1);
    assert_run(sync_with(NULL), 0,
               "old: applied, and not wanted by the folder: stays; --prune "
               "takes it out\n",
               "");
}

/* Nothing is known but the order of the uploads. */
static void prune_takes_out_down_to_the_lowest_then_loads(void **state)
{
    static const struct fake_entry entries[] = {
        {.state = APPLIED, .name = "old1"},
        {.state = APPLIED, .name = "fix1"},
        {.state = CHECKED, .name = "idle"},
        {.state = APPLIED, .name = "old2"}};

    (void)state;
    put_payload("fix1", on_xen);
    put_payload("fix2", on_first);
    expect_listing(entries, 4);
    expect_revert("old2");
    expect_revert("fix1");
    expect_revert("old1");
    expect_unload("old2");
    expect_unload("fix1");
    expect_unload("old1");
    expect_load("fix1");
    expect_load("fix2");
    assert_run(
        sync_with("--prune"), 0,
        "Reverting old2... completed\nReverting fix1... completed\n"
        "Reverting old1... completed\nUnloading old2... completed\n"
        "Unloading fix1... completed\nUnloading old1... completed\n" LOADED(
            "fix1") LOADED("fix2"),
        "");
}

static void what_made_way_goes_back_when_the_pruning_fails(void **state)
{
    static const struct fake_entry entries[] = {
        {.state = APPLIED, .name = "old"}, {.state = APPLIED, .name = "fix1"}};
    const struct run *run;

    (void)state;
    put_payload("fix1", on_xen);
    expect_listing(entries, 2);
    expect_revert("fix1");
    expect_get("old", APPLIED, 0);
    expect_action("old", REVERT, 0, -EBUSY);
    expect_get("old", APPLIED, -EAGAIN);
    expect_get("fix1", CHECKED, 0);
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, 0);
    expect_get("fix1", APPLIED, 0);
    run = sync_with("--prune");
    assert_lacks(run->err, "NOT IN FORCE");
    assert_int_equal(run->outcome, 2);
}

static void what_does_not_go_back_is_named(void **state)
{
    static const struct fake_entry entries[] = {
        {.state = APPLIED, .name = "old"},
        {.state = APPLIED, .name = "fix1"},
        {.state = APPLIED, .name = "fix2"}};
    const struct run *run;

    (void)state;
    put_payload("fix1", on_xen);
    put_payload("fix2", on_first);
    expect_listing(entries, 3);
    expect_revert("fix2");
    expect_revert("fix1");
    expect_get("old", APPLIED, 0);
    expect_action("old", REVERT, 0, -EBUSY);
    expect_get("old", APPLIED, -EAGAIN);
    expect_get("fix1", CHECKED, 0);
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, -EINVAL);
    run = sync_with("--prune");
    assert_contains(run->err, "xen-livepatch: sync: NOT IN FORCE any more: "
                              "fix1, fix2. Mend what failed, then: "
                              "xen-livepatch sync\n");
    assert_int_equal(run->outcome, 2);
}

static void dry_run_prints_the_plan(void **state)
{
    static const struct fake_entry entries[] = {
        {.state = APPLIED, .name = "old"}};

    (void)state;
    put_payload("fix1", on_xen);
    expect_listing(entries, 1);
    assert_run(
        run_command("-n", "--state-dir=s", "sync", "--dir=d", "--prune", NULL),
        0,
        "old: to be reverted: the folder does not want it\n"
        "old: to be unloaded: the folder does not want it\n"
        "fix1: to be loaded: it is not loaded\n",
        "");
    assert_int_equal(access("s", F_OK), -1);
}

static void report_has_a_step_for_each_payload(void **state)
{
    static const struct fake_entry entries[] = {
        {.state = APPLIED, .name = "fix1"}};
    const struct run *run;

    (void)state;
    put_payload("fix1", on_xen);
    put_payload("fix2", on_first);
    put_payload("fix3", (struct sample_ids){0x70, 0x02, 0x02});
    expect_listing(entries, 1);
    expect_load("fix2");
    run = run_command("--json", "--state-dir=s", "sync", "--dir=d", NULL);
    assert_contains(run->out, "\"is_held\": false");
    assert_contains(run->out, "\"step\": \"applied already\"");
    assert_contains(run->out, "\"step\": \"loaded\"");
    assert_contains(run->out, "\"step\": \"for another hypervisor\"");
    assert_string_equal(run->err, "");
    assert_int_equal(run->outcome, 0);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_sync, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(empty_folder_is_in_sync),
        TEST(missing_payloads_are_loaded_each_on_the_one_below),
        TEST(second_sync_finds_nothing_to_do),
        TEST(uploaded_payload_that_nobody_knows_is_loaded_anew),
        TEST(payload_for_another_hypervisor_is_left_out),
        TEST(payloads_that_name_no_hypervisor_are_known_by_what_is_below),
        TEST(payload_with_nothing_below_is_exit_1),
        TEST(of_two_for_the_same_place_the_first_by_name_is_loaded),
        TEST(of_two_for_the_same_place_the_applied_one_stays),
        TEST(order_file_gives_order_and_nodeps),
        TEST(order_of_another_hypervisors_payload_is_left_out),
        TEST(wrong_line_of_the_order_is_told_and_keeps_nothing_out),
        TEST(many_wrong_lines_of_the_order_are_counted),
        TEST(bad_file_does_not_keep_the_others_out),
        TEST(folder_that_is_not_there_is_exit_5),
        TEST(refused_payload_ends_the_loading),
        TEST(without_prune_what_is_not_in_the_folder_stays),
        TEST(prune_takes_out_down_to_the_lowest_then_loads),
        TEST(what_made_way_goes_back_when_the_pruning_fails),
        TEST(what_does_not_go_back_is_named),
        TEST(dry_run_prints_the_plan),
        TEST(report_has_a_step_for_each_payload),
    };

    return cmocka_run_group_tests_name("xen-livepatch sync", tests,
                                       enter_scratch_folder,
                                       leave_scratch_folder);
}
