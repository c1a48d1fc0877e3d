/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Looks at each payload, leaves out those with nothing to do, sends the others
 * as one set. Whether the hypervisor knows sets, its history tells: it has both
 * or neither.
 */
#include "action/action_set.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "action/action.h"
#include "action/dry_run.h"
#include "history/deed.h"
#include "history/loaded.h"
#include "hypervisor/extension.h"
#include "hypervisor/livepatch_list.h"
#include "lib/report.h"
#include "screen/payload_state.h"
#include "session/name_hint.h"
#include "session/retry.h"

/* The names that are to be acted on, in order. */
struct chosen {
    const char *names[LIVEPATCH_EXT_MAX_SET];
    uint32_t nr;
};

static enum outcome check_set(struct session *session,
                              const struct action_set *set)
{
    if (set->nr > LIVEPATCH_EXT_MAX_SET) {
        fprintf(session->err, "%s: %zu names, expected at most %u.\n",
                action_kind_of(set->which)->verb, set->nr,
                LIVEPATCH_EXT_MAX_SET);
        return OUTCOME_BAD_USAGE;
    }
    for (size_t i = 0; i < set->nr; i++) {
        for (size_t k = 0; k < i; k++) {
            if (!strcmp(set->names[i], set->names[k])) {
                fprintf(session->err, "%s: %s is there twice.\n",
                        action_kind_of(set->which)->verb, set->names[i]);
                return OUTCOME_BAD_USAGE;
            }
        }
    }
    return OUTCOME_DONE;
}

/* Look at one payload; add it when there is something to do. */
static enum outcome choose(struct session *session,
                           const struct action_kind *kind, const char *name,
                           struct chosen *chosen)
{
    const struct attempt attempt = {REQUEST_STATUS, kind->verb, name};
    struct payload_status status;
    enum outcome outcome;
    int rc = client_get(&session->client, name, &status);

    if (rc) {
        fprintf(session->err, "Failed to get status of %s.\n", name);
        outcome = session_refused(session, &attempt, rc);
        if (rc == -ENOENT) {
            name_hint_print(session, name);
        }
        return outcome;
    }
    if (status.state == (uint32_t)kind->target) {
        session_say(session, "%s: No action needed.\n", name);
        return OUTCOME_DONE;
    }
    if (status.state != (uint32_t)kind->required) {
        fprintf(session->err,
                "%s is in the wrong state.\n"
                "Current state: %s\n"
                "Expected state: %s\n",
                name, payload_state_word(status.state),
                payload_state_word(kind->required));
        return OUTCOME_FAILED;
    }
    chosen->names[chosen->nr++] = name;
    return OUTCOME_DONE;
}

static enum outcome choose_all(struct session *session,
                               const struct action_set *set,
                               struct chosen *chosen)
{
    enum outcome outcome = OUTCOME_DONE;

    chosen->nr = 0;
    for (size_t i = 0; i < set->nr && outcome == OUTCOME_DONE; i++) {
        outcome =
            choose(session, action_kind_of(set->which), set->names[i], chosen);
    }
    return outcome;
}

static enum outcome judge(struct session *session,
                          const struct action_kind *kind,
                          const struct extension_set *request, int rc)
{
    uint32_t guilty = request->failed < request->nr ? request->failed : 0;
    struct attempt attempt = {kind->request, kind->verb,
                              request->names[guilty]};

    if (!rc && !request->rc) {
        session_say(session, "completed\n");
        return OUTCOME_DONE;
    }
    session_say(session, "failed\n");
    if (!rc) {
        attempt.request = REQUEST_RESULT;
    }
    fputs("None of them was changed.\n", session->err);
    return session_refused(session, &attempt, rc ? rc : request->rc);
}

static void announce(struct session *session, const struct action_kind *kind,
                     const struct chosen *chosen)
{
    session_say(session, "%s %s", kind->announcement, chosen->names[0]);
    for (uint32_t i = 1; i < chosen->nr; i++) {
        session_say(session, ", %s", chosen->names[i]);
    }
    session_say(session, " in one stop... ");
}

static enum outcome judge_dry(struct session *session,
                              const struct action_kind *kind,
                              const struct chosen *chosen,
                              const struct dry_run *run, int rc)
{
    const uint32_t guilty =
        run->asked.failed < chosen->nr ? run->asked.failed : 0;
    const struct attempt attempt = {kind->request, kind->verb,
                                    chosen->names[guilty]};

    if (dry_run_is_unknown(run, rc)) {
        dry_run_tell_unknown(session, kind->request);
        return OUTCOME_DONE;
    }
    if (!rc) {
        dry_run_tell_accepted(session, run);
        return OUTCOME_DONE;
    }
    session_say(session, "would fail (dry run)\n");
    return session_refused(session, &attempt, rc);
}

