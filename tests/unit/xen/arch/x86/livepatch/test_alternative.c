// SPDX-License-Identifier: GPL-2.0
/*
 * Alternatives on x86: how a record is read, and that code which refers to
 * something by its distance still does from where it is moved to.
 */
#include "host/test.h"

#include <xen/livepatch_arch.h>
#include <asm/alternative.h>

#include "host/features.h"

/* Places and code are only numbers to most of these tests. */
static uint8_t place[LIVEPATCH_ALTERNATIVE_MAX];
static uint8_t made[LIVEPATCH_ALTERNATIVE_MAX];

static int plan(const void *code, unsigned int code_bytes,
                unsigned int place_bytes)
{
    const struct livepatch_alternative alt = {
        .place = place,
        .place_bytes = place_bytes,
        .code = code,
        .code_bytes = code_bytes,
        .feature = HOST_HAS,
    };

    memset(made, 0xee, sizeof(made));
    return livepatch_plan_alternative("fix", &alt, made);
}

static void record_is_read(void **state)
{
    struct {
        uint8_t odd;
        struct alt_instr record;
    } __packed memory = {
        .record =
            {
                .place = -100,
                .code = 200,
                .feature = 77 | ALT_NEGATED,
                .original_bytes = 255,
                .code_bytes = 254,
                .padding_bytes = 255,
                .unused = 1,
            },
    };
    const uint8_t *base = (const uint8_t *)&memory + 1;
    const struct livepatch_alternative alt =
        arch_livepatch_read_alternative(base);

    (void)state;
    assert_ptr_equal(alt.place, base - 100);
    assert_ptr_equal(alt.code, base + 4 + 200);
    assert_int_equal(alt.place_bytes, LIVEPATCH_ALTERNATIVE_MAX);
    assert_int_equal(alt.code_bytes, 254);
    assert_int_equal(alt.feature, 77);
    assert_true(alt.is_negated);
}

static void plain_code_is_copied(void **state)
{
    static const uint8_t code[] = {0x48, 0x89, 0xe5, 0xc3};

    (void)state;
    assert_int_equal(plan(code, sizeof(code), sizeof(code)), 0);
    assert_memory_equal(made, code, sizeof(code));
    assert_int_equal(made[sizeof(code)], 0xee);
}

static void rest_of_the_place_is_nops(void **state)
{
    static const uint8_t code[] = {0xc3};
    static const uint8_t expected[] = {0xc3, 0x66, 0x90, 0xee};

    (void)state;
    assert_int_equal(plan(code, 1, 3), 0);
    assert_memory_equal(made, expected, sizeof(expected));
}

static void longest_place_is_filled(void **state)
{
    (void)state;
    assert_int_equal(plan("\xc3", 1, LIVEPATCH_ALTERNATIVE_MAX), 0);
    assert_int_not_equal(made[LIVEPATCH_ALTERNATIVE_MAX - 1], 0xee);
}

/* Code with a distance of 4 bytes at `at`; `inside`: it refers to itself. */
struct move_row {
    const char *name;
    uint8_t code[12];
    uint8_t bytes;
    uint8_t at;
    bool inside;
};

static const struct move_row moves[] = {
    {"call_reaches_what_it_did", {0xe8, 0, 1, 0, 0}, 5, 1, false},
    {"jump_reaches_what_it_did", {0xe9, 0, 1, 0, 0}, 5, 1, false},
    {"condition_reaches_what_it_did", {0x0f, 0x85, 0, 1, 0, 0}, 6, 2, false},
    {"second_instruction_reaches_what_it_did",
     {0x90, 0x90, 0xe8, 0, 1, 0, 0, 0xc3},
     8,
     3,
     false},
    {"operand_reaches_what_it_did",
     {0x48, 0x8b, 0x05, 0, 1, 0, 0},
     7,
     3,
     false},
    {"operand_before_an_immediate_reaches_what_it_did",
     {0xc7, 0x05, 0, 1, 0, 0, 1, 2, 3, 4},
     10,
     2,
     false},
    {"jump_to_the_code_s_start_stays",
     {0x90, 0xe9, 0xfa, 255, 255, 255},
     6,
     2,
     true},
    {"jump_before_the_code_s_start_moves",
     {0x90, 0xe9, 0xf9, 255, 255, 255},
     6,
     2,
     false},
    {"jump_to_the_code_s_end_stays", {0xe9, 1, 0, 0, 0, 0x90}, 6, 1, true},
    {"call_of_what_lies_behind_the_code_moves",
     {0x90, 0xe8, 0, 0, 0, 0},
     6,
     2,
     false},
    {"jump_past_the_code_s_end_moves", {0xe9, 2, 0, 0, 0, 0x90}, 6, 1, false},
    {"operand_in_the_code_stays",
     {0x48, 0x8d, 0x05, 0, 0, 0, 0, 0x90},
     8,
     3,
     true},
    {"operand_behind_the_code_moves",
     {0x48, 0x8d, 0x05, 1, 0, 0, 0, 0x90},
     8,
     3,
     false},
};

