/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the two folders want: the vendor's beside the admin's, which may hide,
 * mask, hold and pin; by the plan of sync's dry run.
 */
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

#define VENDOR "v/0102030405060708090a0b0c0d0e0f1011121314"
#define LOAD(name) name ": to be loaded: it is not loaded\n"
#define KEEP(name) name ": applied already\n"

static const struct fake_entry one[] = {{.state = APPLIED, .name = "a"}};

static int start_with_vendor(void **state)
{
    int rc = start_sync(state);

    return rc || mkdir("v", 0700) || mkdir(VENDOR, 0700);
}

static void vendors_payloads_are_loaded_too(void **state)
{
    (void)state;
    put_payload("b", on_first);
    put_payload_in(VENDOR, "a", on_xen);
    expect_listing(NULL, 0);
    plan_is(NULL, 0, LOAD("a") LOAD("b"), "");
}

static void vendors_payloads_suffice(void **state)
{
    (void)state;
    rmdir("d");
    put_payload_in(VENDOR, "a", on_xen);
    expect_listing(NULL, 0);
    plan_is(NULL, 0, LOAD("a"), "");
}

static void another_builds_folder_is_not_looked_at(void **state)
{
    (void)state;
    mkdir("v/aabb", 0700);
    put_payload_in("v/aabb", "a", on_xen);
    expect_listing(NULL, 0);
    plan_is(NULL, 0, "", "");
}

static void admins_file_hides_the_vendors(void **state)
{
    (void)state;
    put_payload("a", on_xen);
    put_payload_in(VENDOR, "a", reissue);
    log_load("a", 0x20, THIS_XEN);
    expect_listing(one, 1);
    plan_is(NULL, 0, KEEP("a"), "");
}

static void empty_file_masks_the_vendors(void **state)
{
    (void)state;
    put_payload_in(VENDOR, "a", on_xen);
    write_file("d/a.livepatch", "", 0);
    expect_listing(NULL, 0);
    plan_is(NULL, 0, "a: masked by d/a.livepatch: left out\n", "");
}

/* A power cut leaves one of a payload that was being copied. */
static void empty_file_that_hides_none_is_a_bad_one(void **state)
{
    (void)state;
    write_file("d/a.livepatch", "", 0);
    write_file(VENDOR "/b.livepatch", "", 0);
    expect_listing(NULL, 0);
    plan_is(NULL, 5, "",
            "d/a.livepatch: size: 0 bytes, expected 1 to 2097152.\n" VENDOR
            "/b.livepatch: size: 0 bytes, expected 1 to 2097152.\n");
}

static void link_to_nothing_masks_the_vendors(void **state)
{
    (void)state;
    put_payload_in(VENDOR, "a", on_xen);
    assert_int_equal(symlink("/dev/null", "d/a.livepatch"), 0);
    expect_listing(NULL, 0);
    plan_is(NULL, 0, "a: masked by d/a.livepatch: left out\n", "");
}

static void bad_file_of_the_admin_hides_the_vendors(void **state)
{
    (void)state;
    put_payload_in(VENDOR, "a", on_xen);
    write_file("d/a.livepatch", "garbage", 7);
    expect_listing(NULL, 0);
    plan_is(
        NULL, 5, "",
        "d/a.livepatch: ELF magic: 67 61 72 62, expected 7f 45 4c 46.\n"
        "d/a.livepatch: text: no payload, which is an ELF file such as fix1.livepatch.\n");
}

static void held_payload_is_left_out_with_the_reason(void **state)
{
    (void)state;
    put_payload("a", on_xen);
    write_file("d/a.hold", "\n  breaks the backup\nmore\n", 26);
    expect_listing(NULL, 0);
    plan_is(NULL, 0, "a: held: left out: breaks the backup\n", "");
}

static void what_goes_on_top_of_a_held_one_is_told(void **state)
{
    (void)state;
    put_payload("a", on_xen);
    put_payload("b", on_first);
    write_file("d/a.hold", "", 0);
    expect_listing(NULL, 0);
    plan_is(
        NULL, 0,
        "a: held: left out\n"
        "b: left out: it goes on top of a, which is left out itself (held)\n",
        "");
}

