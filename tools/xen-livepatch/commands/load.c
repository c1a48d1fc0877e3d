/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verb load: FILE, then flags. Loads the file under its own name without
 * the extension.
 */
#include "commands/commands.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "action/action_flags.h"
#include "action/load.h"
#include "hypervisor/payload_name.h"

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
    outcome = load_run(session, name, path, flags);
    free(name);
    return outcome;
}
