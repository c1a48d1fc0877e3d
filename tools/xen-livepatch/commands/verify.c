/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verb verify: FILE, perhaps --xen-syms FILE, perhaps --with FILE for each
 * payload that will lie below. Checks the payload against that hypervisor's
 * symbols and build-id; without it against the build-id of the hypervisor that
 * runs here, if one does; else on its own. Loads nothing.
 */
#include "commands/commands.h"

#include "hypervisor/extension.h"
#include "hypervisor/hypervisor_identity.h"
#include "lib/payload_file.h"
#include "lib/report.h"
#include "lib/xen_symbols.h"
#include "verify/payload_verify.h"

#define NR_BELOW_MAX 64U

/*
 * What to verify against; the files and the identity that it points into, freed
 * by close_comparison() whether opening it failed or not.
 */
struct comparison {
    struct verify_target target;
    const char *with; /* for the message */
    struct payload_file xen_file;
    struct elf_file xen;
    struct payload_file below_files[NR_BELOW_MAX];
    struct elf_file below[NR_BELOW_MAX];
    struct payload_exports below_exports[NR_BELOW_MAX];
    struct hypervisor_identity running;
};

static enum outcome open_xen_syms(struct session *session, const char *path,
                                  struct comparison *comparison)
{
    if (xen_symbols_open(path, &comparison->xen_file, &comparison->xen,
                         session->err)) {
        return OUTCOME_BAD_FILE;
    }
    comparison->target.xen = &comparison->xen;
    comparison->target.is_ours = xen_symbols_are_ours(&comparison->xen);
    comparison->target.build_id =
        payload_build_id(&comparison->xen, SECTION_OWN_ID);
    comparison->target.machine = comparison->xen.header.e_machine;
    comparison->with = path;
    return OUTCOME_DONE;
}

/* No hypervisor here is no fault: then there is nothing to compare with. */
static void ask_running_hypervisor(struct comparison *comparison)
{
    struct livepatch_client client;
    uint64_t next;

    comparison->with = "no hypervisor (none runs here)";
    if (client_open(&client)) {
        return;
    }
    comparison->target.is_ours =
        !client_find_version(&client) && !extension_next_record(&client, &next);
    if (!hypervisor_identify(&client, &comparison->running)) {
        comparison->target.build_id = (struct build_id){
            comparison->running.build_id, comparison->running.build_id_bytes};
        comparison->with = "the running hypervisor";
    }
    comparison->target.machine = payload_file_own_machine();
    client_close(&client);
}

/* What apply will ask beyond the upload. */
static void print_dependency(FILE *out, const struct elf_file *elf)
{
    struct build_id below = payload_build_id(elf, SECTION_DEPENDS);

    if (build_id_is_same(below, payload_build_id(elf, SECTION_XEN_DEPENDS))) {
        return;
    }
    fprintf(out, "%s: can be applied only on top of payload ", elf->path);
    build_id_print(below, out);
    fputs(".\n", out);
}

static void print_conclusion(FILE *out, const struct elf_file *elf,
                             const struct comparison *comparison,
                             unsigned int nr_findings)
{
    fprintf(out, "%s: compared with %s%s.\n", elf->path, comparison->with,
            comparison->target.xen ? ""
                                   : "; its symbols were not looked up "
                                     "(--xen-syms)");
    if (nr_findings) {
        fprintf(out, "%s: would be refused, %u reason%s.\n", elf->path,
                nr_findings, nr_findings > 1 ? "s" : "");
        return;
    }
    fprintf(out, "%s: nothing found that would make hypervisor ", elf->path);
    build_id_print(payload_build_id(elf, SECTION_XEN_DEPENDS), out);
    fputs(" refuse it.\n", out);
    print_dependency(out, elf);
}

static enum outcome verify_elf(struct session *session,
                               const struct elf_file *elf,
                               const struct comparison *comparison)
{
    struct findings findings = {
        .path = elf->path,
        .out = session->out,
        .list = report_add_list(session->report, "findings"),
    };

    payload_verify(elf, &comparison->target, &findings);
    if (!session->report) {
        print_conclusion(session->out, elf, comparison, findings.nr);
    }
    return findings.nr ? OUTCOME_FAILED : OUTCOME_DONE;
}

static enum outcome verify_file(struct session *session, const char *path,
                                const struct comparison *comparison)
{
    enum outcome outcome = OUTCOME_BAD_FILE;
    struct payload_file file;
    struct elf_file elf;

    if (payload_file_read(path, &file, session->err)) {
        return OUTCOME_BAD_FILE;
    }
    report_add_text(session->report, "file", path);
    report_add_text(session->report, "compared_with", comparison->with);
    if (!elf_file_open(path, file.bytes, file.nr_bytes, &elf, session->err)) {
        outcome = verify_elf(session, &elf, comparison);
    }
    payload_file_free(&file);
    return outcome;
}

static enum outcome open_below(struct session *session, const char *path,
                               struct comparison *comparison)
{
    size_t i = comparison->target.nr_below;
    struct payload_file *file = &comparison->below_files[i];
    struct elf_file *elf = &comparison->below[i];

    if (payload_file_read(path, file, session->err)) {
        return OUTCOME_BAD_FILE;
    }
    comparison->target.below = comparison->below;
    comparison->target.below_exports = comparison->below_exports;
    comparison->target.nr_below++;
    if (elf_file_open(path, file->bytes, file->nr_bytes, elf, session->err)) {
        return OUTCOME_BAD_FILE;
    }
    if (payload_exports_find(elf, comparison->target.is_ours,
                             &comparison->below_exports[i])) {
        fprintf(session->err, "%s: no memory for its symbols.\n", path);
        return OUTCOME_BAD_FILE;
    }
    return OUTCOME_DONE;
}

static enum outcome open_comparison(struct session *session, const char *xen,
                                    struct comparison *comparison)
{
    const struct options *options = &session->options;
    enum outcome outcome = OUTCOME_DONE;
    const char *below;

    if (xen) {
        outcome = open_xen_syms(session, xen, comparison);
    } else {
        ask_running_hypervisor(comparison);
    }
    for (size_t i = 0; outcome == OUTCOME_DONE &&
                       (below = option_value_at(options, OPTION_WITH, i));
         i++) {
        if (i == NR_BELOW_MAX) {
            fprintf(session->err, "verify: --with: more than %u of them.\n",
                    NR_BELOW_MAX);
            return OUTCOME_BAD_USAGE;
        }
        outcome = open_below(session, below, comparison);
    }
    return outcome;
}

static void close_comparison(struct comparison *comparison)
{
    payload_file_free(&comparison->xen_file); /* nothing when not read */
    for (size_t i = 0; i < comparison->target.nr_below; i++) {
        payload_exports_free(&comparison->below_exports[i]);
        payload_file_free(&comparison->below_files[i]);
    }
}

enum outcome cmd_verify(struct session *session, int nr_args, char **args)
{
    struct comparison comparison = {.with = NULL};
    const char *xen = option_value(&session->options, OPTION_XEN_SYMS);
    enum outcome outcome = open_comparison(session, xen, &comparison);

    (void)nr_args; /* one, by the table of commands */
    if (outcome == OUTCOME_DONE) {
        outcome = verify_file(session, args[0], &comparison);
    }
    close_comparison(&comparison);
    return outcome;
}
