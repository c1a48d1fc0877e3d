/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Every release of Xen since 4.7, and one to come that changes only the number:
 * which version its sysctl interface has, and all 136 bytes of each request as
 * that release's own public header lays them. The numbers come from the headers
 * of all releases and of their updates, compiled for x86-64; within a version
 * no two differ.
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

#define SYSCTL_BYTES 136U

/* Byte offsets in struct xen_sysctl where releases differ; 0: no such field. */
struct places {
    unsigned int flags;          /* u.livepatch.u.action.flags */
    unsigned int name_bytes;     /* u.livepatch.u.list.name_total_size */
    unsigned int metadata_bytes; /* .metadata_total_size */
    unsigned int status;         /* .status */
    unsigned int name;           /* .name */
    unsigned int length;         /* .len */
    unsigned int metadata;       /* .metadata */
    unsigned int metadata_length;
};

static const struct places old_places = {0, 0, 0, 32, 40, 48, 0, 0};
static const struct places new_places = {40, 32, 36, 40, 48, 56, 64, 72};

static const struct release {
    const char *name;
    uint32_t version;
    const char *told_as; /* by status */
    const struct places *places;
} releases[] = {
    {"4.7", 0x0d, "as Xen 4.7", &old_places},
    {"4.8", 0x0e, "as Xen 4.8", &old_places},
    {"4.9", 0x0f, "as Xen 4.9", &old_places},
    {"4.10", 0x10, "as Xen 4.10", &old_places},
    {"4.11", 0x11, "as Xen 4.11", &old_places},
    {"4.12", 0x12, "as Xen 4.12 and 4.13", &old_places},
    {"4.13", 0x12, "as Xen 4.12 and 4.13", &old_places},
    {"4.14", 0x13, "as Xen 4.14 and 4.15", &new_places},
    {"4.15", 0x13, "as Xen 4.14 and 4.15", &new_places},
    {"4.16", 0x14, "as Xen 4.16", &new_places},
    {"4.17", 0x15, "as Xen 4.17 to 4.20", &new_places},
    {"4.18", 0x15, "as Xen 4.17 to 4.20", &new_places},
    {"4.19", 0x15, "as Xen 4.17 to 4.20", &new_places},
    {"4.20", 0x15, "as Xen 4.17 to 4.20", &new_places},
    {"4.21", 0x16, "as Xen 4.21 and later", &new_places},
    {"4.22", 0x16, "as Xen 4.21 and later", &new_places},
    {"to come", 0x19, "newer than all that are known here", &new_places},
};

#define NR_RELEASES (sizeof(releases) / sizeof(releases[0]))

static struct livepatch_client client;
static unsigned char expected[SYSCTL_BYTES];

static void connect(const struct release *release)
{
    fake_reset();
    fake_speak(release->version);
    assert_int_equal(client_open(&client), 0);
    assert_int_equal(client_find_version(&client), 0);
}

static void disconnect(void)
{
    client_close(&client);
    fake_verify();
}

/* cmd 27, the version, the operation, nothing else yet. */
static void expect_operation(const struct release *release, uint32_t operation)
{
    memset(expected, 0, sizeof(expected));
    put_u32(expected, 0, 27);
    put_u32(expected, 4, release->version);
    put_u32(expected, 8, operation);
}

static void expect_u32(unsigned int at, uint32_t number)
{
    if (at) {
        put_u32(expected, at, number);
    }
}

/* A handle: any address, 8 bytes wide. */
static void expect_handle(unsigned int at)
{
    if (at) {
        assert_true(u64_at(fake_last_sysctl, at) != 0);
        memcpy(expected + at, fake_last_sysctl + at, 8);
    }
}

/* "fix1": a handle, the length with its NUL in two bytes, six of padding. */
static void expect_name(void)
{
    expect_handle(16);
    expect_u32(24, 5);
}

static void assert_sent(const struct release *release, const char *what)
{
    for (unsigned int i = 0; i < SYSCTL_BYTES; i++) {
        if (fake_last_sysctl[i] != expected[i]) {
            fail_msg("Xen %s, %s: byte %u is 0x%02x, expected 0x%02x",
                     release->name, what, i, fake_last_sysctl[i], expected[i]);
        }
    }
}

