// SPDX-License-Identifier: GPL-2.0
/*
 * The instructions that make an arm64 function go elsewhere, or that turn its
 * start into NOPs: lengths, reach, landing pads. Old and new functions stand in
 * a stretch of addresses that is wide enough for either to be out of reach.
 */
#include "host/test.h"

#include <stdio.h>
#include <sys/mman.h>

#include <xen/lib.h>
#include <xen/livepatch_arch.h>

#define STRETCH (5UL << 30)
#define OLD_AT ((STRETCH / 2) + 0xff0) /* near the end of a page */
#define PAGE 4096UL

static uint8_t *stretch;

enum pad {
    PAD_NONE,
    PAD_BTI_C,
    PAD_BTI_J,
    PAD_BTI_JC,
    PAD_PACIASP,
    PAD_PACIBSP,
    PAD_BTI, /* where nothing may land: none */
    PAD_NR
};

static const uint32_t pads[PAD_NR] = {
    [PAD_NONE] = 0xa9bf7bfd, /* stp x29, x30, [sp, #-16]! */
    [PAD_BTI_C] = 0xd503245f,   [PAD_BTI_J] = 0xd503249f,
    [PAD_BTI_JC] = 0xd50324df,  [PAD_PACIASP] = 0xd503233f,
    [PAD_PACIBSP] = 0xd503237f, [PAD_BTI] = 0xd503241f,
};

static bool is_plain(enum pad pad)
{
    return pad == PAD_BTI_C || pad == PAD_BTI_J || pad == PAD_BTI_JC;
}

static bool signs(enum pad pad)
{
    return pad == PAD_PACIASP || pad == PAD_PACIBSP;
}

static void open_page(const uint8_t *at)
{
    void *page = (void *)((uintptr_t)at & ~(PAGE - 1));

    assert_int_equal(mprotect(page, PAGE, PROT_READ | PROT_WRITE), 0);
}

static uint8_t *old_text(void)
{
    return stretch + OLD_AT;
}

