/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verbs apply, revert, unload and replace: NAME, for the first three
 * perhaps more of them. Checks the names, then leaves the work to action.c,
 * action_set.c and take_out.c.
 */
#include "commands/commands.h"

#include "action/action.h"
#include "action/action_set.h"
#include "action/take_out.h"
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

/* Several, or what only the stack's order makes possible. */
static enum outcome run_on_stack(struct session *session, int nr_args,
                                 char **args, enum payload_action action)
{
    const struct options *options = &session->options;
    bool reverts = action == PAYLOAD_REVERT;
    const struct take_out request = {
        .names = args,
        .nr = (size_t)nr_args,
        .is_all = option_is_given(options, OPTION_ALL),
        .reverts = reverts,
        .unloads = !reverts || option_is_given(options, OPTION_UNLOAD),
    };

    for (int i = 0; i < nr_args; i++) {
        if (payload_name_check(args[i], session->err)) {
            return OUTCOME_BAD_NAME;
        }
    }
    return take_out_run(session, &request);
}

enum outcome cmd_revert(struct session *session, int nr_args, char **args)
{
    const struct options *options = &session->options;

    return option_is_given(options, OPTION_ALL) ||
                   option_is_given(options, OPTION_UNLOAD)
               ? run_on_stack(session, nr_args, args, PAYLOAD_REVERT)
               : run_on_names(session, nr_args, args, PAYLOAD_REVERT);
}

enum outcome cmd_unload(struct session *session, int nr_args, char **args)
{
    return nr_args == 1 ? run_on_names(session, nr_args, args, PAYLOAD_UNLOAD)
                        : run_on_stack(session, nr_args, args, PAYLOAD_UNLOAD);
}

enum outcome cmd_replace(struct session *session, int nr_args, char **args)
{
    return run_on_names(session, nr_args, args, PAYLOAD_REPLACE);
}
