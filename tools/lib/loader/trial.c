/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The course of a trial, request by request. What the loader says during a
 * request is kept until its errno is known.
 */
#include "lib/loader/trial.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lib/loader.h"
#include "lib/loader/said.h"
#include "lib/loader/stock.h"
#include "lib/loader/trial_base.h"
#include "lib/xen_symbols.h"

#define TEXT_BYTES 1024

struct course {
    const struct trial *trial;
    struct loader *loader;
    const char *request;                 /* under way, or the last one */
    const struct trial_payload *payload; /* that it is about */
    struct said said;                    /* its errors */
    unsigned int nr_findings;
    unsigned int nr_gaps;
    bool is_again;    /* the payload was loaded before */
    bool is_complete; /* all was tried */
};

static bool is_stock(const struct trial *trial)
{
    return trial->xen && !xen_symbols_are_ours(trial->xen);
}

/* ---- what is said -------------------------------------------------------- */

static void tell_gap(struct course *course, const char *text)
{
    const struct trial_listener *listener = &course->trial->listener;

    course->nr_gaps++;
    listener->gap(listener->arg, text);
}

static void tell_note(struct course *course, const char *text)
{
    const struct trial_listener *listener = &course->trial->listener;

    listener->note(listener->arg, text);
}

/* What a line says behind "livepatch: NAME: ". */
static const char *strip(const struct course *course, const char *line)
{
    static const char prefix[] = "livepatch: ";
    const char *name = course->payload->name;
    size_t nr_name = strlen(name);

    if (strncmp(line, prefix, sizeof(prefix) - 1)) {
        return line;
    }
    line += sizeof(prefix) - 1;
    return !strncmp(line, name, nr_name) && !strncmp(line + nr_name, ": ", 2)
               ? line + nr_name + 2
               : line;
}

static void hear(void *arg, enum loader_level level, const char *form,
                 const char *line)
{
    struct course *course = arg;

    if (level == LOADER_ERROR) {
        said_add(&course->said, form, strip(course, line));
    } else if (level == LOADER_WARNING && !course->is_again) {
        tell_gap(course, strip(course, line));
    }
}

/* ---- requests ------------------------------------------------------------ */

static void begin_request(struct course *course, const char *request,
                          const struct trial_payload *payload)
{
    course->request = request;
    course->payload = payload;
}

/* Takes a line of the request; rc is its errno. */
typedef void teller(struct course *course, int rc,
                    const struct said_line *line);

/* Hands each line to `tell`; one of its own when nothing was said. */
static void end_request(struct course *course, int rc, teller *tell)
{
    static char text[] = "refused without a word";
    static const struct said_line nothing = {text, text};

    if (rc && !course->said.nr_lines) {
        tell(course, rc, &nothing);
    }
    for (size_t i = 0; rc && i < course->said.nr_lines; i++) {
        tell(course, rc, &course->said.lines[i]);
    }
    said_free(&course->said);
}

/* Of the payload that the request is about. */
static void tell(struct course *course, int rc, const char *text,
                 bool is_taken_by_stock)
{
    const struct trial_listener *listener = &course->trial->listener;
    const struct trial *trial = course->trial;
    struct trial_finding finding = {
        .which = course->payload == &trial->payload
                     ? trial->nr_below
                     : (size_t)(course->payload - trial->below),
        .error = rc,
        .request = course->request,
        .text = text,
        .is_taken_by_stock = is_taken_by_stock,
    };

    course->nr_findings++;
    listener->finding(listener->arg, &finding);
}

/* What stock Xen alone refuses. */
static void tell_refusal(struct course *course, int rc, const char *text)
{
    tell(course, rc, text, false);
}

static void tell_finding(struct course *course, int rc,
                         const struct said_line *line)
{
    const struct stock_other *other = stock_find_other(line->form, line->text);

    tell(course, rc, line->text, other && other->is_taken);
    if (other && is_stock(course->trial)) {
        tell_note(course, other->deed);
    }
}

static void tell_no_replace(struct course *course, int rc,
                            const struct said_line *line)
{
    char note[TEXT_BYTES];

    snprintf(note, sizeof(note), "replace would be refused: %s: %s",
             strerrorname_np(-rc), line->text);
    tell_note(course, note);
}

/* ---- steps --------------------------------------------------------------- */

static void tell_unknown(struct course *course, int rc,
                         const struct said_line *line)
{
    char gap[TEXT_BYTES + 64];

    (void)rc;
    snprintf(gap, sizeof(gap), "%s: perhaps the payload below it has it",
             line->text);
    tell_gap(course, gap);
}

