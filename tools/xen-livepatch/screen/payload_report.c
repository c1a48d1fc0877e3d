/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Numbers of the ABI into words and objects.
 */
#include "screen/payload_report.h"

#include <errno.h>

#include "lib/report.h"
#include "screen/payload_state.h"

void report_add_status(struct json_object *object,
                       const struct payload_status *status)
{
    bool is_busy = status->rc == -EAGAIN;

    report_add_text(object, "state", payload_state_word(status->state));
    report_add_flag(object, "is_busy", is_busy);
    report_add_number(object, "error", is_busy ? 0 : -(int64_t)status->rc);
}

void payload_entry_report(const struct payload_entry *entry,
                          struct json_object *payload)
{
    report_add_text(payload, "name", entry->name);
    report_add_status(payload, &entry->status);
    report_add_metadata(payload, entry->metadata, entry->metadata_bytes);
}

static void report_facts(struct json_object *object,
                         const struct payload_facts *facts, const char *name,
                         size_t *hint)
{
    const struct livepatch_ext_payload *payload =
        extension_payload_named(facts->payloads, name, hint);

    if (payload) {
        payload_facts_report(object, facts, payload);
    }
}

void payload_list_report(const struct payload_list *list,
                         const struct payload_facts *facts,
                         struct json_object *report)
{
    struct json_object *payloads = report_add_list(report, "payloads");
    size_t hint = 0;

    for (size_t i = 0; i < list->nr; i++) {
        struct json_object *payload = report_list_object(payloads);

        payload_entry_report(&list->entries[i], payload);
        if (facts) {
            report_facts(payload, facts, list->entries[i].name, &hint);
        }
    }
}
