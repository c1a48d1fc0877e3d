/* SPDX-License-Identifier: GPL-2.0 */
/*
 * All stages, for one hypervisor.
 */
#ifndef BUILDER_COMMAND_BUILD_PAYLOAD_H
#define BUILDER_COMMAND_BUILD_PAYLOAD_H

#include "commands/options.h"

struct json_object;

/* What there is to tell goes where deliver() puts it. Gives the exit status. */
int build_payload(const struct options *options, struct json_object *report);

#endif