static int load(struct course *course, const struct trial_payload *payload)
{
    int rc;

    begin_request(course, "upload", payload);
    rc = loader_load(course->loader, payload->name, payload->bytes,
                     payload->nr_bytes);
    end_request(course, rc,
                rc == -ENOENT && trial_misses_base(course->trial)
                    ? tell_unknown
                    : tell_finding);
    return rc;
}

static int apply(struct course *course, const struct trial_payload *payload,
                 bool ignores_base)
{
    int rc;

    begin_request(course, "apply", payload);
    rc = loader_apply(course->loader, payload->name, ignores_base);
    end_request(course, rc, tell_finding);
    return rc;
}

static int revert_and_unload(struct course *course,
                             const struct trial_payload *payload)
{
    int rc;

    begin_request(course, "revert", payload);
    rc = loader_revert(course->loader, payload->name);
    end_request(course, rc, tell_finding);
    if (rc == 0) {
        begin_request(course, "unload", payload);
        rc = loader_unload(course->loader, payload->name);
        end_request(course, rc, tell_finding);
    }
    return rc;
}

/* ---- the course ---------------------------------------------------------- */

static void tell_missing_base(struct course *course)
{
    struct build_id id = trial_id_of(&course->trial->payload, SECTION_DEPENDS);
    char text[TEXT_BYTES] = "it goes on top of a payload, which was not there";
    FILE *stream = fmemopen(text, sizeof(text), "w");

    if (stream) {
        fputs("it goes on top of the payload with build-id ", stream);
        build_id_print(id, stream);
        fputs(", which was not there", stream);
        fclose(stream);
    }
    tell_gap(course, text);
}

/* Loads it once more, for REPLACE; what that needs is told, not required. */
static void try_replace(struct course *course, bool is_required)
{
    const struct trial_payload *payload = &course->trial->payload;
    int rc;

    begin_request(course, "replace", payload);
    rc = loader_replace(course->loader, payload->name);
    end_request(course, rc, is_required ? tell_finding : tell_no_replace);
}

static void try_actions(struct course *course)
{
    const struct trial *trial = course->trial;

    if (!trial_has_base(trial) && trial_is_lowest(trial)) {
        tell_note(course, "it can only be put in the place of the payloads "
                          "below (replace), not on top of them");
        try_replace(course, true);
        return;
    }
    if (apply(course, &trial->payload, trial_lacks_base(trial)) ||
        !trial_is_lowest(trial)) {
        return;
    }
    course->is_again = true;
    if (revert_and_unload(course, &trial->payload) == 0 &&
        load(course, &trial->payload) == 0) {
        try_replace(course, trial->is_for_replace);
    }
}

/* Whether such a hook is asked, or does the work, when the payload is applied:
 * it may say no. */
static bool may_forbid(const struct hook_kind *kind)
{
    return !strcmp(kind->name, "preapply") || !strcmp(kind->name, "apply");
}

static void tell_forbidding(struct course *course, const char *hook)
{
    char text[TEXT_BYTES];

    if (course->payload == &course->trial->payload) {
        snprintf(text, sizeof(text),
                 "its %s hook, which may forbid it, was not called", hook);
    } else {
        snprintf(text, sizeof(text),
                 "the %s hook of '%s', which is below it and which that hook "
                 "may forbid, was not called",
                 hook, course->payload->name);
    }
    tell_gap(course, text);
}

/* Of those below only what may forbid them. */
static void tell_hooks(struct course *course, const struct elf_file *elf)
{
    bool has_others = false;

    for (size_t i = 0; i < NR_HOOK_KINDS; i++) {
        if (!payload_nr_hooks(elf, &hook_kinds[i])) {
            continue;
        }
        if (may_forbid(&hook_kinds[i])) {
            tell_forbidding(course, hook_kinds[i].name);
        } else {
            has_others = true;
        }
    }
    if (has_others && course->payload == &course->trial->payload) {
        tell_note(course, "it has hooks, which were not called: what they "
                          "would do or answer is not known");
    }
}

/* What stock Xen may not survive of the payload that the request is about,
 * where the hypervisor is that. NULL: nothing. */
static const char *find_hazard(const struct course *course)
{
    return is_stock(course->trial)
               ? stock_find_hazard(course->payload->bytes,
                                   course->payload->nr_bytes)
               : NULL;
}

/* Whether the payload, which is loaded, would be with stock Xen, too, where the
 * hypervisor is that. */
