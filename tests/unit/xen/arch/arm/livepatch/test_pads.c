// SPDX-License-Identifier: GPL-2.0
/*
 * Landing pads of arm64 when payloads come and go: where PACIASP stood, it is
 * never run before a new function that signs for itself, and it is back when
 * the last payload is gone.
 */
#include "steps.h"

static const uint8_t pad[] = {HOST_PAD};
static const uint8_t paciasp[] = {HOST_OTHER_PAD};
static const uint8_t return_43[] = {HOST_RETURN(43)};

static struct lp_payload *load(const char *name, uint8_t id,
                               const uint8_t *code)
{
    const struct payload_function function = {
        .old_name = "answer_poison",
        .old_size = 16,
        .code = code,
        .code_bytes = HOST_RETURN_BYTES,
    };
    const struct payload_description what = {
        .functions = &function, .nr_functions = 1, .id = id};

    return must_load_described(&what, name);
}

static void assert_starts_with(const uint8_t *insn)
{
    assert_memory_equal(host_symbol("answer_poison"), insn, 4);
}

/* Planned over the first one's trampoline, put where that was not. */
static void replacing_payload_leaves_no_signing_pad(void **state)
{
    struct lp_payload *first = load("first", 1, payload_return_42), *second;

    (void)state;
    assert_starts_with(paciasp);
    must_apply(first);
    assert_starts_with(pad);
    second = load("second", 2, return_43);
    assert_int_equal(try_replace(second, 0), 0);
    assert_int_equal(second->rc, 0);
    assert_starts_with(pad);
    assert_int_equal(host_call("answer_poison"), 43);
    must_revert(second);
    assert_starts_with(paciasp);
    assert_true(host_text_is_pristine());
    must_unload(second);
    must_unload(first);
}

/* Planned while nothing was applied, put over a trampoline. */
static void replacing_payload_may_have_been_there_before(void **state)
{
    struct lp_payload *first = load("first", 1, payload_return_42);
    struct lp_payload *second = load("second", 2, return_43);

    (void)state;
    must_apply(first);
    assert_int_equal(try_replace(second, 0), 0);
    assert_int_equal(second->rc, 0);
    assert_starts_with(pad);
    assert_int_equal(host_call("answer_poison"), 43);
    must_revert(second);
    assert_true(host_text_is_pristine());
    must_unload(second);
    must_unload(first);
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, replacing_payload_leaves_no_signing_pad);
    host_add(&tests, replacing_payload_may_have_been_there_before);
    return host_run(&tests);
}
