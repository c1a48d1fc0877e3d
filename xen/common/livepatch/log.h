/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How the subsystem speaks: one line an event, always
 * `livepatch: PAYLOAD: what disagreed`. An error is logged once, where it is
 * found; whoever passes the errno on stays silent.
 */
#ifndef LP_LOG_H
#define LP_LOG_H

#include <xen/lib.h>
#include <xen/livepatch_arch.h>

#define lp_err(payload, fmt, ...)                                              \
    livepatch_log(XENLOG_ERR "livepatch: %s: " fmt, payload, ##__VA_ARGS__)
#define lp_warn(payload, fmt, ...)                                             \
    livepatch_log(XENLOG_WARNING "livepatch: %s: " fmt, payload, ##__VA_ARGS__)
#define lp_info(payload, fmt, ...)                                             \
    livepatch_log(XENLOG_INFO "livepatch: %s: " fmt, payload, ##__VA_ARGS__)

#endif
