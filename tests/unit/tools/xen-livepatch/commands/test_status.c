/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verbs status and metrics: what the hypervisor says of itself and of its
 * payloads.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fake/fake_hypervisor.h"
#include "fake/run_command.h"

enum {
    CHECKED = 1,
    APPLIED = 2,
};

static const struct fake_entry entries[] = {
    {APPLIED, 0, "fix1", "", 0, 0},
    {CHECKED, -EBUSY, "fix2", "", 0, 0},
    {CHECKED, -EAGAIN, "fix\n3", "", 0, 0},
};
static const struct fake_window window = {1, 0, 3, 3};

#define ID "0102030405060708090a0b0c0d0e0f1011121314"

static void status_names_the_hypervisor_and_every_payload(void **state)
{
    (void)state;
    expect_list_sizes(1, entries, 3);
    expect_list(&window, entries);
    assert_run(
        run_command("status", NULL), 0,
        "attention:      WARNING, 2 points\n"
        "  WARNING not-in-folder fix1: it is applied and not in the "
        "folder: the next boot comes without it.\n"
        "      Put its file there, or take it back: xen-livepatch revert "
        "fix1\n"
        "  WARNING failed fix2: its last action failed (16, Device or "
        "resource busy).\n"
        "      See why: xen-livepatch -v status; xen-livepatch history "
        "fix2\n"
        "  note busy fix\\x0a3: an action is under way.\n"
        "      Nothing; xen-livepatch list shows when it is over\n"
        "hypervisor:     Xen 4.17.5-fake\n"
        "build-id:       " ID "\n"
        "interface:      sysctl version 0x15 (as Xen 4.17 to 4.20)\n"
        "payloads:       3, 1 of them applied\n"
        "  fix1: APPLIED\n"
        "  fix2: CHECKED, its last action failed (16, Device or "
        "resource busy)\n"
        "  fix\\x0a3: CHECKED, an action is under way\n",
        "");
}

static void status_reports_the_same(void **state)
{
    const struct run *run;

    (void)state;
    expect_list_sizes(1, entries, 3);
    expect_list(&window, entries);
    run = run_command("status", "--json", NULL);
    assert_contains(run->out, "\"xen_version\": \"4.17.5-fake\",\n"
                              "  \"build_id\": \"" ID "\",\n"
                              "  \"interface_version\": 21,\n"
                              "  \"payloads\": [\n");
    assert_contains(run->out, "\"name\": \"fix\\n3\"");
    assert_contains(run->out, "\"exit_status\": 0\n");
    assert_string_equal(run->err, "");
}

static void build_id_that_is_not_told_is_none(void **state)
{
    static const int answers[] = {-EPERM, -ENODATA, 0, 65};

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        fake_reset();
        fake_answer_build_id(answers[i]);
        expect_list_sizes(1, NULL, 0);
        assert_contains(run_command("status", NULL)->out,
                        "build-id:       none\n");
        fake_verify();
    }
    fake_answer_build_id(-EPERM);
    expect_list_sizes(1, NULL, 0);
    assert_contains(run_command("status", "--json", NULL)->out,
                    "\"build_id\": null");
}

static void refusals_end_the_status(void **state)
{
    (void)state;
    fake_refuse_version(-EPERM);
    assert_int_equal(run_command("status", NULL)->outcome, 1);
    fake_reset();
    expect_list_sizes_refused(-EBUSY);
    assert_int_equal(run_command("status", NULL)->outcome, 2);
}

