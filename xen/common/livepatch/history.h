/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What was asked of the subsystem in this boot and how it ended: the newest
 * LP_HISTORY_RECORDS uploads and actions, in the public extension's terms, in
 * fixed memory. The registry lock is held by whoever calls; what is being
 * filled is not seen by readers.
 */
#ifndef LP_HISTORY_H
#define LP_HISTORY_H

#include <public/livepatch_ext.h>
#include <public/sysctl.h>

#define LP_HISTORY_RECORDS 256

/* A request begins: `cmd` as in the record, `name` as the caller wrote it. */
void lp_history_begin(uint32_t cmd, const char *name);

/* The record of the request that is being served, for what becomes known of it
 * on the way. Outside of a request, as in a dry run, it leads nowhere. */
struct livepatch_ext_record *lp_history_current(void);

/* The request is over; rc is what its caller gets. An rc that its record has
 * stays when that is 0. The oldest record may go. */
void lp_history_end(int rc);

/* The number of the newest record; 0: there was none yet. */
uint64_t lp_history_newest(void);

/* The record with the lowest number that is at least `from`; NULL: none. */
const struct livepatch_ext_record *lp_history_find(uint64_t from);

#endif
