/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How the subsystem speaks: one line an event, always
 * `livepatch: PAYLOAD: what disagreed`, or `livepatch (dry run): PAYLOAD: ...`,
 * which no name can make of the former. An error is logged once, where it is
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

/* From here on lines are those of a dry run: "livepatch (dry run): ...". By
 * whoever holds the registry lock, and nothing else has anything to say then.
 */
void lp_log_dry_run(bool is_dry_run);

/* What stands between "livepatch" and the colon. */
const char *lp_log_mark(void);

/* That something went well: numbers and our own words beside the name, so that
 * only the name is looked at. Stops are short, and so is this. */
#define lp_info(payload, fmt, ...)                                             \
    do {                                                                       \
        char name_[XEN_LIVEPATCH_NAME_SIZE];                                   \
                                                                               \
        printk(XENLOG_INFO "livepatch%s: %s: " fmt "\n", lp_log_mark(),        \
               lp_log_name(payload, name_), ##__VA_ARGS__);                    \
    } while (0)

/* The name as it may stand in a line, in text; cut if it is too long. */
const char *lp_log_name(const char *name, char text[XEN_LIVEPATCH_NAME_SIZE]);

#endif
