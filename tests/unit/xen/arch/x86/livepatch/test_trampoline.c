// SPDX-License-Identifier: GPL-2.0
/*
 * The bytes that make an x86-64 function go elsewhere, or that turn its start
 * into NOPs: lengths, reach, landing pads.
 */
#include "host/test.h"

#include <stdio.h>

#include <xen/livepatch_arch.h>

#define ENDBR 0xf3, 0x0f, 0x1e, 0xfa
#define POISON 0x66, 0x0f, 0x1f, 0x01

enum pad {
    PAD_NONE,
    PAD_ENDBR,
    PAD_POISON,
    PAD_ALMOST, /* ENDBR32 */
};

static uint8_t old_text[64];

static void set_pad(enum pad pad)
{
    static const uint8_t pads[][4] = {
        [PAD_NONE] = {0x55, 0x48, 0x89, 0xe5},
        [PAD_ENDBR] = {ENDBR},
        [PAD_POISON] = {POISON},
        [PAD_ALMOST] = {0xf3, 0x0f, 0x1e, 0xfb},
    };

    for (unsigned int i = 0; i < sizeof(old_text); i++) {
        old_text[i] = 0x80 + i;
    }
    memcpy(old_text, pads[pad], 4);
}

static int plan(enum pad pad, uint32_t old_size, void *new_addr,
                uint32_t new_size, struct livepatch_change *change)
{
    const struct livepatch_func func = {
        .name = "f",
        .old_addr = old_text,
        .old_size = old_size,
        .new_addr = new_addr,
        .new_size = new_size,
    };

    set_pad(pad);
    return arch_livepatch_plan_change("fix", func.name, &func, change);
}

/* ---- jumps ------------------------------------------------------------- */

struct jump_row {
    const char *name;
    enum pad pad;
    uint32_t old_size;
    int64_t distance; /* of the target from the end of the jump */
    int rc;
};

#define FURTHEST_UP 0x7fffffffLL
#define FURTHEST_DOWN (-0x80000000LL)

static const struct jump_row jumps[] = {
    {"jump_over_5_bytes", PAD_NONE, 5, 100, 0},
    {"jump_over_4_bytes_is_einval", PAD_NONE, 4, 100, -EINVAL},
    {"jump_over_1_byte_is_einval", PAD_NONE, 1, 100, -EINVAL},
    {"jump_behind_endbr_over_9_bytes", PAD_ENDBR, 9, 100, 0},
    {"jump_behind_endbr_over_8_bytes_is_einval", PAD_ENDBR, 8, 100, -EINVAL},
    {"jump_behind_endbr_over_5_bytes_is_einval", PAD_ENDBR, 5, 100, -EINVAL},
    {"jump_over_endbr_alone_is_einval", PAD_ENDBR, 4, 100, -EINVAL},
    {"jump_behind_poison_over_9_bytes", PAD_POISON, 9, 100, 0},
    {"jump_behind_poison_over_8_bytes_is_einval", PAD_POISON, 8, 100, -EINVAL},
    {"almost_a_landing_pad_is_none", PAD_ALMOST, 5, 100, 0},
    {"part_of_a_landing_pad_is_none", PAD_ENDBR, 3, 100, -EINVAL},
    {"jump_as_far_up_as_possible", PAD_NONE, 16, FURTHEST_UP, 0},
    {"jump_one_too_far_up_is_eoverflow", PAD_NONE, 16, FURTHEST_UP + 1,
     -EOVERFLOW},
    {"jump_as_far_down_as_possible", PAD_NONE, 16, FURTHEST_DOWN, 0},
    {"jump_one_too_far_down_is_eoverflow", PAD_NONE, 16, FURTHEST_DOWN - 1,
     -EOVERFLOW},
    {"jump_behind_endbr_as_far_up_as_possible", PAD_ENDBR, 16, FURTHEST_UP, 0},
    {"jump_behind_endbr_one_too_far_up_is_eoverflow", PAD_ENDBR, 16,
     FURTHEST_UP + 1, -EOVERFLOW},
    {"jump_behind_endbr_as_far_down_as_possible", PAD_ENDBR, 16, FURTHEST_DOWN,
     0},
    {"jump_half_around_the_address_space_is_eoverflow", PAD_NONE, 16, INT64_MIN,
     -EOVERFLOW},
    {"jump_to_the_next_instruction", PAD_NONE, 16, 0, 0},
};

