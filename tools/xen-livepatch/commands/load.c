/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verb load: FILE. Loads the file under its own name without
 * the extension.
 */
#include "commands/commands.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "action/load.h"
#include "hypervisor/payload_name.h"

enum outcome cmd_load(struct session *session, int nr_args, char **args)
{
    const char *path = args[0];
    enum outcome outcome;
    uint32_t flags = option_is_given(&session->options, OPTION_NODEPS)
                         ? PAYLOAD_APPLY_NODEPS
                         : 0;
    char *name = payload_name_of_file(path);

    (void)nr_args; /* one, by the table of commands */
    if (!name) {
        fprintf(session->err, "Could not open %s.\nError %d: %s\n", path,
                ENOMEM, strerror(ENOMEM));
        return OUTCOME_FAILED;
    }
    outcome = load_run(session, name, path, flags, NULL);
    free(name);
    return outcome;
}
