/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Sentences by tables; those that name something else are written out. A name
 * or a reason that an admin gave is printed escaped.
 */
#include "sync/sync_words.h"

#include <string.h>

#include "lib/safe_text.h"

static void print(FILE *out, const char *text)
{
    safe_print(out, text, strlen(text));
}

/* TEXT NAME, and what comes after it. */
static void print_about(FILE *out, const char *before, const char *name,
                        const char *after)
{
    fputs(before, out);
    print(out, name);
    fputs(after, out);
}

static const char *const fit_words[] = {
    [SYNC_FITS] = NULL,
    [SYNC_BAD] = "no payload",
    [SYNC_MASKED] = "masked",
    [SYNC_OTHER_HYPERVISOR] = "for another hypervisor",
    [SYNC_HELD] = "held",
    [SYNC_SUSPECT] = "held back",
    [SYNC_REFUSED] = "would be refused",
    [SYNC_PINNED] = "pinned to another build",
    [SYNC_PIN_UNCLEAR] = "pinned to an unknown build",
    [SYNC_SAME] = "the same as another",
    [SYNC_PLACE_TAKEN] = "place taken",
    [SYNC_NOTHING_BELOW] = "nothing below",
};

static const char *const reason_words[] = {
    [REASON_NONE] = NULL,
    [REASON_MISSING] = "missing",
    [REASON_UPLOADED] = "uploaded already",
    [REASON_REISSUED] = "reissued",
    [REASON_ANEW] = "not fit to be applied again",
    [REASON_MAKES_WAY] = "makes way",
    [REASON_PUT_BACK] = "put back",
    [REASON_PRUNED] = "pruned",
    [REASON_PINNED] = "pinned",
    [REASON_UNWANTED] = "not in the folder",
    [REASON_MISFIT] = "without a place",
    [REASON_BLOCKED] = "blocked",
    [REASON_NOT_ON_TOP] = "not on top",
    [REASON_BY_NAME] = "known by name only",
    [REASON_BY_ID] = "under another name",
};

const char *sync_step_word(const struct sync_step *step)
{
    static const char *const words[] = {
        [STEP_STAYS] = "stays",     [STEP_KEEP] = "applied already",
        [STEP_REVERT] = "reverted", [STEP_UNLOAD] = "unloaded",
        [STEP_LOAD] = "loaded",     [STEP_APPLY] = "applied",
    };

    if (step->kind != STEP_LEAVE_OUT) {
        return words[step->kind];
    }
    return step->fit == SYNC_FITS ? "left out" : fit_words[step->fit];
}

const char *sync_reason_word(const struct sync_step *step)
{
    return reason_words[step->reason];
}

static void print_mark(FILE *out, const struct folder_marks *marks,
                       const char *name)
{
    const struct folder_mark *mark = folder_marks_find(marks, name);

    if (mark && *mark->reason) {
        print_about(out, ": ", mark->reason, "");
    }
}

static void print_other_hypervisor(const struct sync_view *view,
                                   const struct folder_payload *file, FILE *out)
{
    fputs("built for hypervisor ", out);
    build_id_print(kept_id_view(file->hypervisor.nr_bytes ? &file->hypervisor
                                                          : &file->below),
                   out);
    fputs(", this one is ", out);
    build_id_print(view->running, out);
    fputs(": left out", out);
}

static void print_place_taken(const struct sync_view *view,
                              const struct sync_step *step, FILE *out)
{
    fputs("not loaded: its place, directly on top of ", out);
    if (kept_id_is(&step->file->below, view->running)) {
        fputs("the hypervisor", out);
    } else {
        build_id_print(kept_id_view(&step->file->below), out);
    }
    print_about(out, ", is taken by ", step->other,
                ". Remove one, or give an order in the file order.");
}

static void print_nothing_below(const struct sync_step *step, FILE *out)
{
    if (step->other) {
        print_about(out, "left out: it goes on top of ", step->other,
                    ", which is left out itself (");
        fprintf(out, "%s)", fit_words[step->other_fit]);
    } else {
        fputs("not loaded: it goes on top of ", out);
        build_id_print(kept_id_view(&step->file->below), out);
        fputs(", which is neither in the folder nor applied.", out);
    }
}

static void print_pin_unclear(const struct sync_view *view,
                              const struct sync_step *step, FILE *out)
{
    const struct folder_mark *pin =
        folder_marks_find(&view->folder->pins, step->name);

    print_about(out, "not loaded: ", pin->path, " ");
    print(out, pin->trouble);
    fputs(", so it is not known which build it pins, and what is loaded stays. "
          "Mend it, or remove it.",
          out);
}