static void interface_is_told_in_releases_that_speak_it(void **state)
{
    static const struct {
        uint32_t version;
        const char *line;
    } spoken[] = {
        {0x0d, "0x0d (as Xen 4.7)\n"},
        {0x12, "0x12 (as Xen 4.12 and 4.13)\n"},
        {0x13, "0x13 (as Xen 4.14 and 4.15)\n"},
        {0x14, "0x14 (as Xen 4.16)\n"},
        {0x15, "0x15 (as Xen 4.17 to 4.20)\n"},
        {0x16, "0x16 (as Xen 4.21 and later)\n"},
        {0x17, "0x17 (newer than all that are known here)\n"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(spoken) / sizeof(spoken[0]); i++) {
        fake_reset();
        fake_speak(spoken[i].version);
        expect_list_sizes(1, NULL, 0);
        assert_contains(run_command("status", NULL)->out, spoken[i].line);
        fake_verify();
    }
}

static void hypervisor_without_live_patching_says_what_it_is(void **state)
{
    const struct run *run;

    (void)state;
    fake_answer_first_question(-ENOSYS);
    expect_list_sizes_refused(-ENOSYS);
    run = run_command("status", NULL);
    assert_int_equal(run->outcome, 8);
    assert_string_equal(run->out,
                        "hypervisor:     Xen 4.17.5-fake\n"
                        "build-id:       " ID "\n"
                        "interface:      sysctl version 0x15 (as Xen 4.17 to "
                        "4.20)\n");
    assert_contains(run->err, "is built without live patching");
    fake_reset();
    fake_answer_first_question(-ENOSYS);
    expect_list_sizes_refused(-ENOSYS);
    assert_contains(run_command("--json", "status", NULL)->out,
                    "\"build_id\": \"" ID "\"");
}

static void verbose_status_shows_the_log(void **state)
{
    const struct run *run;

    (void)state;
    fake_console_set("(XEN) livepatch: fix1: applied\n(XEN) other\n", 0);
    expect_list_sizes(1, NULL, 0);
    run = run_command("status", "-v", NULL);
    assert_string_equal(run->err, "The hypervisor's log says:\n"
                                  "  (XEN) livepatch: fix1: applied\n");
}

static void metrics_are_text_for_prometheus(void **state)
{
    const struct run *run;

    (void)state;
    expect_list_sizes(1, entries, 3);
    expect_list(&window, entries);
    run = run_command("metrics", NULL);
    assert_int_equal(run->outcome, 0);
    assert_contains(
        run->out,
        "# HELP xen_livepatch_hypervisor_info The running hypervisor.\n"
        "# TYPE xen_livepatch_hypervisor_info gauge\n"
        "xen_livepatch_hypervisor_info{version=\"4.17.5-fake\",build_id=\"" ID
        "\"} 1\n");
    assert_contains(
        run->out,
        "# HELP xen_livepatch_payloads Loaded payloads by state.\n"
        "# TYPE xen_livepatch_payloads gauge\n"
        "xen_livepatch_payloads{state=\"CHECKED\"} 2\n"
        "xen_livepatch_payloads{state=\"APPLIED\"} 1\n"
        "# HELP xen_livepatch_payload_last_error Errno of the payload's last "
        "action, 0 for success.\n"
        "# TYPE xen_livepatch_payload_last_error gauge\n"
        "xen_livepatch_payload_last_error{name=\"fix1\"} 0\n"
        "xen_livepatch_payload_last_error{name=\"fix2\"} 16\n"
        "xen_livepatch_payload_last_error{name=\"fix\\\\x0a3\"} 0\n"
        "# HELP xen_livepatch_payload_busy Whether an action on the payload is "
        "under way.\n"
        "# TYPE xen_livepatch_payload_busy gauge\n"
        "xen_livepatch_payload_busy{name=\"fix1\"} 0\n"
        "xen_livepatch_payload_busy{name=\"fix2\"} 0\n"
        "xen_livepatch_payload_busy{name=\"fix\\\\x0a3\"} 1\n");
}

static void quotes_in_labels_are_escaped(void **state)
{
    static const struct fake_entry entry = {CHECKED, 0, "a\"b\\", "", 0, 0};
    static const struct fake_window one = {1, 0, 1, 1};

    (void)state;
    expect_list_sizes(1, &entry, 1);
    expect_list(&one, &entry);
    assert_contains(run_command("metrics", NULL)->out,
                    "busy{name=\"a\\\"b\\\\\"} 0\n");
}

static void busy_overview_is_tried_again(void **state)
{
    (void)state;
    expect_list_sizes_refused(-EBUSY);
    expect_list_sizes(1, NULL, 0);
    assert_int_equal(run_command("metrics", "--retries=1", NULL)->outcome, 0);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_fake, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(status_names_the_hypervisor_and_every_payload),
        TEST(status_reports_the_same),
        TEST(build_id_that_is_not_told_is_none),
        TEST(refusals_end_the_status),
        TEST(interface_is_told_in_releases_that_speak_it),
        TEST(hypervisor_without_live_patching_says_what_it_is),
        TEST(verbose_status_shows_the_log),
        TEST(metrics_are_text_for_prometheus),
        TEST(quotes_in_labels_are_escaped),
        TEST(busy_overview_is_tried_again),
    };

    return cmocka_run_group_tests_name("xen-livepatch status", tests, NULL,
                                       NULL);
}