static void held_payload_that_is_applied_goes_by_prune_only(void **state)
{
    const struct run *run;

    (void)state;
    put_payload("a", on_xen);
    write_file("d/a.hold", "", 0);
    log_load("a", 0x20, THIS_XEN);
    expect_listing(one, 1);
    assert_contains(plan_with(NULL)->out,
                    "a: applied, and not wanted by the folder: stays");
    expect_listing(one, 1);
    run = plan_with("--prune");
    assert_contains(run->out, "a: to be unloaded: the folder does not want it");
    assert_lacks(run->out, "a: to be loaded");
}

static void pinned_payload_is_not_replaced(void **state)
{
    (void)state;
    put_payload("a", reissue);
    write_file("d/a.pin", "the new one is slow\n", 20);
    log_load("a", 0x20, THIS_XEN);
    expect_listing(one, 1);
    plan_is("--prune", 0,
            "a: pinned to another build than the file's: left out: the new one "
            "is slow\n"
            "a: pinned: stays: the new one is slow\n",
            "");
}

static void pin_names_the_build_that_is_wanted(void **state)
{
    static const char pin[] =
        "202122232425262728292a2b2c2d2e2f30313233 tried in the lab";

    (void)state;
    put_payload("a", reissue);
    write_file("d/a.pin", pin, strlen(pin));
    expect_listing(NULL, 0);
    plan_is(NULL, 0,
            "a: pinned to another build than the file's: left out: tried in "
            "the lab\n",
            "xen-livepatch: sync: d/a.pin pins nothing: the build that it "
            "names is neither in the folders nor loaded. Mend it, or remove "
            "it.\n");
    put_payload("a", on_xen);
    expect_listing(NULL, 0);
    plan_is(NULL, 0, LOAD("a"), "");
}

/* Neither the build that is meant nor any other: nobody knows which it is. */
static void pin_that_is_not_clear_pins_what_is_loaded(void **state)
{
#define LIKE_ID "begins with what looks like a build-id and is none"
    static const struct {
        const char *pin;
        const char *trouble;
    } rows[] = {
        {"2o2122232425262728292a2b2c2d2e2f30313233 in the lab", LIKE_ID},
        {"202122232425262728292a2b2c2d2e2f3031323 in the lab", LIKE_ID},
        {"20212223 in the lab", LIKE_ID},
        {NULL, "is no regular file"},
        {"", "cannot be read (40, Too many levels of symbolic links)"},
    };
    const struct run *run;
    char err[256];

    (void)state;
    put_payload("a", on_xen);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(system("rm -rf d/a.pin log"), 0);
        if (!rows[i].pin) {
            mkdir("d/a.pin", 0700);
        } else if (!*rows[i].pin) {
            assert_int_equal(symlink("a.pin", "d/a.pin"), 0);
        } else {
            write_file("d/a.pin", rows[i].pin, strlen(rows[i].pin));
        }
        snprintf(err, sizeof(err),
                 "a: not loaded: d/a.pin %s, so it is not known which build it "
                 "pins, and what is loaded stays. Mend it, or remove it.\n",
                 rows[i].trouble);
        expect_listing(NULL, 0);
        plan_is(NULL, 5, "", err);
        log_load("a", 0x22, THIS_XEN);
        expect_listing(one, 1);
        run = plan_with("--prune");
        assert_string_equal(run->err, err);
        assert_int_equal(strncmp(run->out, "a: pinned: stays", 16), 0);
        assert_int_equal(run->outcome, 5);
    }
}

static void words_of_a_reason_are_no_build_id(void **state)
{
    static const char *const reasons[] = {"", "decade", "2026-11-21: slow",
                                          "facade of the lab"};

    (void)state;
    put_payload("a", on_xen);
    for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++) {
        write_file("d/a.pin", reasons[i], strlen(reasons[i]));
        expect_listing(NULL, 0);
        plan_is(NULL, 0, LOAD("a"), "");
    }
}

static void short_build_id_is_one(void **state)
{
    static const char pin[] = "0011223344556677 made by lld";

    (void)state;
    put_payload("a", on_xen);
    write_file("d/a.pin", pin, strlen(pin));
    expect_listing(NULL, 0);
    plan_is(NULL, 0,
            "a: pinned to another build than the file's: left out: made by "
            "lld\n",
            "xen-livepatch: sync: d/a.pin pins nothing: the build that it "
            "names is neither in the folders nor loaded. Mend it, or remove "
            "it.\n");
}

