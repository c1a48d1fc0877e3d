/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Chooses from a listing, leaves the reverts to action_set.c, unloads.
 */
#include "action/take_out.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "action/action.h"
#include "action/action_set.h"
#include "action/dry_run.h"
#include "history/loaded.h"
#include "lib/report.h"
#include "session/overview.h"

/* Names, of the request or of the listing. */
struct name_list {
    char **names;
    size_t nr;
};

static bool is_chosen(const struct take_out *request,
                      const struct loaded_payload *payload)
{
    for (size_t i = 0; !request->is_all && i < request->nr; i++) {
        if (!strcmp(request->names[i], payload->entry->name)) {
            return true;
        }
    }
    return request->is_all && !request->reverts == !payload->place;
}

/* Those of the stack, the newest first; then those named that are not applied,
 * which the hypervisor has its own words for. */
static void choose_reverts(const struct take_out *request,
                           const struct loaded *loaded,
                           struct name_list *chosen)
{
    for (size_t place = loaded->nr_applied; place; place--) {
        const struct loaded_payload *payload = loaded_at_place(loaded, place);

        if (is_chosen(request, payload)) {
            chosen->names[chosen->nr++] = (char *)payload->entry->name;
        }
    }
    for (size_t i = 0; !request->is_all && i < request->nr; i++) {
        const struct loaded_payload *payload =
            loaded_find(loaded, request->names[i]);

        if (!payload || !payload->place) {
            chosen->names[chosen->nr++] = request->names[i];
        }
    }
}

static void choose_unloads(const struct take_out *request,
                           const struct loaded *loaded,
                           struct name_list *chosen)
{
    for (size_t i = loaded->nr; i--;) {
        if (is_chosen(request, &loaded->payloads[i])) {
            chosen->names[chosen->nr++] =
                (char *)loaded->payloads[i].entry->name;
        }
    }
    for (size_t i = 0; !request->is_all && i < request->nr; i++) {
        if (!loaded_find(loaded, request->names[i])) {
            chosen->names[chosen->nr++] = request->names[i];
        }
    }
}

/* In sets of as many as one stop takes. */
static enum outcome revert_all(struct session *session,
                               const struct name_list *chosen)
{
    enum outcome outcome = OUTCOME_DONE;

    for (size_t i = 0; i < chosen->nr && outcome == OUTCOME_DONE;
         i += LIVEPATCH_EXT_MAX_SET) {
        size_t nr = chosen->nr - i;
        struct action_set set = {
            PAYLOAD_REVERT, chosen->names + i,
            nr < LIVEPATCH_EXT_MAX_SET ? nr : LIVEPATCH_EXT_MAX_SET, 0};

        outcome = set.nr == 1
                      ? action_run(session, PAYLOAD_REVERT, set.names[0], 0)
                      : action_set_run(session, &set);
    }
    return outcome;
}

static enum outcome unload_all(struct session *session,
                               const struct name_list *chosen)
{
    struct json_object *whole = session->report;
    struct json_object *list =
        chosen->nr > 1 ? report_add_list(whole, "unloads") : NULL;
    enum outcome outcome = OUTCOME_DONE;

    for (size_t i = 0; i < chosen->nr && outcome == OUTCOME_DONE; i++) {
        session->report = list ? report_list_object(list) : whole;
        outcome = action_run(session, PAYLOAD_UNLOAD, chosen->names[i], 0);
    }
    session->report = whole;
    return outcome;
}

/* A dry run has reverted nothing: nobody can be asked about the unloads. */
static void tell_unloads(struct session *session,
                         const struct name_list *chosen)
{
    for (size_t i = 0; i < chosen->nr; i++) {
        session_say(session, "Unloading %s... ", chosen->names[i]);
        dry_run_tell_unknown(session, REQUEST_UNLOAD);
    }
}

static enum outcome run(struct session *session, const struct take_out *request,
                        const struct loaded *loaded)
{
    size_t nr_max = request->nr + loaded->nr + 1;
    struct name_list reverts = {calloc(nr_max, sizeof(char *)), 0};
    struct name_list unloads = {calloc(nr_max, sizeof(char *)), 0};
    enum outcome outcome = OUTCOME_FAILED;

    if (reverts.names && unloads.names) {
        outcome = OUTCOME_DONE;
        if (request->reverts) {
            choose_reverts(request, loaded, &reverts);
            outcome = revert_all(session, &reverts);
        }
        if (request->unloads) {
            choose_unloads(request, loaded, &unloads);
        }
        if (!reverts.nr && !unloads.nr) {
            session_say(session, "No action needed.\n");
        }
        if (outcome == OUTCOME_DONE && reverts.nr &&
            session->options.is_dry_run) {
            tell_unloads(session, &unloads);
        } else if (outcome == OUTCOME_DONE) {
            outcome = unload_all(session, &unloads);
        }
    }
    free(reverts.names);
    free(unloads.names);
    return outcome;
}

enum outcome take_out_run(struct session *session,
                          const struct take_out *request)
{
    const char *verb = request->reverts ? "revert" : "unload";
    struct overview overview;
    struct loaded loaded;
    enum outcome outcome = overview_take(session, verb, &overview);

    if (outcome != OUTCOME_DONE) {
        return outcome;
    }
    if (loaded_take(session, &overview.list, &loaded)) {
        fprintf(session->err, "xen-livepatch: %s: no memory.\n", verb);
        outcome = OUTCOME_FAILED;
    } else {
        outcome = run(session, request, &loaded);
        loaded_free(&loaded);
    }
    overview_free(&overview);
    return outcome;
}
