// SPDX-License-Identifier: GPL-2.0
/*
 * The sysctl edge: LIST, byte by byte.
 */
#include "request.h"

#include <stdio.h>

#include "host/guest.h"

/* Guest buffers for up to 8 entries. */
struct list_buffers {
    uint32_t *status; /* pairs: state, rc */
    char *names;
    uint32_t *lengths;
    char *metadata;
    uint32_t *metadata_lengths;
};

static struct request list_request(uint32_t idx, uint32_t nr,
                                   struct list_buffers *buffers)
{
    struct request request = {{0}};

    *buffers = (struct list_buffers){
        .status = host_guest_alloc(8 * 8),
        .names = host_guest_alloc(8 * 16),
        .lengths = host_guest_alloc(8 * 4),
        .metadata = host_guest_alloc(8 * 16),
        .metadata_lengths = host_guest_alloc(8 * 4),
    };
    put(&request, AT_COMMAND, LIST, 4);
    put(&request, AT_LIST_IDX, idx, 4);
    put(&request, AT_LIST_NR, nr, 4);
    put(&request, AT_LIST_STATUS, (uint64_t)buffers->status, 8);
    put(&request, AT_LIST_NAME, (uint64_t)buffers->names, 8);
    put(&request, AT_LIST_LEN, (uint64_t)buffers->lengths, 8);
    put(&request, AT_LIST_METADATA, (uint64_t)buffers->metadata, 8);
    put(&request, AT_LIST_METADATA_LEN, (uint64_t)buffers->metadata_lengths, 8);
    return request;
}

static const char *const listed_names[] = {"a", "bb", "ccc"};

/* Payload i carries i bytes of metadata. */
static void upload_three(void)
{
    static const char *const functions[] = {"answer", "question", "answer"};

    for (unsigned int i = 0; i < 3; i++) {
        const struct payload_function function = {
            .old_name = functions[i],
            .old_size = 16,
            .code = payload_return_42,
            .code_bytes = HOST_RETURN_BYTES,
        };
        const struct payload_description what = {
            .functions = &function,
            .nr_functions = 1,
            .id = 0x30 + i,
            .metadata = i ? &"x\0"[2 - i] : NULL,
            .metadata_bytes = i,
        };

        assert_int_equal(upload_described(listed_names[i], &what), 0);
    }
}

static void unload_three(void)
{
    for (unsigned int i = 0; i < 3; i++) {
        assert_int_equal(act(listed_names[i], UNLOAD), 0);
    }
}

static void list_of_none_is_empty(void **state)
{
    struct list_buffers buffers;
    struct request request = list_request(0, 8, &buffers);

    (void)state;
    put(&request, AT_LIST_NAME_TOTAL, 0x5a5a, 4);
    put(&request, AT_LIST_METADATA_TOTAL, 0x5a5a, 4);
    assert_int_equal(send_request(&request), 0);
    assert_int_equal(get32(&request, AT_LIST_NR), 0);
    assert_int_equal(get32(&request, AT_LIST_NAME_TOTAL), 0);
    assert_int_equal(get32(&request, AT_LIST_METADATA_TOTAL), 0);
    assert_true(get32(&request, AT_LIST_VERSION) > 0);
}

static void list_of_none_takes_any_idx(void **state)
{
    struct list_buffers buffers;
    struct request request = list_request(5, 8, &buffers);

    (void)state;
    assert_int_equal(send_request(&request), 0);
}

static void list_of_nr_0_gives_sizes(void **state)
{
    struct list_buffers buffers;
    struct request request = list_request(0, 0, &buffers);

    (void)state;
    upload_three();
    assert_int_equal(send_request(&request), 0);
    assert_int_equal(get32(&request, AT_LIST_NR), 3);
    assert_int_equal(get32(&request, AT_LIST_NAME_TOTAL), 2 + 3 + 4);
    assert_int_equal(get32(&request, AT_LIST_METADATA_TOTAL), 1 + 2);
    unload_three();
}

