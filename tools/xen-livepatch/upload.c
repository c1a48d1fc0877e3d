/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One upload from file to hypervisor. The hypervisor checks the payload before
 * it answers, so the answer is final: nothing to wait for.
 */
#include "upload.h"

#include <errno.h>

#include "deed.h"
#include "payload_file.h"
#include "payload_name.h"
#include "report.h"
#include "retry.h"

/* What can be known of the upload without doing it: the name is free. */
static int check_name_is_free(struct session *session, const char *name)
{
    struct payload_status status;
    int rc = client_get(&session->client, name, &status);

    if (rc == -ENOENT) {
        return 0;
    }
    return rc ? rc : -EEXIST;
}

static enum outcome send_payload(struct session *session, const char *name,
                                 const char *path,
                                 const struct payload_file *file)
{
    const struct attempt attempt = {REQUEST_UPLOAD, "upload", name};
    int rc;

    session_say(session, "Uploading %s... ", path);
    if (session->options.is_dry_run) {
        rc = check_name_is_free(session, name);
    } else {
        rc = client_upload(&session->client, name,
                           &(struct client_upload){file->bytes, file->nr_bytes,
                                                   session->options.is_forced});
    }
    if (rc) {
        session_say(session, "failed\n");
        return session_refused(session, &attempt, rc);
    }
    session_say(session, session->options.is_dry_run ? "not done (dry run)\n"
                                                     : "completed\n");
    return OUTCOME_DONE;
}

static enum outcome send_and_record(struct session *session, const char *name,
                                    const char *path,
                                    const struct payload_file *file)
{
    struct deed_watch watch = deed_start(session);
    enum outcome outcome = send_payload(session, name, path, file);

    deed_end(
        session, &watch,
        &(struct deed){"upload", LIVEPATCH_EXT_DID_UPLOAD, &name, 1, outcome});
    return outcome;
}

static enum outcome send_payload_until_done(struct session *session,
                                            const char *name, const char *path,
                                            const struct payload_file *file)
{
    enum outcome outcome = session_connect(session);
    struct retry retry = {0};

    if (outcome != OUTCOME_DONE) {
        return outcome;
    }
    report_add_text(session->report, "name", name);
    do {
        outcome = send_and_record(session, name, path, file);
    } while (retry_after(session, &retry, outcome));
    return outcome;
}

enum outcome upload_run(struct session *session, const char *name,
                        const char *path)
{
    struct payload_file file;
    enum outcome outcome = OUTCOME_BAD_NAME;

    if (payload_file_read(path, &file, session->err)) {
        return OUTCOME_BAD_FILE;
    }
    if (!payload_name_check(name, session->err)) {
        outcome = send_payload_until_done(session, name, path, &file);
    }
    payload_file_free(&file);
    return outcome;
}
