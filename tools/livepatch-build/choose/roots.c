// SPDX-License-Identifier: GPL-2.0
/*
 * One verdict for each difference: a root, no matter, or no payload.
 */
#include "choose/roots.h"

#include <stdlib.h>
#include <string.h>

#include "lib/memory.h"
#include "choose/binding.h"
#include "choose/kinds.h"
#include "choose/lift.h"
#include "choose/never.h"
#include "match/names.h"
#include "model/machine.h"

struct judge {
    const struct choose_request *request;
    const struct changed_object *object;
    struct roots *roots;
    struct findings *findings;
};

static void say(struct judge *judge, enum finding_kind kind,
                const struct piece *piece, const char *reason,
                const char *remedy)
{
    findings_add(judge->findings, &(struct finding){
                                      .kind = kind,
                                      .object = judge->object->name,
                                      .symbol = piece ? piece_name(piece) : "",
                                      .reason = reason,
                                      .remedy = remedy,
                                  });
}

static void add_root(struct judge *judge, struct piece *piece,
                     const struct image_symbol *old)
{
    struct roots *roots = judge->roots;

    if (roots->nr == roots->room) {
        roots->room = roots->room ? 2 * roots->room : 16;
        roots->all = must_resize(roots->all, roots->room, sizeof(*roots->all));
    }
    roots->all[roots->nr++] = (struct root){
        .piece = piece, .old = old, .object = judge->object->name};
}

void roots_free(struct roots *roots)
{
    free(roots->all);
    *roots = (struct roots){0};
}

static void judge_boot_only(struct judge *judge, const struct piece *piece)
{
    say(judge, judge->request->ignores_init ? FINDING_IGNORED : FINDING_REFUSED,
        piece, "runs or is read when the hypervisor starts, and never again",
        judge->request->ignores_init
            ? NULL
            : "a reboot brings this part into force; --ignore-init builds the "
              "rest without it");
}

/* What a trampoline overwrites must be the function's own. */
static uint32_t bytes_least(const struct difference *difference)
{
    const struct piece *before = difference->before;
    const struct machine *machine = before->object->machine;

    return machine->function_bytes_least +
           machine->pad_bytes(piece_bytes(before), before->size);
}

static void judge_users(struct judge *judge, const struct piece *used);

/* It cannot be replaced, but whoever calls it perhaps can. */
static void judge_small(struct judge *judge,
                        const struct difference *difference,
                        const struct image_symbol *old)
{
    struct piece *after = difference->after;
    const char *reason =
        arena_print(&judge->findings->arena,
                    "has %lu bytes, of which a trampoline needs %u",
                    (unsigned long)old->size, bytes_least(difference));

    if (!lift_is_possible(after)) {
        say(judge, FINDING_REFUSED, after, reason,
            "change the functions that call it instead");
        return;
    }
    after->is_lifted = true;
    say(judge, FINDING_TAKEN, after,
        arena_print(&judge->findings->arena,
                    "%s: those who call it are replaced", reason),
        NULL);
    judge_users(judge, after);
}

static const char *words_of(struct arena *arena,
                            const struct difference *difference)
{
    switch (difference->kind) {
    case DIFFERENCE_NONE:
        return arena_print(arena, "uses '%s', which has changed",
                           difference->detail);
    case DIFFERENCE_SIZE:
        return arena_print(arena, "changed: %lu bytes, now %lu",
                           (unsigned long)difference->before->size,
                           (unsigned long)difference->after->size);
    case DIFFERENCE_CODE:
        return arena_print(arena, "changed: code differs at byte %#lx",
                           (unsigned long)difference->offset);
    case DIFFERENCE_USE:
        return arena_print(arena, "changed: uses '%s' at byte %#lx",
                           difference->detail,
                           (unsigned long)difference->offset);
    case DIFFERENCE_TABLE:
        return arena_print(arena, "changed: its entries in %s",
                           difference->detail);
    case DIFFERENCE_PART:
        return arena_print(arena, "changed: its part '%s'", difference->detail);
    case DIFFERENCE_SECTION:
        return arena_print(arena, "now lies in section '%s'",
                           difference->detail);
    default:
        return "changed";
    }
}

static void judge_function(struct judge *judge,
                           const struct difference *difference)
{
    const struct image_symbol *old =
        image_find(judge->request->image, difference->before);
    const char *never =
        never_replaced(piece_name(difference->before),
                       difference->before->object->machine->elf);

    if (difference->after->is_judged) {
        return;
    }
    difference->after->is_judged = true;
    if (is_boot_only(difference->after)) {
        judge_boot_only(judge, difference->after);
    } else if (old && old->is_gone) {
        say(judge, FINDING_IGNORED, difference->after,
            "was for the hypervisor's start only: the payload has it where it "
            "is used",
            NULL);
    } else if (!old) {
        say(judge, FINDING_IGNORED, difference->after,
            "is not in this hypervisor: nothing in it needs it", NULL);
    } else if (old->is_ambiguous) {
        say(judge, FINDING_REFUSED, difference->after,
            "the hypervisor has several functions of this name and file",
            "build the hypervisor with unique names of files "
            "(CONFIG_ENFORCE_UNIQUE_SYMBOLS)");
    } else if (never) {
        say(judge, FINDING_REFUSED, difference->after, never,
            "change a function that it calls instead");
    } else if (old->size < bytes_least(difference)) {
        judge_small(judge, difference, old);
    } else {
        say(judge, FINDING_TAKEN, difference->after,
            words_of(&judge->findings->arena, difference), NULL);
        add_root(judge, difference->after, old);
    }
}

