/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What is known of a loaded payload beyond its state, for eyes and for
 * programs. What is not known is left out.
 */
#ifndef XEN_LIVEPATCH_LOADED_REPORT_H
#define XEN_LIVEPATCH_LOADED_REPORT_H

#include <stdio.h>

#include "history/loaded.h"

struct json_object;

/* One line, indented under the payload's; nothing when nothing is known. */
void loaded_print(FILE *out, const struct loaded_payload *payload);

/*
 * The payload's name, status and metadata; "build_id", "depends", "size",
 * "loaded", "applied" (times), "is_spent" and "known_from": "hypervisor", "log"
 * or "nobody".
 */
void loaded_report(struct json_object *object,
                   const struct loaded_payload *payload);

#endif