static bool is_stock_loadable(struct course *course, const struct elf_file *elf,
                              const char *hazard)
{
    unsigned int nr_before = course->nr_findings;

    if (!is_stock(course->trial)) {
        return true;
    }
    if (hazard) {
        tell_refusal(course, -EFAULT, hazard);
    }
    return stock_tell_refused(elf, course->loader, tell_refusal, course) == 0 &&
           course->nr_findings == nr_before;
}

/* Loads the payload, and looks at what the loader took. What stock Xen may not
 * survive is told though there is another reason against the payload. */
static bool put(struct course *course, const struct trial_payload *payload)
{
    struct elf_file elf;
    int rc = load(course, payload);
    const char *hazard = find_hazard(course);

    if (rc && hazard) {
        tell_note(course, hazard);
    }
    if (rc || !elf_file_try(payload->bytes, payload->nr_bytes, &elf)) {
        return false;
    }
    tell_hooks(course, &elf);
    return is_stock_loadable(course, &elf, hazard);
}

static bool put_below(struct course *course)
{
    const struct trial *trial = course->trial;

    for (size_t i = 0; i < trial->nr_below; i++) {
        if (!put(course, &trial->below[i]) ||
            apply(course, &trial->below[i], false)) {
            return false;
        }
    }
    return true;
}

static void run(struct course *course)
{
    const struct trial *trial = course->trial;

    if (trial_misses_base(trial)) {
        tell_missing_base(course);
    }
    if (!put_below(course) || !put(course, &trial->payload)) {
        return;
    }
    try_actions(course);
    if (!trial->xen) {
        tell_gap(course, "without xen-syms neither the symbols that it refers "
                         "to nor the functions that it replaces were looked "
                         "at");
    }
    course->is_complete = true;
}

/* A course that broke off without a word judges nothing. */
static enum trial_verdict conclude(struct course *course)
{
    if (course->nr_findings) {
        return TRIAL_REFUSED;
    }
    if (!course->is_complete && !course->nr_gaps) {
        tell_gap(course, "it could not be tried to the end: the file could not "
                         "be read, or there was no memory");
    }
    return course->nr_gaps ? TRIAL_INCOMPLETE : TRIAL_LOADS;
}

/* e_machine at its place in any ELF file; EM_NONE: there is none. */
static uint16_t machine_of(const struct trial_payload *payload)
{
    uint16_t machine = EM_NONE;

    if (payload->nr_bytes >= sizeof(Elf64_Ehdr)) {
        memcpy(&machine,
               (const char *)payload->bytes + offsetof(Elf64_Ehdr, e_machine),
               sizeof(machine));
    }
    return machine;
}

static int open_loader(const struct trial *trial, FILE *err,
                       struct loader **loader)
{
    if (trial->xen) {
        return loader_open(trial->xen, err, loader);
    }
    return loader_open_unknown(
        machine_of(&trial->payload),
        trial->running.nr_bytes
            ? trial->running
            : trial_id_of(&trial->payload, SECTION_XEN_DEPENDS),
        err, loader);
}

static bool is_endless(const struct trial_payload *payload)
{
    struct elf_file elf;

    return elf_file_try(payload->bytes, payload->nr_bytes, &elf) &&
           payload_is_endless(&elf);
}

static bool is_before_4_14(const struct trial_payload *payload)
{
    struct elf_file elf;

    return elf_file_try(payload->bytes, payload->nr_bytes, &elf) &&
           payload_is_before_4_14(&elf);
}

/* Why it is not tried at all; NULL: it is. This project's hypervisor is none of
 * before 4.14. */
static const char *find_obstacle(const struct trial *trial)
{
    bool has_endless = is_endless(&trial->payload);

    if ((!trial->xen || is_stock(trial)) && is_before_4_14(&trial->payload)) {
        return "made for Xen before 4.14: not judged";
    }
    for (size_t i = 0; i < trial->nr_below; i++) {
        has_endless = has_endless || is_endless(&trial->below[i]);
    }
    return has_endless ? "so many entries with so many relocations would take "
                         "hours: not judged"
                       : NULL;
}

enum trial_verdict trial_run(const struct trial *trial, FILE *err)
{
    struct course course = {.trial = trial, .payload = &trial->payload};
    const char *obstacle = find_obstacle(trial);

    if (obstacle) {
        tell_gap(&course, obstacle);
        return TRIAL_INCOMPLETE;
    }
    if (open_loader(trial, err, &course.loader)) {
        return TRIAL_FAILED;
    }
    if (is_before_4_14(&trial->payload)) {
        tell_note(&course, "made for Xen before 4.14");
    }
    loader_listen(course.loader, hear, &course);
    run(&course);
    loader_close(course.loader);
    return conclude(&course);
}
