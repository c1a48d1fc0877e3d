// SPDX-License-Identifier: GPL-2.0
/*
 * The extension's ACTION_SET as a guest sends it: names, sizes, padding, what
 * is refused and which name was the reason, what the history says of it.
 */
#include "extension.h"
#include "request.h"

#include "host/guest.h"

#define NAMES "a\0b"

static struct livepatch_ext_action_set last;

static struct livepatch_ext_action_set set_of(const char *names, uint32_t bytes,
                                              uint32_t nr, uint32_t cmd)
{
    return (struct livepatch_ext_action_set){
        .names = (uintptr_t)host_guest_put(names, bytes),
        .names_bytes = bytes,
        .nr = nr,
        .cmd = cmd,
        .failed = 77,
        .rc = 77,
    };
}

static int send_set(struct livepatch_ext_action_set set)
{
    last = set;
    return send_extension(LIVEPATCH_EXT_ACTION_SET, &last, sizeof(last));
}

static int act_on_set(const char *names, uint32_t bytes, uint32_t nr,
                      uint32_t cmd)
{
    return send_set(set_of(names, bytes, nr, cmd));
}

static void upload_two(void)
{
    const struct payload_function function = {.old_name = "question",
                                              .old_size = 16,
                                              .code = payload_return_42,
                                              .code_bytes = HOST_RETURN_BYTES};
    const struct payload_description second = {
        .functions = &function, .nr_functions = 1, .id = 2, .depends = 0x11};

    assert_int_equal(upload("a"), 0);
    assert_int_equal(upload_described("b", &second), 0);
}

static void unload_two(void)
{
    assert_int_equal(act("b", UNLOAD), 0);
    assert_int_equal(act("a", UNLOAD), 0);
}

static void set_is_applied_and_reverted(void **state)
{
    (void)state;
    upload_two();
    assert_int_equal(act_on_set(NAMES, 4, 2, APPLY), 0);
    assert_int_equal(last.rc, 0);
    assert_int_equal(last.failed, 2);
    assert_int_equal(host_call("answer"), 42);
    assert_int_equal(host_call("question"), 42);
    assert_int_equal(act_on_set(NAMES, 4, 2, REVERT), 0);
    assert_int_equal(host_call("answer"), 1);
    assert_int_equal(host_call("question"), 2);
    unload_two();
}

static void set_of_one_is_an_action(void **state)
{
    (void)state;
    upload_two();
    assert_int_equal(act_on_set("a", 2, 1, APPLY), 0);
    assert_int_equal(last.failed, 1);
    assert_logged("livepatch: a: applied: 1 functions");
    assert_int_equal(act_on_set("a", 2, 1, REVERT), 0);
    unload_two();
}

static void set_leaves_one_record(void **state)
{
    struct livepatch_ext_record first, second;

    (void)state;
    upload_two();
    assert_true(read_newest_record(&first));
    assert_int_equal(act_on_set(NAMES, 4, 2, APPLY), 0);
    assert_true(read_newest_record(&second));
    assert_int_equal(second.sequence, first.sequence + 1);
    assert_int_equal(second.cmd, APPLY);
    assert_string_equal(second.name, "a");
    assert_int_equal(second.nr_payloads, 2);
    assert_int_equal(second.nr_functions, 2);
    assert_int_equal(act_on_set("b\0a", 4, 2, REVERT), 0);
    assert_true(read_newest_record(&second));
    assert_int_equal(second.cmd, REVERT);
    assert_string_equal(second.name, "b");
    unload_two();
}

static void refused_set_leaves_a_record(void **state)
{
    struct livepatch_ext_record record;

    (void)state;
    upload_two();
    assert_int_equal(act_on_set(NAMES, 4, 2, REVERT), -EINVAL);
    assert_int_equal(last.failed, 0);
    assert_true(read_newest_record(&record));
    assert_int_equal(record.rc, -EINVAL);
    assert_int_equal(record.nr_payloads, 2);
    assert_int_equal(record.nr_functions, 2);
    unload_two();
}

/* It is the second time that is too many. */
static void name_twice_is_to_blame_where_it_comes_again(void **state)
{
    (void)state;
    upload_two();
    assert_int_equal(act_on_set("a\0b\0a", 6, 3, APPLY), -EINVAL);
    assert_int_equal(last.failed, 2);
    assert_logged("livepatch: a: is named twice in one set");
    assert_int_equal(act_on_set(NAMES, 4, 2, APPLY), 0);
    assert_int_equal(act_on_set("b\0a\0b", 6, 3, REVERT), -EINVAL);
    assert_int_equal(last.failed, 2);
    assert_int_equal(act_on_set(NAMES, 4, 2, REVERT), 0);
    unload_two();
}

static void unknown_name_is_enoent_and_told(void **state)
{
    (void)state;
    upload_two();
    assert_int_equal(act_on_set("a\0x", 4, 2, APPLY), -ENOENT);
    assert_int_equal(last.failed, 1);
    assert_int_equal(last.rc, 0);
    assert_logged("livepatch: x: no such payload");
    assert_int_equal(act_on_set("x\0b", 4, 2, APPLY), -ENOENT);
    assert_int_equal(last.failed, 0);
    assert_int_equal(host_call("answer"), 1);
    unload_two();
}

