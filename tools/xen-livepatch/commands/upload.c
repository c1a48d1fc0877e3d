/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verb upload: NAME FILE. The payload is then loaded and not applied.
 */
#include "commands/commands.h"

#include "action/upload.h"

enum outcome cmd_upload(struct session *session, int nr_args, char **args)
{
    (void)nr_args; /* two, by the table of commands */
    return upload_run(session, args[0], args[1]);
}
