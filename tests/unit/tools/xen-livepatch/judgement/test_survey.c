/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What is found out for the judgement: folders, sync's state and logs as they
 * may lie on a machine, and the points that status makes of them.
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

#include "fake/fake_machine.h"
#include "fake/sync_samples.h"

#define IDS(own, below, xen) ((struct sample_ids){own, below, xen})
#define CENTURY_S (100ULL * 365 * 86400)

enum {
    OTHER_XEN = 0x60,
};

static const struct fake_entry applied[] = {{.state = APPLIED, .name = "fix1"},
                                            {.state = APPLIED, .name = "fix2"}};

static int start(void **state)
{
    unlink("log");
    return start_sync(state);
}

/* The head of status with the first `nr` of the two loaded. */
static const char *status_of(uint32_t nr)
{
    const struct run *run;

    expect_listing(applied, nr);
    run = run_command("--log=log", "--state-dir=s", "status", "--dir=d", NULL);
    assert_int_equal(run->outcome, 0);
    assert_string_equal(run->err, "");
    return run->out;
}

static void folder_that_is_loaded_needs_nothing(void **state)
{
    (void)state;
    put_payload("fix1", IDS(0x20, THIS_XEN, THIS_XEN));
    put_payload("fix2", IDS(0x30, 0x20, THIS_XEN));
    assert_int_equal(
        strncmp(status_of(2),
                "attention:      nothing needs it\nhypervisor:", 44),
        0);
}

static void what_is_not_applied_stands_first(void **state)
{
    const char *out;

    (void)state;
    put_payload("fix1", IDS(0x20, THIS_XEN, THIS_XEN));
    put_payload("fix2", IDS(0x30, 0x20, THIS_XEN));
    out = status_of(1);
    assert_int_equal(strncmp(out,
                             "attention:      WARNING, 1 point\n"
                             "  WARNING not-applied fix2: d/fix2.livepatch",
                             70),
                     0);
    assert_contains(out, "and not applied.\n      xen-livepatch sync\n"
                         "hypervisor:");
}

static void what_is_not_in_the_folder_is_told(void **state)
{
    (void)state;
    put_payload("fix1", IDS(0x20, THIS_XEN, THIS_XEN));
    assert_contains(status_of(2),
                    "WARNING not-in-folder fix2: it is applied and not in "
                    "the folder: ");
}

static void payload_without_a_place_is_told(void **state)
{
    (void)state;
    put_payload("fix1", IDS(0x20, THIS_XEN, THIS_XEN));
    put_payload("other", IDS(0x30, THIS_XEN, THIS_XEN));
    put_payload("top", IDS(0x40, 0x77, THIS_XEN));
    assert_contains(status_of(1),
                    "WARNING not-applied other: not loaded: its place, "
                    "directly on top of the hypervisor, is taken by fix1.");
    assert_contains(status_of(1),
                    "WARNING not-applied top: not loaded: it goes on top of "
                    "7778797a7b7c7d7e7f808182838485868788898a, which is "
                    "neither in the folder nor applied.");
}

static void payload_under_another_name_is_no_trouble(void **state)
{
    (void)state;
    put_payload("other-name", IDS(0x20, THIS_XEN, THIS_XEN));
    log_load("fix1", 0x20, THIS_XEN);
    expect_listing(applied, 1);
    assert_lacks(
        run_command("--log=log", "--state-dir=s", "status", "--dir=d", NULL)
            ->out,
        "not-applied");
}

static void held_payload_is_noted_with_the_reason(void **state)
{
    (void)state;
    put_payload("fix2", IDS(0x20, THIS_XEN, THIS_XEN));
    write_file("d/fix2.hold", "slow", 4);
    assert_contains(status_of(0), "fix2: held: left out: slow");
}

/* The file is of today; the clock of the fake machine says when the boot was.
 */
static void
payload_of_another_hypervisor_needs_a_boot_when_it_is_new(void **state)
{
    (void)state;
    put_payload("fix9", IDS(0x20, OTHER_XEN, OTHER_XEN));
    fake_machine_boot("boot-1", CENTURY_S);
    assert_contains(status_of(0), "WARNING needs-boot fix9: ");
    fake_machine_pass(CENTURY_S);
    fake_machine_boot("boot-2", 10);
    assert_contains(status_of(0), "nothing needs it\n"
                                  "  note other-hypervisor fix9: ");
}

