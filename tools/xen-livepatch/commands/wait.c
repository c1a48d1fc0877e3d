/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verb wait: NAME STATE, then how long at most. Looks at the payload again
 * and again until it is in that state with no action under way. Changes
 * nothing; a payload that is not loaded is waited for too.
 */
#include "commands/commands.h"

#include <errno.h>
#include <string.h>
#include <strings.h>

#include "hypervisor/payload_name.h"
#include "lib/report.h"
#include "screen/payload_report.h"
#include "screen/payload_state.h"
#include "session/duration.h"
#include "session/pace.h"

#define LIMIT_MS 10000U
#define NS_PER_MS 1000000U

static const enum payload_state states[] = {PAYLOAD_GONE, PAYLOAD_CHECKED,
                                            PAYLOAD_APPLIED};

static const char *word_of(uint32_t state)
{
    return state == PAYLOAD_GONE ? "unloaded" : payload_state_word(state);
}

static int parse_state(const char *word, enum payload_state *state, FILE *err)
{
    for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
        if (!strcasecmp(word, word_of(states[i]))) {
            *state = states[i];
            return 0;
        }
    }
    fprintf(err, "wait: state '%s', expected checked, applied or unloaded.\n",
            word);
    return -EINVAL;
}

/* Whole milliseconds, rounded up. `word` may be NULL. */
static int parse_limit(const char *word, uint64_t *limit_ms, FILE *err)
{
    uint64_t ns = (uint64_t)LIMIT_MS * NS_PER_MS;

    if (word && duration_parse(word, &ns)) {
        fprintf(err,
                "wait: '%s', expected a whole number and its unit: ns, us, ms "
                "or s, such as 10s.\n",
                word);
        return -EINVAL;
    }
    *limit_ms = ns / NS_PER_MS + (ns % NS_PER_MS != 0);
    return 0;
}

/* GET, with "not loaded" as a state. */
static int look(struct session *session, const char *name,
                struct payload_status *status)
{
    int rc = client_get(&session->client, name, status);

    if (rc == -ENOENT) {
        *status = (struct payload_status){PAYLOAD_GONE, 0};
        return 0;
    }
    return rc;
}

static enum outcome judge(struct session *session, const char *name,
                          enum payload_state wanted,
                          const struct payload_status *status)
{
    report_add_text(session->report, "name", name);
    report_add_status(session->report, status);
    report_add_text(session->report, "state", word_of(status->state));
    if (status->state == (uint32_t)wanted && status->rc != -EAGAIN) {
        session_say(session, "%s is %s.\n", name, word_of(wanted));
        return OUTCOME_DONE;
    }
    fprintf(session->err, "%s is %s", name, word_of(status->state));
    if (status->rc) {
        fprintf(session->err, " (%d, %s)", -status->rc, strerror(-status->rc));
    }
    fprintf(session->err, ", not yet %s.\n", word_of(wanted));
    return OUTCOME_RETRY;
}

static enum outcome wait_for(struct session *session, const char *name,
                             enum payload_state wanted, uint64_t limit_ms)
{
    const struct attempt attempt = {REQUEST_STATUS, "wait", name};
    enum outcome outcome = session_connect(session);
    struct pace pace = {.limit_ms = limit_ms};
    struct payload_status status;
    int rc;

    if (outcome != OUTCOME_DONE) {
        return outcome;
    }
    do {
        rc = look(session, name, &status);
    } while (!rc &&
             (status.state != (uint32_t)wanted || status.rc == -EAGAIN) &&
             pace_pause(&pace));
    if (rc) {
        fprintf(session->err, "Failed to get status of %s.\n", name);
        return session_refused(session, &attempt, rc);
    }
    return judge(session, name, wanted, &status);
}

enum outcome cmd_wait(struct session *session, int nr_args, char **args)
{
    enum payload_state wanted;
    uint64_t limit_ms;

    if (payload_name_check(args[0], session->err)) {
        return OUTCOME_BAD_NAME;
    }
    if (parse_state(args[1], &wanted, session->err) ||
        parse_limit(nr_args > 2 ? args[2] : NULL, &limit_ms, session->err)) {
        return OUTCOME_BAD_USAGE;
    }
    return wait_for(session, args[0], wanted, limit_ms);
}