static void make_stretch(void)
{
    if (stretch) {
        return;
    }
    stretch = mmap(NULL, STRETCH, PROT_NONE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    assert_ptr_not_equal(stretch, MAP_FAILED);
    open_page(old_text());
    open_page(old_text() + PAGE);
}

static int plan(enum pad pad, uint32_t old_size, const void *new_addr,
                uint32_t new_size, struct livepatch_change *change)
{
    const struct livepatch_func func = {
        .name = "f",
        .old_addr = old_text(),
        .old_size = old_size,
        .new_addr = (void *)new_addr,
        .new_size = new_size,
    };

    make_stretch();
    for (unsigned int i = 0; i < 64; i++) {
        old_text()[i] = (uint8_t)(0x80 + i);
    }
    insn_write(old_text(), pads[pad]);
    return arch_livepatch_plan_change("fix", func.name, &func, change);
}

/* ---- jumps --------------------------------------------------------------- */

struct jump_row {
    const char *name;
    enum pad pad;
    uint32_t old_size;
    int64_t distance;   /* of the new function from the branch */
    unsigned int bytes; /* of the change; 0: refused */
    int rc;
};

#define UP 0x7fffffcLL
#define DOWN (-0x8000000LL)
#define FAR_UP (0x80000000LL - 4)
#define FAR_DOWN (-0x80000000LL)

static const struct jump_row jumps[] = {
    {"jump_over_an_instruction", PAD_NONE, 4, 0x100, 4, 0},
    {"jump_over_3_bytes_is_einval", PAD_NONE, 3, 0x100, 0, -EINVAL},
    {"jump_behind_bti_c", PAD_BTI_C, 8, 0x100, 8, 0},
    {"jump_behind_bti_j", PAD_BTI_J, 8, 0x100, 8, 0},
    {"jump_behind_bti_jc", PAD_BTI_JC, 8, 0x100, 8, 0},
    {"jump_behind_bti_over_7_bytes_is_einval", PAD_BTI_C, 7, 0x100, 0, -EINVAL},
    {"jump_over_bti_alone_is_einval", PAD_BTI_C, 4, 0x100, 0, -EINVAL},
    {"bti_for_nothing_is_no_pad", PAD_BTI, 4, 0x100, 4, 0},
    {"bti_c_comes_for_paciasp", PAD_PACIASP, 8, 0x100, 8, 0},
    {"bti_c_comes_for_pacibsp", PAD_PACIBSP, 8, 0x100, 8, 0},
    {"jump_over_paciasp_alone_is_einval", PAD_PACIASP, 4, 0x100, 0, -EINVAL},
    {"jump_as_far_up_as_possible", PAD_NONE, 4, UP, 4, 0},
    {"jump_one_too_far_up_is_eoverflow", PAD_NONE, 8, UP + 4, 0, -EOVERFLOW},
    {"jump_as_far_down_as_possible", PAD_NONE, 4, DOWN, 4, 0},
    {"jump_one_too_far_down_is_eoverflow", PAD_NONE, 11, DOWN - 4, 0,
     -EOVERFLOW},
    {"jump_behind_paciasp_as_far_up_as_possible", PAD_PACIASP, 8, UP, 8, 0},
    {"jump_behind_paciasp_one_too_far_is_eoverflow", PAD_PACIASP, 15, UP + 4, 0,
     -EOVERFLOW},
    {"far_jump_with_room", PAD_NONE, 12, UP + 4, 12, 0},
    {"far_jump_down_with_room", PAD_NONE, 12, DOWN - 4, 12, 0},
    {"far_jump_behind_bti", PAD_BTI_C, 16, UP + 4, 16, 0},
    {"far_jump_behind_bti_without_room_is_eoverflow", PAD_BTI_C, 15, UP + 4, 0,
     -EOVERFLOW},
    {"far_jump_for_paciasp", PAD_PACIASP, 16, DOWN - 4, 16, 0},
    {"far_jump_as_far_up_as_possible", PAD_NONE, 64, FAR_UP, 12, 0},
    {"far_jump_one_too_far_up_is_eoverflow", PAD_NONE, 64, FAR_UP + 4, 0,
     -EOVERFLOW},
    {"far_jump_as_far_down_as_possible", PAD_NONE, 64, FAR_DOWN, 12, 0},
    {"far_jump_one_too_far_down_is_eoverflow", PAD_NONE, 64, FAR_DOWN - 4, 0,
     -EOVERFLOW},
    {"jump_half_around_the_address_space_is_eoverflow", PAD_NONE, 64, INT64_MIN,
     0, -EOVERFLOW},
    {"jump_to_itself_s_next", PAD_NONE, 64, 4, 4, 0},
};

/* The branch is the first instruction that is not a pad. */
static uint64_t branch_at(enum pad pad)
{
    return (uint64_t)old_text() + (is_plain(pad) || signs(pad) ? 4 : 0);
}

static uint32_t insn_of(const struct livepatch_change *change, unsigned int i)
{
    return insn_read(change->after + 4 * i);
}

/* Where the way leads that begins with instruction i of the change. */
static uint64_t destination(const struct livepatch_change *change,
                            unsigned int i)
{
    const uint64_t pc = (uint64_t)change->where + 4 * i;
    const uint32_t insn = insn_of(change, i);
    uint64_t x16;

    if (insn >> 26 == 5) {
        return pc + (uint64_t)((int64_t)((uint64_t)insn << 38) >> 36);
    }
    assert_int_equal(insn & 0x9f00001f, 0x90000010);
    x16 = ((uint64_t)(insn >> 5 & 0x7ffff) << 2 | (insn >> 29 & 3)) << 12;
    x16 = (pc & ~(PAGE - 1)) + (uint64_t)((int64_t)(x16 << 31) >> 31);
    assert_int_equal(insn_of(change, i + 1) & 0xffc003ff, 0x91000210);
    x16 += insn_of(change, i + 1) >> 10 & 0xfff;
    assert_int_equal(insn_of(change, i + 2), 0xd61f0200);
    return x16;
}

static void assert_jump(const struct livepatch_change *change,
                        const struct jump_row *row)
{
    const bool has_pad = is_plain(row->pad) || signs(row->pad);

    assert_ptr_equal(change->where, old_text());
    assert_int_equal(change->nr_bytes, row->bytes);
    assert_memory_equal(change->before, change->where, change->nr_bytes);
    if (has_pad) {
        assert_int_equal(insn_of(change, 0),
                         signs(row->pad) ? 0xd503245f : pads[row->pad]);
    }
    assert_int_equal(destination(change, has_pad),
                     branch_at(row->pad) + (uint64_t)row->distance);
}

static void jump_is_planned(void **state)
{
    const struct jump_row *row = *state;
    struct livepatch_change change, untouched;
    const uint8_t *target;

    make_stretch();
    target = (const uint8_t *)(branch_at(row->pad) + (uint64_t)row->distance);
    memset(&untouched, 0x5a, sizeof(untouched));
    change = untouched;
    if (row->bytes >= 12) {
        open_page(target);
        insn_write((void *)target, pads[row->pad]);
    }
    assert_int_equal(plan(row->pad, row->old_size, target, 1, &change),
                     row->rc);
    if (row->rc) {
        assert_memory_equal(&change, &untouched, sizeof(change));
        assert_int_equal(host_log_errors(), 1);
        assert_logged("livepatch: fix: f");
    } else {
        assert_jump(&change, row);
    }
}

/* BR must land on a pad where pads count: where the old function has one. */
static void far_function_without_a_pad_is_eoverflow(void **state)
{
    struct livepatch_change change;
    uint8_t *target;

    (void)state;
    make_stretch();
    target = old_text() + 0x10000000;
    open_page(target);
    for (enum pad pad = 0; pad < PAD_NR; pad++) {
        const bool is_pad = is_plain(pad) || signs(pad);

        insn_write(target, pads[pad]);
        host_log_clear();
        assert_int_equal(plan(PAD_BTI_C, 64, target, 1, &change),
                         is_pad ? 0 : -EOVERFLOW);
        if (!is_pad) {
            assert_logged("has no landing pad");
        }
        assert_int_equal(plan(PAD_NONE, 64, target, 1, &change), 0);
    }
}

static void odd_addresses_are_einval(void **state)
{
    struct livepatch_change change;
    struct livepatch_func func;

    (void)state;
    make_stretch();
    for (unsigned int odd = 1; odd < 4; odd++) {
        func = (struct livepatch_func){
            .old_addr = old_text(),
            .old_size = 64,
            .new_addr = old_text() + 0x100 + odd,
        };
        assert_int_equal(arch_livepatch_plan_change("fix", "f", &func, &change),
                         -EINVAL);
        func.old_addr = old_text() + odd;
        func.new_addr = old_text() + 0x100;
        assert_int_equal(arch_livepatch_plan_change("fix", "f", &func, &change),
                         -EINVAL);
        assert_logged("must be aligned to 4");
    }
}

/* ---- NOPs ---------------------------------------------------------------- */

static int expected_nop_rc(enum pad pad, uint32_t new_size, uint32_t old_size)
{
    if (new_size > LIVEPATCH_OPAQUE_SIZE || (new_size && new_size % 4)) {
        return -EOPNOTSUPP;
    }
    return new_size == 0 || old_size < new_size ||
                   (is_plain(pad) && new_size == 4)
               ? -EINVAL
               : 0;
}

static void check_nops(enum pad pad, uint32_t new_size, uint32_t old_size)
{
    const int rc = expected_nop_rc(pad, new_size, old_size);
    const uint32_t first = is_plain(pad) ? pads[pad]
                           : signs(pad)  ? 0xd503245f
                                         : 0xd503201f;
    struct livepatch_change change = {.nr_bytes = 99};

    assert_int_equal(plan(pad, old_size, NULL, new_size, &change), rc);
    if (rc) {
        assert_int_equal(change.nr_bytes, 99);
        return;
    }
    assert_int_equal(change.nr_bytes, new_size);
    assert_ptr_equal(change.where, old_text());
    assert_memory_equal(change.before, change.where, change.nr_bytes);
    for (unsigned int i = 0; i < change.nr_bytes / 4; i++) {
        assert_int_equal(insn_of(&change, i), i == 0 ? first : 0xd503201f);
    }
}

static void nops_are_whole_instructions(void **state)
{
    (void)state;
    for (enum pad pad = 0; pad < PAD_NR; pad++) {
        for (uint32_t new_size = 0; new_size <= 36; new_size++) {
            check_nops(pad, new_size, 40);
            check_nops(pad, new_size, new_size + 1);
            check_nops(pad, new_size, max(new_size, 1U));
            check_nops(pad, new_size, max(new_size, 2U) - 1);
        }
        check_nops(pad, UINT32_MAX, 40);
        check_nops(pad, UINT32_MAX - 3, 40);
    }
}

struct message_row {
    const char *name;
    enum pad pad;
    uint32_t old_size, new_size;
    int64_t distance; /* 0: NOPs */
    const char *says;
};

static const struct message_row messages[] = {
    {"message_tells_how_many_nops_there_may_be", PAD_NONE, 40, 32, 0,
     "fix: f: 32 bytes of NOPs, at most 31 can be saved"},
    {"message_tells_how_long_a_nop_is", PAD_NONE, 40, 6, 0,
     "fix: f: 6 bytes of NOPs, of 4 each"},
    {"message_tells_how_long_a_function_of_nops_is", PAD_NONE, 8, 12, 0,
     "fix: f: 12 bytes of NOPs over a function of 8"},
    {"message_tells_that_there_are_no_nops", PAD_NONE, 8, 0, 0,
     "fix: f: no replacement, and 0 bytes of NOPs"},
    {"message_tells_what_a_landing_pad_takes", PAD_BTI_C, 16, 4, 0,
     "fix: f: 4 bytes of NOPs, but the first 4 are a landing pad"},
    {"message_tells_what_a_jump_needs", PAD_PACIASP, 7, 1, 64,
     "fix: f has 7 bytes, a trampoline needs 8"},
    {"message_tells_why_not_farther", PAD_NONE, 8, 1, UP + 4,
     "by one branch, and there is no room for more"},
};

static void message_says_why(void **state)
{
    const struct message_row *row = *state;
    struct livepatch_change change;

    make_stretch();
    assert_int_not_equal(plan(row->pad, row->old_size,
                              row->distance ? old_text() + row->distance : NULL,
                              row->new_size, &change),
                         0);
    assert_logged(row->says);
    assert_int_equal(host_log_errors(), 1);
}

int main(void)
{
    static struct host_tests tests;

    host_add_rows(&tests, jumps, jump_is_planned);
    host_add(&tests, far_function_without_a_pad_is_eoverflow);
    host_add(&tests, odd_addresses_are_einval);
    host_add(&tests, nops_are_whole_instructions);
    host_add_rows(&tests, messages, message_says_why);
    return host_run(&tests);
}
