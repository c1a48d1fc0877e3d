/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One upload from file to hypervisor. The hypervisor checks the payload before
 * it answers, so the answer is final: nothing to wait for.
 */
#include "action/upload.h"

#include <errno.h>

#include "action/action.h"
#include "action/dry_run.h"
#include "history/deed.h"
#include "hypervisor/hypervisor_identity.h"
#include "hypervisor/payload_name.h"
#include "lib/payload_elf.h"
#include "lib/payload_file.h"
#include "lib/report.h"
#include "session/retry.h"

/* A file that is to be loaded under a name. */
struct upload {
    const char *name;
    const char *path;
    struct payload_file file;
};

/* View a file that may be anything; false, without a word, for no ELF file. */
static bool look_into(const char *path, const struct payload_file *file,
                      struct elf_file *elf)
{
    FILE *nowhere = fopen("/dev/null", "we");
    bool is_elf = nowhere && !elf_file_open(path, file->bytes, file->nr_bytes,
                                            elf, nowhere);

    if (nowhere) {
        fclose(nowhere);
    }
    return is_elf;
}

/*
 * The most frequent reason of a refusal can be told exactly: the payload says
 * for which build it is, and the hypervisor which one it is.
 */
static void explain_build(struct session *session, const char *path,
                          const struct payload_file *file)
{
    struct hypervisor_identity identity;
    struct build_id wanted;
    struct build_id running;
    struct elf_file elf;

    if (!look_into(path, file, &elf) ||
        hypervisor_identify(&session->client, &identity)) {
        return;
    }
    wanted = payload_build_id(&elf, SECTION_XEN_DEPENDS);
    running = (struct build_id){identity.build_id, identity.build_id_bytes};
    if (wanted.nr_bytes && running.nr_bytes &&
        !build_id_is_same(wanted, running)) {
        fputs("xen-livepatch: it was built for hypervisor ", session->err);
        build_id_print(wanted, session->err);
        fputs(", running is ", session->err);
        build_id_print(running, session->err);
        fputs(": install the payload of that build.\n", session->err);
    }
}

static enum outcome complain_of_upload(struct session *session,
                                       const struct upload *upload, int rc)
{
    const struct attempt attempt = {REQUEST_UPLOAD, "upload", upload->name};
    enum outcome outcome = session_refused(session, &attempt, rc);

    if (rc == -EINVAL) {
        explain_build(session, upload->path, &upload->file);
    }
    return outcome;
}

static enum outcome send_payload(struct session *session,
                                 const struct upload *upload)
{
    const struct client_upload request = {
        upload->file.bytes, upload->file.nr_bytes, session->options.is_forced};
    int rc;

    session_say(session, "Uploading %s... ", upload->path);
    rc = client_upload(&session->client, upload->name, &request);
    if (rc) {
        session_say(session, "failed\n");
        return complain_of_upload(session, upload, rc);
    }
    session_say(session, "completed\n");
    return OUTCOME_DONE;
}

/* Without ids for a file that cannot be understood. */
static struct deed_payload what_it_is(const struct upload *upload)
{
    struct deed_payload payload = {.nr_bytes = upload->file.nr_bytes};
    struct elf_file elf;

    if (look_into(upload->path, &upload->file, &elf)) {
        payload.own = payload_build_id(&elf, SECTION_OWN_ID);
        payload.below = payload_build_id(&elf, SECTION_DEPENDS);
    }
    return payload;
}

static enum outcome send_and_record(struct session *session,
                                    const struct upload *upload)
{
    struct deed_watch watch = deed_start(session);
    enum outcome outcome = send_payload(session, upload);
    struct deed_payload payload = what_it_is(upload);

    deed_end(session, &watch,
             &(struct deed){"upload", LIVEPATCH_EXT_DID_UPLOAD, &upload->name,
                            1, outcome, &payload});
    return session_outcome(session, outcome);
}

static enum outcome send_until_done(struct session *session,
                                    const struct upload *upload)
{
    struct retry retry = {0};
    enum outcome outcome;

    do {
        outcome = send_and_record(session, upload);
    } while (retry_after(session, &retry, outcome));
    return outcome;
}

/* ---- dry runs ----------------------------------------------------------- */

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

/* Without an answer there is still something that can be known. */
static enum outcome judge_unknown(struct session *session,
                                  const struct upload *upload,
                                  const struct action_kind *next)
{
    int rc = check_name_is_free(session, upload->name);

    if (rc) {
        session_say(session, "would fail (dry run)\n");
        return complain_of_upload(session, upload, rc);
    }
    dry_run_tell_unknown(session, REQUEST_UPLOAD);
    if (next) {
        session_say(session, "%s %s... ", next->announcement, upload->name);
        dry_run_tell_unknown(session, next->request);
    }
    return OUTCOME_DONE;
}