static unsigned int pad_bytes(enum pad pad)
{
    return pad == PAD_ENDBR || pad == PAD_POISON ? 4 : 0;
}

static void assert_jump(const struct livepatch_change *change,
                        const struct jump_row *row)
{
    const unsigned int skip = pad_bytes(row->pad);
    const int32_t rel32 = (int32_t)row->distance;

    assert_ptr_equal(change->where, old_text + skip);
    assert_int_equal(change->nr_bytes, 5);
    assert_int_equal(change->after[0], 0xe9);
    assert_memory_equal(&change->after[1], &rel32, 4);
    assert_memory_equal(change->before, old_text + skip, 5);
}

static void assert_out_of_reach(uint64_t target)
{
    char expected[96];

    snprintf(expected, sizeof(expected),
             "f at %016lx is out of reach of %016lx", target,
             (unsigned long)old_text);
    assert_logged(expected);
}

static void jump_is_planned(void **state)
{
    const struct jump_row *row = *state;
    const uint64_t end = (uint64_t)old_text + pad_bytes(row->pad) + 5;
    struct livepatch_change change, untouched;

    memset(&untouched, 0x5a, sizeof(untouched));
    change = untouched;
    assert_int_equal(plan(row->pad, row->old_size,
                          (void *)(end + (uint64_t)row->distance), 1, &change),
                     row->rc);
    if (row->rc) {
        assert_memory_equal(&change, &untouched, sizeof(change));
        assert_int_equal(host_log_errors(), 1);
        assert_logged("livepatch: fix: f");
    }
    if (row->rc == -EOVERFLOW) {
        assert_out_of_reach(end + (uint64_t)row->distance);
    } else if (row->rc == 0) {
        assert_jump(&change, row);
    }
}

/* ---- NOPs -------------------------------------------------------------- */

/* Bytes of the NOP that stands at p, by the forms that AMD's guide lists. */
static unsigned int nop_length(const uint8_t *p)
{
    const unsigned int prefix = p[0] == 0x66;
    static const unsigned int by_modrm[256] = {
        [0x00] = 3, [0x40] = 4, [0x44] = 5, [0x80] = 7, [0x84] = 8,
    };

    if (p[prefix] == 0x90) {
        return prefix + 1;
    }
    assert_int_equal(p[prefix], 0x0f);
    assert_int_equal(p[prefix + 1], 0x1f);
    assert_int_not_equal(by_modrm[p[prefix + 2]], 0);
    return prefix + by_modrm[p[prefix + 2]];
}

static void assert_nops(const struct livepatch_change *change,
                        unsigned int bytes)
{
    unsigned int at = 0;

    while (at < bytes) {
        at += nop_length(&change->after[at]);
    }
    assert_int_equal(at, bytes);
}

struct nop_row {
    const char *name;
    enum pad pad;
};

static const struct nop_row nop_pads[] = {
    {"nops_of_every_length", PAD_NONE},
    {"nops_of_every_length_behind_endbr", PAD_ENDBR},
    {"nops_of_every_length_behind_poison", PAD_POISON},
};

static int expected_nop_rc(uint32_t new_size, uint32_t old_size,
                           unsigned int skip)
{
    if (new_size > LIVEPATCH_OPAQUE_SIZE) {
        return -EOPNOTSUPP;
    }
    return old_size < new_size || new_size <= skip ? -EINVAL : 0;
}

