/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verbs apply, revert, unload and replace: NAME, then flags. Checks the
 * words, then leaves the work to action.c.
 */
#include "commands.h"

#include "action.h"
#include "action_flags.h"
#include "payload_name.h"

static enum outcome run_on_name(struct session *session, int nr_args,
                                char **args, enum payload_action action)
{
    uint32_t allowed = action == PAYLOAD_APPLY ? PAYLOAD_APPLY_NODEPS : 0;
    uint32_t flags;

    if (payload_name_check(args[0], session->err)) {
        return OUTCOME_BAD_NAME;
    }
    if (action_flags_parse(nr_args - 1, args + 1, allowed, &flags,
                           session->err)) {
        return OUTCOME_BAD_USAGE;
    }
    return action_run(session, action, args[0], flags);
}

enum outcome cmd_apply(struct session *session, int nr_args, char **args)
{
    return run_on_name(session, nr_args, args, PAYLOAD_APPLY);
}

enum outcome cmd_revert(struct session *session, int nr_args, char **args)
{
    return run_on_name(session, nr_args, args, PAYLOAD_REVERT);
}

enum outcome cmd_unload(struct session *session, int nr_args, char **args)
{
    return run_on_name(session, nr_args, args, PAYLOAD_UNLOAD);
}

enum outcome cmd_replace(struct session *session, int nr_args, char **args)
{
    return run_on_name(session, nr_args, args, PAYLOAD_REPLACE);
}
