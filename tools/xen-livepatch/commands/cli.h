/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The whole command as a function: words in, text and exit status out.
 */
#ifndef XEN_LIVEPATCH_CLI_H
#define XEN_LIVEPATCH_CLI_H

#include "session/session.h"

/*
 * Run the command with `words`, those after the program's name. Results go to
 * `out`, complaints and usage to `err`. The hypervisor is connected to only
 * when a command needs it and is disconnected on return.
 */
enum outcome cli_run(int nr_words, char **words, FILE *out, FILE *err);

#endif