static void check_nops(enum pad pad, uint32_t new_size, uint32_t old_size)
{
    const unsigned int skip = old_size < 4 ? 0 : pad_bytes(pad);
    const int rc = expected_nop_rc(new_size, old_size, skip);
    struct livepatch_change change = {.nr_bytes = 99};

    assert_int_equal(plan(pad, old_size, NULL, new_size, &change), rc);
    if (rc) {
        assert_int_equal(change.nr_bytes, 99);
        return;
    }
    assert_int_equal(change.nr_bytes, new_size - skip);
    assert_ptr_equal(change.where, old_text + skip);
    assert_memory_equal(change.before, change.where, change.nr_bytes);
    assert_nops(&change, change.nr_bytes);
}

static void nops_have_the_length_asked_for(void **state)
{
    const struct nop_row *row = *state;

    for (uint32_t new_size = 0; new_size <= 33; new_size++) {
        check_nops(row->pad, new_size, 40);
        check_nops(row->pad, new_size, new_size + 1);
        if (new_size) {
            check_nops(row->pad, new_size, new_size);
        }
        if (new_size > 1) {
            check_nops(row->pad, new_size, new_size - 1);
        }
    }
    check_nops(row->pad, UINT32_MAX, 40);
}

static void nops_over_a_landing_pad_alone_are_einval(void **state)
{
    struct livepatch_change change;

    (void)state;
    for (uint32_t new_size = 1; new_size <= 4; new_size++) {
        host_log_clear();
        assert_int_equal(plan(PAD_ENDBR, 16, NULL, new_size, &change), -EINVAL);
        assert_logged("landing pad");
    }
}

static void no_nops_at_all_are_einval(void **state)
{
    struct livepatch_change change;

    (void)state;
    assert_int_equal(plan(PAD_NONE, 16, NULL, 0, &change), -EINVAL);
    assert_logged("livepatch: fix: f: no replacement, and 0 bytes of NOPs");
}

struct message_row {
    const char *name;
    enum pad pad;
    uint32_t old_size, new_size;
    bool is_jump;
    const char *says;
};

static const struct message_row messages[] = {
    {"message_tells_how_many_nops_there_may_be", PAD_NONE, 40, 32, false,
     "fix: f: 32 bytes of NOPs, at most 31 can be saved"},
    {"message_tells_how_long_a_function_of_nops_is", PAD_NONE, 8, 9, false,
     "fix: f: 9 bytes of NOPs over a function of 8"},
    {"message_tells_what_a_landing_pad_takes", PAD_ENDBR, 16, 3, false,
     "fix: f: 3 bytes of NOPs, but the first 4 are a landing pad"},
    {"message_tells_what_a_jump_needs", PAD_ENDBR, 8, 1, true,
     "fix: f has 8 bytes, a trampoline needs 9"},
};

static void message_names_both_sizes(void **state)
{
    const struct message_row *row = *state;
    struct livepatch_change change;

    assert_int_not_equal(plan(row->pad, row->old_size,
                              row->is_jump ? old_text + 32 : NULL,
                              row->new_size, &change),
                         0);
    assert_logged(row->says);
    assert_int_equal(host_log_errors(), 1);
}

static void text_is_not_written(void **state)
{
    struct livepatch_change change;
    uint8_t before[sizeof(old_text)];

    (void)state;
    set_pad(PAD_ENDBR);
    memcpy(before, old_text, sizeof(before));
    assert_int_equal(plan(PAD_ENDBR, 16, old_text + 32, 1, &change), 0);
    assert_memory_equal(before, old_text, sizeof(before));
}

int main(void)
{
    static struct host_tests tests;

    host_add_rows(&tests, jumps, jump_is_planned);
    host_add_rows(&tests, nop_pads, nops_have_the_length_asked_for);
    host_add(&tests, nops_over_a_landing_pad_alone_are_einval);
    host_add(&tests, no_nops_at_all_are_einval);
    host_add_rows(&tests, messages, message_names_both_sizes);
    host_add(&tests, text_is_not_written);
    return host_run(&tests);
}
