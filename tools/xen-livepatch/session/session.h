/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One run of the command: where it prints, how much, and the connection to the
 * hypervisor, which is made only when it is first needed, so that bad input is
 * refused without one.
 */
#ifndef XEN_LIVEPATCH_SESSION_H
#define XEN_LIVEPATCH_SESSION_H

#include <stdbool.h>
#include <stdio.h>

#include "hypervisor/console_ring.h"
#include "hypervisor/livepatch_client.h"
#include "session/options.h"
#include "session/outcome.h"
#include "session/refusal.h"

struct session {
    FILE *out;
    FILE *err;
    struct options options;
    struct json_object *report; /* NULL: results go to `out` as text */
    bool is_connected;
    bool has_asked_for_stop; /* of the pCPUs, see action/stop_gap.h */
    bool is_unlogged;        /* something was done and could not be logged */
    bool has_supposed;       /* that a step was done, in a dry run */
    bool must_go_on;         /* no signal ends the tries: see retry.h */
    bool is_unchecked;       /* a dry run left something unknown */
    int error;               /* -errno of the last refusal, 0: none */
    bool has_log_mark;       /* where the console ended before the request */
    struct console_mark log_mark;
    const char *code; /* of the last refusal, in a word; NULL: none */
    struct complaints *complaints; /* kept for the report; NULL: they are not */
    struct json_object *failure;   /* of the report: what went wrong */
    struct livepatch_client client;
};

/* Print on `out` how the work goes on, unless quiet was asked for. */
void session_say(struct session *session, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Say on `err` how far the work is, if somebody watches it on a terminal. */
void session_progress(struct session *session, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Connect if that was not done yet. OUTCOME_DONE, or another outcome after
 * saying why on `err`. */
enum outcome session_connect(struct session *session);

/* Disconnect if connected. */
void session_end(struct session *session);

/* The outcome of a request of the connected session that gave -errno, after
 * saying on `err` and in the report what was refused. */
enum outcome session_refused(struct session *session,
                             const struct attempt *attempt, int rc);

/*
 * How a step that ended with `outcome` goes on: a signal that came meanwhile
 * makes OUTCOME_DONE to OUTCOME_INTERRUPTED, after saying so on `err`, so that
 * no other step begins.
 */
enum outcome session_outcome(struct session *session, enum outcome outcome);

/* The report and its complaints are no longer about what failed so far: a
 * further try is made of it. */
void session_forget_failure(struct session *session);

#endif