static void distance_is_moved(void **state)
{
    const struct move_row *row = *state;
    int32_t before, after;

    assert_int_equal(plan(row->code, row->bytes, row->bytes), 0);
    memcpy(&before, row->code + row->at, sizeof(before));
    memcpy(&after, made + row->at, sizeof(after));
    assert_int_equal((int64_t)after - before,
                     row->inside ? 0 : row->code - place);
    memcpy(made + row->at, &before, sizeof(before));
    assert_memory_equal(made, row->code, row->bytes);
}

static void short_jump_inside_stays(void **state)
{
    static const uint8_t code[] = {0x74, 0x01, 0x90, 0xeb, 0xfb};

    (void)state;
    assert_int_equal(plan(code, sizeof(code), sizeof(code)), 0);
    assert_memory_equal(made, code, sizeof(code));
}

static void short_jump_out_of_reach_is_eoverflow(void **state)
{
    static uint8_t code[1024] = {0x74, 0x7f};

    (void)state;
    assert_int_equal(plan(code, 2, 2), -EOVERFLOW);
    assert_logged("out of reach of 1 bytes");
}

/* Code in the same array as its place: a short jump over both. */
static void short_jump_within_reach_is_moved(void **state)
{
    static uint8_t text[64];
    const struct livepatch_alternative alt = {
        .place = text,
        .place_bytes = 2,
        .code = text + 32,
        .code_bytes = 2,
        .feature = HOST_HAS,
    };

    (void)state;
    text[32] = 0xeb;
    text[33] = 10;
    assert_int_equal(livepatch_plan_alternative("fix", &alt, made), 0);
    assert_int_equal(made[0], 0xeb);
    assert_int_equal(made[1], 10 + 32);
    text[33] = 127 - 32;
    assert_int_equal(livepatch_plan_alternative("fix", &alt, made), 0);
    assert_int_equal(made[1], 127);
    text[33] = 127 - 31;
    assert_int_equal(livepatch_plan_alternative("fix", &alt, made), -EOVERFLOW);
}

/* The furthest that the code can refer to, on the side that moving adds to. */
static void distance_of_32_bits_is_judged(void **state)
{
    static uint8_t code[5] = {0xe8};
    const int64_t up = code - place;
    int32_t distance =
        (int32_t)(up > 0 ? INT32_MAX - up : (int64_t)INT32_MIN - up);

    (void)state;
    memcpy(code + 1, &distance, 4);
    assert_int_equal(plan(code, 5, 5), 0);
    distance += up > 0 ? 1 : -1;
    memcpy(code + 1, &distance, 4);
    assert_int_equal(plan(code, 5, 5), -EOVERFLOW);
    assert_logged("out of reach of 4 bytes");
}

static void unknown_instruction_is_eopnotsupp(void **state)
{
    static const uint8_t code[] = {0x90, 0xc5, 0xf8, 0x77};

    (void)state;
    assert_int_equal(plan(code, sizeof(code), sizeof(code)), -EOPNOTSUPP);
    assert_logged("byte 1 of its code: not known how to move c5 f8 77");
    assert_int_equal(made[0], 0xee);
}

