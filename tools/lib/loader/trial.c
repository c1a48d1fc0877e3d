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
#include "lib/loader/stock.h"
#include "lib/xen_symbols.h"

#define TEXT_BYTES 1024

struct course {
    const struct trial *trial;
    struct loader *loader;
    const char *name; /* of the payload that the request is about */
    char *said;       /* lines of errors of the request under way */
    size_t nr_said;
    FILE *said_to;
    unsigned int nr_findings;
    unsigned int nr_gaps;
    bool is_again;    /* the payload was loaded before */
    bool is_complete; /* all was tried */
};

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
    size_t nr_name = strlen(course->name);

    if (strncmp(line, prefix, sizeof(prefix) - 1)) {
        return line;
    }
    line += sizeof(prefix) - 1;
    return !strncmp(line, course->name, nr_name) &&
                   !strncmp(line + nr_name, ": ", 2)
               ? line + nr_name + 2
               : line;
}

static void hear(void *arg, enum loader_level level, const char *line)
{
    struct course *course = arg;

    if (level == LOADER_ERROR && course->said_to) {
        fprintf(course->said_to, "%s\n", strip(course, line));
    } else if (level == LOADER_WARNING && !course->is_again) {
        tell_gap(course, strip(course, line));
    }
}

/* ---- requests ------------------------------------------------------------ */

static void begin_request(struct course *course, const char *name)
{
    course->name = name;
    course->said = NULL;
    course->said_to = open_memstream(&course->said, &course->nr_said);
}

/* Hands each line to `tell`; one of its own when nothing was said. */
static void end_request(struct course *course, int rc,
                        void (*tell)(struct course *course, int rc,
                                     const char *text))
{
    char *rest = NULL;
    char *line;

    if (course->said_to) {
        fclose(course->said_to);
        course->said_to = NULL;
    }
    line = course->said ? strtok_r(course->said, "\n", &rest) : NULL;
    if (rc && !line) {
        tell(course, rc, "refused without a word");
    }
    for (; rc && line; line = strtok_r(NULL, "\n", &rest)) {
        tell(course, rc, line);
    }
    free(course->said);
    course->said = NULL;
}

/* Of the payload that the request is about. */
static void tell_refusal(struct course *course, int rc, const char *text)
{
    const struct trial_listener *listener = &course->trial->listener;
    size_t which = 0;

    while (which < course->trial->nr_below &&
           strcmp(course->trial->below[which].name, course->name)) {
        which++;
    }
    course->nr_findings++;
    listener->finding(listener->arg, which, rc, text);
}

static void tell_finding(struct course *course, int rc, const char *text)
{
    tell_refusal(course, rc, text);
    stock_tell_taken(course->trial->xen, text, tell_note, course);
}

static void tell_no_replace(struct course *course, int rc, const char *text)
{
    char note[TEXT_BYTES];

    snprintf(note, sizeof(note), "replace would be refused: %s: %s",
             strerrorname_np(-rc), text);
    tell_note(course, note);
}

/* ---- what it lies on ----------------------------------------------------- */

static struct build_id id_of(const struct trial_payload *payload,
                             const char *section)
{
    struct elf_file elf;

    return elf_file_try(payload->bytes, payload->nr_bytes, &elf)
               ? payload_build_id(&elf, section)
               : (struct build_id){NULL, 0};
}

/* What lies under the payload in the trial. */
static struct build_id base_of(const struct trial *trial)
{
    return trial->nr_below
               ? id_of(&trial->below[trial->nr_below - 1], SECTION_OWN_ID)
               : id_of(&trial->payload, SECTION_XEN_DEPENDS);
}

static struct build_id id_of_hypervisor(const struct trial *trial)
{
    return trial->xen ? payload_build_id(trial->xen, SECTION_OWN_ID)
                      : trial->running;
}

/* Whether the payload is made to lie on a hypervisor itself: its own, or, in a
 * file that contradicts itself, the one that it is tried on. */
static bool is_lowest(const struct trial *trial)
{
    struct build_id below = id_of(&trial->payload, SECTION_DEPENDS);

    return build_id_is_same(below,
                            id_of(&trial->payload, SECTION_XEN_DEPENDS)) ||
           build_id_is_same(below, id_of_hypervisor(trial));
}

/* Whether what it lies on is another payload, and none is there. */
static bool lacks_base(const struct trial *trial)
{
    return !trial->nr_below && !is_lowest(trial);
}

/* The same, and it says on which. */
static bool misses_base(const struct trial *trial)
{
    return id_of(&trial->payload, SECTION_DEPENDS).nr_bytes &&
           lacks_base(trial);
}

/* ---- steps --------------------------------------------------------------- */

