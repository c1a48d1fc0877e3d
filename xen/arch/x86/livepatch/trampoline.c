// SPDX-License-Identifier: GPL-2.0
/*
 * What bytes make an x86-64 function go elsewhere: `jmp rel32` at its start,
 * behind a landing pad when it has one, or NOPs over its first bytes. Reads
 * the old text; writes none.
 */
#include <xen/errno.h>
#include <xen/lib.h>
#include <xen/livepatch_arch.h>
#include <xen/string.h>
#include <asm/landing_pad.h>
#include <asm/nops.h>

#define JMP_REL32 0xe9

static int plan_nops(const char *payload, const char *name,
                     const struct livepatch_func *func, unsigned int skip,
                     struct livepatch_change *change)
{
    if (func->new_size == 0) {
        livepatch_log(XENLOG_ERR
                      "livepatch: %s: %s: no replacement, and 0 bytes of NOPs",
                      payload, name);
        return -EINVAL;
    }
    if (func->new_size > LIVEPATCH_OPAQUE_SIZE) {
        livepatch_log(
            XENLOG_ERR
            "livepatch: %s: %s: %u bytes of NOPs, at most %u can be saved",
            payload, name, func->new_size, LIVEPATCH_OPAQUE_SIZE);
        return -EOPNOTSUPP;
    }
    if (func->old_size < func->new_size) {
        livepatch_log(
            XENLOG_ERR
            "livepatch: %s: %s: %u bytes of NOPs over a function of %u",
            payload, name, func->new_size, func->old_size);
        return -EINVAL;
    }
    if (func->new_size <= skip) {
        livepatch_log(
            XENLOG_ERR
            "livepatch: %s: %s: %u bytes of NOPs, but the first %u are a "
            "landing pad, which stays",
            payload, name, func->new_size, skip);
        return -EINVAL;
    }
    change->nr_bytes = func->new_size - skip;
    fill_with_nops(change->after, change->nr_bytes);
    return 0;
}

static int plan_jump(const char *payload, const char *name,
                     const struct livepatch_func *func, unsigned int skip,
                     struct livepatch_change *change)
{
    const uint8_t *next = change->where + ARCH_PATCH_INSN_SIZE;
    const int64_t distance =
        (int64_t)((uint64_t)func->new_addr - (uint64_t)next);
    const int32_t rel32 = (int32_t)distance;

    if (func->old_size < skip + ARCH_PATCH_INSN_SIZE) {
        livepatch_log(
            XENLOG_ERR "livepatch: %s: %s has %u bytes, a trampoline needs %u",
            payload, name, func->old_size, skip + ARCH_PATCH_INSN_SIZE);
        return -EINVAL;
    }
    if (distance != rel32) {
        livepatch_log(XENLOG_ERR
                      "livepatch: %s: %s at %p is out of reach of %p",
                      payload, name, func->new_addr, func->old_addr);
        return -EOVERFLOW;
    }
    change->nr_bytes = ARCH_PATCH_INSN_SIZE;
    change->after[0] = JMP_REL32;
    __builtin_memcpy(&change->after[1], &rel32, sizeof(rel32));
    return 0;
}

int arch_livepatch_plan_change(const char *payload, const char *name,
                               const struct livepatch_func *func,
                               struct livepatch_change *change)
{
    const unsigned int skip = landing_pad_bytes(func->old_addr, func->old_size);
    struct livepatch_change plan = {
        .where = (uint8_t *)func->old_addr + skip,
    };
    const int rc = func->new_addr ? plan_jump(payload, name, func, skip, &plan)
                                  : plan_nops(payload, name, func, skip, &plan);

    if (rc) {
        return rc;
    }
    memcpy(plan.before, plan.where, plan.nr_bytes);
    *change = plan;
    return 0;
}
