/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The hypervisor's own words about one request: its console lines that say
 * "livepatch:" and came between two moments. A help to the admin only; when the
 * console cannot be read nothing is said of it.
 */
#ifndef XEN_LIVEPATCH_LOG_EXCERPT_H
#define XEN_LIVEPATCH_LOG_EXCERPT_H

#include "hypervisor/console_ring.h"
#include "session/session.h"

struct log_excerpt {
    bool is_started; /* false: the console cannot be read */
    struct console_mark start;
};

/* Remember where the console ends now. The session is connected. */
struct log_excerpt log_excerpt_start(struct session *session);

/*
 * Print on session->err the lines that came since, made safe for a terminal:
 * after a failure always, after `outcome` OUTCOME_DONE only when the session is
 * verbose.
 */
void log_excerpt_print(struct session *session,
                       const struct log_excerpt *excerpt, enum outcome outcome);

#endif
