/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verb info: NAME or FILE, perhaps --xen-syms FILE. Of a file it shows all
 * that the payload says of itself, with the hypervisor's file also where the
 * functions lie; of a loaded payload what the hypervisor tells, which is less.
 * A word with a '/' or that is the path of a file is a FILE.
 */
#include "commands/commands.h"

#include <string.h>
#include <unistd.h>

#include "hypervisor/livepatch_list.h"
#include "hypervisor/payload_name.h"
#include "lib/loader/names.h"
#include "lib/payload_elf.h"
#include "lib/payload_file.h"
#include "lib/payload_signature.h"
#include "lib/report.h"
#include "lib/safe_text.h"
#include "lib/xen_symbols.h"
#include "screen/colour.h"
#include "screen/payload_report.h"
#include "session/machine.h"
#include "session/name_hint.h"

#define LABEL_COLUMNS 16

static void print_label(FILE *out, const char *label)
{
    fprintf(out, "%-*s", LABEL_COLUMNS, label);
}

static void print_id(FILE *out, const char *label, struct build_id id)
{
    print_label(out, label);
    build_id_print(id, out);
    fputc('\n', out);
}

static void print_metadata(FILE *out, const char *metadata, size_t nr_bytes)
{
    size_t start = 0;

    while (start < nr_bytes) {
        size_t length = strnlen(metadata + start, nr_bytes - start);

        print_label(out, start ? "" : "metadata:");
        safe_print(out, metadata + start, length);
        fputc('\n', out);
        start += length + 1;
    }
}

/* Of the old function; 0 when it is not known. */
static uint64_t old_address(const struct payload_func *func,
                            const struct names *names)
{
    bool is_symbol = func->old.kind == POINTER_OUTSIDE;
    const char *text = is_symbol ? func->old.name : func->name;
    const struct name *name = text ? names_find(names, text) : NULL;

    if (func->old.kind == POINTER_ADDRESS || !name) {
        return func->old_addr;
    }
    return name->address + (is_symbol ? func->old.value : 0);
}

static void print_func(FILE *out, const struct payload_func *func,
                       const struct names *names)
{
    uint64_t address = old_address(func, names);

    fputs("  ", out);
    if (func->name) {
        safe_print(out, func->name, strlen(func->name));
    } else {
        fputs("(no name)", out);
    }
    if (address) {
        fprintf(out, " at %#llx", (unsigned long long)address);
    }
    fprintf(out,
            func->is_nops ? ": %u bytes, %u of them to NOPs"
                          : ": %u bytes, replaced by %u bytes",
            func->old_size, func->replacement_bytes);
    for (unsigned int i = 0; i < func->nr_expected; i++) {
        fprintf(out, "%s%02x", i ? " " : ", has to begin with ",
                func->expected[i]);
    }
    fputc('\n', out);
}

static void print_funcs(FILE *out, const struct elf_file *elf,
                        const struct names *names)
{
    uint32_t nr_funcs = payload_nr_funcs(elf);

    print_label(out, "functions:");
    fprintf(out, "%u%s\n", nr_funcs,
            nr_funcs && payload_func_at(elf, 0).version == 1
                ? " (version 1, for Xen before 4.14)"
                : "");
    for (uint32_t i = 0; i < nr_funcs; i++) {
        struct payload_func func = payload_func_at(elf, i);

        print_func(out, &func, names);
    }
}

static void print_hooks(FILE *out, const struct elf_file *elf)
{
    const char *separator = "";

    print_label(out, "hooks:");
    for (size_t i = 0; i < NR_HOOK_KINDS; i++) {
        uint32_t nr_hooks = payload_nr_hooks(elf, &hook_kinds[i]);

        if (nr_hooks) {
            fprintf(out, "%s%s (%u)", separator, hook_kinds[i].name, nr_hooks);
            separator = ", ";
        }
    }
    fputs(*separator ? "\n" : "none\n", out);
}

static void print_signature(FILE *out, const struct elf_file *elf)
{
    struct payload_signature signature = payload_signature_of(elf);

    print_label(out, "signature:");
    if (signature.nr_bytes) {
        fprintf(out, "%s, %zu bytes, not checked here\n",
                payload_signature_word(&signature), signature.nr_bytes);
    } else {
        fputs(elf_file_find(elf, LIVEPATCH_SIGNATURE_SECTION) ? "malformed\n"
                                                              : "none\n",
              out);
    }
}

