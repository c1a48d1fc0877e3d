/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verb upload: NAME FILE. The payload is then loaded and not applied.
 */
#include "commands/commands.h"

#include <unistd.h>

#include "action/upload.h"

/* FILE NAME, as is easily typed: the one is a file and the other is none. */
static bool is_wrong_way_round(const char *name, const char *path)
{
    return access(path, F_OK) && !access(name, F_OK);
}

enum outcome cmd_upload(struct session *session, int nr_args, char **args)
{
    (void)nr_args; /* two, by the table of commands */
    if (is_wrong_way_round(args[0], args[1])) {
        fprintf(session->err,
                "xen-livepatch: upload: '%s' is no file, but '%s' is: the name "
                "comes first.\n"
                "Usage: xen-livepatch upload NAME FILE\n",
                args[1], args[0]);
        session->code = "bad-operands";
        return OUTCOME_BAD_USAGE;
    }
    return upload_run(session, args[0], args[1], NULL,
                      &(struct upload_next){0, 0});
}
