/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verb verify: FILE, perhaps --xen-syms FILE and then --below FILE for each
 * payload that will lie below. The hypervisor's own loader tries it
 * (lib/loader) on that hypervisor's image; without --xen-syms on an image that
 * has whatever the payload asks for, and the build-id of the hypervisor that
 * runs here, if one tells its own. Nothing reaches the hypervisor.
 */
#include "commands/commands.h"

#include <stdlib.h>
#include <string.h>

#include "hypervisor/hypervisor_identity.h"
#include "hypervisor/payload_name.h"
#include "lib/loader/trial.h"
#include "lib/payload_file.h"
#include "lib/report.h"
#include "lib/safe_text.h"
#include "lib/xen_symbols.h"

#define NR_BELOW_MAX 64U

/* A payload's file, and what it would be loaded as. */
struct candidate {
    const char *path;
    char *name;
    struct payload_file file;
};

/* What was asked for; close_case() frees it whether open_case() failed or not.
 */
struct verify_case {
    struct session *session;
    struct trial trial;
    const char *with; /* what it was compared with, for the message */
    struct payload_file xen_file;
    struct elf_file xen;
    struct hypervisor_identity running;
    struct candidate candidates[NR_BELOW_MAX + 1]; /* FILE is last */
    struct trial_payload below[NR_BELOW_MAX];
    size_t nr_below;
    struct json_object *findings;
    struct json_object *not_checked;
    struct json_object *notes;
};

/* ---- what the trial says ------------------------------------------------- */

/* A file's folders are somebody else's words, too. */
static void print_path(FILE *out, const char *path)
{
    safe_print(out, path, strlen(path));
}

static void print_line(const struct verify_case *of, size_t which,
                       const char *kind, const char *text)
{
    FILE *out = of->session->out;

    if (!of->session->report) {
        print_path(out, of->candidates[which].path);
        fprintf(out, ": %s: ", kind);
        safe_print(out, text, strlen(text));
        fputc('\n', out);
    }
}

static void tell_finding(void *arg, const struct trial_finding *finding)
{
    const struct verify_case *of = arg;
    struct json_object *object = report_list_object(of->findings);
    const char *name = strerrorname_np(-finding->error);

    report_add_text(object, "file", of->candidates[finding->which].path);
    report_add_text(object, "request", finding->request);
    report_add_text(object, "error_name", name ? name : "unknown");
    report_add_text(object, "text", finding->text);
    print_line(of, finding->which, name ? name : "unknown", finding->text);
}

static void tell_gap(void *arg, const char *text)
{
    const struct verify_case *of = arg;

    report_list_text(of->not_checked, text, strlen(text));
    print_line(of, of->nr_below, "not checked", text);
}

static void tell_note(void *arg, const char *text)
{
    const struct verify_case *of = arg;

    report_list_text(of->notes, text, strlen(text));
    print_line(of, of->nr_below, "note", text);
}

/* ---- what it is tried with ----------------------------------------------- */

static enum outcome open_candidate(struct verify_case *of, size_t which,
                                   const char *path,
                                   struct trial_payload *payload)
{
    struct candidate *candidate = &of->candidates[which];
    FILE *err = of->session->err;

    candidate->path = path;
    if (payload_file_read(path, &candidate->file, err)) {
        return OUTCOME_BAD_FILE;
    }
    candidate->name = payload_name_of_file(path);
    if (!candidate->name || payload_name_check(candidate->name, err)) {
        return OUTCOME_BAD_NAME;
    }
    *payload = (struct trial_payload){
        .name = candidate->name,
        .bytes = candidate->file.bytes,
        .nr_bytes = candidate->file.nr_bytes,
    };
    return OUTCOME_DONE;
}

static enum outcome open_xen(struct verify_case *of, const char *path)
{
    if (xen_symbols_open(path, &of->xen_file, &of->xen, of->session->err)) {
        return OUTCOME_BAD_FILE;
    }
    of->trial.xen = &of->xen;
    of->with = path;
    return OUTCOME_DONE;
}

/* No hypervisor here, or one that does not tell its build-id, is no fault: then
 * it was compared with none. */