static void print_file(FILE *out, const struct elf_file *elf,
                       const struct names *names)
{
    size_t metadata_bytes;
    const char *metadata = payload_metadata(elf, &metadata_bytes);

    print_label(out, "file:");
    fprintf(out, "%s, %zu bytes\n", elf->path, elf->nr_bytes);
    print_id(out, "build-id:", payload_build_id(elf, SECTION_OWN_ID));
    print_id(out, "hypervisor:", payload_build_id(elf, SECTION_XEN_DEPENDS));
    print_id(out, "goes on top of:", payload_build_id(elf, SECTION_DEPENDS));
    print_metadata(out, metadata, metadata_bytes);
    print_signature(out, elf);
    print_hooks(out, elf);
    print_funcs(out, elf, names);
}

static void report_id(struct json_object *report, const char *key,
                      struct build_id id)
{
    report_add_hex(report, key, id.bytes, id.nr_bytes);
}

static void report_funcs(struct json_object *report, const struct elf_file *elf,
                         const struct names *names)
{
    struct json_object *list = report_add_list(report, "functions");

    for (uint32_t i = 0; i < payload_nr_funcs(elf); i++) {
        struct payload_func func = payload_func_at(elf, i);
        struct json_object *object = report_list_object(list);

        report_add_text(object, "name", func.name ? func.name : "");
        report_add_address(object, "old_address", old_address(&func, names));
        report_add_number(object, "old_size", func.old_size);
        report_add_number(object, "new_size", func.replacement_bytes);
        report_add_flag(object, "is_nops", func.is_nops);
        report_add_hex(object, "expected", func.expected, func.nr_expected);
        report_add_number(object, "version", func.version);
    }
}

static void report_file(struct json_object *report, const struct elf_file *elf,
                        const struct names *names)
{
    struct json_object *hooks;
    size_t metadata_bytes;
    const char *metadata = payload_metadata(elf, &metadata_bytes);
    const struct payload_signature signature = payload_signature_of(elf);

    report_add_text(report, "file", elf->path);
    report_add_number(report, "size", (int64_t)elf->nr_bytes);
    report_id(report, "build_id", payload_build_id(elf, SECTION_OWN_ID));
    report_id(report, "xen_build_id",
              payload_build_id(elf, SECTION_XEN_DEPENDS));
    report_id(report, "depends", payload_build_id(elf, SECTION_DEPENDS));
    report_add_metadata(report, metadata, metadata_bytes);
    report_add_text(report, "signature",
                    signature.nr_bytes ? payload_signature_word(&signature)
                                       : "none");
    report_add_number(report, "signature_bytes", (int64_t)signature.nr_bytes);
    hooks = report_add_list(report, "hooks");
    for (size_t i = 0; i < NR_HOOK_KINDS; i++) {
        if (payload_nr_hooks(elf, &hook_kinds[i])) {
            report_list_text(hooks, hook_kinds[i].name,
                             strlen(hook_kinds[i].name));
        }
    }
    report_funcs(report, elf, names);
}

static enum outcome show_file(struct session *session,
                              const struct elf_file *elf,
                              const struct elf_file *xen)
{
    const struct build_id meant = payload_build_id(elf, SECTION_XEN_DEPENDS);
    struct names names = {.nr = 0};

    if (payload_is_endless(elf)) {
        fprintf(session->err,
                "%s: so many entries with so many relocations would take hours "
                "to read: not shown. No compiler makes such a file.\n",
                elf->path);
        return OUTCOME_BAD_FILE;
    }
    if (xen && !meant.nr_bytes) {
        fprintf(session->err,
                "xen-livepatch: %s does not say for which hypervisor it was "
                "built; old functions are looked up in %s all the same.\n",
                elf->path, xen->path);
    } else if (xen && !build_id_is_same(
                          meant, payload_build_id(xen, SECTION_OWN_ID))) {
        fprintf(session->err, "%s: built for another hypervisor than %s is.\n",
                elf->path, xen->path);
        return OUTCOME_BAD_FILE;
    }
    if (xen && names_read(xen, &names)) {
        fprintf(session->err, "%s: no memory for its symbols.\n", xen->path);
        return OUTCOME_BAD_FILE;
    }
    if (session->report) {
        report_file(session->report, elf, &names);
    } else {
        print_file(session->out, elf, &names);
    }
    names_free(&names);
    return OUTCOME_DONE;
}

