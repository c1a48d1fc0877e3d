// SPDX-License-Identifier: GPL-2.0
/*
 * Hooks that write the hypervisor's constants: in the stop, and nowhere else.
 */
#include "hook_payload.h"

#include <unistd.h>

#include <xen/kernel.h>
#include <xen/livepatch_payload.h>

/* Whether the byte can be written: the kernel says so without a fault. */
static bool is_writable(void *byte)
{
    const char old = *(char *)byte;
    int ends[2];
    bool could;

    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], &old, 1), 1);
    could = read(ends[0], byte, 1) == 1;
    close(ends[0]);
    close(ends[1]);
    return could;
}

static void write_constants(void)
{
    note(is_writable(_srodata) ? '1' : '0');
    note(is_writable(_erodata - 1) ? '1' : '0');
    note(is_writable(_stext) ? 't' : '-');
}

static int write_constants_and_work(livepatch_payload_t *payload)
{
    write_constants();
    (void)apply_payload(payload);
    write_constants();
    return 0;
}

static int write_constants_and_undo(livepatch_payload_t *payload)
{
    (void)revert_payload(payload);
    write_constants();
    return 0;
}

static int pre_writes_constants(livepatch_payload_t *payload)
{
    (void)payload;
    write_constants();
    return 0;
}

static void post_writes_constants(livepatch_payload_t *payload)
{
    (void)payload;
    write_constants();
}

struct constants_row {
    const char *name;
    struct test_hook hook;
    const char *noted;
};

static const struct constants_row constants[] = {
    {"load_hook_can_write_constants", {LP_HOOK_LOAD, write_constants}, "11-"},
    {"unload_hook_can_write_constants",
     {LP_HOOK_UNLOAD, write_constants},
     "11-"},
    {"apply_hook_can_write_constants",
     {LP_HOOK_APPLY, write_constants_and_work},
     "11-11-"},
    {"revert_hook_can_write_constants",
     {LP_HOOK_REVERT, write_constants_and_undo},
     "11-"},
    {"preapply_hook_cannot_write_constants",
     {LP_HOOK_PREAPPLY, pre_writes_constants},
     "00-"},
    {"postrevert_hook_cannot_write_constants",
     {LP_HOOK_POSTREVERT, post_writes_constants},
     "00-"},
};

static void hook_writes_constants(void **state)
{
    const struct constants_row *row = *state;
    const struct hook_payload what = {
        .function = "answer", .id = 1, .hooks = &row->hook, .nr_hooks = 1};
    struct lp_payload *fix = must_load_hook_payload(&what, "fix");

    noted[0] = '\0';
    must_apply(fix);
    must_revert(fix);
    assert_string_equal(noted, row->noted);
    assert_false(is_writable(_srodata));
    must_unload(fix);
}

int main(void)
{
    static struct host_tests tests;

    host_add_rows(&tests, constants, hook_writes_constants);
    return host_run(&tests);
}
