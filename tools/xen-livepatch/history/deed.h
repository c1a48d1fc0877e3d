/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What this command does to the hypervisor: a deed for each request that is
 * sent. Around it stands a watch, which knows afterwards what the hypervisor's
 * log says of it and how long the pCPUs stood still. Each deed is appended to
 * the log file as one line of JSON. The log is for the admin; nothing that the
 * command does depends on what is in it.
 */
#ifndef XEN_LIVEPATCH_DEED_H
#define XEN_LIVEPATCH_DEED_H

#include "history/stop_watch.h"
#include "lib/payload_elf.h"
#include "session/log_excerpt.h"
#include "session/session.h"

struct deed_watch {
    struct log_excerpt excerpt;
    struct stop_watch stop;
};

/* What is uploaded says of itself. */
struct deed_payload {
    struct build_id own;
    struct build_id below;
    size_t nr_bytes;
};

struct deed {
    const char *verb;         /* "upload", "apply" ... */
    uint32_t cmd;             /* of the hypervisor's record of it */
    const char *const *names; /* of the payloads */
    size_t nr_names;
    enum outcome outcome;
    const struct deed_payload *payload; /* of an upload, else NULL */
};

/* Before the request. The session is connected. */
struct deed_watch deed_start(struct session *session);

/*
 * After it: print what the hypervisor's log and its record say, append the deed
 * to the log file with the time, the user and session->error, and tell the
 * system's journal. When the log file cannot take it, say so on session->err
 * and remember it in the session: what was done to the hypervisor stays done.
 * Without a log file the journal is not told. A dry run is no deed.
 */
void deed_end(struct session *session, const struct deed_watch *watch,
              const struct deed *deed);

#endif
