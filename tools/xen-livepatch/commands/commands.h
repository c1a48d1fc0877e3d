/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verbs of the command, one file each (the four actions share one). Each
 * takes the words after the verb, as many as its row in the table of cli.c
 * allows, and gives the exit status; all printing goes to the session.
 */
#ifndef XEN_LIVEPATCH_COMMANDS_H
#define XEN_LIVEPATCH_COMMANDS_H

#include "session/session.h"

enum outcome cmd_list(struct session *session, int nr_args, char **args);
enum outcome cmd_upload(struct session *session, int nr_args, char **args);
enum outcome cmd_load(struct session *session, int nr_args, char **args);
enum outcome cmd_apply(struct session *session, int nr_args, char **args);
enum outcome cmd_revert(struct session *session, int nr_args, char **args);
enum outcome cmd_unload(struct session *session, int nr_args, char **args);
enum outcome cmd_replace(struct session *session, int nr_args, char **args);
enum outcome cmd_status(struct session *session, int nr_args, char **args);
enum outcome cmd_check(struct session *session, int nr_args, char **args);
enum outcome cmd_info(struct session *session, int nr_args, char **args);
enum outcome cmd_verify(struct session *session, int nr_args, char **args);
enum outcome cmd_sign(struct session *session, int nr_args, char **args);
enum outcome cmd_metrics(struct session *session, int nr_args, char **args);
enum outcome cmd_history(struct session *session, int nr_args, char **args);
enum outcome cmd_sync(struct session *session, int nr_args, char **args);
enum outcome cmd_wait(struct session *session, int nr_args, char **args);

#endif