static void folder_that_cannot_be_read_is_told(void **state)
{
    const char *out;

    (void)state;
    assert_int_equal(mkdir("d/order", 0700), 0);
    out = status_of(2);
    assert_contains(out, "WARNING folder-unreadable: d/order: expected a "
                         "regular file.\n");
    assert_lacks(out, "not-in-folder"); /* that is not known */
    assert_int_equal(system("rm -r d"), 0);
    assert_contains(status_of(0), "WARNING folder-unreadable: Could not read "
                                  "the folder d. Error 2: No such");
}

static void what_has_no_effect_is_told_and_hides_nothing(void **state)
{
    const char *out;

    (void)state;
    put_payload("fix1", IDS(0x20, THIS_XEN, THIS_XEN));
    put_order("nobody\n");
    write_file("d/gone.hold", "", 0);
    out = status_of(1);
    assert_contains(out, "attention:      WARNING, 2 points\n"
                         "  WARNING no-effect: d/order:1: nobody: no payload "
                         "of this name is in the folders: the line is passed "
                         "over.\n      Mend it, or remove it\n"
                         "  WARNING no-effect: d/gone.hold holds nothing: ");
}

static void unclear_pin_is_told_with_its_payload(void **state)
{
    (void)state;
    put_payload("fix1", IDS(0x20, THIS_XEN, THIS_XEN));
    write_file("d/fix1.pin", "2021222324", 10);
    assert_contains(status_of(0), "attention:      WARNING, 1 point\n"
                                  "  WARNING file-unreadable fix1: not loaded: "
                                  "d/fix1.pin begins with what looks like a "
                                  "build-id and is none, ");
}

static void file_that_is_no_payload_is_told(void **state)
{
    (void)state;
    write_file("d/junk.livepatch", "junk", 4);
    put_payload("fix1", IDS(0x20, THIS_XEN, THIS_XEN));
    assert_contains(status_of(1), "junk.livepatch");
    assert_contains(status_of(1), "attention:      WARNING, 1 point\n");
}

static void folder_by_default_need_not_be_there(void **state)
{
    (void)state;
    expect_listing(NULL, 0);
    assert_contains(run_command("status", NULL)->out, "nothing needs it\n");
}

static void state_that_cannot_be_read_is_critical(void **state)
{
    (void)state;
    assert_int_equal(system("mkdir s && echo junk >s/sync.json"), 0);
    assert_contains(status_of(0), "CRITICAL state-unreadable: s holds no "
                                  "state that can be read");
    assert_int_equal(system("rm s/sync.json && mkdir s/sync.json"), 0);
    assert_contains(status_of(0), "CRITICAL state-unreadable: s: ");
}

static void log_that_cannot_be_read_is_told(void **state)
{
    (void)state;
    assert_int_equal(symlink("log", "log"), 0);
    assert_contains(status_of(0), "WARNING log-unreadable: log: Too many");
}

static void failed_sync_is_told_until_the_next_boot(void **state)
{
    (void)state;
    write_file("d/junk.livepatch", "junk", 4);
    expect_listing(NULL, 0);
    assert_int_equal(sync_with(NULL)->outcome, 5);
    assert_int_equal(unlink("d/junk.livepatch"), 0);
    assert_contains(status_of(0), "WARNING sync-failed: the last sync of this "
                                  "boot ended with exit status 5.\n");
    fake_machine_pass(1000);
    fake_machine_boot("boot-2", 10);
    assert_contains(status_of(0), "nothing needs it\n");
}

static void hold_is_told_first_and_status_is_exit_0(void **state)
{
    const char *out;

    (void)state;
    put_payload("fix1", IDS(0x20, THIS_XEN, THIS_XEN));
    expect_listing(NULL, 0);
    expect_load("fix1");
    sync_with(NULL);
    fake_machine_boot("boot-2", 9);
    out = status_of(0);
    assert_int_equal(strncmp(out, "attention:      CRITICAL, ", 26), 0);
    assert_ptr_equal(strstr(out, "  CRITICAL held-back"),
                     strchr(out, '\n') + 1);
}

/* All of the trial have passed one before: nobody knows which is to blame. */
static void everything_is_held_when_it_is_not_known_what_to_hold(void **state)
{
    static const char guard[] = "{\"is_on_trial\":false,\"is_held\":true}";
    const char *out;

    (void)state;
    put_payload("fix1", IDS(0x20, THIS_XEN, THIS_XEN));
    assert_int_equal(system("mkdir s"), 0);
    write_file("s/sync.json", guard, sizeof(guard) - 1);
    out = status_of(0);
    assert_contains(out, "  CRITICAL held-back: the machine went down with "
                         "payloads on trial, it is not known which: sync holds "
                         "all payloads back.\n");
}