static void tell_unknown(struct course *course, int rc, const char *text)
{
    char gap[TEXT_BYTES + 64];

    (void)rc;
    snprintf(gap, sizeof(gap), "%s: perhaps the payload below it has it", text);
    tell_gap(course, gap);
}

static int load(struct course *course, const struct trial_payload *payload)
{
    int rc;

    begin_request(course, payload->name);
    rc = loader_load(course->loader, payload->name, payload->bytes,
                     payload->nr_bytes);
    end_request(course, rc,
                rc == -ENOENT && misses_base(course->trial) ? tell_unknown
                                                            : tell_finding);
    return rc;
}

static int apply(struct course *course, const struct trial_payload *payload,
                 bool ignores_base)
{
    int rc;

    begin_request(course, payload->name);
    rc = loader_apply(course->loader, payload->name, ignores_base);
    end_request(course, rc, tell_finding);
    return rc;
}

static int revert_and_unload(struct course *course,
                             const struct trial_payload *payload)
{
    int rc;

    begin_request(course, payload->name);
    rc = loader_revert(course->loader, payload->name);
    if (rc == 0) {
        rc = loader_unload(course->loader, payload->name);
    }
    end_request(course, rc, tell_finding);
    return rc;
}

/* ---- the course ---------------------------------------------------------- */

static void tell_missing_base(struct course *course)
{
    struct build_id id = id_of(&course->trial->payload, SECTION_DEPENDS);
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

    begin_request(course, payload->name);
    rc = loader_replace(course->loader, payload->name);
    end_request(course, rc, is_required ? tell_finding : tell_no_replace);
}

static bool has_base(const struct trial *trial)
{
    return build_id_is_same(id_of(&trial->payload, SECTION_DEPENDS),
                            base_of(trial));
}

static void try_actions(struct course *course)
{
    const struct trial *trial = course->trial;

    if (!has_base(trial) && is_lowest(trial)) {
        tell_note(course, "it can only be put in the place of the payloads "
                          "below (replace), not on top of them");
        try_replace(course, true);
        return;
    }
    if (apply(course, &trial->payload, lacks_base(trial)) ||
        !is_lowest(trial)) {
        return;
    }
    course->is_again = true;
    if (revert_and_unload(course, &trial->payload) == 0 &&
        load(course, &trial->payload) == 0) {
        try_replace(course, false);
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

    if (course->name == course->trial->payload.name) {
        snprintf(text, sizeof(text),
                 "its %s hook, which may forbid it, was not called", hook);
    } else {
        snprintf(text, sizeof(text),
                 "the %s hook of '%s', which is below it and which that hook "
                 "may forbid, was not called",
                 hook, course->name);
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
    if (has_others && course->name == course->trial->payload.name) {
        tell_note(course, "it has hooks, which were not called: what they "
                          "would do or answer is not known");
    }
}

/* Whether the payload, which is loaded, would be with stock Xen, too, where the
 * hypervisor is that. */
static bool is_stock_loadable(struct course *course, const struct elf_file *elf)
{
    unsigned int nr_before = course->nr_findings;

    return stock_tell_refused(course->trial->xen, elf, course->loader,
                              tell_refusal, course) == 0 &&
           course->nr_findings == nr_before;
}

/* Loads the payload, and looks at what the loader took. */
static bool put(struct course *course, const struct trial_payload *payload)
{
    struct elf_file elf;

    if (load(course, payload) ||
        !elf_file_try(payload->bytes, payload->nr_bytes, &elf)) {
        return false;
    }
    tell_hooks(course, &elf);
    return is_stock_loadable(course, &elf);
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

    if (misses_base(trial)) {
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
        trial->running.nr_bytes ? trial->running
                                : id_of(&trial->payload, SECTION_XEN_DEPENDS),
        err, loader);
}

static bool is_endless(const struct trial_payload *payload)
{
    struct elf_file elf;

    return elf_file_try(payload->bytes, payload->nr_bytes, &elf) &&
           payload_is_endless(&elf);
}

/* Why it is not tried at all; NULL: it is. */
static const char *find_obstacle(const struct trial *trial)
{
    const struct trial_payload *payload = &trial->payload;
    bool has_endless = is_endless(payload);
    struct elf_file elf;

    if (elf_file_try(payload->bytes, payload->nr_bytes, &elf) &&
        payload_is_before_4_14(&elf)) {
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
    struct course course = {.trial = trial, .name = trial->payload.name};
    const char *obstacle = find_obstacle(trial);

    if (obstacle) {
        tell_gap(&course, obstacle);
        return TRIAL_INCOMPLETE;
    }
    if (open_loader(trial, err, &course.loader)) {
        return TRIAL_FAILED;
    }
    loader_listen(course.loader, hear, &course);
    run(&course);
    loader_close(course.loader);
    return conclude(&course);
}
