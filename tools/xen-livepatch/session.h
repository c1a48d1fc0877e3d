/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One run of the command: where it prints, how much, and the connection to the
 * hypervisor, which is made only when it is first needed, so that bad input is
 * refused without one. Also the exit status that every step gives.
 */
#ifndef XEN_LIVEPATCH_SESSION_H
#define XEN_LIVEPATCH_SESSION_H

#include <stdbool.h>
#include <stdio.h>

#include "livepatch_client.h"
#include "options.h"

/* The exit status of the command. */
enum outcome {
    OUTCOME_DONE = 0,   /* done, or nothing to do */
    OUTCOME_FAILED = 1, /* an error, or bad usage */
    OUTCOME_RETRY = 2,  /* -EAGAIN or -EBUSY: the same may work later */
};

struct session {
    FILE *out;
    FILE *err;
    struct options options;
    bool is_connected;
    struct livepatch_client client;
};

/* Connect if that was not done yet. 0, or -errno after saying why on `err`. */
int session_connect(struct session *session);

/* Disconnect if connected. */
void session_end(struct session *session);

/* The exit status for a result of 0 or -errno. */
enum outcome outcome_of(int rc);

#endif
