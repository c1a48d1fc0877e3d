// SPDX-License-Identifier: GPL-2.0
/*
 * The extension's DRY_RUN_ACTION: it answers as the ACTION, or the ACTION_SET,
 * would be answered, and asks no hook.
 */
#include "dry_run.h"
#include "hook_payload.h"
#include "request.h"

#include "host/failure.h"
#include "host/guest.h"

#define NODEPS LIVEPATCH_ACTION_APPLY_NODEPS

/* `answer` becomes 42; on what, and under which id. */
static void upload_on(const char *name, uint8_t id, uint8_t depends)
{
    struct payload_description what = payload_simple;

    what.id = id;
    what.depends = depends;
    assert_int_equal(upload_described(name, &what), 0);
}

/* ---- actions ------------------------------------------------------------ */

enum situation {
    LOADED,
    ON_TOP,
    COVERED,
    SPENT,
    NR_SITUATIONS
};

/* `fix` comes to be in this situation, perhaps under or over `other`. */
static void make_situation(enum situation situation)
{
    struct payload_description what = payload_simple;

    what.has_data = situation == SPENT;
    assert_int_equal(upload_described("fix", &what), 0);
    if (situation != LOADED) {
        assert_int_equal(act("fix", APPLY), 0);
    }
    if (situation == SPENT) {
        assert_int_equal(act("fix", REVERT), 0);
    }
    if (situation == COVERED) {
        upload_on("other", 2, 0x11);
        assert_int_equal(act("other", APPLY), 0);
    }
}

static void clear_situation(void)
{
    static const char *const names[] = {"other", "fix"};

    for (unsigned int i = 0; i < 2; i++) {
        if (find_payload(names[i])) {
            (void)act(names[i], REVERT);
            assert_int_equal(act(names[i], UNLOAD), 0);
        }
    }
}

/* What it says is what the action is then answered with, in each situation. */
static void dry_run_says_what_the_action_does(void **state)
{
    static const enum action actions[] = {UNLOAD, REVERT, APPLY, REPLACE};

    (void)state;
    for (unsigned int i = 0; i < NR_SITUATIONS * 4; i++) {
        int said;

        make_situation(i / 4);
        said = try_name("fix", actions[i % 4]);
        assert_int_equal(acted.failed, said ? 0 : 1);
        assert_int_equal(act("fix", actions[i % 4]), said);
        clear_situation();
    }
}

static void unknown_payload_is_enoent(void **state)
{
    (void)state;
    assert_int_equal(upload("fix"), 0);
    assert_int_equal(try_names("fix\0gone", 9, 2, APPLY), -ENOENT);
    assert_int_equal(acted.failed, 1);
    assert_logged("livepatch (dry run): gone: no such payload");
    assert_int_equal(act("fix", UNLOAD), 0);
}

static void used_payload_would_not_be_unloaded(void **state)
{
    struct payload_function function = payload_simple.functions[0];
    const struct payload_description user = {
        .functions = &function, .nr_functions = 1, .id = 4};

    (void)state;
    assert_int_equal(upload("fix"), 0);
    function.old_addr = find_payload("fix")->funcs[0].new_addr;
    function.old_size = 6;
    assert_int_equal(upload_described("user", &user), 0);
    assert_int_equal(try_name("fix", UNLOAD), -EBUSY);
    assert_int_equal(try_name("user", UNLOAD), 0);
    assert_logged("livepatch (dry run): user: would be unloaded");
    assert_int_equal(act("user", UNLOAD), 0);
    assert_int_equal(act("fix", UNLOAD), 0);
}

