/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The last steps, and what they have said: a payload is made of what has
 * changed, and the user is told.
 */
#ifndef BUILDER_DELIVER_H
#define BUILDER_DELIVER_H

#include "commands/options.h"
#include "run/compare.h"

struct json_object;

/*
 * Opens xen-syms, makes the payload that the options ask for (none without
 * --output) and tells what there is to tell, as text, or as one JSON object
 * with --json; of one of several payloads it goes into `report`, an object of
 * lib/report.h, and is not printed (NULL: it is). Gives the exit status.
 */
int deliver(const struct options *options, const struct comparison *comparison,
            struct findings *findings, struct json_object *report);

/* Whether xen-syms and what the payload goes on top of can be read, and fit:
 * what would be told only after a build. False after a message. */
bool deliver_is_possible(const struct options *options);

/* "done", "nothing", "refused" or "failed". */
const char *deliver_word(int status);

#endif
