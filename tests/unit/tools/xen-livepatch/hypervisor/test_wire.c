/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What is asked after the first window of a list, and what refused requests
 * leave of the caller's memory. The bytes of each request are in
 * test_releases.c.
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

static struct livepatch_client client;

static int connect_to_fake(void **state)
{
    start_fake(state);
    return client_open(&client) || client_find_version(&client);
}

static int disconnect_from_fake(void **state)
{
    client_close(&client);
    return finish_fake(state);
}

static void assert_u32(unsigned int offset, uint32_t expected)
{
    assert_int_equal(u32_at(fake_last_sysctl, offset), expected);
}

static void refused_get_leaves_the_status_untouched(void **state)
{
    struct payload_status status = {77, 88};

    (void)state;
    expect_get_refused("fix1", -ENOENT);
    assert_int_equal(client_get(&client, "fix1", &status), -ENOENT);
    assert_int_equal(status.state, 77);
    assert_int_equal(status.rc, 88);
}

static void list_has_index_at_20_and_count_at_24(void **state)
{
    static const struct fake_entry entries[] = {{1, 0, "a", NULL, 0, 0},
                                                {2, 0, "b", NULL, 0, 0}};
    const struct fake_window first = {5, 0, 2, 1};
    const struct fake_window second = {5, 1, 1, 1};
    struct list_progress progress;
    struct payload_list list;

    (void)state;
    expect_list_sizes(5, entries, 2);
    expect_list(&first, entries);
    expect_list(&second, entries);
    assert_int_equal(client_list(&client, &list, &progress), 0);
    assert_u32(8, 2);
    assert_u32(16, 0); /* version is an answer */
    assert_u32(20, 1);
    assert_u32(24, 1);
    assert_u32(28, 0);
    assert_int_equal(list.nr, 2);
    assert_string_equal(list.entries[1].name, "b");
    assert_int_equal(list.entries[1].status.state, 2);
    payload_list_free(&list);
}

static void refused_list_leaves_the_list_untouched(void **state)
{
    struct payload_list list = {77, NULL, NULL};
    struct list_progress progress;

    (void)state;
    expect_list_sizes_refused(-EPERM);
    assert_int_equal(client_list(&client, &list, &progress), -EPERM);
    assert_int_equal(list.nr, 77);
    assert_false(progress.is_sized);
}

static void name_without_room_for_its_nul_is_never_sent(void **state)
{
    struct payload_status status;
    char name[129];

    (void)state;
    memset(name, 'n', 128);
    name[128] = '\0';
    assert_int_equal(client_get(&client, name, &status), -EINVAL);
    assert_int_equal(
        client_upload(&client, name, &(struct client_upload){"x", 1, false}),
        -EINVAL);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, connect_to_fake, disconnect_from_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(refused_get_leaves_the_status_untouched),
        TEST(list_has_index_at_20_and_count_at_24),
        TEST(refused_list_leaves_the_list_untouched),
        TEST(name_without_room_for_its_nul_is_never_sent),
    };

    return cmocka_run_group_tests_name("xen-livepatch wire", tests, NULL, NULL);
}
