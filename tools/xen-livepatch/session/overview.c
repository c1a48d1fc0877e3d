/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Two questions, one answer: identity, then list.
 */
#include "session/overview.h"

#include "session/retry.h"

static enum outcome try_to_take(struct session *session, const char *verb,
                                struct overview *overview)
{
    const struct attempt attempt = {REQUEST_LIST, verb, NULL};
    struct list_progress progress;
    int rc = hypervisor_identify(&session->client, &overview->identity);

    overview->is_identified = !rc;
    if (!rc) {
        rc = client_list(&session->client, &overview->list, &progress);
    }
    return rc ? session_refused(session, &attempt, rc) : OUTCOME_DONE;
}

enum outcome overview_take(struct session *session, const char *verb,
                           struct overview *overview)
{
    enum outcome outcome = session_connect(session);
    struct retry retry = {0};

    *overview = (struct overview){.is_identified = false};
    if (outcome != OUTCOME_DONE) {
        return outcome;
    }
    do {
        outcome = try_to_take(session, verb, overview);
    } while (retry_after(session, &retry, outcome));
    return outcome;
}

void overview_free(struct overview *overview)
{
    payload_list_free(&overview->list);
}

size_t overview_count(const struct overview *overview, enum payload_state state)
{
    size_t nr = 0;

    for (size_t i = 0; i < overview->list.nr; i++) {
        nr += overview->list.entries[i].status.state == (uint32_t)state;
    }
    return nr;
}
