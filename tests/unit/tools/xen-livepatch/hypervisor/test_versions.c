/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Every sysctl interface version since Xen 4.7: how it is found, and what can
 * be asked in it. The bytes of each request are in test_releases.c.
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
#include "fake/wire_bytes.h"
#include "hypervisor/livepatch_client.h"
#include "hypervisor/livepatch_list.h"

enum {
    OLDEST = 0x0d,
    FIRST_WITH_FLAGS_AND_METADATA = 0x13,
    NEWEST = 0x16,
    NEWER = 0x19,
};

static struct livepatch_client client;

static void connect(uint32_t version)
{
    fake_reset();
    fake_speak(version);
    assert_int_equal(client_open(&client), 0);
    assert_int_equal(client_find_version(&client), 0);
    assert_int_equal(client.wire.version, version);
}

static void disconnect(void)
{
    client_close(&client);
    fake_verify();
}

static void assert_u32(unsigned int offset, uint32_t expected)
{
    assert_int_equal(u32_at(fake_last_sysctl, offset), expected);
}

static void assert_header(uint32_t version, uint32_t operation)
{
    assert_u32(0, 27);
    assert_u32(4, version);
    assert_u32(8, operation);
    assert_u32(12, 0);
}

static void action_with_flags_is_not_sent_before_0x13(void **state)
{
    const struct wire_action with = {PAYLOAD_APPLY, 30000000,
                                     PAYLOAD_APPLY_NODEPS};
    const struct wire_action without = {PAYLOAD_APPLY, 30000000, 0};

    (void)state;
    for (uint32_t version = OLDEST; version < FIRST_WITH_FLAGS_AND_METADATA;
         version++) {
        connect(version);
        assert_int_equal(client_action(&client, "fix1", &with), -EOPNOTSUPP);
        assert_int_equal(fake_nr_calls(), 0);
        expect_action("fix1", 3, 0, 0);
        assert_int_equal(client_action(&client, "fix1", &without), 0);
        assert_header(version, 3);
        assert_u32(36, 30000000);
        disconnect();
    }
}

static const struct fake_entry entries[] = {
    {1, 0, "a", "x=1", 4, 0},
    {2, -16, "second", "", 0, 0},
    {2, 0, "third-and-longest", "y=2\0z=3", 8, 0},
};

/* Two windows: the second starts behind the first one's packed names. */
static void expect_list_in_two_windows(void)
{
    static const struct fake_window first = {5, 0, 3, 2};
    static const struct fake_window second = {5, 2, 1, 1};

    expect_list_sizes(5, entries, 3);
    expect_list(&first, entries);
    expect_list(&second, entries);
}

static void list_gives_names_and_states_in_every_version(void **state)
{
    (void)state;
    for (uint32_t version = OLDEST; version <= NEWER; version++) {
        struct list_progress progress;
        struct payload_list list;

        connect(version);
        expect_list_in_two_windows();
        assert_int_equal(client_list(&client, &list, &progress), 0);
        assert_header(version, 2);
        assert_u32(20, 2);
        assert_u32(24, 1);
        assert_int_equal(list.nr, 3);
        for (size_t i = 0; i < 3; i++) {
            assert_string_equal(list.entries[i].name, entries[i].name);
            assert_int_equal(list.entries[i].status.state, entries[i].state);
            assert_int_equal(list.entries[i].status.rc, entries[i].rc);
            assert_int_equal(list.entries[i].metadata_bytes,
                             version < FIRST_WITH_FLAGS_AND_METADATA
                                 ? 0
                                 : entries[i].metadata_bytes);
        }
        payload_list_free(&list);
        disconnect();
    }
}

/* 128 bytes for each of 3 - 2 names; 12 of metadata - 4, and some to spare. */
static void list_tells_its_room_since_0x13(void **state)
{
    (void)state;
    for (uint32_t version = FIRST_WITH_FLAGS_AND_METADATA; version <= NEWER;
         version++) {
        struct list_progress progress;
        struct payload_list list;

        connect(version);
        expect_list_in_two_windows();
        assert_int_equal(client_list(&client, &list, &progress), 0);
        assert_u32(32, 3 * 128 - 2 - 7);
        assert_true(u32_at(fake_last_sysctl, 36) >= 8);
        payload_list_free(&list);
        disconnect();
    }
}

