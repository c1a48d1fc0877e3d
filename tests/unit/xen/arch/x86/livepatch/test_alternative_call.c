// SPDX-License-Identifier: GPL-2.0
/*
 * Alternative calls on x86: which code is one, where its pointer lies, and what
 * is to stand in its place.
 */
#include "host/test.h"

#include <xen/livepatch_arch.h>
#include <asm/alternative-call.h>
#include <asm/alternative.h>

#include "host/features.h"

#define BYTES ARCH_LIVEPATCH_CALL_BYTES

/* One after the other, so that distances fit. */
static struct {
    uint8_t site[BYTES];
    uint8_t function[8];
} text;

static void record_is_read(void **state)
{
    struct {
        uint8_t odd;
        struct alt_call record;
    } __packed memory = {.record = {.offset = -100}};

    (void)state;
    assert_ptr_equal(arch_livepatch_read_alt_call(&memory.record),
                     (uint8_t *)&memory + 1 - 100);
}

static void pointer_counts_from_the_end_of_the_call(void **state)
{
    static const uint8_t call[BYTES] = {0xff, 0x15, 0xf0, 0xff, 0xff, 0xff};
    const void *pointer = NULL;

    (void)state;
    assert_int_equal(arch_livepatch_find_pointer("fix", call, &pointer), 0);
    assert_ptr_equal(pointer, call + BYTES - 16);
}

struct code_row {
    const char *name;
    uint8_t code[BYTES];
};

static const struct code_row no_calls[] = {
    {"direct_call_is_einval", {0xe8, 0, 0, 0, 0, 0x90}},
    {"jump_through_a_pointer_is_einval", {0xff, 0x25}},
    {"call_through_a_register_is_einval", {0xff, 0xd0}},
    {"call_through_a_pointer_at_a_register_is_einval", {0xff, 0x10}},
    {"call_through_an_absolute_pointer_is_einval", {0xff, 0x14, 0x25}},
    {"prefixed_call_is_einval", {0x2e, 0xff, 0x15}},
};

static void code_is_no_call(void **state)
{
    const struct code_row *row = *state;
    const void *pointer = &text;

    assert_int_equal(arch_livepatch_find_pointer("fix", row->code, &pointer),
                     -EINVAL);
    assert_ptr_equal(pointer, &text);
    assert_logged("is no call through a pointer");
}

/* The function at `target` is called; what does it take there? */
struct target_row {
    const char *name;
    uint8_t function[8];
    size_t bytes;
    unsigned int skipped;
};

static const struct target_row targets[] = {
    {"function_is_called", {0x31, 0xc0, 0xc3}, 8, 0},
    {"landing_pad_is_skipped", {0xf3, 0x0f, 0x1e, 0xfa, 0xc3}, 8, 4},
    {"poisoned_landing_pad_is_skipped", {0x66, 0x0f, 0x1f, 0x01, 0xc3}, 8, 4},
    {"landing_pad_that_ends_the_text_is_skipped",
     {0xf3, 0x0f, 0x1e, 0xfa},
     4,
     4},
    {"landing_pad_beyond_the_text_is_not_looked_at",
     {0xf3, 0x0f, 0x1e, 0xfa},
     3,
     0},
};

static void call_is_direct(void **state)
{
    const struct target_row *row = *state;
    uint8_t made[BYTES];
    int32_t distance;

    memcpy(text.function, row->function, sizeof(text.function));
    assert_int_equal(arch_livepatch_plan_alt_call(
                         "fix", text.site, text.function, row->bytes, made),
                     0);
    memcpy(&distance, made + 1, sizeof(distance));
    assert_int_equal(made[0], 0xe8);
    assert_ptr_equal(text.site + 5 + distance, text.function + row->skipped);
    assert_int_equal(made[5], 0x90);
}

static void nothing_to_call_is_a_trap(void **state)
{
    static const uint8_t traps[BYTES] = {0x0f, 0x0b, 0x0f, 0x0b, 0x0f, 0x0b};
    uint8_t made[BYTES] = {0};

    (void)state;
    assert_int_equal(
        arch_livepatch_plan_alt_call("fix", text.site, NULL, 0, made), 0);
    assert_memory_equal(made, traps, sizeof(traps));
}

/* From the site's end: the last byte in reach, and one past each side. */
struct reach_row {
    const char *name;
    int64_t distance;
    int rc;
};

static const struct reach_row reaches[] = {
    {"farthest_up", INT32_MAX, 0},
    {"one_past_the_farthest_up_is_eoverflow", INT32_MAX + 1L, -EOVERFLOW},
    {"farthest_down", INT32_MIN, 0},
    {"one_past_the_farthest_down_is_eoverflow", INT32_MIN - 1L, -EOVERFLOW},
};

static void reach_is_judged(void **state)
{
    const struct reach_row *row = *state;
    const void *target =
        (const void *)((uintptr_t)text.site + 5 + (uintptr_t)row->distance);
    uint8_t made[BYTES] = {0xee};

    assert_int_equal(
        arch_livepatch_plan_alt_call("fix", text.site, target, 0, made),
        row->rc);
    assert_int_equal(made[0], row->rc ? 0xee : 0xe8);
    if (row->rc) {
        assert_logged("is out of its reach");
    }
}

/* How Xen up to 4.20 marks an alternative call. */
struct mark_row {
    const char *name;
    uint32_t feature, place_bytes, code_bytes;
    uint8_t code[5];
    bool is_negated;
    bool is_mark;
};

#define ITSELF                                                                 \
    {                                                                          \
        0xe8, 0xfb, 0xff, 0xff, 0xff                                           \
    }

static const struct mark_row marks[] = {
    {"call_to_itself_is_the_mark", LIVEPATCH_FEATURE, 6, 5, ITSELF, false,
     true},
    {"mark_is_for_all_cpus", HOST_HAS, 6, 5, ITSELF, false, false},
    {"mark_is_not_negated", LIVEPATCH_FEATURE, 6, 5, ITSELF, true, false},
    {"mark_is_for_6_bytes_not_5", LIVEPATCH_FEATURE, 5, 5, ITSELF, false,
     false},
    {"mark_is_for_6_bytes_not_7", LIVEPATCH_FEATURE, 7, 5, ITSELF, false,
     false},
    {"mark_is_no_jump",
     LIVEPATCH_FEATURE,
     6,
     5,
     {0xe9, 0xfb, 0xff, 0xff, 0xff},
     false,
     false},
    {"mark_is_no_other_call",
     LIVEPATCH_FEATURE,
     6,
     5,
     {0xe8, 0xfc, 0xff, 0xff, 0xff},
     false,
     false},
};

static void mark_is_known(void **state)
{
    const struct mark_row *row = *state;
    const struct livepatch_alternative alt = {
        .place = text.site,
        .place_bytes = row->place_bytes,
        .code = row->code,
        .code_bytes = row->code_bytes,
        .feature = row->feature,
        .is_negated = row->is_negated,
    };

    assert_int_equal(arch_livepatch_is_alt_call(&alt), row->is_mark);
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, record_is_read);
    host_add(&tests, pointer_counts_from_the_end_of_the_call);
    host_add_rows(&tests, no_calls, code_is_no_call);
    host_add_rows(&tests, targets, call_is_direct);
    host_add(&tests, nothing_to_call_is_a_trap);
    host_add_rows(&tests, reaches, reach_is_judged);
    host_add_rows(&tests, marks, mark_is_known);
    return host_run(&tests);
}