/* `xen` is the path of the hypervisor's file, or NULL. */
static enum outcome info_of_file(struct session *session, const char *path,
                                 const char *xen)
{
    struct payload_file file = {.nr_bytes = 0};
    struct payload_file xen_file = {.nr_bytes = 0};
    struct elf_file elf;
    struct elf_file xen_elf;
    enum outcome outcome = OUTCOME_BAD_FILE;

    if (!payload_file_read(path, &file, session->err) &&
        !elf_file_open(path, file.bytes, file.nr_bytes, &elf, session->err) &&
        (!xen || !xen_symbols_open(xen, &xen_file, &xen_elf, session->err))) {
        outcome = show_file(session, &elf, xen ? &xen_elf : NULL);
    }
    payload_file_free(&xen_file);
    payload_file_free(&file);
    return outcome;
}

static void print_entry(FILE *out, const struct payload_entry *entry)
{
    print_label(out, "name:");
    safe_print(out, entry->name, strlen(entry->name));
    fputc('\n', out);
    print_label(out, "state:");
    colour_print_state(out, entry->status.state);
    fputc('\n', out);
    print_label(out, "last action:");
    fprintf(out, "%s\n",
            entry->status.rc ? strerror(-entry->status.rc) : "succeeded");
    print_metadata(out, entry->metadata, entry->metadata_bytes);
}

/* `facts->payloads` is empty when the hypervisor tells no more. */
static enum outcome tell_entry(struct session *session,
                               const struct payload_list *list,
                               const struct payload_facts *facts,
                               const char *name)
{
    const struct payload_entry *entry = payload_list_find(list, name);
    size_t hint = 0;
    const struct livepatch_ext_payload *known =
        extension_payload_named(facts->payloads, name, &hint);

    if (!entry) {
        fprintf(session->err,
                "%s: no payload of this name is loaded, and no "
                "such file is there.\n",
                name);
        name_hint_print_of(session, name, list);
        session->code = "not-loaded";
        return OUTCOME_FAILED;
    }
    if (session->report) {
        report_add_text(session->report, "name", entry->name);
        report_add_status(session->report, &entry->status);
        report_add_metadata(session->report, entry->metadata,
                            entry->metadata_bytes);
    } else {
        print_entry(session->out, entry);
    }
    if (known && session->report) {
        payload_facts_report(session->report, facts, known);
    } else if (known) {
        payload_facts_print(session->out, facts, known, LABEL_COLUMNS);
    }
    if (entry->status.state == PAYLOAD_SPENT) {
        payload_spent_print(session->err, entry->name);
    }
    return OUTCOME_DONE;
}

static enum outcome info_of_loaded(struct session *session, const char *name)
{
    const struct attempt attempt = {REQUEST_LIST, "info", name};
    enum outcome outcome = session_connect(session);
    struct extension_payloads payloads;
    const struct payload_facts facts = {&payloads, machine_now_ms()};
    struct list_progress progress;
    struct payload_list list;
    int rc;

    if (outcome != OUTCOME_DONE) {
        return outcome;
    }
    rc = client_list(&session->client, &list, &progress);
    if (rc) {
        return session_refused(session, &attempt, rc);
    }
    (void)extension_read_payloads(&session->client, &payloads);
    payload_list_refine(&list, &payloads);
    outcome = tell_entry(session, &list, &facts, name);
    extension_payloads_free(&payloads);
    payload_list_free(&list);
    return outcome;
}

enum outcome cmd_info(struct session *session, int nr_args, char **args)
{
    const char *xen = option_value(&session->options, OPTION_XEN_SYMS);

    (void)nr_args; /* one, by the table of commands */
    if (strchr(args[0], '/') || !access(args[0], F_OK)) {
        return info_of_file(session, args[0], xen);
    }
    if (payload_name_check(args[0], session->err)) {
        return OUTCOME_BAD_NAME;
    }
    return info_of_loaded(session, args[0]);
}
