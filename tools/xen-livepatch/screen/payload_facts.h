/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What this project's hypervisor knows of a payload beyond Xen's own listing,
 * as lines and as members of a JSON report.
 */
#ifndef XEN_LIVEPATCH_PAYLOAD_FACTS_H
#define XEN_LIVEPATCH_PAYLOAD_FACTS_H

#include <stdio.h>

#include "hypervisor/extension_payloads.h"

struct json_object;

/* All payloads, and the time of day when they were read. */
struct payload_facts {
    const struct extension_payloads *payloads;
    int64_t now_ms; /* since 1970 */
};

/* A line for each fact, with labels of `label_columns`. */
void payload_facts_print(FILE *out, const struct payload_facts *facts,
                         const struct livepatch_ext_payload *payload,
                         int label_columns);

/*
 * "build_id" and "depends" (of what it goes on top of), "load_number",
 * "loaded" and, when it ever was, "applied" as times, "image_bytes", "place" in
 * the stack from 1 (0: not applied), "nr_functions", "is_reappliable",
 * "has_hooks", "uses" (names), "nr_users".
 */
void payload_facts_report(struct json_object *object,
                          const struct payload_facts *facts,
                          const struct livepatch_ext_payload *payload);

/* Of a payload that is SPENT: what that is, and the cure. */
void payload_spent_print(FILE *err, const char *name);

#endif
