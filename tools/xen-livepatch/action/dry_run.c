/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Asks once, and remembers in the session what was supposed and told.
 */
#include "action/dry_run.h"

#include <errno.h>

#include "lib/report.h"

/* What a hypervisor without dry runs leaves unknown. */
static const char *const unknown[] = {
    [REQUEST_UPLOAD] =
        "whether it would load. 'xen-livepatch verify FILE --xen-syms FILE' "
        "says what can be said of that without it",
    [REQUEST_APPLY] =
        "whether the payload fits on what is applied and finds the code that "
        "it expects, and what its hooks say. 'xen-livepatch verify FILE "
        "--xen-syms FILE' says what can be said of that without it",
    [REQUEST_REVERT] = "whether another payload was applied on top of it, and "
                       "what its hooks say. 'xen-livepatch status' shows the "
                       "order",
    [REQUEST_UNLOAD] = "whether another payload uses it",
    [REQUEST_REPLACE] =
        "whether the payload fits on the bare hypervisor and finds the code "
        "that it expects, and what hooks say. 'xen-livepatch verify FILE "
        "--xen-syms FILE' says what can be said of that without it",
};

/* False: what it is about builds on what was only supposed. */
static bool can_ask(struct session *session, struct dry_run *run)
{
    run->asked.is_answered = false;
    run->excerpt.is_started = false;
    if (session->has_supposed) {
        return false;
    }
    run->excerpt = log_excerpt_start(session);
    return true;
}

int dry_run_upload(struct session *session, const char *name,
                   const struct client_upload *payload, struct dry_run *run)
{
    return can_ask(session, run)
               ? extension_dry_run_upload(&session->client, name, payload,
                                          &run->asked)
               : -EOPNOTSUPP;
}

int dry_run_action(struct session *session, const char *const *names,
                   uint32_t nr, struct dry_run *run)
{
    return can_ask(session, run) ? extension_dry_run_action(
                                       &session->client, names, nr, &run->asked)
                                 : -EOPNOTSUPP;
}

bool dry_run_is_unknown(const struct dry_run *run, int rc)
{
    return !run->asked.is_answered && rc == -EOPNOTSUPP;
}

void dry_run_tell_log(struct session *session, const struct dry_run *run,
                      enum outcome outcome)
{
    if (run->asked.is_answered) {
        log_excerpt_print(session, &run->excerpt, outcome);
    }
}

static void suppose(struct session *session, bool is_known)
{
    session->has_supposed = true;
    report_add_flag(session->report, "is_dry_run_exact", is_known);
}

void dry_run_tell_accepted(struct session *session, const struct dry_run *run)
{
    session_say(session, "would be done (dry run)\n");
    if (run->asked.nr_unasked && !session->options.is_quiet) {
        fprintf(session->err,
                "xen-livepatch: %u hooks were not asked: they may still say "
                "no.\n",
                run->asked.nr_unasked);
    }
    suppose(session, true);
    report_add_number(session->report, "nr_hooks_unasked",
                      run->asked.nr_unasked);
}

static void say_what_is_unknown(struct session *session, enum request request)
{
    if (session->has_supposed) {
        fputs("xen-livepatch: it builds on what a dry run does not do: nobody "
              "was asked.\n",
              session->err);
    } else {
        fprintf(session->err,
                "xen-livepatch: this hypervisor has no dry runs. Not known: "
                "%s.\n",
                unknown[request]);
    }
}

void dry_run_tell_unknown(struct session *session, enum request request)
{
    session_say(session, "not done (dry run)\n");
    if (!session->is_unchecked && !session->options.is_quiet) {
        say_what_is_unknown(session, request);
    }
    session->is_unchecked = true;
    suppose(session, false);
}