static void reissued_payload_is_told(void **state)
{
    static const char line[] =
        "{\"time\":\"2026-01-01T00:00:00.000Z\",\"boot\":\"boot-1\","
        "\"command\":\"upload\",\"names\":[\"fix1\"],\"exit_status\":0,"
        "\"build_id\":\"aabb\",\"depends\":\"ccdd\",\"size\":4096}\n";

    (void)state;
    write_file("log", line, sizeof(line) - 1);
    put_payload("fix1", IDS(0x20, THIS_XEN, THIS_XEN));
    assert_contains(status_of(1), "attention:      WARNING, 1 point\n"
                                  "  WARNING reissued fix1: what is applied is "
                                  "another build than d/fix1.livepatch.\n"
                                  "      xen-livepatch sync\n");
}

static void metrics_have_the_same_points(void **state)
{
    const struct run *run;

    (void)state;
    put_payload("fix1", IDS(0x20, THIS_XEN, THIS_XEN));
    expect_listing(NULL, 0);
    run = run_command("metrics", "--dir=d", NULL);
    assert_contains(run->out, "\nxen_livepatch_attention_level 1\n");
    assert_contains(run->out, "\nxen_livepatch_attention{code=\"not-applied\","
                              "level=\"warning\"} 1\n");
    assert_contains(run->out, "\nxen_livepatch_attention{code=\"held-back\","
                              "level=\"critical\"} 0\n");
    assert_contains(run->out, "\nxen_livepatch_attention_point{code=\"not-"
                              "applied\",name=\"fix1\"} 1\n");
    expect_listing(NULL, 0);
    assert_contains(run_command("metrics", "--dir=d", "--json", NULL)->out,
                    "  \"attention\": [\n    {\n      \"code\": "
                    "\"not-applied\",\n");
}

static void payloads_are_shown_with_what_the_log_knows_of_them(void **state)
{
    static const char line[] =
        "{\"time\":\"2026-01-01T00:00:00.000Z\",\"boot\":\"boot-1\","
        "\"command\":\"upload\",\"names\":[\"fix1\"],\"exit_status\":0,"
        "\"build_id\":\"aabb\",\"depends\":\"ccdd\",\"size\":4096}\n";
    const struct run *run;

    (void)state;
    write_file("log", line, sizeof(line) - 1);
    assert_contains(status_of(1), "  fix1: APPLIED\n"
                                  "      build-id aabb, 4096 bytes, loaded "
                                  "2026-01-01T00:00:00.000Z\n");
    expect_listing(applied, 1);
    run = run_command("--log=log", "--json", "status", "--dir=d", NULL);
    assert_contains(run->out, "\"known_from\": \"log\",\n"
                              "      \"build_id\": \"aabb\",\n"
                              "      \"depends\": \"ccdd\",\n"
                              "      \"is_spent\": false,\n"
                              "      \"size\": 4096,\n"
                              "      \"loaded\": \"2026-01-01T00:00:00.000Z\"");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(folder_that_is_loaded_needs_nothing),
        TEST(what_is_not_applied_stands_first),
        TEST(what_is_not_in_the_folder_is_told),
        TEST(payload_without_a_place_is_told),
        TEST(payload_under_another_name_is_no_trouble),
        TEST(held_payload_is_noted_with_the_reason),
        TEST(payload_of_another_hypervisor_needs_a_boot_when_it_is_new),
        TEST(folder_that_cannot_be_read_is_told),
        TEST(what_has_no_effect_is_told_and_hides_nothing),
        TEST(unclear_pin_is_told_with_its_payload),
        TEST(file_that_is_no_payload_is_told),
        TEST(folder_by_default_need_not_be_there),
        TEST(state_that_cannot_be_read_is_critical),
        TEST(log_that_cannot_be_read_is_told),
        TEST(failed_sync_is_told_until_the_next_boot),
        TEST(hold_is_told_first_and_status_is_exit_0),
        TEST(everything_is_held_when_it_is_not_known_what_to_hold),
        TEST(reissued_payload_is_told),
        TEST(metrics_have_the_same_points),
        TEST(payloads_are_shown_with_what_the_log_knows_of_them),
    };

    return cmocka_run_group_tests_name("xen-livepatch survey", tests,
                                       enter_scratch_folder,
                                       leave_scratch_folder);
}