static enum outcome try_dry(struct session *session,
                            const struct action_set *set,
                            const struct chosen *chosen)
{
    const struct action_kind *kind = action_kind_of(set->which);
    struct dry_run run = {.asked = {.action = set->which, .flags = set->flags}};
    enum outcome outcome;
    int rc;

    announce(session, kind, chosen);
    rc = dry_run_action(session, chosen->names, chosen->nr, &run);
    outcome = judge_dry(session, kind, chosen, &run, rc);
    dry_run_tell_log(session, &run, outcome);
    return outcome;
}

static enum outcome send_set(struct session *session,
                             const struct action_set *set,
                             const struct chosen *chosen)
{
    const struct action_kind *kind = action_kind_of(set->which);
    struct extension_set request = {
        .names = chosen->names,
        .nr = chosen->nr,
        .action = {set->which, session->options.timeout_ns, set->flags},
    };
    int rc;

    announce(session, kind, chosen);
    rc = extension_act_on_set(&session->client, &request);
    return judge(session, kind, &request, rc);
}

static enum outcome try_in_one_stop(struct session *session,
                                    const struct action_set *set)
{
    const char *verb = action_kind_of(set->which)->verb;
    struct chosen chosen;
    struct deed_watch watch;
    enum outcome outcome = choose_all(session, set, &chosen);

    if (outcome != OUTCOME_DONE || !chosen.nr) {
        return outcome;
    }
    if (session->options.is_dry_run) {
        return try_dry(session, set, &chosen);
    }
    watch = deed_start(session);
    outcome = send_set(session, set, &chosen);
    deed_end(session, &watch,
             &(struct deed){verb, set->which, chosen.names, chosen.nr, outcome,
                            NULL});
    return session_outcome(session, outcome);
}

static enum outcome run_in_one_stop(struct session *session,
                                    const struct action_set *set)
{
    struct retry retry = {0};
    enum outcome outcome;

    do {
        outcome = try_in_one_stop(session, set);
    } while (retry_after(session, &retry, outcome));
    return outcome;
}

/* The place of a name in the stack; one that is not applied comes first. */
static size_t place_of(const struct loaded *loaded, const char *name)
{
    const struct loaded_payload *payload = loaded_find(loaded, name);

    return payload && payload->place ? payload->place : SIZE_MAX;
}

static void sort_newest_first(const struct loaded *loaded,
                              struct chosen *chosen)
{
    for (uint32_t i = 1; i < chosen->nr; i++) {
        const char *name = chosen->names[i];
        uint32_t to = i;

        while (to && place_of(loaded, chosen->names[to - 1]) <
                         place_of(loaded, name)) {
            chosen->names[to] = chosen->names[to - 1];
            to--;
        }
        chosen->names[to] = name;
    }
}

static enum outcome order_for_revert(struct session *session,
                                     struct chosen *chosen)
{
    const struct attempt attempt = {REQUEST_LIST, "revert", NULL};
    struct list_progress progress;
    struct payload_list list;
    struct loaded loaded;
    int rc = client_list(&session->client, &list, &progress);

    if (rc) {
        return session_refused(session, &attempt, rc);
    }
    rc = loaded_take(session, &list, &loaded);
    if (!rc) {
        sort_newest_first(&loaded, chosen);
        loaded_free(&loaded);
    }
    payload_list_free(&list);
    return rc ? session_refused(session, &attempt, rc) : OUTCOME_DONE;
}

static enum outcome run_one_by_one(struct session *session,
                                   const struct action_set *set)
{
    enum outcome outcome = OUTCOME_DONE;
    struct chosen chosen = {.nr = (uint32_t)set->nr};
    struct json_object *whole = session->report;
    struct json_object *steps;

    if (!session->options.is_quiet) {
        fprintf(session->err,
                "xen-livepatch: this hypervisor cannot %s several payloads in "
                "one stop: one after the other.\n",
                action_kind_of(set->which)->verb);
    }
    memcpy(chosen.names, set->names, set->nr * sizeof(*set->names));
    if (set->which == PAYLOAD_REVERT) {
        outcome = order_for_revert(session, &chosen);
    }
    steps = report_add_list(whole, "steps");
    for (uint32_t i = 0; i < chosen.nr && outcome == OUTCOME_DONE; i++) {
        session->report = report_list_object(steps);
        outcome = action_run(session, set->which, chosen.names[i], set->flags);
    }
    session->report = whole;
    return outcome;
}

enum outcome action_set_run(struct session *session,
                            const struct action_set *set)
{
    struct json_object *names;
    enum outcome outcome = check_set(session, set);
    uint64_t next;
    bool is_one_stop;

    if (outcome == OUTCOME_DONE) {
        outcome = session_connect(session);
    }
    if (outcome != OUTCOME_DONE) {
        return outcome;
    }
    is_one_stop = !extension_next_record(&session->client, &next);
    report_add_flag(session->report, "is_one_stop", is_one_stop);
    names = report_add_list(session->report, "names");
    for (size_t i = 0; i < set->nr; i++) {
        report_list_text(names, set->names[i], strlen(set->names[i]));
    }
    return is_one_stop ? run_in_one_stop(session, set)
                       : run_one_by_one(session, set);
}
