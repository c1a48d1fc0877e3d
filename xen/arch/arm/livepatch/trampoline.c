// SPDX-License-Identifier: GPL-2.0
/*
 * What instructions make an arm64 function go elsewhere: B at its start, or
 * when that does not reach and there is room, an address in x16 and BR; or NOPs
 * over its first instructions. x16 is for code between a call and what it calls
 * (AAPCS64, 6.1.1): nobody has anything there. Reads text; writes none.
 *
 * Where an indirect branch may land (Arm ARM, D8.4, "Enabling and disabling
 * branch target identification"): BTI does nothing else, and stays. PACIASP
 * signs the return address besides, which the new function does again: in its
 * place comes BTI c. Either is part of the change: what is planned over another
 * payload's trampoline, which begins with BTI c, may come to stand where that
 * one is gone and PACIASP is back. Example, of a function whose replacement is
 * 0x1000 bytes behind its start:
 *
 *     d503233f paciasp          d503245f bti c
 *     a9bf7bfd stp x29, x30     140003ff b   +0xffc
 */
#include <xen/errno.h>
#include <xen/lib.h>
#include <xen/livepatch_arch.h>
#include <xen/string.h>

enum pad {
    PAD_NONE,
    PAD_PLAIN, /* BTI c, j, jc */
    PAD_SIGNS, /* PACIASP, PACIBSP */
};

/* The far sequence, and how far it goes: a payload's changes lie within 4 GiB
 * of each other (entries.c), so no farther than half of that. */
#define FAR_INSNS 3
#define FAR_REACH GB(2LL)
#define PAGE_LOW (LIVEPATCH_RELOC_PAGE - 1)

/* A change in the making. */
struct draft {
    const char *payload;
    const char *name;
    const struct livepatch_func *func;
    enum pad pad;
    struct livepatch_change change;
};

static enum pad find_pad(const void *code, uint32_t bytes)
{
    if (bytes < INSN_BYTES) {
        return PAD_NONE;
    }
    switch (insn_read(code)) {
    case INSN_BTI_C:
    case INSN_BTI_J:
    case INSN_BTI_JC:
        return PAD_PLAIN;
    case INSN_PACIASP:
    case INSN_PACIBSP:
        return PAD_SIGNS;
    default:
        return PAD_NONE;
    }
}

static void append(struct draft *draft, uint32_t insn)
{
    insn_write(draft->change.after + draft->change.nr_bytes, insn);
    draft->change.nr_bytes += INSN_BYTES;
}

/* Bytes at the start of the function that go before what is put there. */
static unsigned int bytes_before(const struct draft *draft)
{
    return draft->pad == PAD_NONE ? 0 : INSN_BYTES;
}

/* Where the next instruction will stand. */
static uint64_t next(const struct draft *draft)
{
    return (uint64_t)draft->change.where + draft->change.nr_bytes;
}

static void begin(struct draft *draft)
{
    draft->change.where = draft->func->old_addr;
    if (draft->pad == PAD_PLAIN) {
        append(draft, insn_read(draft->func->old_addr));
    } else if (draft->pad == PAD_SIGNS) {
        append(draft, INSN_BTI_C);
    }
}

static int check_room(const struct draft *draft, unsigned int nr_insns)
{
    const unsigned int wanted = bytes_before(draft) + nr_insns * INSN_BYTES;

    if (draft->func->old_size < wanted) {
        livepatch_log(
            XENLOG_ERR "livepatch: %s: %s has %u bytes, a trampoline needs %u",
            draft->payload, draft->name, draft->func->old_size, wanted);
        return -EINVAL;
    }
    return 0;
}

static int refuse_reach(const struct draft *draft, const char *why)
{
    livepatch_log(XENLOG_ERR "livepatch: %s: %s at %p is out of reach of %p%s",
                  draft->payload, draft->name, draft->func->new_addr,
                  draft->func->old_addr, why);
    return -EOVERFLOW;
}

/* BR lands as an indirect branch does. */
static int check_far(const struct draft *draft, int64_t distance)
{
    const unsigned int wanted = bytes_before(draft) + FAR_INSNS * INSN_BYTES;

    if (distance < -FAR_REACH || distance >= FAR_REACH) {
        return refuse_reach(draft, "");
    }
    if (draft->func->old_size < wanted) {
        return refuse_reach(draft, " by one branch, and there is no room for "
                                   "more");
    }
    if (draft->pad != PAD_NONE &&
        find_pad(draft->func->new_addr, INSN_BYTES) == PAD_NONE) {
        return refuse_reach(draft, " by one branch, and has no landing pad for "
                                   "another");
    }
    return 0;
}

