/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verbs apply, revert, unload and replace: NAME, for the first two perhaps
 * more of them. Checks the names, then leaves the work to action.c and
 * action_set.c.
 */
#include "commands/commands.h"

#include "action/action.h"
#include "action/action_set.h"
#include "hypervisor/payload_name.h"

/* Of the ABI, for what was asked for. */
static uint32_t flags_of(const struct session *session)
{
    return option_is_given(&session->options, OPTION_NODEPS)
               ? PAYLOAD_APPLY_NODEPS
               : 0;
}

static enum outcome run_on_names(struct session *session, int nr_args,
                                 char **args, enum payload_action action)
{
    const struct action_set set = {action, args, (size_t)nr_args,
                                   flags_of(session)};

    for (int i = 0; i < nr_args; i++) {
        if (payload_name_check(args[i], session->err)) {
            return OUTCOME_BAD_NAME;
        }
    }
    return nr_args == 1 ? action_run(session, action, args[0], set.flags)
                        : action_set_run(session, &set);
}

enum outcome cmd_apply(struct session *session, int nr_args, char **args)
{
    return run_on_names(session, nr_args, args, PAYLOAD_APPLY);
}

enum outcome cmd_revert(struct session *session, int nr_args, char **args)
{
    return run_on_names(session, nr_args, args, PAYLOAD_REVERT);
}

enum outcome cmd_unload(struct session *session, int nr_args, char **args)
{
    return run_on_names(session, nr_args, args, PAYLOAD_UNLOAD);
}

enum outcome cmd_replace(struct session *session, int nr_args, char **args)
{
    return run_on_names(session, nr_args, args, PAYLOAD_REPLACE);
}