static void nodeps_reaches_the_action(void **state)
{
    struct livepatch_ext_action_set set = set_of("b\0a", 4, 2, APPLY);

    (void)state;
    upload_two();
    assert_int_equal(send_set(set), -EINVAL);
    assert_int_equal(last.failed, 0);
    set.flags = LIVEPATCH_ACTION_APPLY_NODEPS;
    assert_int_equal(send_set(set), 0);
    assert_int_equal(act_on_set(NAMES, 4, 2, REVERT), 0);
    unload_two();
}

struct refusal_row {
    const char *name;
    uint32_t nr, bytes, cmd, flags, pad;
    const char *names;
};

static const struct refusal_row refusals[] = {
    {"pad_is_einval", 2, 4, APPLY, 0, 1, NAMES},
    {"no_payloads_are_einval", 0, 4, APPLY, 0, 0, NAMES},
    {"65_payloads_are_einval", 65, 4, APPLY, 0, 0, NAMES},
    {"unload_of_a_set_is_einval", 2, 4, UNLOAD, 0, 0, NAMES},
    {"replace_by_a_set_is_einval", 2, 4, REPLACE, 0, 0, NAMES},
    {"unknown_action_is_einval", 2, 4, 77, 0, 0, NAMES},
    {"unknown_flags_are_einval", 2, 4, APPLY, 2, 0, NAMES},
    {"nodeps_for_revert_is_einval", 2, 4, REVERT, 1, 0, NAMES},
    {"fewer_names_than_said_are_einval", 3, 4, APPLY, 0, 0, NAMES},
    {"more_names_than_said_are_einval", 1, 4, APPLY, 0, 0, NAMES},
    {"fewer_bytes_than_names_are_einval", 2, 1, APPLY, 0, 0, NAMES},
    {"no_bytes_are_einval", 2, 0, APPLY, 0, 0, NAMES},
    {"4_gib_of_names_are_einval", 2, UINT32_MAX, APPLY, 0, 0, NAMES},
    {"last_name_without_nul_is_einval", 2, 3, APPLY, 0, 0, NAMES},
    {"only_name_without_nul_is_einval", 1, 1, APPLY, 0, 0, "a\0b"},
};

static void bad_set_is_einval(void **state)
{
    const struct refusal_row *row = *state;
    struct livepatch_ext_action_set set =
        set_of(row->names, 4, row->nr, row->cmd);

    upload_two();
    set.names_bytes = row->bytes;
    set.flags = row->flags;
    set.pad = row->pad;
    assert_int_equal(send_set(set), -EINVAL);
    assert_int_equal(last.failed, set.nr);
    assert_int_equal(host_call("answer"), 1);
    unload_two();
}

static void name_of_128_letters_is_einval(void **state)
{
    char names[256];

    (void)state;
    memset(names, 'x', sizeof(names));
    names[128] = names[255] = '\0';
    assert_int_equal(act_on_set(names, 256, 2, APPLY), -EINVAL);
    names[127] = '\0';
    names[128] = 'x';
    assert_int_equal(act_on_set(names, 256, 2, APPLY), -ENOENT);
}

static void unreadable_names_are_efault(void **state)
{
    struct livepatch_ext_action_set set = set_of(NAMES, 4, 2, APPLY);

    (void)state;
    set.names = 1;
    assert_int_equal(send_set(set), -EFAULT);
}

static void no_memory_for_names_is_enomem(void **state)
{
    const struct livepatch_ext_action_set set = set_of(NAMES, 4, 2, APPLY);

    (void)state;
    upload_two();
    host_fail_nth(1);
    assert_int_equal(send_set(set), -ENOMEM);
    assert_true(host_has_failed());
    unload_two();
}

static void sixty_four_payloads_are_a_set(void **state)
{
    char names[64 * 4];

    (void)state;
    for (unsigned int i = 0; i < 64; i++) {
        struct payload_description what = payload_simple;
        const char name[4] = {'n', '0' + i / 8, '0' + i % 8, '\0'};

        memcpy(names + 4 * i, name, 4);
        what.id = 1 + i;
        what.depends = i;
        assert_int_equal(upload_described(name, &what), 0);
    }
    assert_int_equal(act_on_set(names, sizeof(names), 64, APPLY), 0);
    assert_int_equal(last.rc, 0);
    assert_int_equal(host_call("answer"), 42);
    assert_int_equal(act_on_set(names, sizeof(names), 64, REVERT), 0);
    assert_true(host_text_is_pristine());
    for (unsigned int i = 0; i < 64; i++) {
        assert_int_equal(act(names + 4 * i, UNLOAD), 0);
    }
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, set_is_applied_and_reverted);
    host_add(&tests, set_of_one_is_an_action);
    host_add(&tests, set_leaves_one_record);
    host_add(&tests, refused_set_leaves_a_record);
    host_add(&tests, name_twice_is_to_blame_where_it_comes_again);
    host_add(&tests, unknown_name_is_enoent_and_told);
    host_add(&tests, nodeps_reaches_the_action);
    host_add_rows(&tests, refusals, bad_set_is_einval);
    host_add(&tests, name_of_128_letters_is_einval);
    host_add(&tests, unreadable_names_are_efault);
    host_add(&tests, no_memory_for_names_is_enomem);
    host_add(&tests, sixty_four_payloads_are_a_set);
    return host_run(&tests);
}
