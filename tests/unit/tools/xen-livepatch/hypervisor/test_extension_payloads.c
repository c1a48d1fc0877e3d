/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reading all that the hypervisor knows of its payloads: one moment's set,
 * whole or not at all, and nothing believed that contradicts itself.
 */
#include "hypervisor/extension_payloads.h"

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

static struct livepatch_client client;
static struct extension_payloads found;

static int connect_to_fake(void **state)
{
    start_fake(state);
    return client_open(&client) || client_find_version(&client);
}

static int disconnect_from_fake(void **state)
{
    extension_payloads_free(&found);
    client_close(&client);
    return finish_fake(state);
}

static int read_all(void)
{
    memset(&found, 0xa5, sizeof(found));
    return extension_read_payloads(&client, &found);
}

static void assert_nothing_found(void)
{
    assert_null(found.payloads);
    assert_null(found.uses);
    assert_int_equal(found.nr, 0);
}

/* `fix1`, used by `fix2`, and `fix3`, which uses both. */
static void load_three(void)
{
    static const uint64_t uses[] = {1, 2};
    struct livepatch_ext_payload payload = {
        .name = "fix1", .state = 2, .place = 1, .load_time = 5};

    payload.id_bytes = 20;
    memset(payload.id, 0x11, 20);
    payload.depends_bytes = 300;
    memset(payload.depends, 0xee, sizeof(payload.depends));
    fake_extension_load(&payload, NULL);
    payload = (struct livepatch_ext_payload){
        .name = "fix2", .state = LIVEPATCH_EXT_STATE_SPENT, .nr_uses = 1};
    fake_extension_load(&payload, uses);
    payload = (struct livepatch_ext_payload){
        .name = "fix3", .state = 1, .nr_uses = 2};
    fake_extension_load(&payload, uses);
}

static void stock_has_no_such_operation(void **state)
{
    (void)state;
    assert_int_equal(read_all(), -EOPNOTSUPP);
    assert_nothing_found();
}

static void nothing_loaded_is_an_empty_array(void **state)
{
    (void)state;
    fake_extension_start(9);
    assert_int_equal(read_all(), 0);
    assert_int_equal(found.nr, 0);
    assert_int_equal(found.now_ns, 9);
}

static void all_facts_are_read(void **state)
{
    struct livepatch_ext_record record = {.name = "fix3"};

    (void)state;
    fake_extension_start(77);
    fake_extension_record(&record);
    load_three();
    assert_int_equal(read_all(), 0);
    assert_int_equal(found.nr, 3);
    assert_int_equal(found.now_ns, 77);
    assert_int_equal(found.generation, 1);
    assert_string_equal(found.payloads[0].name, "fix1");
    assert_int_equal(found.payloads[0].place, 1);
    assert_int_equal(found.payloads[0].load_time, 5);
    assert_int_equal(found.payloads[1].state, LIVEPATCH_EXT_STATE_SPENT);
    assert_int_equal(found.payloads[2].number, 3);
    assert_int_equal(found.nr_uses, 3);
    assert_int_equal(found.payloads[2].nr_uses, 2);
    assert_int_equal(found.uses[found.payloads[2].first_use], 1);
    assert_int_equal(found.uses[found.payloads[2].first_use + 1], 2);
}

static void shorter_record_of_an_older_hypervisor_is_understood(void **state)
{
    (void)state;
    fake_extension_start(0);
    fake_extension_knows_bytes(offsetof(struct livepatch_ext_payload, place));
    load_three();
    assert_int_equal(read_all(), 0);
    assert_int_equal(found.nr, 3);
    assert_int_equal(found.payloads[0].state, 2);
    assert_int_equal(found.payloads[0].place, 0);
    assert_int_equal(extension_own_id(&found.payloads[0]).nr_bytes, 0);
}

static void name_without_an_end_is_ended(void **state)
{
    struct livepatch_ext_payload payload = {.state = 1};

    (void)state;
    memset(payload.name, 'x', sizeof(payload.name));
    fake_extension_start(0);
    fake_extension_load(&payload, NULL);
    assert_int_equal(read_all(), 0);
    assert_int_equal(strlen(found.payloads[0].name),
                     LIVEPATCH_EXT_NAME_BYTES - 1);
}

static void what_comes_while_it_is_read_is_read_too(void **state)
{
    (void)state;
    fake_extension_start(0);
    load_three();
    fake_extension_grows(2, 0);
    assert_int_equal(read_all(), 0);
    assert_int_equal(found.nr, 5);
    assert_string_equal(found.payloads[4].name, "more");
}

