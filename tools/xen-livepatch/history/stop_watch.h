/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How long an action stopped the pCPUs and which ones came late, as the
 * hypervisor recorded it. A hypervisor that keeps no records (stock Xen) makes
 * all of it do nothing.
 */
#ifndef XEN_LIVEPATCH_STOP_WATCH_H
#define XEN_LIVEPATCH_STOP_WATCH_H

#include "hypervisor/extension.h"
#include "session/session.h"

struct stop_watch {
    bool is_started;
    uint64_t next; /* the first record that can be the action's */
};

/* Before the action. The session is connected. */
struct stop_watch stop_watch_start(struct session *session);

/*
 * After it: the newest record since of `cmd` (livepatch_ext.h) on the payload
 * `name` (the first one of a set). False when there is none.
 */
bool stop_watch_find(struct session *session, const struct stop_watch *watch,
                     uint32_t cmd, const char *name,
                     struct livepatch_ext_record *record);

/*
 * Say it: of a stop that came about, how long it was, where progress is told;
 * of pCPUs that were late, which ones and what they were doing, on
 * session->err. Both as "stop" into the report.
 */
void stop_watch_tell(struct session *session,
                     const struct livepatch_ext_record *record);

/* "12.3 us" and the like; `nr_bytes` of 16 are enough. */
void stop_watch_format(uint64_t ns, char *text, size_t nr_bytes);

struct json_object;

/* "gather_ns", "stop_ns" ... as members of `object`, which may be NULL. */
void stop_watch_report(struct json_object *object,
                       const struct livepatch_ext_record *record);

#endif
