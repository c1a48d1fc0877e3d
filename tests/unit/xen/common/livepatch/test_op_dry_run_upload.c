// SPDX-License-Identifier: GPL-2.0
/*
 * The extension's DRY_RUN_UPLOAD: it answers as the UPLOAD, and the action
 * after it, would be answered. (test_broken has a dry run of each broken
 * payload.)
 */
#include "dry_run.h"
#include "hook_payload.h"
#include "request.h"

#include "host/failure.h"
#include "host/guest.h"

#define NODEPS LIVEPATCH_ACTION_APPLY_NODEPS

/* `answer` becomes 42; on what, and under which id. */
static struct payload_description on(uint8_t id, uint8_t depends)
{
    struct payload_description what = payload_simple;

    what.id = id;
    what.depends = depends;
    return what;
}

/* ---- UPLOAD ------------------------------------------------------------- */

static void good_payload_would_load_and_is_not_there(void **state)
{
    (void)state;
    assert_int_equal(try_described("fix", &payload_simple, 0), 0);
    assert_int_equal(uploaded.refused, LIVEPATCH_EXT_DID_UPLOAD);
    assert_int_equal(uploaded.nr_unasked, 0);
    assert_null(find_payload("fix"));
    assert_int_equal(read_payloads(1, 0, 0, 16).payloads.nr_loaded, 0);
    assert_int_equal(upload("fix"), 0);
    assert_int_equal(act("fix", UNLOAD), 0);
}

static void its_lines_are_those_of_a_dry_run(void **state)
{
    (void)state;
    host_log_clear();
    assert_int_equal(try_described("fix", &payload_simple, APPLY), 0);
    assert_logged("livepatch (dry run): fix: loaded: 1 functions");
    assert_logged("livepatch (dry run): fix: would be applied: 1 functions; 0 "
                  "hooks unasked");
    assert_logged("livepatch (dry run): fix: unloaded");
    assert_int_equal(host_log_count("livepatch: "), 0);
    assert_int_equal(upload("fix"), 0);
    assert_logged("livepatch: fix: loaded: ");
    assert_int_equal(act("fix", UNLOAD), 0);
}

static void name_in_use_is_eexist(void **state)
{
    const struct payload_description other = on(2, 0);

    (void)state;
    assert_int_equal(upload("fix"), 0);
    assert_int_equal(try_described("fix", &other, 0), -EEXIST);
    assert_int_equal(try_described("twin", &payload_simple, APPLY), -EEXIST);
    assert_int_equal(uploaded.refused, LIVEPATCH_EXT_DID_UPLOAD);
    assert_logged("livepatch (dry run): twin: build-id ");
    assert_int_equal(act("fix", UNLOAD), 0);
}

static void file_that_cannot_be_read_is_efault(void **state)
{
    struct livepatch_ext_dry_run_upload request = {
        .name = (uintptr_t)host_guest_put_string("fix"),
        .name_bytes = 4,
        .size = 64,
        .payload = 1,
    };

    (void)state;
    assert_int_equal(
        send_extension(LIVEPATCH_EXT_DRY_RUN_UPLOAD, &request, sizeof(request)),
        -EFAULT);
}

static void action_is_looked_over_on_what_was_uploaded(void **state)
{
    const struct payload_description lower = on(2, 0), upper = on(3, 0x11);

    (void)state;
    assert_int_equal(try_described("lower", &lower, APPLY), 0);
    assert_int_equal(try_described("upper", &upper, APPLY), -EINVAL);
    assert_int_equal(uploaded.refused, APPLY);
    assert_logged("livepatch (dry run): upper: depends on build-id 1111");
    assert_int_equal(upload("fix"), 0);
    assert_int_equal(act("fix", APPLY), 0);
    assert_int_equal(try_described("lower", &lower, APPLY), -EINVAL);
    assert_int_equal(try_described("lower", &lower, REPLACE), 0);
    assert_int_equal(try_described("upper", &upper, APPLY), 0);
    assert_int_equal(try_described("upper", &upper, REPLACE), -EINVAL);
    assert_int_equal(uploaded.refused, REPLACE);
    assert_int_equal(host_call("answer"), 42);
    assert_int_equal(act("fix", REVERT), 0);
    assert_int_equal(act("fix", UNLOAD), 0);
}

static void flags_are_the_action_s(void **state)
{
    const struct payload_description upper = on(3, 0x99);
    struct payload_file file = payload_make(&upper);

    (void)state;
    assert_int_equal(try_file("upper", &file, APPLY), -EINVAL);
    uploaded.flags = NODEPS;
    assert_int_equal(try_upload_again(), 0);
    payload_file_free(&file);
}