static void uses_that_come_while_it_is_read_are_read_too(void **state)
{
    (void)state;
    fake_extension_start(0);
    fake_extension_grows(1, 3);
    assert_int_equal(read_all(), 0);
    assert_int_equal(found.nr, 1);
    assert_int_equal(found.nr_uses, 3);
}

static void set_that_grows_for_ever_is_busy(void **state)
{
    (void)state;
    fake_extension_start(0);
    fake_extension_grows(20, 1);
    assert_int_equal(read_all(), -EBUSY);
    assert_nothing_found();
}

static void more_than_there_can_be_is_not_believed(void **state)
{
    (void)state;
    fake_extension_start(0);
    fake_extension_claims(0xffffffff, 0);
    assert_int_equal(read_all(), -EBADMSG);
    fake_extension_claims(1, 0xffffffff);
    assert_int_equal(read_all(), -EBADMSG);
    assert_nothing_found();
}

static void uses_that_are_not_there_are_not_believed(void **state)
{
    const struct livepatch_ext_payload payload = {.name = "fix1", .nr_uses = 1};
    static const uint64_t used;

    (void)state;
    fake_extension_start(0);
    fake_extension_load(&payload, &used);
    fake_extension_loses_uses();
    assert_int_equal(read_all(), -EBADMSG);
    assert_nothing_found();
}

static void numbers_that_do_not_ascend_are_not_believed(void **state)
{
    (void)state;
    fake_extension_start(0);
    load_three();
    fake_extension_repeats_numbers();
    assert_int_equal(read_all(), -EBADMSG);
    assert_nothing_found();
}

static void lack_of_memory_leaves_nothing_behind(void **state)
{
    (void)state;
    fake_extension_start(0);
    load_three();
    fake_fail_allocation(1); /* of two */
    assert_int_equal(read_all(), -ENOMEM);
    assert_nothing_found();
    fake_fail_allocation(4); /* of the next two */
    assert_int_equal(read_all(), -ENOMEM);
    assert_nothing_found();
}

static void payloads_are_found_by_name(void **state)
{
    static const char *const names[] = {"fix1", "fix2", "fix3"};
    size_t hint = 0;

    (void)state;
    fake_extension_start(0);
    load_three();
    assert_int_equal(read_all(), 0);
    for (unsigned int i = 0; i < 3; i++) {
        assert_ptr_equal(extension_payload_named(&found, names[i], &hint),
                         &found.payloads[i]);
        assert_int_equal(hint, i + 1);
    }
    assert_ptr_equal(extension_payload_named(&found, "fix2", &hint),
                     &found.payloads[1]);
    assert_null(extension_payload_named(&found, "fix", &hint));
}

static void payloads_are_found_by_number(void **state)
{
    (void)state;
    fake_extension_start(0);
    assert_int_equal(read_all(), 0);
    assert_null(extension_payload_numbered(&found, 1));
    extension_payloads_free(&found);
    load_three();
    assert_int_equal(read_all(), 0);
    assert_null(extension_payload_numbered(&found, 0));
    assert_null(extension_payload_numbered(&found, 4));
    for (unsigned int i = 0; i < 3; i++) {
        assert_ptr_equal(extension_payload_numbered(&found, i + 1),
                         &found.payloads[i]);
    }
}

static void long_build_id_is_what_the_record_holds(void **state)
{
    (void)state;
    fake_extension_start(0);
    load_three();
    assert_int_equal(read_all(), 0);
    assert_int_equal(extension_depends_id(&found.payloads[0]).nr_bytes,
                     LIVEPATCH_EXT_ID_BYTES);
    assert_int_equal(extension_own_id(&found.payloads[0]).nr_bytes, 20);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, connect_to_fake, disconnect_from_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(stock_has_no_such_operation),
        TEST(nothing_loaded_is_an_empty_array),
        TEST(all_facts_are_read),
        TEST(shorter_record_of_an_older_hypervisor_is_understood),
        TEST(name_without_an_end_is_ended),
        TEST(what_comes_while_it_is_read_is_read_too),
        TEST(uses_that_come_while_it_is_read_are_read_too),
        TEST(set_that_grows_for_ever_is_busy),
        TEST(more_than_there_can_be_is_not_believed),
        TEST(uses_that_are_not_there_are_not_believed),
        TEST(numbers_that_do_not_ascend_are_not_believed),
        TEST(lack_of_memory_leaves_nothing_behind),
        TEST(payloads_are_found_by_name),
        TEST(payloads_are_found_by_number),
        TEST(long_build_id_is_what_the_record_holds),
    };

    return cmocka_run_group_tests_name("xen-livepatch extension payloads",
                                       tests, NULL, NULL);
}
