/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One upload from file to hypervisor. The hypervisor checks the payload before
 * it answers, so the answer is final: nothing to wait for.
 */
#include "upload.h"

#include "log_excerpt.h"
#include "payload_file.h"
#include "payload_name.h"
#include "refusal.h"
#include "retry.h"

static enum outcome send_payload(struct session *session, const char *name,
                                 const char *path,
                                 const struct payload_file *file)
{
    const struct attempt attempt = {REQUEST_UPLOAD, "upload", name};
    int rc;

    fprintf(session->out, "Uploading %s... ", path);
    fflush(session->out);
    rc = client_upload(&session->client, name, file->bytes, file->nr_bytes);
    if (rc) {
        fputs("failed\n", session->out);
        refusal_print(session->err, &attempt, rc);
        return session_outcome_of(session, rc);
    }
    fputs("completed\n", session->out);
    return OUTCOME_DONE;
}

static enum outcome send_payload_with_log(struct session *session,
                                          const char *name, const char *path,
                                          const struct payload_file *file)
{
    struct log_excerpt excerpt = log_excerpt_start(session);
    enum outcome outcome = send_payload(session, name, path, file);

    log_excerpt_print(session, &excerpt, outcome);
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
    do {
        outcome = send_payload_with_log(session, name, path, file);
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
