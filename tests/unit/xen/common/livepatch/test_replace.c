// SPDX-License-Identifier: GPL-2.0
/*
 * REPLACE: everything that is applied goes and one payload comes, in one stop;
 * or nothing changes at all.
 */
#include "hook_payload.h"

#include "host/clock.h"
#include "host/pcpu.h"

static const uint8_t return_43[] = {HOST_RETURN(43)};

static struct payload_function replacement(const char *name,
                                           const uint8_t code[6])
{
    return (struct payload_function){.old_name = name,
                                     .old_size = 16,
                                     .code = code,
                                     .code_bytes = HOST_RETURN_BYTES};
}

static struct lp_payload *load_one(const char *name, uint8_t id,
                                   const struct payload_function *function)
{
    const struct payload_description what = {
        .functions = function, .nr_functions = 1, .id = id};

    return must_load_described(&what, name);
}

/* `answer` by 42, on it `answer` again by 43, and `question` by 42. */
struct stack {
    struct lp_payload *low, *middle, *top;
};

static struct stack apply_stack(void)
{
    const struct payload_function first =
        replacement("answer", payload_return_42);
    const struct payload_function second = replacement("answer", return_43);
    const struct payload_function third =
        replacement("question", payload_return_42);
    const struct stack stack = {
        .low = load_one("low", 1, &first),
        .middle = load_one("middle", 2, &second),
        .top = load_one("top", 3, &third),
    };

    must_apply(stack.low);
    assert_int_equal(try_apply(stack.middle, LIVEPATCH_ACTION_APPLY_NODEPS), 0);
    assert_int_equal(try_apply(stack.top, LIVEPATCH_ACTION_APPLY_NODEPS), 0);
    return stack;
}

static void assert_stack_stands(const struct stack *stack)
{
    assert_int_equal(stack->low->state, LP_APPLIED);
    assert_int_equal(stack->middle->state, LP_APPLIED);
    assert_int_equal(stack->top->state, LP_APPLIED);
    assert_int_equal(host_call("answer"), 43);
    assert_int_equal(host_call("question"), 42);
}

static void revert_stack(const struct stack *stack)
{
    must_revert(stack->top);
    must_revert(stack->middle);
    must_revert(stack->low);
}

static void unload_stack(const struct stack *stack)
{
    must_unload(stack->low);
    must_unload(stack->middle);
    must_unload(stack->top);
}

static void new_payload_comes_and_all_others_go(void **state)
{
    const struct stack stack = apply_stack();
    const struct payload_function function =
        replacement("answer_endbr", return_43);
    struct lp_payload *new = load_one("new", 4, &function);

    (void)state;
    assert_int_equal(try_replace(new, 0), 0);
    assert_int_equal(new->rc, 0);
    assert_int_equal(new->state, LP_APPLIED);
    assert_int_equal(stack.low->state, LP_CHECKED);
    assert_int_equal(stack.middle->state, LP_CHECKED);
    assert_int_equal(stack.top->state, LP_CHECKED);
    assert_int_equal(host_call("answer"), 1);
    assert_int_equal(host_call("question"), 2);
    assert_int_equal(host_call("answer_endbr"), 43);
    assert_logged("new: applied in the place of all others: 1 functions");
    must_revert(new);
    assert_true(host_text_is_pristine());
    must_unload(new);
    unload_stack(&stack);
}

/* What it saves is the hypervisor's own text, not a trampoline that is gone. */
static void revert_of_the_new_one_gives_the_original(void **state)
{
    const struct stack stack = apply_stack();
    const struct payload_function function = replacement("answer", return_43);
    struct lp_payload *new = load_one("new", 4, &function);

    (void)state;
    assert_int_equal(try_replace(new, 0), 0);
    assert_int_equal(host_call("answer"), 43);
    must_revert(new);
    assert_true(host_text_is_pristine());
    must_unload(new);
    unload_stack(&stack);
}

static struct payload_function expecting(uint8_t first_byte)
{
    struct payload_function function = replacement("answer", return_43);

    function.expect.enabled = 1;
    function.expect.len = 1;
    function.expect.data[0] = first_byte;
    return function;
}

static void expectation_is_of_the_original_text(void **state)
{
    const struct stack stack = apply_stack();
    const struct payload_function wrong = expecting(0xe9);
    const struct payload_function right = expecting(0xb8);
    struct lp_payload *of_jump = load_one("of_jump", 4, &wrong);
    struct lp_payload *of_text = load_one("of_text", 5, &right);

    (void)state;
    assert_int_equal(((uint8_t *)host_symbol("answer"))[0], 0xe9);
    assert_int_equal(try_replace(of_jump, 0), -EINVAL);
    assert_stack_stands(&stack);
    assert_int_equal(try_replace(of_text, 0), 0);
    assert_int_equal(of_text->state, LP_APPLIED);
    must_revert(of_text);
    must_unload(of_text);
    must_unload(of_jump);
    unload_stack(&stack);
}