static void marks_that_fit_nothing_are_told(void **state)
{
    static const char pin[] = "202122232425262728292a2b2c2d2e2f30313233";

    (void)state;
    write_file("d/a.hold", "", 0);
    write_file("d/b.pin", "", 0);
    write_file("d/c.pin", pin, strlen(pin));
    write_file("d/d.pin", "2021222324", 10);
    expect_listing(NULL, 0);
    plan_is(NULL, 0, "",
            "xen-livepatch: sync: d/a.hold holds nothing: no payload of this "
            "name is in the folders. Mend it, or remove it.\n"
            "xen-livepatch: sync: d/b.pin pins nothing: no payload of this "
            "name is in the folders or loaded. Mend it, or remove it.\n"
            "xen-livepatch: sync: d/c.pin pins nothing: the build that it "
            "names is neither in the folders nor loaded. Mend it, or remove "
            "it.\n"
            "xen-livepatch: sync: d/d.pin " LIKE_ID
            ". Mend it, or remove it.\n");
}

static void pin_of_what_is_loaded_has_its_effect(void **state)
{
    static const char pin[] = "202122232425262728292a2b2c2d2e2f30313233 x";

    (void)state;
    put_payload("a", reissue);
    write_file("d/a.pin", pin, strlen(pin));
    log_load("a", 0x20, THIS_XEN);
    expect_listing(one, 1);
    plan_is("--prune", 0,
            "a: pinned to another build than the file's: left out: x\n"
            "a: pinned: stays: x\n",
            "");
}

static void pin_without_a_file_keeps_from_pruning(void **state)
{
    (void)state;
    write_file("d/a.pin", "", 0);
    log_load("a", 0x20, THIS_XEN);
    expect_listing(one, 1);
    plan_is("--prune", 0, "a: pinned: stays\n", "");
}

static void pipe_as_a_hold_is_a_hold(void **state)
{
    (void)state;
    put_payload("a", on_xen);
    assert_int_equal(mkfifo("d/a.hold", 0600), 0);
    expect_listing(NULL, 0);
    plan_is(NULL, 0, "a: held: left out\n", "");
}

static void bad_file_does_not_prune_what_has_its_name(void **state)
{
    (void)state;
    write_file("d/a.livepatch", "garbage", 7);
    log_load("a", 0x20, THIS_XEN);
    expect_listing(one, 1);
    plan_is(
        "--prune", 5, "a: applied, though its file has no place: stays\n",
        "d/a.livepatch: ELF magic: 67 61 72 62, expected 7f 45 4c 46.\n"
        "d/a.livepatch: text: no payload, which is an ELF file such as fix1.livepatch.\n");
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_with_vendor, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(vendors_payloads_are_loaded_too),
        TEST(vendors_payloads_suffice),
        TEST(another_builds_folder_is_not_looked_at),
        TEST(admins_file_hides_the_vendors),
        TEST(empty_file_masks_the_vendors),
        TEST(link_to_nothing_masks_the_vendors),
        TEST(empty_file_that_hides_none_is_a_bad_one),
        TEST(bad_file_of_the_admin_hides_the_vendors),
        TEST(held_payload_is_left_out_with_the_reason),
        TEST(what_goes_on_top_of_a_held_one_is_told),
        TEST(held_payload_that_is_applied_goes_by_prune_only),
        TEST(pinned_payload_is_not_replaced),
        TEST(pin_names_the_build_that_is_wanted),
        TEST(pin_that_is_not_clear_pins_what_is_loaded),
        TEST(words_of_a_reason_are_no_build_id),
        TEST(short_build_id_is_one),
        TEST(marks_that_fit_nothing_are_told),
        TEST(pin_of_what_is_loaded_has_its_effect),
        TEST(pin_without_a_file_keeps_from_pruning),
        TEST(pipe_as_a_hold_is_a_hold),
        TEST(bad_file_does_not_prune_what_has_its_name),
    };

    return cmocka_run_group_tests_name("xen-livepatch sync's folders", tests,
                                       enter_scratch_folder,
                                       leave_scratch_folder);
}