static void ask_running_hypervisor(struct verify_case *of)
{
    struct livepatch_client client;

    of->with = "no hypervisor";
    if (client_open(&client)) {
        return;
    }
    if (!hypervisor_identify(&client, &of->running) &&
        of->running.build_id_bytes) {
        of->trial.running =
            (struct build_id){of->running.build_id, of->running.build_id_bytes};
        of->with = "the build-id of the running hypervisor";
    }
    client_close(&client);
}

static enum outcome open_below(struct verify_case *of)
{
    const struct options *options = &of->session->options;
    enum outcome outcome = OUTCOME_DONE;
    const char *path;

    while (outcome == OUTCOME_DONE &&
           (path = option_value_at(options, OPTION_BELOW, of->nr_below))) {
        if (of->nr_below == NR_BELOW_MAX) {
            fprintf(of->session->err,
                    "verify: --below: more than %u of them.\n", NR_BELOW_MAX);
            return OUTCOME_BAD_USAGE;
        }
        outcome =
            open_candidate(of, of->nr_below, path, &of->below[of->nr_below]);
        of->nr_below += outcome == OUTCOME_DONE;
    }
    of->trial.below = of->below;
    of->trial.nr_below = of->nr_below;
    return outcome;
}

static enum outcome open_case(struct verify_case *of, const char *path)
{
    const char *xen = option_value(&of->session->options, OPTION_XEN_SYMS);
    enum outcome outcome = open_below(of);

    if (outcome == OUTCOME_DONE && of->nr_below && !xen) {
        fputs("verify: --below needs --xen-syms: payloads that lie below are "
              "loaded into that hypervisor.\n",
              of->session->err);
        return OUTCOME_BAD_USAGE;
    }
    if (outcome == OUTCOME_DONE) {
        outcome = open_candidate(of, of->nr_below, path, &of->trial.payload);
    }
    if (outcome == OUTCOME_DONE && xen) {
        outcome = open_xen(of, xen);
    } else if (outcome == OUTCOME_DONE) {
        ask_running_hypervisor(of);
    }
    of->trial.listener = (struct trial_listener){
        .finding = tell_finding, .gap = tell_gap, .note = tell_note, .arg = of};
    return outcome;
}

static void close_case(struct verify_case *of)
{
    payload_file_free(&of->xen_file); /* nothing when not read */
    for (size_t i = 0; i <= of->nr_below; i++) {
        payload_file_free(&of->candidates[i].file);
        free(of->candidates[i].name);
    }
}

/* ---- what comes of it ---------------------------------------------------- */

static const struct {
    enum outcome outcome;
    const char *word; /* of the report */
    const char *text;
} verdicts[] = {
    [TRIAL_LOADS] = {OUTCOME_DONE, "would-load", "would load"},
    [TRIAL_REFUSED] = {OUTCOME_FAILED, "refused", "would be refused"},
    [TRIAL_INCOMPLETE] = {OUTCOME_NOT_CHECKED, "not-fully-checked",
                          "nothing found, but not fully checked"},
    [TRIAL_FAILED] = {OUTCOME_BAD_FILE, "not-checked", "could not be checked"},
};

static enum outcome verify(struct verify_case *of)
{
    struct session *session = of->session;
    const char *path = of->candidates[of->nr_below].path;
    enum trial_verdict verdict;

    report_add_text(session->report, "file", path);
    report_add_text(session->report, "compared_with", of->with);
    of->findings = report_add_list(session->report, "findings");
    of->not_checked = report_add_list(session->report, "not_checked");
    of->notes = report_add_list(session->report, "notes");
    verdict = trial_run(&of->trial, session->err);
    report_add_text(session->report, "verdict", verdicts[verdict].word);
    if (!session->report) {
        print_path(session->out, path);
        fputs(": compared with ", session->out);
        print_path(session->out, of->with);
        fprintf(session->out, ": %s.\n", verdicts[verdict].text);
    }
    return verdicts[verdict].outcome;
}

enum outcome cmd_verify(struct session *session, int nr_args, char **args)
{
    struct verify_case of = {.session = session};
    enum outcome outcome = open_case(&of, args[0]);

    (void)nr_args; /* one, by the table of commands */
    if (outcome == OUTCOME_DONE) {
        outcome = verify(&of);
    }
    close_case(&of);
    return outcome;
}
