// SPDX-License-Identifier: GPL-2.0
/*
 * Alternative calls on x86-64. The call through a pointer is the one that
 * counts from where it stands, ff 15 and a distance; the direct call in its
 * place, e8 and a distance, is a byte shorter. Example: at 0x1000 a call
 * through a pointer at 0x3000 (ff 15 fa 1f 00 00) which holds 0x2000 becomes
 * e8 fb 0f 00 00 and a NOP. Writes no text.
 */
#include <xen/errno.h>
#include <xen/lib.h>
#include <xen/livepatch_arch.h>
#include <xen/string.h>
#include <asm/alternative-call.h>
#include <asm/landing_pad.h>
#include <asm/nops.h>

#define CALL_REL32 0xe8
#define CALL_REL32_BYTES 5
#define DISTANCE_AT 2 /* in a call through a pointer */

static const uint8_t call_through_pointer[] = {0xff, 0x15};
static const uint8_t call_to_itself[] = {CALL_REL32, 0xfb, 0xff, 0xff, 0xff};

/* UD2, as often as there is room for it. */
static const uint8_t traps[] = {0x0f, 0x0b, 0x0f, 0x0b, 0x0f, 0x0b};

_Static_assert(sizeof(struct alt_call) == ARCH_LIVEPATCH_ALT_CALL_BYTES,
               "the size that payloads have");
_Static_assert(sizeof(traps) == ARCH_LIVEPATCH_CALL_BYTES &&
                   ALT_CALL_LEN(0) == ARCH_LIVEPATCH_CALL_BYTES,
               "traps are as long as the call");

uint8_t *arch_livepatch_read_alt_call(const void *record)
{
    struct alt_call call;

    memcpy(&call, record, sizeof(call));
    return (uint8_t *)((uintptr_t)record + call.offset);
}

bool arch_livepatch_is_alt_call(const struct livepatch_alternative *alt)
{
    return alt->feature == LIVEPATCH_FEATURE && !alt->is_negated &&
           alt->place_bytes == ARCH_LIVEPATCH_CALL_BYTES &&
           alt->code_bytes == sizeof(call_to_itself) &&
           !memcmp(alt->code, call_to_itself, sizeof(call_to_itself));
}

int arch_livepatch_find_pointer(const char *payload, const uint8_t *site,
                                const void **pointer)
{
    int32_t distance;

    if (memcmp(site, call_through_pointer, sizeof(call_through_pointer))) {
        livepatch_log(XENLOG_ERR "livepatch: %s: alternative call at %p: %*ph "
                                 "is no call through a pointer",
                      payload, site, ARCH_LIVEPATCH_CALL_BYTES, site);
        return -EINVAL;
    }
    memcpy(&distance, site + DISTANCE_AT, sizeof(distance));
    *pointer =
        (const void *)((uintptr_t)site + ARCH_LIVEPATCH_CALL_BYTES + distance);
    return 0;
}

int arch_livepatch_plan_alt_call(const char *payload, const uint8_t *site,
                                 const void *target, size_t target_bytes,
                                 uint8_t *bytes)
{
    int64_t distance;

    if (!target) {
        memcpy(bytes, traps, sizeof(traps));
        return 0;
    }
    distance =
        (int64_t)((uintptr_t)target + landing_pad_bytes(target, target_bytes) -
                  ((uintptr_t)site + CALL_REL32_BYTES));
    if (distance != (int32_t)distance) {
        livepatch_log(XENLOG_ERR
                      "livepatch: %s: alternative call at %p: %p is out of its "
                      "reach",
                      payload, site, target);
        return -EOVERFLOW;
    }
    bytes[0] = CALL_REL32;
    memcpy(bytes + 1, &distance, sizeof(int32_t));
    fill_with_nops(bytes + CALL_REL32_BYTES,
                   ARCH_LIVEPATCH_CALL_BYTES - CALL_REL32_BYTES);
    return 0;
}