static void late_pcpu_leaves_everything_as_it_was(void **state)
{
    const struct stack stack = apply_stack();
    const struct payload_function function = replacement("answer", return_43);
    struct lp_payload *new = load_one("new", 4, &function);

    (void)state;
    host_cpus_start(2);
    host_cpu_hold(1, HOST_AT_KICK);
    host_clock_fake(SECONDS(1));
    host_clock_jump_at(0, MILLISECS(31));
    assert_int_equal(try_replace(new, 0), 0);
    assert_int_equal(new->rc, -EBUSY);
    assert_int_equal(new->state, LP_CHECKED);
    host_cpus_stop();
    host_clock_real();
    assert_stack_stands(&stack);
    revert_stack(&stack);
    must_unload(new);
    unload_stack(&stack);
}

static void payload_that_is_applied_is_einval(void **state)
{
    const struct stack stack = apply_stack();

    (void)state;
    assert_int_equal(try_replace(stack.low, 0), -EINVAL);
    assert_stack_stands(&stack);
    revert_stack(&stack);
    unload_stack(&stack);
}

static void payload_for_another_one_needs_nodeps(void **state)
{
    const struct payload_function function = replacement("answer", return_43);
    const struct payload_description what = {
        .functions = &function, .nr_functions = 1, .id = 4, .depends = 3};
    struct lp_payload *new = must_load_described(&what, "new");

    (void)state;
    assert_int_equal(try_replace(new, 0), -EINVAL);
    assert_int_equal(try_replace(new, LIVEPATCH_ACTION_APPLY_NODEPS), 0);
    must_revert(new);
    must_unload(new);
}

static int refuse(livepatch_payload_t *payload)
{
    (void)payload;
    return -ENODATA;
}

static int agree(livepatch_payload_t *payload)
{
    payload->fstate[0].applied = LIVEPATCH_FUNC_APPLIED;
    return 0;
}

static void after(livepatch_payload_t *payload)
{
    (void)payload;
}

static void post_hook_anywhere_is_eopnotsupp(void **state)
{
    static const struct test_hook hooks[] = {{LP_HOOK_POSTREVERT, after}};
    const struct hook_payload what = {
        .function = "answer", .id = 1, .hooks = hooks, .nr_hooks = 1};
    const struct payload_function function = replacement("question", return_43);
    struct lp_payload *hooked = must_load_hook_payload(&what, "hooked");
    struct lp_payload *new = load_one("new", 4, &function);

    (void)state;
    assert_int_equal(try_replace(hooked, 0), -EOPNOTSUPP);
    must_apply(hooked);
    assert_int_equal(try_replace(new, 0), -EOPNOTSUPP);
    assert_logged("new: cannot replace: 'hooked' has pre or post hooks");
    assert_int_equal(host_call("answer"), 42);
    must_revert(hooked);
    must_unload(hooked);
    must_unload(new);
}

/* The payload below the one that fails has been reverted by then, or not yet;
 * the one above it has, and comes back. */
static void revert_that_fails_brings_all_back(void **state)
{
    static const struct test_hook hooks[] = {{LP_HOOK_APPLY, agree},
                                             {LP_HOOK_REVERT, refuse}};
    const struct hook_payload what = {
        .function = "answer_endbr", .id = 9, .hooks = hooks, .nr_hooks = 2};
    const struct payload_function function =
        replacement("answer", payload_return_42);
    const struct payload_function other = replacement("question", return_43);
    struct lp_payload *stubborn = must_load_hook_payload(&what, "stubborn");
    struct lp_payload *top = load_one("top", 2, &function);
    struct lp_payload *new = load_one("new", 4, &other);

    (void)state;
    must_apply(stubborn);
    assert_int_equal(try_apply(top, LIVEPATCH_ACTION_APPLY_NODEPS), 0);
    assert_int_equal(try_replace(new, 0), 0);
    assert_int_equal(new->rc, -ENODATA);
    assert_int_equal(new->state, LP_CHECKED);
    assert_int_equal(top->state, LP_APPLIED);
    assert_int_equal(stubborn->state, LP_APPLIED);
    assert_int_equal(host_call("answer"), 42);
    assert_int_equal(host_call("question"), 2);
    must_revert(top);
    stubborn->hooks[LP_HOOK_REVERT].nr = 0;
    must_revert(stubborn);
    must_unload(stubborn);
    must_unload(top);
    must_unload(new);
}

static void replace_without_memory_is_enomem(void **state)
{
    const struct stack stack = apply_stack();
    const struct payload_function function =
        replacement("answer_endbr", payload_return_42);
    struct lp_payload *new = load_one("new", 4, &function);

    (void)state;
    host_fail_nth(1);
    assert_int_equal(try_replace(new, LIVEPATCH_ACTION_APPLY_NODEPS), -ENOMEM);
    host_fail_nth(0);
    assert_logged("new: no memory to replace what is applied");
    assert_stack_stands(&stack);
    revert_stack(&stack);
    unload_stack(&stack);
    must_unload(new);
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, new_payload_comes_and_all_others_go);
    host_add(&tests, revert_of_the_new_one_gives_the_original);
    host_add(&tests, expectation_is_of_the_original_text);
    host_add(&tests, late_pcpu_leaves_everything_as_it_was);
    host_add(&tests, payload_that_is_applied_is_einval);
    host_add(&tests, payload_for_another_one_needs_nodeps);
    host_add(&tests, post_hook_anywhere_is_eopnotsupp);
    host_add(&tests, revert_that_fails_brings_all_back);
    host_add(&tests, replace_without_memory_is_enomem);
    return host_run(&tests);
}
