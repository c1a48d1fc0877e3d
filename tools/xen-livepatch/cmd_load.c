/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verb load: FILE, then flags. Uploads the file under its own name without
 * the extension and applies it; a payload that cannot be applied is unloaded
 * again, so that nothing is left behind. The exit status is that of the step
 * that failed first.
 */
#include "commands.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "action.h"
#include "action_flags.h"
#include "payload_name.h"
#include "upload.h"

static enum outcome upload_and_apply(struct session *session, const char *name,
                                     const char *path, uint32_t flags)
{
    enum outcome outcome = upload_run(session, name, path);

    if (outcome != OUTCOME_DONE) {
        return outcome;
    }
    if (session->options.is_dry_run) {
        session_say(session, "Applying %s... not done (dry run)\n", name);
        return OUTCOME_DONE;
    }
    outcome = action_run(session, PAYLOAD_APPLY, name, flags);
    if (outcome != OUTCOME_DONE) {
        action_run(session, PAYLOAD_UNLOAD, name, 0);
    }
    return outcome;
}

enum outcome cmd_load(struct session *session, int nr_args, char **args)
{
    const char *path = args[0];
    enum outcome outcome;
    uint32_t flags;
    char *name;

    if (action_flags_parse(nr_args - 1, args + 1, PAYLOAD_APPLY_NODEPS, &flags,
                           session->err)) {
        return OUTCOME_BAD_USAGE;
    }
    name = payload_name_of_file(path);
    if (!name) {
        fprintf(session->err, "Could not open %s.\nError %d: %s\n", path,
                ENOMEM, strerror(ENOMEM));
        return OUTCOME_FAILED;
    }
    outcome = upload_and_apply(session, name, path, flags);
    free(name);
    return outcome;
}
