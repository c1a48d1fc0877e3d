// SPDX-License-Identifier: GPL-2.0
/*
 * Text as it would be without what is applied: payloads on payloads, asked
 * about in every way that a range can meet a change.
 */
#include "steps.h"

#include "text_view.h"

/* mov $43, %eax; ret */
static const uint8_t return_43[] = {0xb8, 43, 0, 0, 0, 0xc3};

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
                                          .code_bytes = 6};
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

static const struct lp_beneath on_top, on_nothing = {.is_bare = true};

static void read_view(const struct lp_beneath *beneath, const uint8_t *where,
                      unsigned int nr, uint8_t *bytes)
{
    const struct registry_locked locked = registry_lock();

    lp_text_view_read(locked, beneath, where, nr, bytes);
    registry_unlock(locked);
}

static void view_on_top_is_the_text_itself(void **state)
{
    const uint8_t *text = host_symbol("answer");
    const struct stack stack = apply_stack();
    uint8_t seen[FUNCTION_BYTES];

    (void)state;
    read_view(&on_top, text, sizeof(seen), seen);
    assert_memory_equal(seen, text, sizeof(seen));
    take_down(&stack);
}

/* Every range that begins and ends at or around the changes. */
static void view_on_nothing_is_the_original(void **state)
{
    const uint8_t *text = host_symbol("answer");
    uint8_t original[2 * FUNCTION_BYTES], seen[2 * FUNCTION_BYTES];
    struct stack stack;

    (void)state;
    memcpy(original, text, sizeof(original));
    stack = apply_stack();
    assert_memory_not_equal(text, original, sizeof(original));
    for (unsigned int from = 0; from < sizeof(original); from++) {
        for (unsigned int nr = 0; nr <= sizeof(original) - from; nr++) {
            memset(seen, 0xaa, sizeof(seen));
            read_view(&on_nothing, text + from, nr, seen);
            assert_memory_equal(seen, original + from, nr);
            assert_true(nr == sizeof(seen) || seen[nr] == 0xaa);
        }
    }
    take_down(&stack);
}

static void view_without_payloads_is_the_text(void **state)
{
    const uint8_t *text = host_symbol("answer");
    uint8_t seen[FUNCTION_BYTES];

    (void)state;
    read_view(&on_nothing, text, sizeof(seen), seen);
    assert_memory_equal(seen, text, sizeof(seen));
}

/* What a revert is to restore depends on what lies below by then. */
static void old_bytes_are_noted_as_the_base_has_them(void **state)
{
    const struct payload_function jump = {.old_name = "answer",
                                          .old_size = FUNCTION_BYTES,
                                          .code = return_43,
                                          .code_bytes = 6};
    const struct stack stack = apply_stack();
    struct lp_payload *new = load_one("new", 4, &jump);
    struct registry_locked locked;

    (void)state;
    locked = registry_lock();
    lp_text_view_save_old(locked, &on_top, new);
    assert_int_equal(new->changes[0].before[0], 0xe9);
    lp_text_view_save_old(locked, &on_nothing, new);
    assert_int_equal(new->changes[0].before[0], 0xb8);
    registry_unlock(locked);
    must_unload(new);
    take_down(&stack);
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, view_on_top_is_the_text_itself);
    host_add(&tests, view_on_nothing_is_the_original);
    host_add(&tests, view_without_payloads_is_the_text);
    host_add(&tests, old_bytes_are_noted_as_the_base_has_them);
    return host_run(&tests);
}