static void name_length_past_its_slot_is_ebadmsg(void **state)
{
    static const struct fake_entry liar = {1, 0, "a", NULL, 0, 129};
    static const struct fake_window window = {1, 0, 1, 1};

    (void)state;
    for (uint32_t version = OLDEST; version <= NEWER; version++) {
        struct list_progress progress;
        struct payload_list list;

        connect(version);
        expect_list_sizes(1, &liar, 1);
        expect_list(&window, &liar);
        assert_int_equal(client_list(&client, &list, &progress), -EBADMSG);
        disconnect();
    }
}

static void known_versions_are_tried_before_newer_ones(void **state)
{
    (void)state;
    connect(NEWEST);
    assert_int_equal(fake_nr_wrong_versions(), 0);
    disconnect();
    connect(OLDEST);
    assert_int_equal(fake_nr_wrong_versions(), NEWEST - OLDEST);
    disconnect();
    connect(NEWEST + 1);
    assert_int_equal(fake_nr_wrong_versions(), NEWEST - OLDEST + 1);
    disconnect();
}

static void newer_version_than_known_is_said(void **state)
{
    (void)state;
    fake_speak(NEWEST + 1);
    expect_list_sizes(1, NULL, 0);
    assert_run(run_command("list", NULL), 0, "Nothing to list\n",
               "xen-livepatch: the hypervisor speaks sysctl interface version "
               "0x17, newer than 0x16, the newest that is known here; trying "
               "that one's layout.\n");
}

static void known_version_needs_no_words(void **state)
{
    (void)state;
    for (uint32_t version = OLDEST; version <= NEWEST; version++) {
        fake_reset();
        fake_speak(version);
        expect_list_sizes(1, NULL, 0);
        assert_run(run_command("list", NULL), 0, "Nothing to list\n", "");
        fake_verify();
    }
}

static void version_that_is_not_found_is_exit_9(void **state)
{
    static const uint32_t versions[] = {OLDEST - 1, NEWEST + 33, 0x1000};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        fake_reset();
        fake_speak(versions[i]);
        assert_run(run_command("list", NULL), 9, "",
                   "Could not find out the hypervisor's sysctl interface "
                   "version.\n"
                   "Error 13: Permission denied\n"
                   "xen-livepatch: it is none of 0x0d (Xen 4.7) to 0x16 (Xen "
                   "4.22), nor near to them.\n");
        fake_verify();
    }
}

static void other_failure_of_the_first_question_ends_the_run(void **state)
{
    (void)state;
    fake_answer_first_question(-EFAULT);
    assert_run(run_command("list", NULL), 1, "",
               "Could not find out the hypervisor's sysctl interface version.\n"
               "Error 14: Bad address\n");
}

static void nodeps_before_0x13_is_explained(void **state)
{
    (void)state;
    fake_speak(0x12);
    expect_get("fix1", 1, 0);
    assert_run(run_command("apply", "fix1", "--nodeps", NULL), 1, "",
               "Error 95: Operation not supported\n"
               "xen-livepatch: apply of fix1: EOPNOTSUPP: --nodeps needs Xen "
               "4.14 or newer, this one is older; nothing was sent to it.\n"
               "Leave --nodeps out.\n");
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_fake, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(action_with_flags_is_not_sent_before_0x13),
        TEST(list_gives_names_and_states_in_every_version),
        TEST(list_tells_its_room_since_0x13),
        TEST(name_length_past_its_slot_is_ebadmsg),
        TEST(known_versions_are_tried_before_newer_ones),
        TEST(newer_version_than_known_is_said),
        TEST(known_version_needs_no_words),
        TEST(version_that_is_not_found_is_exit_9),
        TEST(other_failure_of_the_first_question_ends_the_run),
        TEST(nodeps_before_0x13_is_explained),
    };

    return cmocka_run_group_tests_name("xen-livepatch versions", tests, NULL,
                                       NULL);
}
