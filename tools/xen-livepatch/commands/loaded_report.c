/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Each fact is there or is not.
 */
#include "commands/loaded_report.h"

#include <inttypes.h>

#include "lib/report.h"
#include "screen/payload_report.h"

static const char *print_time(FILE *out, const char *separator,
                              const char *word, int64_t ms)
{
    char time[REPORT_TIME_BYTES];

    if (!ms) {
        return separator;
    }
    report_format_time(ms, time);
    fprintf(out, "%s%s %s", separator, word, time);
    return ", ";
}

void loaded_print(FILE *out, const struct loaded_payload *payload)
{
    const char *separator = "      ";

    if (payload->own.nr_bytes) {
        char id[KEPT_ID_TEXT_BYTES];

        kept_id_format(&payload->own, id);
        fprintf(out, "%sbuild-id %s", separator, id);
        separator = ", ";
    }
    if (payload->nr_bytes) {
        fprintf(out, "%s%" PRIu64 " bytes", separator, payload->nr_bytes);
        separator = ", ";
    }
    separator = print_time(out, separator, "loaded", payload->loaded_ms);
    separator = print_time(out, separator, "applied", payload->applied_ms);
    if (*separator == ',') {
        fputc('\n', out);
    }
}

static void report_time(struct json_object *object, const char *key, int64_t ms)
{
    if (ms) {
        report_add_time(object, key, ms);
    }
}

void loaded_report(struct json_object *object,
                   const struct loaded_payload *payload)
{
    static const char *const sources[] = {
        [LOADED_NOT_KNOWN] = "nobody",
        [LOADED_BY_LOG] = "log",
        [LOADED_BY_HYPERVISOR] = "hypervisor",
    };

    payload_entry_report(payload->entry, object);
    report_add_text(object, "known_from", sources[payload->source]);
    report_add_hex(object, "build_id", payload->own.bytes,
                   payload->own.nr_bytes);
    report_add_hex(object, "depends", payload->below.bytes,
                   payload->below.nr_bytes);
    report_add_flag(object, "is_spent", payload->is_spent);
    if (payload->nr_bytes) {
        report_add_number(object, "size", (int64_t)payload->nr_bytes);
    }
    report_time(object, "loaded", payload->loaded_ms);
    report_time(object, "applied", payload->applied_ms);
}
