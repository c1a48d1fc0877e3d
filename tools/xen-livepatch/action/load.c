/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Upload, apply, and unload when the second does not work or a signal comes in
 * between.
 */
#include "action/load.h"

#include <errno.h>

#include "action/action.h"
#include "action/upload.h"

enum outcome load_run(struct session *session, const char *name,
                      const char *path, uint32_t flags,
                      const struct kept_id *expected)
{
    const struct upload_next next = {PAYLOAD_APPLY, flags};
    enum outcome outcome = upload_run(session, name, path, expected, &next);

    if (session->options.is_dry_run) {
        return outcome;
    }
    if (outcome == OUTCOME_INTERRUPTED) {
        action_run(session, PAYLOAD_UNLOAD, name, 0);
    }
    if (outcome != OUTCOME_DONE) {
        return outcome;
    }
    outcome = action_run(session, PAYLOAD_APPLY, name, flags);
    if (outcome == OUTCOME_FAILED && session->error == -EINVAL) {
        upload_explain_place(session, path);
    }
    if (outcome != OUTCOME_DONE && outcome != OUTCOME_INTERRUPTED) {
        action_run(session, PAYLOAD_UNLOAD, name, 0);
    }
    return outcome;
}
