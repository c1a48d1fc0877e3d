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
#include <public/sysctl.h>

#define lp_err(payload, fmt, ...)                                              \
    livepatch_log(XENLOG_ERR "livepatch: %s: " fmt, payload, ##__VA_ARGS__)
#define lp_warn(payload, fmt, ...)                                             \
    livepatch_log(XENLOG_WARNING "livepatch: %s: " fmt, payload, ##__VA_ARGS__)

/* That something went well: numbers and our own words beside the name, so that
 * only the name is looked at. Stops are short, and so is this. */
#define lp_info(payload, fmt, ...)                                             \
    do {                                                                       \
        char name_[XEN_LIVEPATCH_NAME_SIZE];                                   \
                                                                               \
        printk(XENLOG_INFO "livepatch: %s: " fmt "\n",                         \
               lp_log_name(payload, name_), ##__VA_ARGS__);                    \
    } while (0)

/* The name as it may stand in a line, in text; cut if it is too long. */
const char *lp_log_name(const char *name, char text[XEN_LIVEPATCH_NAME_SIZE]);

#endif
