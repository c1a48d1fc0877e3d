// SPDX-License-Identifier: GPL-2.0
/*
 * arm64 has no alternative calls: neither records of them, whose section is
 * refused, nor alternatives that mean one.
 */
#include <xen/bug.h>
#include <xen/errno.h>
#include <xen/livepatch_arch.h>

bool arch_livepatch_is_alt_call(const struct livepatch_alternative *alt)
{
    (void)alt;
    return false;
}

uint8_t *arch_livepatch_read_alt_call(const void *record)
{
    (void)record;
    ASSERT_UNREACHABLE();
    return NULL;
}

int arch_livepatch_find_pointer(const char *payload, const uint8_t *site,
                                const void **pointer)
{
    (void)payload;
    (void)site;
    (void)pointer;
    ASSERT_UNREACHABLE();
    return -EOPNOTSUPP;
}

int arch_livepatch_plan_alt_call(const char *payload, const uint8_t *site,
                                 const void *target, size_t target_bytes,
                                 uint8_t *bytes)
{
    (void)payload;
    (void)site;
    (void)target;
    (void)target_bytes;
    (void)bytes;
    ASSERT_UNREACHABLE();
    return -EOPNOTSUPP;
}
