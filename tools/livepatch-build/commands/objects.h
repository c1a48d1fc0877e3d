/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the verbs that begin with objects have in common: OLD.o NEW.o [OLD.o
 * NEW.o]... on the command line, compared.
 */
#ifndef BUILDER_COMMAND_OBJECTS_H
#define BUILDER_COMMAND_OBJECTS_H

#include "commands/commands.h"
#include "run/compare.h"

/* Gives STATUS_DONE, or the status to end with after a message. The caller
 * closes *comparison in any case. */
int compare_operands(const struct options *options,
                     struct comparison *comparison, struct findings *findings);

#endif
