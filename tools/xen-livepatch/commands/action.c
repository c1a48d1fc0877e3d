/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verbs apply, revert, unload and replace: NAME, for the first two perhaps
 * more of them, then flags. Checks the words, then leaves the work to action.c
 * and action_set.c.
 */
#include "commands/commands.h"

#include <string.h>

#include "action/action.h"
#include "action/action_flags.h"
#include "action/action_set.h"
#include "hypervisor/payload_name.h"

static enum outcome run_on_name(struct session *session, int nr_args,
                                char **args, enum payload_action action)
{
    uint32_t flags;

    if (payload_name_check(args[0], session->err)) {
        return OUTCOME_BAD_NAME;
    }
    if (action_flags_parse(nr_args - 1, args + 1, 0, &flags, session->err)) {
        return OUTCOME_BAD_USAGE;
    }
    return action_run(session, action, args[0], flags);
}

/*
 * Move names before flags, which start with "--", each in its order; a single
 * word is a name. Gives the number of names.
 */
static int sort_names_first(int nr_args, char **args)
{
    int nr_names = 0;

    for (int i = 0; i < nr_args; i++) {
        char *word = args[i];

        if (!strncmp(word, "--", 2) && nr_args > 1) {
            continue;
        }
        memmove(args + nr_names + 1, args + nr_names,
                (size_t)(i - nr_names) * sizeof(*args));
        args[nr_names++] = word;
    }
    return nr_names;
}

static enum outcome run_on_names(struct session *session, int nr_args,
                                 char **args, enum payload_action action)
{
    uint32_t allowed = action == PAYLOAD_APPLY ? PAYLOAD_APPLY_NODEPS : 0;
    struct action_set set = {action, args, 0, 0};

    set.nr = (size_t)sort_names_first(nr_args, args);
    if (!set.nr) {
        fprintf(session->err, "%s: expected a name.\n",
                action_kind_of(action)->verb);
        return OUTCOME_BAD_USAGE;
    }
    for (size_t i = 0; i < set.nr; i++) {
        if (payload_name_check(args[i], session->err)) {
            return OUTCOME_BAD_NAME;
        }
    }
    if (action_flags_parse(nr_args - (int)set.nr, args + set.nr, allowed,
                           &set.flags, session->err)) {
        return OUTCOME_BAD_USAGE;
    }
    return set.nr == 1 ? action_run(session, action, args[0], set.flags)
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
    return run_on_name(session, nr_args, args, PAYLOAD_UNLOAD);
}

enum outcome cmd_replace(struct session *session, int nr_args, char **args)
{
    return run_on_name(session, nr_args, args, PAYLOAD_REPLACE);
}
