// SPDX-License-Identifier: GPL-2.0
/*
 * A ring: record number n stands in slot n modulo the ring's size. A record is
 * filled beside it and put there when its request is over.
 */
#include "history.h"

#include <xen/lib.h>
#include <xen/string.h>
#include <xen/time.h>

static struct livepatch_ext_record ring[LP_HISTORY_RECORDS];
static struct livepatch_ext_record current;
static uint64_t nr_ended; /* the newest record's number */
static s_time_t began;    /* the current request */

BUILD_BUG_ON(LIVEPATCH_EXT_NAME_BYTES != XEN_LIVEPATCH_NAME_SIZE);

static struct livepatch_ext_record *slot_of(uint64_t number)
{
    return &ring[number % LP_HISTORY_RECORDS];
}

struct livepatch_ext_record *lp_history_current(void)
{
    return &current;
}

void lp_history_begin(uint32_t cmd, const char *name)
{
    memset(&current, 0, sizeof(current));
    current.cmd = cmd;
    strlcpy(current.name, name, sizeof(current.name));
    began = NOW();
}

void lp_history_end(int rc)
{
    current.sequence = nr_ended + 1;
    current.time = NOW();
    current.total_time = current.time - began;
    if (rc) {
        current.rc = rc;
    }
    *slot_of(++nr_ended) = current;
}

uint64_t lp_history_newest(void)
{
    return nr_ended;
}

const struct livepatch_ext_record *lp_history_find(uint64_t from)
{
    const uint64_t oldest =
        nr_ended < LP_HISTORY_RECORDS ? 1 : nr_ended - LP_HISTORY_RECORDS + 1;
    const uint64_t number = max(from, oldest);

    return number <= nr_ended ? slot_of(number) : NULL;
}