static void expectation_is_looked_at(void **state)
{
    struct payload_function function = payload_simple.functions[0];
    const struct payload_description what = {
        .functions = &function, .nr_functions = 1, .id = 4};

    (void)state;
    function.expect =
        (struct livepatch_expectation){.enabled = 1, .len = 1, .data = {0xcc}};
    assert_int_equal(try_described("fix", &what, 0), 0);
    assert_int_equal(try_described("fix", &what, APPLY), -EINVAL);
    assert_logged("livepatch (dry run): fix: answer: expects cc at its start");
}

struct malformed_row {
    const char *name;
    uint32_t cmd, flags;
    uint16_t name_bytes;
    uint64_t pad;
};

static const struct malformed_row malformed[] = {
    {"unload_of_what_is_not_there_is_einval", UNLOAD, 0, 4, 0},
    {"revert_of_what_is_not_there_is_einval", REVERT, 0, 4, 0},
    {"unknown_action_is_einval", 5, 0, 4, 0},
    {"flags_without_an_action_are_einval", 0, NODEPS, 4, 0},
    {"unknown_flags_are_einval", APPLY, 2, 4, 0},
    {"pad_is_einval", APPLY, 0, 4, 1},
    {"bad_name_is_einval", APPLY, 0, 3, 0},
    {"empty_name_is_einval", APPLY, 0, 1, 0},
};

static void malformed_upload_is_einval(void **state)
{
    const struct malformed_row *row = *state;
    struct payload_file file = payload_make(&payload_simple);

    (void)try_file(row->name_bytes == 1 ? "" : "fix", &file, 0);
    host_log_clear();
    uploaded.cmd = row->cmd;
    uploaded.flags = row->flags;
    uploaded.name_bytes = row->name_bytes;
    uploaded.pad = row->pad;
    uploaded.refused = 77;
    assert_int_equal(try_upload_again(), -EINVAL);
    assert_int_equal(uploaded.refused, 77);
    assert_string_equal(host_log(), "");
    payload_file_free(&file);
}

static void lack_of_memory_leaves_nothing_behind(void **state)
{
    struct payload_file file = payload_make(&payload_simple);
    unsigned int nth = 0;
    int rc;

    (void)state;
    assert_int_equal(upload_described("old",
                                      &(struct payload_description){
                                          .functions = payload_simple.functions,
                                          .nr_functions = 1,
                                          .id = 9}),
                     0);
    assert_int_equal(act("old", APPLY), 0);
    do {
        host_fail_nth(++nth);
        rc = try_file("fix", &file, REPLACE);
        host_fail_nth(0);
        assert_true(rc == 0 || rc == -ENOMEM);
    } while (rc);
    assert_true(nth > 3);
    payload_file_free(&file);
    assert_int_equal(act("old", REVERT), 0);
    assert_int_equal(act("old", UNLOAD), 0);
}

static int say_no(struct payload *payload)
{
    (void)payload;
    note('!');
    return -EDOM;
}

static void upload_with_hooks_tells_them_too(void **state)
{
    static const struct test_hook hooks[] = {{LP_HOOK_PREAPPLY, say_no},
                                             {LP_HOOK_APPLY, say_no}};
    const struct hook_payload what = {
        .function = "answer", .id = 7, .hooks = hooks, .nr_hooks = 2};
    struct payload_file file = make_hook_payload(&what);

    (void)state;
    noted[0] = '\0';
    assert_int_equal(try_file("fix", &file, APPLY), 0);
    assert_int_equal(uploaded.nr_unasked, 2);
    assert_string_equal(noted, "");
    assert_int_equal(try_file("fix", &file, REPLACE), -EOPNOTSUPP);
    assert_int_equal(uploaded.refused, REPLACE);
    payload_file_free(&file);
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, good_payload_would_load_and_is_not_there);
    host_add(&tests, its_lines_are_those_of_a_dry_run);
    host_add(&tests, name_in_use_is_eexist);
    host_add(&tests, file_that_cannot_be_read_is_efault);
    host_add(&tests, action_is_looked_over_on_what_was_uploaded);
    host_add(&tests, flags_are_the_action_s);
    host_add(&tests, expectation_is_looked_at);
    host_add_rows(&tests, malformed, malformed_upload_is_einval);
    host_add(&tests, lack_of_memory_leaves_nothing_behind);
    host_add(&tests, upload_with_hooks_tells_them_too);
    return host_run(&tests);
}