static void judge_writable(struct judge *judge,
                           const struct difference *difference)
{
    if (difference->kind == DIFFERENCE_SIZE) {
        say(judge, FINDING_REFUSED, difference->after,
            words_of(&judge->findings->arena, difference),
            "data that exists cannot grow or shrink, neither by the patch nor "
            "by a compiler that stores it in another way because of it: put "
            "what is new into a variable of its own");
    } else if (difference->kind == DIFFERENCE_SECTION) {
        say(judge, FINDING_REFUSED, difference->after,
            words_of(&judge->findings->arena, difference),
            "what exists stays as it is, constant or not: use another name for "
            "the new one");
    } else {
        say(judge, FINDING_REFUSED, difference->after,
            "its initial value differs, and the hypervisor has long had it",
            "keep the old value in the patch, and write the new one in a load "
            "hook");
    }
}

/*
 * The payload has the new one, and so has to have all who use it: functions of
 * this object, of which those that have not changed are taken along.
 */
static void judge_users(struct judge *judge, const struct piece *used)
{
    for (size_t i = 0; i < used->nr_users; i++) {
        struct piece *top = owner_of_all(used->users[i]);
        const struct difference use = {
            .before = top->twin, .after = top, .detail = piece_name(used)};

        if (top->kind == PIECE_FUNCTION && top->twin && !is_boot_only(top)) {
            judge_function(judge, &use);
        }
    }
}

static void judge_variable(struct judge *judge,
                           const struct difference *difference)
{
    const struct piece *after = difference->after;

    if (is_per_cpu(after)) {
        say(judge, FINDING_REFUSED, after,
            "is per-CPU data, which a payload cannot change",
            "use a new array with an element for each CPU");
    } else if (is_boot_only(after)) {
        judge_boot_only(judge, after);
    } else if (is_in_linker_list(after)) {
        say(judge, FINDING_REFUSED, after,
            "is one of a list that the hypervisor has walked already", NULL);
    } else if (difference->kind == DIFFERENCE_SECTION ||
               piece_is_writable(after)) {
        judge_writable(judge, difference);
    } else {
        judge_users(judge, after);
    }
}

static void judge_lonely(struct judge *judge,
                         const struct difference *difference)
{
    const struct piece *piece = difference->after;
    char *reason;

    if (is_for_payload(piece)) {
        add_root(judge, difference->after, NULL);
        return;
    }
    if (is_boot_only(piece)) {
        judge_boot_only(judge, piece);
        return;
    }
    reason = arena_print(&judge->findings->arena,
                         "section '%s', which no function refers to, differs",
                         piece->section->name);
    say(judge, FINDING_REFUSED, piece, reason,
        "a payload replaces functions: what else reads this section has read "
        "it already, or is assembly");
}

static void judge_unowned_entry(struct judge *judge,
                                const struct difference *difference)
{
    say(judge, FINDING_REFUSED,
        difference->after ? difference->after : difference->before,
        arena_print(&judge->findings->arena,
                    "an entry of '%s' that belongs to no function here differs",
                    difference->detail),
        "the hypervisor has read this table already: write it beside the code "
        "that it tells of");
}

static void judge_new(struct judge *judge, struct piece *piece)
{
    if (is_for_payload(piece)) {
        add_root(judge, piece, NULL);
    } else if (is_boot_only(piece)) {
        judge_boot_only(judge, piece);
    } else if (is_in_linker_list(piece)) {
        say(judge, FINDING_REFUSED, piece,
            "is a new one of a list that the hypervisor has walked already",
            NULL);
    }
}

/* Nobody in the payload misses a function or data. Who has walked a list, or
 * started by it, does not forget what is gone from it. */
static void judge_gone(struct judge *judge, const struct piece *piece)
{
    if (is_for_payload(piece)) {
        return;
    }
    if (is_boot_only(piece)) {
        judge_boot_only(judge, piece);
    } else if (is_in_linker_list(piece)) {
        say(judge, FINDING_REFUSED, piece,
            "is gone from a list that the hypervisor has walked already", NULL);
    } else if (piece->kind == PIECE_UNNAMED) {
        say(judge, FINDING_REFUSED, piece,
            arena_print(&judge->findings->arena,
                        "section '%s', which no function refers to, is gone",
                        piece->section->name),
            "what else reads this section has read it already, or is assembly");
    }
}

static void judge_difference(struct judge *judge,
                             const struct difference *difference)
{
    struct piece *piece = difference->after;

    if (difference->kind == DIFFERENCE_GONE) {
        judge_gone(judge, difference->before);
    } else if (difference->kind == DIFFERENCE_TABLE &&
               (!piece || piece->kind == PIECE_ENTRY)) {
        judge_unowned_entry(judge, difference);
    } else if (difference->kind == DIFFERENCE_LINE) {
        say(judge, FINDING_IGNORED, piece,
            difference->detail ? difference->detail
                               : "line numbers alone differ",
            NULL);
    } else if (piece->kind == PIECE_UNNAMED) {
        judge_lonely(judge, difference);
    } else if (difference->kind == DIFFERENCE_NEW) {
        judge_new(judge, piece);
    } else if (piece->kind == PIECE_FUNCTION) {
        judge_function(judge, difference);
    } else {
        judge_variable(judge, difference);
    }
}

void roots_find(const struct choose_request *request, struct roots *roots,
                struct findings *findings)
{
    *roots = (struct roots){0};
    for (size_t i = 0; i < request->nr_objects; i++) {
        struct judge judge = {request, &request->objects[i], roots, findings};
        const struct differences *found = &request->objects[i].differences;

        for (size_t d = 0; d < found->nr; d++) {
            judge_difference(&judge, &found->all[d]);
        }
    }
}
