// SPDX-License-Identifier: GPL-2.0
/*
 * Text as it would be without what is applied: payloads on payloads, asked
 * about in every way that a range can meet a change.
 */
#include "steps.h"

#include "text_view.h"

/* mov $43, %eax; ret */
static const uint8_t return_43[] = {HOST_RETURN(43)};

#define FUNCTION_BYTES 16

static struct lp_payload *load_one(const char *name, uint8_t id,
                                   const struct payload_function *function)
{
    const struct payload_description what = {
        .functions = function, .nr_functions = 1, .id = id};

    return must_load_described(&what, name);
}

/* Three payloads that change `answer`, from its start and one of them more. */
struct stack {
    struct lp_payload *low, *middle, *top;
};

static struct stack apply_stack(void)
{
    const struct payload_function jump = {.old_name = "answer",
                                          .old_size = FUNCTION_BYTES,
                                          .code = return_43,
                                          .code_bytes = HOST_RETURN_BYTES};
    const struct payload_function nops = {
        .old_name = "answer", .old_size = FUNCTION_BYTES, .new_size = 9};
    const struct stack stack = {
        .low = load_one("low", 1, &jump),
        .middle = load_one("middle", 2, &nops),
        .top = load_one("top", 3, &jump),
    };

    must_apply(stack.low);
    assert_int_equal(try_apply(stack.middle, LIVEPATCH_ACTION_APPLY_NODEPS), 0);
    assert_int_equal(try_apply(stack.top, LIVEPATCH_ACTION_APPLY_NODEPS), 0);
    return stack;
}

static void take_down(const struct stack *stack)
{
    must_revert(stack->top);
    must_revert(stack->middle);
    must_revert(stack->low);
    must_unload(stack->top);
    must_unload(stack->middle);
    must_unload(stack->low);
}

/* Reverts of the first nr of the stack, newest first, then an apply. */
struct view {
    struct lp_step step[4];
    struct lp_action action;
};

static struct lp_action *view_from(struct view *view, const struct stack *stack,
                                   struct lp_payload *next)
{
    *view = (struct view){
        .step = {{.payload = stack->top},
                 {.payload = stack->middle},
                 {.payload = stack->low},
                 {.payload = next, .is_apply = true}},
        .action = {.cmd = LIVEPATCH_ACTION_REPLACE, .nr = 4},
    };
    view->action.step = view->step;
    return &view->action;
}

static void view_before_any_step_is_the_text_itself(void **state)
{
    const uint8_t *text = host_symbol("answer");
    const struct stack stack = apply_stack();
    struct view view;
    uint8_t seen[FUNCTION_BYTES];

    (void)state;
    lp_text_view_read(view_from(&view, &stack, NULL), 0, text, sizeof(seen),
                      seen);
    assert_memory_equal(seen, text, sizeof(seen));
    take_down(&stack);
}

/* Every range that begins and ends at or around the changes. */
static void view_behind_all_reverts_is_the_original(void **state)
{
    const uint8_t *text = host_symbol("answer");
    uint8_t original[2 * FUNCTION_BYTES], seen[2 * FUNCTION_BYTES];
    struct stack stack;
    struct view view;

    (void)state;
    memcpy(original, text, sizeof(original));
    stack = apply_stack();
    assert_memory_not_equal(text, original, sizeof(original));
    view_from(&view, &stack, NULL);
    for (unsigned int from = 0; from < sizeof(original); from++) {
        for (unsigned int nr = 0; nr <= sizeof(original) - from; nr++) {
            memset(seen, 0xaa, sizeof(seen));
            lp_text_view_read(&view.action, 3, text + from, nr, seen);
            assert_memory_equal(seen, original + from, nr);
            assert_true(nr == sizeof(seen) || seen[nr] == 0xaa);
        }
    }
    take_down(&stack);
}

static void view_behind_an_apply_has_its_new_bytes(void **state)
{
    const struct payload_function jump = {.old_name = "question",
                                          .old_size = FUNCTION_BYTES,
                                          .code = return_43,
                                          .code_bytes = HOST_RETURN_BYTES};
    const uint8_t *text = host_symbol("question");
    struct lp_payload *new = load_one("new", 4, &jump);
    const struct stack stack = apply_stack();
    struct view view;
    uint8_t seen[FUNCTION_BYTES];

    (void)state;
    view_from(&view, &stack, new);
    lp_text_view_read(&view.action, 3, text, sizeof(seen), seen);
    assert_memory_equal(seen, text, sizeof(seen));
    lp_text_view_read(&view.action, 4, text, sizeof(seen), seen);
    assert_memory_equal(seen, new->changes[0].after, 5);
    assert_memory_equal(seen + 5, text + 5, sizeof(seen) - 5);
    take_down(&stack);
    must_unload(new);
}

static void top_is_what_the_steps_before_leave(void **state)
{
    const struct stack stack = apply_stack();
    const struct registry_locked locked = registry_lock();
    struct view view;

    (void)state;
    view_from(&view, &stack, stack.low);
    assert_ptr_equal(lp_text_view_top(locked, &view.action, 0), stack.top);
    assert_ptr_equal(lp_text_view_top(locked, &view.action, 1), stack.middle);
    assert_ptr_equal(lp_text_view_top(locked, &view.action, 2), stack.low);
    assert_null(lp_text_view_top(locked, &view.action, 3));
    assert_ptr_equal(lp_text_view_top(locked, &view.action, 4), stack.low);
    registry_unlock(locked);
    take_down(&stack);
}

/* What a revert is to restore depends on what lies below by then. */
static void old_bytes_are_noted_as_the_base_has_them(void **state)
{
    const struct payload_function jump = {.old_name = "answer",
                                          .old_size = FUNCTION_BYTES,
                                          .code = return_43,
                                          .code_bytes = HOST_RETURN_BYTES};
    const struct stack stack = apply_stack();
    struct lp_payload *new = load_one("new", 4, &jump);
    struct lp_step step = {.payload = new, .is_apply = true};
    struct lp_action on_top = {.step = &step, .nr = 1};
    struct registry_locked locked;
    struct view view;

    (void)state;
    view_from(&view, &stack, new);
    locked = registry_lock();
    assert_false(new->before_is_bare);
    lp_text_view_save_old(locked, &on_top, 0);
    assert_int_equal(new->changes[0].before[0], 0xe9);
    lp_text_view_save_old(locked, &view.action, 3);
    assert_int_equal(new->changes[0].before[0], 0xb8);
    assert_true(new->before_is_bare);
    registry_unlock(locked);
    must_unload(new);
    take_down(&stack);
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, view_before_any_step_is_the_text_itself);
    host_add(&tests, view_behind_all_reverts_is_the_original);
    host_add(&tests, view_behind_an_apply_has_its_new_bytes);
    host_add(&tests, top_is_what_the_steps_before_leave);
    host_add(&tests, old_bytes_are_noted_as_the_base_has_them);
    return host_run(&tests);
}