static void set_is_looked_over_as_one(void **state)
{
    (void)state;
    upload_on("a", 1, 0);
    upload_on("b", 2, 1);
    assert_int_equal(try_name("b", APPLY), -EINVAL);
    assert_int_equal(try_names("a\0b", 4, 2, APPLY), 0);
    assert_logged("livepatch (dry run): a: would be applied with 1 more: 2 ");
    assert_int_equal(acted.failed, 2);
    assert_int_equal(try_names("b\0a", 4, 2, APPLY), -EINVAL);
    assert_int_equal(acted.failed, 0);
    assert_int_equal(try_names("a\0a", 4, 2, APPLY), -EINVAL);
    assert_int_equal(acted.failed, 1);
    assert_int_equal(act("a", APPLY), 0);
    assert_int_equal(act("b", APPLY), 0);
    assert_int_equal(try_names("a", 2, 1, REVERT), -EBUSY);
    assert_int_equal(try_names("a\0b", 4, 2, REVERT), 0);
    assert_int_equal(host_call("answer"), 42);
    assert_int_equal(act("b", REVERT), 0);
    assert_int_equal(act("a", REVERT), 0);
    assert_int_equal(act("b", UNLOAD), 0);
    assert_int_equal(act("a", UNLOAD), 0);
}

#define UNWRITTEN 77777

struct action_row {
    const char *name;
    const char *names;
    uint32_t bytes, nr, cmd, flags;
    uint64_t pad;
    int rc;
    bool is_answered; /* `failed` is written: the request is not malformed */
};

static const struct action_row action_rows[] = {
    {"no_payload_is_einval", "a", 2, 0, APPLY, 0, 0, -EINVAL, false},
    {"65_payloads_are_einval", "a", 2, 65, APPLY, 0, 0, -EINVAL, false},
    {"names_without_an_end_are_einval", "aa", 2, 1, APPLY, 0, 0, -EINVAL,
     false},
    {"action_0_is_einval", "a", 2, 1, 0, 0, 0, -EINVAL, false},
    {"action_5_is_einval", "a", 2, 1, 5, 0, 0, -EINVAL, false},
    {"replace_of_two_is_einval", "a\0b", 4, 2, REPLACE, 0, 0, -EINVAL, false},
    {"unload_of_two_is_einval", "a\0b", 4, 2, UNLOAD, 0, 0, -EINVAL, false},
    {"unknown_action_flags_are_einval", "a", 2, 1, APPLY, 2, 0, -EINVAL, false},
    {"revert_of_two_nodeps_is_einval", "a\0b", 4, 2, REVERT, NODEPS, 0, -EINVAL,
     false},
    {"padding_is_einval", "a", 2, 1, APPLY, 0, 1, -EINVAL, false},
    {"apply_of_one_nodeps_would_be_done", "b", 2, 1, APPLY, NODEPS, 0, 0, true},
    {"apply_of_two_nodeps_would_be_done", "b\0a", 4, 2, APPLY, NODEPS, 0, 0,
     true},
    {"replace_nodeps_would_be_done", "b", 2, 1, REPLACE, NODEPS, 0, 0, true},
    {"replace_on_another_base_is_einval", "b", 2, 1, REPLACE, 0, 0, -EINVAL,
     true},
    {"unload_nodeps_would_be_done", "b", 2, 1, UNLOAD, NODEPS, 0, 0, true},
};

static void action_is_judged(void **state)
{
    const struct action_row *row = *state;

    upload_on("a", 1, 0);
    upload_on("b", 2, 1);
    (void)try_names(row->names, row->bytes, 1, APPLY);
    acted.nr = row->nr;
    acted.cmd = row->cmd;
    acted.flags = row->flags;
    acted.pad = row->pad;
    acted.failed = UNWRITTEN;
    assert_int_equal(try_action_again(), row->rc);
    assert_int_equal(acted.failed != UNWRITTEN, row->is_answered);
    assert_int_equal(act("b", UNLOAD), 0);
    assert_int_equal(act("a", UNLOAD), 0);
}

static void names_that_cannot_be_read_are_efault(void **state)
{
    struct livepatch_ext_dry_run_action request = {.names = 1,
                                                   .names_bytes = 2,
                                                   .nr = 1,
                                                   .cmd = APPLY,
                                                   .failed = UNWRITTEN};

    (void)state;
    assert_int_equal(
        send_extension(LIVEPATCH_EXT_DRY_RUN_ACTION, &request, sizeof(request)),
        -EFAULT);
    assert_int_equal(request.failed, UNWRITTEN);
}

static void no_memory_for_the_names_is_enomem(void **state)
{
    int rc;

    (void)state;
    assert_int_equal(upload("fix"), 0);
    host_fail_nth(1);
    rc = try_name("fix", APPLY);
    host_fail_nth(0);
    assert_int_equal(rc, -ENOMEM);
    assert_int_equal(act("fix", UNLOAD), 0);
}

