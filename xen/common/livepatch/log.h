/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How the subsystem speaks: one line an event, always
 * `livepatch: PAYLOAD: what disagreed`. An error is logged once, where it is
 * found; whoever passes the errno on stays silent.
 */
#ifndef LP_LOG_H
#define LP_LOG_H

#include <xen/lib.h>

#define lp_err(payload, fmt, ...)                                              \
    printk(XENLOG_ERR "livepatch: %s: " fmt "\n", payload, ##__VA_ARGS__)
#define lp_warn(payload, fmt, ...)                                             \
    printk(XENLOG_WARNING "livepatch: %s: " fmt "\n", payload, ##__VA_ARGS__)
#define lp_info(payload, fmt, ...)                                             \
    printk(XENLOG_INFO "livepatch: %s: " fmt "\n", payload, ##__VA_ARGS__)

#endif
