/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Bringing a payload file into the hypervisor, with the messages about it.
 */
#ifndef XEN_LIVEPATCH_UPLOAD_H
#define XEN_LIVEPATCH_UPLOAD_H

#include "lib/kept_id.h"
#include "session/session.h"

/* What is to come after it: a dry run asks about that too. */
struct upload_next {
    uint32_t action; /* PAYLOAD_APPLY, PAYLOAD_REPLACE; 0: nothing */
    uint32_t flags;
};

/*
 * Read the payload file at `path`, check it and `name`, upload it under that
 * name. Nothing is sent when a check fails. With `expected`, which may be NULL,
 * the file must have that build-id still: OUTCOME_RETRY when it has another
 * one. `next` is not done; a dry run tells what would become of the upload and
 * of that.
 */
enum outcome upload_run(struct session *session, const char *name,
                        const char *path, const struct kept_id *expected,
                        const struct upload_next *next);

/*
 * After a refused apply of the payload from the file `path`: when it names no
 * hypervisor (for Xen before 4.14, which looks at build-ids only now) and goes
 * on top of another id than the running one's, say both on session->err.
 */
void upload_explain_place(struct session *session, const char *path);

#endif