static void list_gives_all(void **state)
{
    struct list_buffers buffers;
    struct request request = list_request(0, 8, &buffers);

    (void)state;
    upload_three();
    assert_int_equal(act("a", APPLY), 0);
    assert_int_equal(send_request(&request), 3);
    assert_int_equal(get32(&request, AT_LIST_NR), 0);
    assert_int_equal(get32(&request, AT_LIST_NAME_TOTAL), 9);
    assert_int_equal(get32(&request, AT_LIST_METADATA_TOTAL), 3);
    assert_memory_equal(buffers.names, "a\0bb\0ccc", 9);
    assert_int_equal(buffers.lengths[0], 2);
    assert_int_equal(buffers.lengths[1], 3);
    assert_int_equal(buffers.lengths[2], 4);
    assert_int_equal(buffers.status[0], 2);
    assert_int_equal(buffers.status[1], 0);
    assert_int_equal(buffers.status[2], 1);
    assert_int_equal(buffers.metadata_lengths[0], 0);
    assert_int_equal(buffers.metadata_lengths[1], 1);
    assert_int_equal(buffers.metadata_lengths[2], 2);
    assert_memory_equal(buffers.metadata, "\0x\0", 3);
    assert_int_equal(act("a", REVERT), 0);
    unload_three();
}

static void list_writes_nothing_past_its_entries(void **state)
{
    struct list_buffers buffers;
    struct request request = list_request(0, 2, &buffers);

    (void)state;
    upload_three();
    memset(buffers.names, 0x5a, 16);
    memset(buffers.lengths, 0x5a, 16);
    memset(buffers.status, 0x5a, 32);
    assert_int_equal(send_request(&request), 2);
    assert_int_equal(get32(&request, AT_LIST_NR), 1);
    assert_int_equal(get32(&request, AT_LIST_NAME_TOTAL), 5);
    assert_int_equal(get32(&request, AT_LIST_METADATA_TOTAL), 1);
    assert_int_equal(buffers.names[5], 0x5a);
    assert_int_equal(buffers.lengths[2], 0x5a5a5a5a);
    assert_int_equal(buffers.status[4], 0x5a5a5a5a);
    unload_three();
}

static void list_goes_on_at_idx(void **state)
{
    struct list_buffers buffers;
    struct request request = list_request(1, 1, &buffers);

    (void)state;
    upload_three();
    assert_int_equal(send_request(&request), 1);
    assert_int_equal(get32(&request, AT_LIST_NR), 1);
    assert_string_equal(buffers.names, "bb");
    request = list_request(2, 8, &buffers);
    assert_int_equal(send_request(&request), 1);
    assert_int_equal(get32(&request, AT_LIST_NR), 0);
    assert_string_equal(buffers.names, "ccc");
    unload_three();
}

static void list_past_the_last_is_einval(void **state)
{
    struct list_buffers buffers;
    struct request request = list_request(3, 8, &buffers);

    (void)state;
    upload_three();
    assert_int_equal(send_request(&request), -EINVAL);
    request = list_request(UINT32_MAX, 8, &buffers);
    assert_int_equal(send_request(&request), -EINVAL);
    request = list_request(3, 0, &buffers);
    assert_int_equal(send_request(&request), -EINVAL);
    unload_three();
}

static void list_of_more_than_1024_is_e2big(void **state)
{
    struct list_buffers buffers;
    struct request request = list_request(0, 1025, &buffers);

    (void)state;
    put(&request, AT_LIST_PAD, 1, 4);
    assert_int_equal(send_request(&request), -E2BIG);
    request = list_request(0, 1024, &buffers);
    assert_int_equal(send_request(&request), 0);
}

static void list_pad_is_einval(void **state)
{
    struct list_buffers buffers;
    struct request request = list_request(0, 8, &buffers);

    (void)state;
    put(&request, AT_LIST_PAD, 1, 4);
    assert_int_equal(send_request(&request), -EINVAL);
}

static void list_version_counts_uploads_and_unloads(void **state)
{
    struct list_buffers buffers;
    struct request request = list_request(0, 0, &buffers);
    uint32_t before;

    (void)state;
    assert_int_equal(send_request(&request), 0);
    before = get32(&request, AT_LIST_VERSION);
    upload_three();
    unload_three();
    request = list_request(0, 0, &buffers);
    assert_int_equal(send_request(&request), 0);
    assert_int_equal(get32(&request, AT_LIST_VERSION), before + 6);
}