/* ---- hooks -------------------------------------------------------------- */

static int say_no(struct payload *payload)
{
    (void)payload;
    note('!');
    return -EDOM;
}

static void tell(struct payload *payload)
{
    (void)payload;
    note('!');
}

static void on_load(void)
{
    note('!');
}

struct hook_row {
    const char *name;
    struct test_hook hook;
    bool is_applied; /* when it is asked of */
    enum action action;
    unsigned int nr_unasked;
};

static const struct hook_row hook_rows[] = {
    {"preapply_hook_is_not_asked", {LP_HOOK_PREAPPLY, say_no}, false, APPLY, 1},
    {"apply_hook_is_not_asked", {LP_HOOK_APPLY, say_no}, false, APPLY, 1},
    {"apply_hook_is_not_asked_by_replace",
     {LP_HOOK_APPLY, say_no},
     false,
     REPLACE,
     1},
    {"postapply_hook_could_not_say_no",
     {LP_HOOK_POSTAPPLY, tell},
     false,
     APPLY,
     0},
    {"load_hook_could_not_say_no", {LP_HOOK_LOAD, on_load}, false, APPLY, 0},
    {"prerevert_hook_is_not_asked",
     {LP_HOOK_PREREVERT, say_no},
     true,
     REVERT,
     1},
    {"revert_hook_is_not_asked", {LP_HOOK_REVERT, say_no}, true, REVERT, 1},
    {"prerevert_hook_is_none_of_apply",
     {LP_HOOK_PREREVERT, say_no},
     false,
     APPLY,
     0},
};

/* By the same action, on a payload that is loaded. */
static void hook_is_not_run(void **state)
{
    const struct hook_row *row = *state;
    const struct hook_payload what = {
        .function = "answer", .id = 7, .hooks = &row->hook, .nr_hooks = 1};
    struct lp_payload *payload = must_load_hook_payload(&what, "fix");

    if (row->is_applied) {
        must_apply(payload);
    }
    noted[0] = '\0';
    assert_int_equal(try_name("fix", row->action), 0);
    assert_int_equal(acted.nr_unasked, row->nr_unasked);
    assert_string_equal(noted, "");
    if (row->is_applied) {
        payload->hooks[LP_HOOK_PREREVERT].nr = 0;
        payload->hooks[LP_HOOK_REVERT].nr = 0;
        must_revert(payload);
    }
    must_unload(payload);
}

/* REPLACE is refused for a hook of its own payload, or of one that it would
 * revert, which nobody has named. */
static void replace_names_who_has_the_hook(void **state)
{
    static const struct test_hook hook = {LP_HOOK_POSTAPPLY, tell};
    const struct hook_payload what = {
        .function = "answer", .id = 7, .hooks = &hook, .nr_hooks = 1};
    struct lp_payload *hooked = must_load_hook_payload(&what, "hooked");

    (void)state;
    assert_int_equal(try_name("hooked", REPLACE), -EOPNOTSUPP);
    assert_int_equal(acted.failed, 0);
    must_apply(hooked);
    upload_on("fix", 2, 0);
    assert_int_equal(try_name("fix", REPLACE), -EOPNOTSUPP);
    assert_logged("fix: cannot replace: 'hooked' has pre or post hooks");
    assert_int_equal(acted.failed, 1);
    must_revert(hooked);
    must_unload(hooked);
    assert_int_equal(act("fix", UNLOAD), 0);
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, dry_run_says_what_the_action_does);
    host_add(&tests, unknown_payload_is_enoent);
    host_add(&tests, used_payload_would_not_be_unloaded);
    host_add(&tests, set_is_looked_over_as_one);
    host_add_rows(&tests, action_rows, action_is_judged);
    host_add(&tests, names_that_cannot_be_read_are_efault);
    host_add(&tests, no_memory_for_the_names_is_enomem);
    host_add_rows(&tests, hook_rows, hook_is_not_run);
    host_add(&tests, replace_names_who_has_the_hook);
    return host_run(&tests);
}