static void print_misfit(const struct sync_view *view,
                         const struct sync_step *step, FILE *out)
{
    switch (step->fit) {
    case SYNC_BAD:
        fputs("not loaded: its file is no payload", out);
        break;
    case SYNC_MASKED:
        print_about(out, "masked by ", step->file->path, ": left out");
        break;
    case SYNC_OTHER_HYPERVISOR:
        print_other_hypervisor(view, step->file, out);
        break;
    case SYNC_HELD:
        fputs("held: left out", out);
        print_mark(out, &view->folder->holds, step->name);
        break;
    case SYNC_SUSPECT:
        fputs("held back after a crash: left out", out);
        break;
    case SYNC_PINNED:
        fputs("pinned to another build than the file's: left out", out);
        print_mark(out, &view->folder->pins, step->name);
        break;
    case SYNC_REFUSED:
        print_about(out, "another build of it is applied and not replaced: ",
                    step->file->obstacle, ".");
        break;
    case SYNC_PIN_UNCLEAR:
        print_pin_unclear(view, step, out);
        break;
    case SYNC_SAME:
        print_about(out, "the same payload as ", step->other, ": left out");
        break;
    case SYNC_PLACE_TAKEN:
        print_place_taken(view, step, out);
        break;
    default:
        print_nothing_below(step, out);
        break;
    }
}

/* What a step that is not on top would be on top of. */
static const char *name_below(const struct sync_step *step)
{
    return step->other ? step->other : "the hypervisor itself";
}

static void print_left_out(const struct sync_view *view,
                           const struct sync_step *step, FILE *out)
{
    if (step->fit != SYNC_FITS) {
        print_misfit(view, step, out);
    } else if (step->reason == REASON_BLOCKED) {
        print_about(out, "another build of it is applied and not replaced: ",
                    step->other,
                    " lies on top of that and stays. Put a payload that goes "
                    "on the new build into the folder, or remove it.");
    } else if (step->loaded) {
        print_about(out,
                    "another build of it is applied and not replaced: its file "
                    "does not go on top of ",
                    name_below(step),
                    ", which would be below it. Put a build that does into the "
                    "folder.");
    } else {
        print_about(out, "not loaded: it does not go on top of ",
                    name_below(step), ", the newest that is applied.");
    }
}

static void print_stays(const struct sync_view *view,
                        const struct sync_step *step, FILE *out)
{
    switch (step->reason) {
    case REASON_PINNED:
        fputs("pinned: stays", out);
        print_mark(out, &view->folder->pins, step->name);
        break;
    case REASON_BLOCKED:
        print_about(out, "stays: ", step->other,
                    " lies on top of it and stays");
        break;
    case REASON_NOT_ON_TOP:
        print_about(out, "stays: the other build of it does not go on top of ",
                    name_below(step), "");
        break;
    case REASON_MISFIT:
        fputs("applied, though its file has no place: stays", out);
        break;
    default:
        fputs("applied, and not wanted by the folder: stays; --prune takes it "
              "out",
              out);
        break;
    }
}

static void print_kept(const struct sync_step *step, FILE *out)
{
    fputs("applied already", out);
    if (step->reason == REASON_BY_NAME) {
        fputs(" (known by its name; nobody knows its build-id)", out);
    } else if (step->reason == REASON_BY_ID) {
        print_about(out, ", as ", step->other, "");
    } else if (step->reason == REASON_NOT_ON_TOP) {
        print_about(out,
                    ", and stays, as does what lies below it: taken out, it "
                    "would not go back on top of ",
                    name_below(step),
                    " as that would be then. Put a build that does into the "
                    "folder, or remove it.");
    }
}

static void print_change(const struct sync_step *step, FILE *out)
{
    fprintf(out, "to be %s: ", sync_step_word(step));
    switch (step->reason) {
    case REASON_MISSING:
        fputs("it is not loaded", out);
        break;
    case REASON_UPLOADED:
        fputs("it is only uploaded", out);
        break;
    case REASON_REISSUED:
        fputs("its file is another build of it", out);
        break;
    case REASON_ANEW:
        fputs("it was in force before, or its build is not known", out);
        break;
    case REASON_MAKES_WAY:
        print_about(out, "it makes way for ", step->other, "");
        break;
    case REASON_PUT_BACK:
        fputs("it goes back", out);
        break;
    default:
        fputs("the folder does not want it", out);
        break;
    }
}

void sync_step_print_why(const struct sync_view *view,
                         const struct sync_step *step, FILE *out)
{
    if (step->kind == STEP_LEAVE_OUT) {
        print_left_out(view, step, out);
    } else if (step->kind == STEP_STAYS) {
        print_stays(view, step, out);
    } else if (step->kind == STEP_KEEP) {
        print_kept(step, out);
    } else {
        print_change(step, out);
    }
}

void sync_step_print(const struct sync_view *view, const struct sync_step *step,
                     FILE *out)
{
    print_about(out, "", step->name, ": ");
    sync_step_print_why(view, step, out);
    fputc('\n', out);
}