struct fault_row {
    const char *name;
    unsigned int handle; /* offset in the request */
    unsigned int broken; /* byte of what it points to */
};

static const struct fault_row faults[] = {
    {"first_status_that_faults_is_efault", AT_LIST_STATUS, 0},
    {"last_status_that_faults_is_efault", AT_LIST_STATUS, 23},
    {"first_name_that_faults_is_efault", AT_LIST_NAME, 0},
    {"last_name_that_faults_is_efault", AT_LIST_NAME, 8},
    {"first_length_that_faults_is_efault", AT_LIST_LEN, 0},
    {"last_length_that_faults_is_efault", AT_LIST_LEN, 11},
    {"metadata_that_faults_is_efault", AT_LIST_METADATA, 0},
    {"last_metadata_that_faults_is_efault", AT_LIST_METADATA, 2},
    {"metadata_length_that_faults_is_efault", AT_LIST_METADATA_LEN, 0},
};

/* What is filled in is told by the answer, and so nothing is. */
static void list_field_faults(void **state)
{
    const struct fault_row *row = *state;
    struct list_buffers buffers;
    struct request request = list_request(0, 8, &buffers);
    uint64_t at;

    upload_three();
    put(&request, AT_LIST_NAME_TOTAL, 0x5a5a, 4);
    put(&request, AT_LIST_METADATA_TOTAL, 0xa5a5, 4);
    memcpy(&at, request.byte + row->handle, sizeof(at));
    host_guest_break((uint8_t *)at + row->broken, 1);
    assert_int_equal(send_request(&request), -EFAULT);
    assert_int_equal(get32(&request, AT_LIST_NR), 8);
    assert_int_equal(get32(&request, AT_LIST_NAME_TOTAL), 0x5a5a);
    assert_int_equal(get32(&request, AT_LIST_METADATA_TOTAL), 0xa5a5);
    unload_three();
}

static void many_payloads_are_listed_in_order(void **state)
{
    enum {
        NR = 200
    };
    uint32_t *lengths = host_guest_alloc(NR * 4);
    char *names = host_guest_alloc(NR * 8);
    struct list_buffers unused;
    struct request request = list_request(0, NR, &unused);
    const char *at = names;
    char name[8];

    (void)state;
    for (unsigned int i = 0; i < NR; i++) {
        struct payload_description what = payload_simple;

        snprintf(name, sizeof(name), "p%u", i);
        what.id = i + 1;
        assert_int_equal(upload_described(name, &what), 0);
    }
    put(&request, AT_LIST_STATUS, (uint64_t)host_guest_alloc(NR * 8), 8);
    put(&request, AT_LIST_NAME, (uint64_t)names, 8);
    put(&request, AT_LIST_LEN, (uint64_t)lengths, 8);
    put(&request, AT_LIST_METADATA_LEN, (uint64_t)host_guest_alloc(NR * 4), 8);
    assert_int_equal(send_request(&request), NR);
    for (unsigned int i = 0; i < NR; i++) {
        snprintf(name, sizeof(name), "p%u", i);
        assert_string_equal(at, name);
        at += lengths[i];
        assert_int_equal(act(name, UNLOAD), 0);
    }
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, list_of_none_is_empty);
    host_add(&tests, list_of_none_takes_any_idx);
    host_add(&tests, list_of_nr_0_gives_sizes);
    host_add(&tests, list_gives_all);
    host_add(&tests, list_writes_nothing_past_its_entries);
    host_add(&tests, list_goes_on_at_idx);
    host_add(&tests, list_past_the_last_is_einval);
    host_add(&tests, list_of_more_than_1024_is_e2big);
    host_add(&tests, list_pad_is_einval);
    host_add(&tests, list_version_counts_uploads_and_unloads);
    host_add_rows(&tests, faults, list_field_faults);
    host_add(&tests, many_payloads_are_listed_in_order);
    return host_run(&tests);
}
