/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the hypervisor says of payloads, as members of a JSON report.
 */
#ifndef XEN_LIVEPATCH_PAYLOAD_REPORT_H
#define XEN_LIVEPATCH_PAYLOAD_REPORT_H

#include "hypervisor/livepatch_list.h"
#include "hypervisor/payload.h"
#include "screen/payload_facts.h"

struct json_object;

/*
 * "state" in the word of payload_state_word(), "is_busy" while an action is
 * under way, "error" as the errno of the last action, 0 when it succeeded.
 */
void report_add_status(struct json_object *object,
                       const struct payload_status *status);

/* "name", its status and "metadata" of one payload. */
void payload_entry_report(const struct payload_entry *entry,
                          struct json_object *payload);

/* Add "payloads" to a report: an object for each, in the same order; with what
 * is known beyond the list, when `facts` is not NULL. */
void payload_list_report(const struct payload_list *list,
                         const struct payload_facts *facts,
                         struct json_object *report);

#endif