/* The upload would be taken; what of the action after it? */
static enum outcome judge_action(struct session *session,
                                 const struct upload *upload,
                                 const struct dry_run *run, int rc)
{
    const struct action_kind *action = action_kind_of(run->asked.action);
    const struct attempt attempt = {action->request, action->verb,
                                    upload->name};

    session_say(session, "would be done (dry run)\n%s %s... ",
                action->announcement, upload->name);
    if (!rc) {
        dry_run_tell_accepted(session, run);
        return OUTCOME_DONE;
    }
    session_say(session, "would fail (dry run)\n");
    return session_refused(session, &attempt, rc);
}

static enum outcome judge_dry(struct session *session,
                              const struct upload *upload,
                              const struct dry_run *run, int rc)
{
    const uint32_t next = run->asked.action;

    if (dry_run_is_unknown(run, rc)) {
        return judge_unknown(session, upload,
                             next ? action_kind_of(next) : NULL);
    }
    if (rc && !run->asked.is_action_refused) {
        session_say(session, "would fail (dry run)\n");
        return complain_of_upload(session, upload, rc);
    }
    if (next) {
        return judge_action(session, upload, run, rc);
    }
    dry_run_tell_accepted(session, run);
    return OUTCOME_DONE;
}

static enum outcome try_dry(struct session *session,
                            const struct upload *upload,
                            const struct upload_next *next)
{
    const struct client_upload request = {
        upload->file.bytes, upload->file.nr_bytes, session->options.is_forced};
    struct dry_run run = {
        .asked = {.action = next->action, .flags = next->flags}};
    enum outcome outcome;
    int rc;

    session_say(session, "Uploading %s... ", upload->path);
    rc = dry_run_upload(session, upload->name, &request, &run);
    outcome = judge_dry(session, upload, &run, rc);
    dry_run_tell_log(session, &run, outcome);
    return outcome;
}

/* ---- both --------------------------------------------------------------- */

/* A file that was read and a name that was checked. */
static enum outcome run(struct session *session, const struct upload *upload,
                        const struct upload_next *next)
{
    enum outcome outcome = session_connect(session);

    if (outcome != OUTCOME_DONE) {
        return outcome;
    }
    report_add_text(session->report, "name", upload->name);
    if (session->options.is_forced &&
        !wire_has_upload_flags(&session->client.wire)) {
        return session_refused(/* not sent, and so no deed */
                               session,
                               &(struct attempt){REQUEST_FORCED_UPLOAD,
                                                 "upload", upload->name},
                               -EOPNOTSUPP);
    }
    return session->options.is_dry_run ? try_dry(session, upload, next)
                                       : send_until_done(session, upload);
}

static void explain_place(struct session *session, const struct elf_file *elf)
{
    struct build_id below = payload_build_id(elf, SECTION_DEPENDS);
    struct hypervisor_identity identity;
    struct build_id running;

    if (payload_build_id(elf, SECTION_XEN_DEPENDS).nr_bytes ||
        hypervisor_identify(&session->client, &identity)) {
        return;
    }
    running = (struct build_id){identity.build_id, identity.build_id_bytes};
    if (below.nr_bytes && running.nr_bytes &&
        !build_id_is_same(below, running)) {
        fputs("xen-livepatch: it goes on top of ", session->err);
        build_id_print(below, session->err);
        fputs(", the running hypervisor is ", session->err);
        build_id_print(running, session->err);
        fputs(": unless a payload with the first id is applied, install the "
              "payload of this build.\n",
              session->err);
    }
}

void upload_explain_place(struct session *session, const char *path)
{
    struct payload_file file;
    struct elf_file elf;
    FILE *nowhere = fopen("/dev/null", "we");

    if (!nowhere) {
        return;
    }
    if (!payload_file_read(path, &file, nowhere)) {
        if (look_into(path, &file, &elf)) {
            explain_place(session, &elf);
        }
        payload_file_free(&file);
    }
    fclose(nowhere);
}

/* Whether the file is still what somebody has looked at. */
static bool is_expected(struct session *session, const struct upload *upload,
                        const struct kept_id *expected)
{
    struct build_id own = what_it_is(upload).own;

    if (!expected || kept_id_is(expected, own)) {
        return true;
    }
    fprintf(session->err, "%s: it was exchanged meanwhile: build-id ",
            upload->path);
    build_id_print(own, session->err);
    fputs(", expected ", session->err);
    build_id_print(kept_id_view(expected), session->err);
    fputs(". It was not loaded.\n", session->err);
    return false;
}

enum outcome upload_run(struct session *session, const char *name,
                        const char *path, const struct kept_id *expected,
                        const struct upload_next *next)
{
    struct upload upload = {.name = name, .path = path};
    enum outcome outcome = OUTCOME_BAD_NAME;

    if (payload_file_read(path, &upload.file, session->err)) {
        return OUTCOME_BAD_FILE;
    }
    if (payload_file_check_machine(path, &upload.file, session->err)) {
        outcome = OUTCOME_BAD_FILE;
    } else if (!is_expected(session, &upload, expected)) {
        outcome = OUTCOME_RETRY;
    } else if (!payload_name_check(name, session->err)) {
        outcome = run(session, &upload, next);
    }
    payload_file_free(&upload.file);
    return outcome;
}
