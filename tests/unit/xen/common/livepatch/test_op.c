// SPDX-License-Identifier: GPL-2.0
/*
 * The sysctl edge: what all requests have in common, and UPLOAD, byte by
 * byte.
 */
#include "request.h"

#include "host/guest.h"

/* Fails to compile where an errno of the ABI differs from the C library's. */
#define XEN_ERRNO(name, value) _Static_assert((name) == (value), #name);
#include <public/errno.h>

/* ---- layout -------------------------------------------------------------- */

static void structures_have_the_sizes_of_the_abi(void **state)
{
    (void)state;
    assert_int_equal(sizeof(struct xen_sysctl_livepatch_op), OP_BYTES);
    assert_int_equal(sizeof(struct xen_sysctl_livepatch_list), 64);
    assert_int_equal(sizeof(struct xen_sysctl_livepatch_action), 32);
    assert_int_equal(sizeof(struct xen_livepatch_name), 16);
    assert_int_equal(sizeof(struct xen_livepatch_status), 8);
    assert_int_equal(sizeof(struct livepatch_func), 104);
    assert_int_equal(offsetof(struct livepatch_func, expect), 72);
}

/* ---- any request --------------------------------------------------------- */

static void pad_is_einval(void **state)
{
    (void)state;
    for (enum command command = UPLOAD; command <= ACTION; command++) {
        struct request request = request_for(command, "fix");

        put(&request, AT_OP_PAD, 1, 4);
        assert_int_equal(send_request(&request), -EINVAL);
    }
}

static void unknown_command_is_eopnotsupp(void **state)
{
    struct request request = {{0}};

    (void)state;
    put(&request, AT_COMMAND, 4, 4);
    assert_int_equal(send_request(&request), -EOPNOTSUPP);
    put(&request, AT_COMMAND, UINT32_MAX, 4);
    assert_int_equal(send_request(&request), -EOPNOTSUPP);
}

/* ---- names --------------------------------------------------------------- */

struct name_row {
    const char *name;
    const char *bytes; /* in the guest; NULL: an address that faults */
    uint16_t size;
    uint16_t pad[3];
    int rc; /* of GET and ACTION: UPLOAD says -EINVAL to them all */
};

#define HUNDRED                                                                \
    "0123456789012345678901234567890123456789012345678901234567890123456789"   \
    "012345678901234567890123456789"

static const struct name_row bad_names[] = {
    {"name_of_size_0_is_einval", "fix", 0, {0}, -EINVAL},
    {"name_of_129_bytes_is_einval",
     HUNDRED "0123456789012345678901234567",
     129,
     {0},
     -EINVAL},
    {"name_of_65535_bytes_is_einval", "fix", 65535, {0}, -EINVAL},
    {"name_without_nul_is_einval", "fix", 3, {0}, -EINVAL},
    {"name_pad_0_is_einval", "fix", 4, {1, 0, 0}, -EINVAL},
    {"name_pad_1_is_einval", "fix", 4, {0, 1, 0}, -EINVAL},
    {"name_pad_2_is_einval", "fix", 4, {0, 0, 0x8000}, -EINVAL},
    {"name_that_faults_is_efault", NULL, 4, {0}, -EFAULT},
};

static void name_is_refused(void **state)
{
    const struct name_row *row = *state;
    const void *name = row->bytes ? host_guest_put_string(row->bytes) : NULL;

    assert_int_equal(upload("fix"), 0);
    for (enum command command = UPLOAD; command <= ACTION; command++) {
        struct request request = request_for_bytes(command, name, row->size);

        if (command == LIST) {
            continue;
        }
        memcpy(request.byte + AT_NAME_PAD, row->pad, sizeof(row->pad));
        put(&request, AT_ACTION_COMMAND, command == ACTION ? UNLOAD : 1, 4);
        assert_int_equal(send_request(&request),
                         command == UPLOAD ? -EINVAL : row->rc);
    }
    assert_int_equal(act("fix", UNLOAD), 0);
}

static void name_that_faults_at_its_end_is_efault(void **state)
{
    char *name = host_guest_put_string("fix");
    struct request request = request_for_bytes(GET, name, 4);

    (void)state;
    host_guest_break(name + 3, 1);
    assert_int_equal(send_request(&request), -EFAULT);
}

static void unknown_name_is_enoent(void **state)
{
    struct request request = request_for(GET, "nothing");

    (void)state;
    assert_int_equal(send_request(&request), -ENOENT);
    for (enum action action = UNLOAD; action <= REPLACE; action++) {
        assert_int_equal(act("nothing", action), -ENOENT);
    }
}

static void name_ends_at_its_first_nul(void **state)
{
    struct request request =
        request_for_bytes(GET, host_guest_put("fix\0rest", 9), 9);

    (void)state;
    assert_int_equal(upload("fix"), 0);
    assert_int_equal(send_request(&request), 0);
    assert_int_equal(act("fix", UNLOAD), 0);
}

