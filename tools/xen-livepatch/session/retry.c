/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The count and the pause between tries. What was tried, and saying how it
 * failed, is the caller's.
 */
#include "session/retry.h"

#include "session/delay.h"
#include "session/interrupt.h"
#include "session/signal_block.h"

#define PAUSE_MIN_MS 100U
#define PAUSE_MAX_MS 5000U

/* After `nr_done` earlier pauses. */
static unsigned int pause_after(unsigned int nr_done)
{
    unsigned int pause_ms = PAUSE_MIN_MS;

    while (nr_done-- && pause_ms < PAUSE_MAX_MS) {
        pause_ms *= 2;
    }
    return pause_ms < PAUSE_MAX_MS ? pause_ms : PAUSE_MAX_MS;
}

/* Whether a signal came that is to end the program now. */
static bool is_to_end(const struct session *session)
{
    return !session->must_go_on && (interrupt_name() || signals_wait());
}

bool retry_after(struct session *session, struct retry *retry,
                 enum outcome outcome)
{
    unsigned int nr_allowed = session->options.nr_retries;
    unsigned int pause_ms = pause_after(retry->nr_done);

    if (outcome != OUTCOME_RETRY || retry->nr_done == nr_allowed ||
        is_to_end(session)) {
        return false;
    }
    retry->nr_done++;
    session_progress(session, "xen-livepatch: busy; try %u of %u in %u ms.\n",
                     retry->nr_done + 1, nr_allowed + 1, pause_ms);
    delay_ms(pause_ms);
    if (is_to_end(session)) {
        return false;
    }
    session_forget_failure(session);
    return true;
}
