// SPDX-License-Identifier: GPL-2.0
/*
 * A ring: record number n stands in slot n modulo the ring's size.
 */
#include "history.h"

#include <xen/lib.h>
#include <xen/string.h>
#include <xen/time.h>

static struct livepatch_ext_record ring[LP_HISTORY_RECORDS];
static uint64_t nr_ended; /* the newest record's number */
static s_time_t began;    /* the current request */

BUILD_BUG_ON(LIVEPATCH_EXT_NAME_BYTES != XEN_LIVEPATCH_NAME_SIZE);

static struct livepatch_ext_record *slot_of(uint64_t number)
{
    return &ring[number % LP_HISTORY_RECORDS];
}

struct livepatch_ext_record *lp_history_current(void)
{
    return slot_of(nr_ended + 1);
}

void lp_history_begin(uint32_t cmd, const char *name)
{
    struct livepatch_ext_record *record = lp_history_current();

    memset(record, 0, sizeof(*record));
    record->cmd = cmd;
    strlcpy(record->name, name, sizeof(record->name));
    began = NOW();
}

void lp_history_end(int rc)
{
    struct livepatch_ext_record *record = lp_history_current();

    record->sequence = nr_ended + 1;
    record->time = NOW();
    record->total_time = record->time - began;
    if (rc) {
        record->rc = rc;
    }
    nr_ended++;
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
