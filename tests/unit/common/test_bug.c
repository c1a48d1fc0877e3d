// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of what a trap means: the frames of the hypervisor and of other text,
 * and how a frame's words are read.
 */
#include "unit.h"
#include <xen/bug.h>
#include <xen/kernel.h>
#include <xen/virtual_region.h>

#include "fake_image.h"

static struct bug find(const void *where)
{
    struct bug bug;

    assert_true(bug_find((unsigned long)where, &bug));
    assert_ptr_equal(bug.where, where);
    return bug;
}

static void each_kind_is_found(void **state)
{
    struct bug bug = find(_stext + 16);

    (void)state;
    assert_int_equal(bug.kind, BUGFRAME_warn);
    assert_string_equal(bug.subject, "fake.c");
    assert_int_equal(bug.line, 7);
    assert_null(bug.message);
    bug = find(_stext + 32);
    assert_int_equal(bug.kind, BUGFRAME_bug);
    assert_string_equal(bug.subject, "fake.c");
    assert_int_equal(bug.line, 300);
    bug = find(_stext + 48);
    assert_int_equal(bug.kind, BUGFRAME_assert);
    assert_string_equal(bug.subject, "fake.c");
    assert_string_equal(bug.message, "a < b");
}

static void highest_line_is_read(void **state)
{
    (void)state;
    assert_int_equal(find(_stext + 48).line, 16383);
}

static void other_addresses_are_no_bugs(void **state)
{
    struct bug bug;

    (void)state;
    assert_false(bug_find((unsigned long)_stext + 17, &bug));
    assert_false(bug_find((unsigned long)_stext + 15, &bug));
    assert_false(bug_find((unsigned long)_srodata, &bug));
    assert_false(bug_find(0, &bug));
}

static void init_text_has_bugs_until_it_is_gone(void **state)
{
    struct bug bug;

    (void)state;
    system_state = SYS_STATE_early_boot;
    assert_int_equal(find(_sinit + 16).line, 8);
    system_state = SYS_STATE_active;
    assert_false(bug_find((unsigned long)_sinit + 16, &bug));
}

/* Text that is registered, with one frame, in front of it or behind it. */
static void registered_text_has_frames_of_its_own(void **state)
{
    static struct {
        int32_t before[2];
        char text[32];
        int32_t behind[2];
    } payload;
    struct virtual_region region = {
        .text_start = payload.text,
        .text_end = payload.text + sizeof(payload.text),
    };

    (void)state;
    payload.before[0] = 8 + 4;
    payload.behind[0] = 4 - 32 + (5 << 24);
    payload.behind[1] = -1 + (6 << 24);
    register_virtual_region(&region);
    region.frame[BUGFRAME_run_fn].start = payload.before;
    region.frame[BUGFRAME_run_fn].stop = payload.before + 2;
    assert_int_equal(find(payload.text + 4).kind, BUGFRAME_run_fn);
    region.frame[BUGFRAME_run_fn].start = payload.behind;
    region.frame[BUGFRAME_run_fn].stop = payload.behind + 2;
    assert_int_equal(find(payload.text + 4).line, 5 * 128 + 6);
    assert_ptr_equal(find(payload.text + 4).subject,
                     (char *)payload.behind - 1);
    unregister_virtual_region(&region);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_is_found),
        cmocka_unit_test(highest_line_is_read),
        cmocka_unit_test(other_addresses_are_no_bugs),
        cmocka_unit_test(init_text_has_bugs_until_it_is_gone),
        cmocka_unit_test(registered_text_has_frames_of_its_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
