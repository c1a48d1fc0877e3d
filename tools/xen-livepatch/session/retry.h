/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Trying again what was busy, as often as --retries allows, with growing
 * pauses: 100 ms, then twice as long each time, 5 s at most.
 */
#ifndef XEN_LIVEPATCH_RETRY_H
#define XEN_LIVEPATCH_RETRY_H

#include "session/session.h"

/* One per request; starts zeroed. */
struct retry {
    unsigned int nr_done;
};

/*
 * After a try that ended with `outcome`: false when that is final, or a signal
 * waits to end the program and the session need not go on. Otherwise says as
 * progress that it was busy, pauses, and gives true: try again.
 */
bool retry_after(struct session *session, struct retry *retry,
                 enum outcome outcome);

#endif