static void eight_bytes_of_an_unknown_instruction_are_shown(void **state)
{
    static const uint8_t code[] = {0xc5, 1, 2, 3, 4, 5, 6, 7, 8, 9};

    (void)state;
    assert_int_equal(plan(code, sizeof(code), sizeof(code)), -EOPNOTSUPP);
    assert_logged("not known how to move c5 01 02 03 04 05 06 07\n");
}

static void more_code_than_place_is_enospc(void **state)
{
    (void)state;
    assert_int_equal(plan("\x90\x90", 2, 1), -ENOSPC);
    assert_int_equal(plan("\x90\x90", 2, 2), 0);
}

static void features_are_judged(void **state)
{
    struct livepatch_alternative alt = {
        .place = place,
        .place_bytes = 1,
        .feature = X86_FEATURE_END - 1,
    };

    (void)state;
    assert_int_equal(livepatch_plan_alternative("fix", &alt, made), 0);
    alt.feature = X86_FEATURE_END;
    assert_int_equal(livepatch_plan_alternative("fix", &alt, made), -ERANGE);
    alt.feature = HOST_HAS;
    assert_true(arch_livepatch_wants(&alt));
    alt.is_negated = true;
    assert_false(arch_livepatch_wants(&alt));
    alt.feature = HOST_HAS_NOT;
    assert_true(arch_livepatch_wants(&alt));
    alt.is_negated = false;
    assert_false(arch_livepatch_wants(&alt));
}

/* Code that leads to its own first byte. */
struct itself_row {
    const char *name;
    uint8_t code[6];
    unsigned int bytes;
    int rc;
};

static const struct itself_row leads[] = {
    {"call_to_itself_is_einval", {0xe8, 0xfb, 0xff, 0xff, 0xff}, 5, -EINVAL},
    {"jump_to_itself_is_einval", {0xe9, 0xfb, 0xff, 0xff, 0xff}, 5, -EINVAL},
    {"short_jump_to_itself_is_einval", {0xeb, 0xfe}, 2, -EINVAL},
    {"prefixed_call_to_itself_is_einval",
     {0x2e, 0xe8, 0xfa, 0xff, 0xff, 0xff},
     6,
     -EINVAL},
    {"call_to_its_distance_is_let_through",
     {0xe8, 0xfc, 0xff, 0xff, 0xff},
     5,
     0},
    {"conditional_jump_may_lead_to_itself", {0x75, 0xfe}, 2, 0},
    {"loop_may_lead_to_itself", {0xe2, 0xfe}, 2, 0},
};

static void code_that_leads_to_itself(void **state)
{
    const struct itself_row *row = *state;

    assert_int_equal(plan(row->code, row->bytes, 8), row->rc);
    if (row->rc) {
        assert_logged("byte 0 of its code is a call or jump to itself");
    }
}

/* Which it becomes when it stands there. */
static void call_of_its_place_is_einval(void **state)
{
    static uint8_t code[6] = {0x90, 0xe8};
    const int32_t distance =
        (int32_t)((uintptr_t)(place + 1) - (uintptr_t)(code + 6));

    (void)state;
    memcpy(code + 2, &distance, sizeof(distance));
    assert_int_equal(plan(code, sizeof(code), 8), -EINVAL);
    assert_logged("byte 1 of its code is a call or jump to itself");
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, record_is_read);
    host_add(&tests, plain_code_is_copied);
    host_add(&tests, rest_of_the_place_is_nops);
    host_add(&tests, longest_place_is_filled);
    host_add_rows(&tests, moves, distance_is_moved);
    host_add(&tests, short_jump_inside_stays);
    host_add(&tests, short_jump_out_of_reach_is_eoverflow);
    host_add(&tests, short_jump_within_reach_is_moved);
    host_add(&tests, distance_of_32_bits_is_judged);
    host_add(&tests, unknown_instruction_is_eopnotsupp);
    host_add(&tests, eight_bytes_of_an_unknown_instruction_are_shown);
    host_add(&tests, more_code_than_place_is_enospc);
    host_add(&tests, features_are_judged);
    host_add_rows(&tests, leads, code_that_leads_to_itself);
    host_add(&tests, call_of_its_place_is_einval);
    return host_run(&tests);
}