static void upload_of_each_release(void **state)
{
    (void)state;
    for (const struct release *r = releases; r < releases + NR_RELEASES; r++) {
        connect(r);
        expect_upload("fix1", "12345", 5, 0);
        assert_int_equal(
            client_upload(&client, "fix1",
                          &(struct client_upload){"12345", 5, false}),
            0);
        expect_operation(r, 0);
        expect_name();
        expect_u32(32, 5);
        expect_handle(40);
        assert_sent(r, "UPLOAD");
        disconnect();
    }
}

/* State and rc are answers, at 32 and 36. */
static void get_of_each_release(void **state)
{
    (void)state;
    for (const struct release *r = releases; r < releases + NR_RELEASES; r++) {
        struct payload_status status;

        connect(r);
        expect_get("fix1", 2, -22);
        assert_int_equal(client_get(&client, "fix1", &status), 0);
        assert_int_equal(status.state, 2);
        assert_int_equal(status.rc, -22);
        expect_operation(r, 1);
        expect_name();
        assert_sent(r, "GET");
        disconnect();
    }
}

static void action_of_each_release(void **state)
{
    (void)state;
    for (const struct release *r = releases; r < releases + NR_RELEASES; r++) {
        const struct wire_action action = {
            PAYLOAD_APPLY, 30000000,
            r->places->flags ? PAYLOAD_APPLY_NODEPS : 0};

        connect(r);
        expect_action("fix1", 3, action.flags, 0);
        assert_int_equal(client_action(&client, "fix1", &action), 0);
        expect_operation(r, 3);
        expect_name();
        expect_u32(32, 3);
        expect_u32(36, 30000000);
        expect_u32(r->places->flags, 1);
        assert_sent(r, "ACTION");
        disconnect();
    }
}

/* The first window of two payloads "a" and "b", one byte of metadata each. */
static void list_of_each_release(void **state)
{
    static const struct fake_entry entries[] = {{1, 0, "a", "x", 1, 0},
                                                {2, 0, "b", "y", 1, 0}};
    static const struct fake_window window = {5, 0, 2, 2};

    (void)state;
    for (const struct release *r = releases; r < releases + NR_RELEASES; r++) {
        struct list_progress progress;
        struct payload_list list;

        connect(r);
        expect_list_sizes(5, entries, 2);
        expect_list(&window, entries);
        assert_int_equal(client_list(&client, &list, &progress), 0);
        assert_int_equal(list.nr, 2);
        assert_string_equal(list.entries[1].name, "b");
        payload_list_free(&list);
        expect_operation(r, 2);
        expect_u32(24, 2);
        expect_u32(r->places->name_bytes, 2 * 128);
        expect_u32(r->places->metadata_bytes,
                   u32_at(fake_last_sysctl, r->places->metadata_bytes));
        expect_handle(r->places->status);
        expect_handle(r->places->name);
        expect_handle(r->places->length);
        expect_handle(r->places->metadata);
        expect_handle(r->places->metadata_length);
        assert_sent(r, "LIST");
        disconnect();
    }
}

static void each_release_is_told_by_its_number(void **state)
{
    (void)state;
    for (const struct release *r = releases; r < releases + NR_RELEASES; r++) {
        char line[80];

        fake_reset();
        fake_speak(r->version);
        expect_list_sizes(1, NULL, 0);
        snprintf(line, sizeof(line), "sysctl version 0x%02x (%s)\n", r->version,
                 r->told_as);
        assert_contains(run_command("status", "--no-log", NULL)->out, line);
        fake_verify();
    }
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_fake, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(upload_of_each_release),
        TEST(get_of_each_release),
        TEST(action_of_each_release),
        TEST(list_of_each_release),
        TEST(each_release_is_told_by_its_number),
    };

    return cmocka_run_group_tests_name("xen-livepatch releases", tests,
                                       enter_scratch_folder,
                                       leave_scratch_folder);
}
