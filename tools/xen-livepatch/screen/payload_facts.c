/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Times of the hypervisor count from its start; they become times of day by
 * what both clocks said when the payloads were read.
 */
#include "screen/payload_facts.h"

#include <inttypes.h>
#include <string.h>

#include "hypervisor/extension.h"
#include "lib/report.h"
#include "lib/safe_text.h"

static int64_t time_of_day(const struct payload_facts *facts, uint64_t ns)
{
    return extension_wall_ms(ns, facts->payloads->now_ns, facts->now_ms);
}

/* Number i of the payloads that this one uses; NULL when it is not there. */
static const char *used_name(const struct extension_payloads *payloads,
                             const struct livepatch_ext_payload *payload,
                             uint32_t i)
{
    const struct livepatch_ext_payload *used = extension_payload_numbered(
        payloads, payloads->uses[payload->first_use + i]);

    return used ? used->name : NULL;
}

static void print_id(FILE *out, const char *label, int columns,
                     struct build_id id)
{
    fprintf(out, "%-*s", columns, label);
    build_id_print(id, out);
    fputc('\n', out);
}

static void print_time(FILE *out, const char *label, int columns,
                       int64_t since_1970_ms)
{
    char text[REPORT_TIME_BYTES];

    report_format_time(since_1970_ms, text);
    fprintf(out, "%-*s%s\n", columns, label, text);
}

static void print_uses(FILE *out, const struct payload_facts *facts,
                       const struct livepatch_ext_payload *payload, int columns)
{
    const char *separator = "";

    fprintf(out, "%-*s", columns, "uses:");
    for (uint32_t i = 0; i < payload->nr_uses; i++) {
        const char *name = used_name(facts->payloads, payload, i);

        if (name) {
            fputs(separator, out);
            safe_print(out, name, strlen(name));
            separator = ", ";
        }
    }
    fputs(*separator ? "\n" : "no other payload\n", out);
}

void payload_facts_print(FILE *out, const struct payload_facts *facts,
                         const struct livepatch_ext_payload *payload,
                         int columns)
{
    print_id(out, "build-id:", columns, extension_own_id(payload));
    print_id(out, "goes on top of:", columns, extension_depends_id(payload));
    print_time(out, "loaded:", columns, time_of_day(facts, payload->load_time));
    if (payload->apply_time) {
        print_time(out, "last applied:", columns,
                   time_of_day(facts, payload->apply_time));
    }
    if (payload->place) {
        fprintf(out, "%-*s%" PRIu32 "\n", columns,
                "place in stack:", payload->place);
    }
    fprintf(out, "%-*s%" PRIu32 "\n", columns,
            "functions:", payload->nr_functions);
    fprintf(out, "%-*s%" PRIu64 " bytes\n", columns,
            "memory:", payload->image_bytes);
    print_uses(out, facts, payload, columns);
    fprintf(out, "%-*s%" PRIu32 " other payloads\n", columns,
            "used by:", payload->nr_users);
    fprintf(out, "%-*s%s\n", columns, "once reverted:",
            payload->flags & LIVEPATCH_EXT_REAPPLIABLE
                ? "can be applied again"
                : "is SPENT, as it has data of its own: can only be unloaded");
}

void payload_facts_report(struct json_object *object,
                          const struct payload_facts *facts,
                          const struct livepatch_ext_payload *payload)
{
    const struct build_id own = extension_own_id(payload);
    const struct build_id depends = extension_depends_id(payload);
    struct json_object *uses;

    report_add_hex(object, "build_id", own.bytes, own.nr_bytes);
    report_add_hex(object, "depends", depends.bytes, depends.nr_bytes);
    report_add_number(object, "load_number", (int64_t)payload->number);
    report_add_time(object, "loaded", time_of_day(facts, payload->load_time));
    if (payload->apply_time) {
        report_add_time(object, "applied",
                        time_of_day(facts, payload->apply_time));
    }
    report_add_number(object, "image_bytes", (int64_t)payload->image_bytes);
    report_add_number(object, "place", payload->place);
    report_add_number(object, "nr_functions", payload->nr_functions);
    report_add_flag(object, "is_reappliable",
                    payload->flags & LIVEPATCH_EXT_REAPPLIABLE);
    report_add_flag(object, "has_hooks",
                    payload->flags & LIVEPATCH_EXT_HAS_HOOKS);
    uses = report_add_list(object, "uses");
    for (uint32_t i = 0; i < payload->nr_uses; i++) {
        const char *name = used_name(facts->payloads, payload, i);

        if (name) {
            report_list_text(uses, name, strlen(name));
        }
    }
    report_add_number(object, "nr_users", payload->nr_users);
}

void payload_spent_print(FILE *err, const char *name)
{
    fputs("xen-livepatch: ", err);
    safe_print(err, name, strlen(name));
    fputs(" is SPENT: it was applied, and its data may have changed. Unload it "
          "and load it again.\n",
          err);
}