static void empty_name_is_einval(void **state)
{
    (void)state;
    assert_int_equal(upload(""), -EINVAL);
    assert_int_equal(act("", UNLOAD), -ENOENT);
}

static void name_of_128_bytes_is_a_name(void **state)
{
    static const char longest[] = HUNDRED "012345678901234567890123456";

    (void)state;
    assert_int_equal(sizeof(longest), 128);
    assert_int_equal(upload(longest), 0);
    assert_int_equal(act(longest, UNLOAD), 0);
}

/* ---- UPLOAD -------------------------------------------------------------- */

static void upload_loads_and_get_says_checked(void **state)
{
    struct request request;

    (void)state;
    assert_int_equal(upload("fix"), 0);
    request = request_for(GET, "fix");
    put(&request, AT_GET_STATE, 0x5a5a5a5a, 4);
    put(&request, AT_GET_RC, 0x5a5a5a5a, 4);
    assert_int_equal(send_request(&request), 0);
    assert_int_equal(get32(&request, AT_GET_STATE), 1);
    assert_int_equal(get32(&request, AT_GET_RC), 0);
    assert_int_equal(act("fix", UNLOAD), 0);
}

static void upload_of_a_used_name_is_eexist(void **state)
{
    struct payload_description other = payload_simple;

    (void)state;
    other.id = 0x22;
    assert_int_equal(upload("fix"), 0);
    assert_int_equal(upload_described("fix", &other), -EEXIST);
    assert_logged("livepatch: fix: the name is in use");
    assert_int_equal(act("fix", UNLOAD), 0);
    assert_int_equal(upload_described("fix", &other), 0);
    assert_int_equal(act("fix", UNLOAD), 0);
}

struct upload_size_row {
    const char *name;
    uint64_t size;
    int rc;
};

static const struct upload_size_row upload_sizes[] = {
    {"file_of_0_bytes_is_einval", 0, -EINVAL},
    {"file_over_2_mib_is_einval", 0x200001, -EINVAL},
    {"file_of_2_to_64_bytes_is_einval", UINT64_MAX, -EINVAL},
    {"file_of_2_mib_is_read", 0x200000, -EFAULT},
    {"file_that_faults_is_efault", 4096, -EFAULT},
};

static void file_size_is_judged(void **state)
{
    const struct upload_size_row *row = *state;
    struct request request = request_for(UPLOAD, "fix");

    put(&request, AT_UPLOAD_SIZE, row->size, 8);
    put(&request, AT_UPLOAD_PAYLOAD, (uint64_t)host_guest_alloc(100), 8);
    assert_int_equal(send_request(&request), row->rc);
}

static void file_that_faults_at_its_last_byte_is_efault(void **state)
{
    struct payload_file file = payload_make(&payload_simple);
    struct request request = upload_request("fix", &file);
    uint64_t at;

    (void)state;
    memcpy(&at, request.byte + AT_UPLOAD_PAYLOAD, sizeof(at));
    host_guest_break((uint8_t *)at + file.size - 1, 1);
    assert_int_equal(send_request(&request), -EFAULT);
    host_guest_mend();
    assert_int_equal(send_request(&request), 0);
    assert_int_equal(act("fix", UNLOAD), 0);
    payload_file_free(&file);
}

static void loader_s_errno_is_the_answer(void **state)
{
    struct payload_file file = payload_make(&payload_simple);
    struct request request;

    (void)state;
    file_header(&file)->e_machine = EM_386;
    request = upload_request("fix", &file);
    assert_int_equal(send_request(&request), -EOPNOTSUPP);
    request = request_for(GET, "fix");
    assert_int_equal(send_request(&request), -ENOENT);
    payload_file_free(&file);
}

static void upload_survives_every_failing_service(void **state)
{
    unsigned long nr = 0;
    int rc;

    (void)state;
    do {
        host_fail_nth(++nr);
        rc = upload("fix");
        assert_int_equal(rc, host_has_failed() ? -ENOMEM : 0);
    } while (host_has_failed());
    host_fail_nth(0);
    assert_true(nr > 8);
    assert_int_equal(act("fix", UNLOAD), 0);
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, structures_have_the_sizes_of_the_abi);
    host_add(&tests, pad_is_einval);
    host_add(&tests, unknown_command_is_eopnotsupp);
    host_add_rows(&tests, bad_names, name_is_refused);
    host_add(&tests, name_that_faults_at_its_end_is_efault);
    host_add(&tests, unknown_name_is_enoent);
    host_add(&tests, name_ends_at_its_first_nul);
    host_add(&tests, empty_name_is_einval);
    host_add(&tests, name_of_128_bytes_is_a_name);
    host_add(&tests, upload_loads_and_get_says_checked);
    host_add(&tests, upload_of_a_used_name_is_eexist);
    host_add_rows(&tests, upload_sizes, file_size_is_judged);
    host_add(&tests, file_that_faults_at_its_last_byte_is_efault);
    host_add(&tests, loader_s_errno_is_the_answer);
    host_add(&tests, upload_survives_every_failing_service);
    return host_run(&tests);
}