static int append_far(struct draft *draft)
{
    const uint64_t target = (uint64_t)draft->func->new_addr;
    const uint64_t here = next(draft);
    const int64_t pages = (int64_t)((target & ~PAGE_LOW) - (here & ~PAGE_LOW)) /
                          (int64_t)LIVEPATCH_RELOC_PAGE;
    const int rc = check_far(draft, (int64_t)(target - here));

    if (rc == 0) {
        append(draft, insn_put_field(INSN_ADRP_X16, INSN_FIELD_ADR, pages));
        append(draft, insn_put_field(INSN_ADD_X16, INSN_FIELD_IMM12,
                                     target & PAGE_LOW));
        append(draft, INSN_BR_X16);
    }
    return rc;
}

static int plan_jump(struct draft *draft)
{
    const int rc = check_room(draft, 1);
    int64_t words;

    if (rc) {
        return rc;
    }
    begin(draft);
    words =
        (int64_t)((uint64_t)draft->func->new_addr - next(draft)) / INSN_BYTES;
    if (!insn_field_holds(INSN_FIELD_IMM26, words)) {
        return append_far(draft);
    }
    append(draft, insn_put_field(INSN_B, INSN_FIELD_IMM26, words));
    return 0;
}

static int check_nops(const struct draft *draft)
{
    const struct livepatch_func *func = draft->func;

    if (func->new_size == 0) {
        livepatch_log(XENLOG_ERR
                      "livepatch: %s: %s: no replacement, and 0 bytes of NOPs",
                      draft->payload, draft->name);
        return -EINVAL;
    }
    if (func->new_size > LIVEPATCH_OPAQUE_SIZE) {
        livepatch_log(
            XENLOG_ERR
            "livepatch: %s: %s: %u bytes of NOPs, at most %u can be saved",
            draft->payload, draft->name, func->new_size, LIVEPATCH_OPAQUE_SIZE);
        return -EOPNOTSUPP;
    }
    if (func->new_size % INSN_BYTES) {
        livepatch_log(XENLOG_ERR
                      "livepatch: %s: %s: %u bytes of NOPs, of %u each",
                      draft->payload, draft->name, func->new_size, INSN_BYTES);
        return -EOPNOTSUPP;
    }
    if (func->old_size < func->new_size) {
        livepatch_log(
            XENLOG_ERR
            "livepatch: %s: %s: %u bytes of NOPs over a function of %u",
            draft->payload, draft->name, func->new_size, func->old_size);
        return -EINVAL;
    }
    if (draft->pad == PAD_PLAIN && func->new_size == INSN_BYTES) {
        livepatch_log(
            XENLOG_ERR
            "livepatch: %s: %s: %u bytes of NOPs, but the first %u are a "
            "landing pad, which stays",
            draft->payload, draft->name, func->new_size, INSN_BYTES);
        return -EINVAL;
    }
    return 0;
}

static int plan_nops(struct draft *draft)
{
    const uint64_t end =
        (uint64_t)draft->func->old_addr + draft->func->new_size;
    const int rc = check_nops(draft);

    if (rc) {
        return rc;
    }
    begin(draft);
    while (next(draft) < end) {
        append(draft, INSN_NOP);
    }
    return 0;
}

static int check_aligned(const struct draft *draft, const void *address)
{
    if (!insn_is_aligned(address)) {
        livepatch_log(XENLOG_ERR "livepatch: %s: %s: %p must be aligned to %u",
                      draft->payload, draft->name, address, INSN_BYTES);
        return -EINVAL;
    }
    return 0;
}

int arch_livepatch_plan_change(const char *payload, const char *name,
                               const struct livepatch_func *func,
                               struct livepatch_change *change)
{
    struct draft draft = {.payload = payload, .name = name, .func = func};
    int rc = check_aligned(&draft, func->old_addr);

    if (rc == 0) {
        rc = check_aligned(&draft, func->new_addr);
    }
    if (rc) {
        return rc;
    }
    draft.pad = find_pad(func->old_addr, func->old_size);
    rc = func->new_addr ? plan_jump(&draft) : plan_nops(&draft);
    if (rc) {
        return rc;
    }
    memcpy(draft.change.before, draft.change.where, draft.change.nr_bytes);
    *change = draft.change;
    return 0;
}
