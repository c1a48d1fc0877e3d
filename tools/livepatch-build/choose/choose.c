// SPDX-License-Identifier: GPL-2.0
/*
 * From roots to a plan: everything that they need, until nothing is missing;
 * then each reference is bound. Inclusions are in the order of the objects and
 * of what lies in them, so that equal input gives an equal plan.
 */
#include "choose/choose.h"

#include <stdlib.h>
#include <string.h>

#include "lib/memory.h"
#include "choose/binding.h"
#include "choose/kinds.h"
#include "choose/roots.h"
#include "model/machine.h"

struct chooser {
    const struct choose_request *request;
    struct plan *plan;
    struct findings *findings;
    struct globals globals;
    /* To be looked at; each has its own address as note, until it has an
     * inclusion. */
    struct piece **todo;
    size_t nr_todo, room;
};

static const char *object_name(const struct chooser *chooser,
                               const struct piece *piece)
{
    for (size_t i = 0; i < chooser->request->nr_objects; i++) {
        if (chooser->request->objects[i].after == piece->object) {
            return chooser->request->objects[i].name;
        }
    }
    return piece->object->path;
}

static void say(struct chooser *chooser, enum finding_kind kind,
                const struct piece *piece, const char *reason,
                const char *remedy)
{
    findings_add(chooser->findings,
                 &(struct finding){.kind = kind,
                                   .object = object_name(chooser, piece),
                                   .symbol = piece_name(piece),
                                   .reason = reason,
                                   .remedy = remedy});
}

static void say_why(struct chooser *chooser, const struct piece *piece,
                    bool is_root)
{
    if (is_root || piece->owner || !piece->symbol || piece->is_lifted) {
        return;
    }
    if (is_for_payload(piece)) {
        say(chooser, FINDING_TAKEN, piece, "is for the payload itself", NULL);
    } else if (piece->kind == PIECE_FUNCTION) {
        say(chooser, FINDING_TAKEN, piece,
            piece->twin ? "is used, and not in the hypervisor by itself"
                        : "new function",
            NULL);
    } else if (piece_is_writable(piece)) {
        say(chooser, FINDING_WARNING, piece,
            "new data: begins with its initial value when the payload is "
            "loaded, and is lost with it",
            NULL);
    } else {
        say(chooser, FINDING_TAKEN, piece,
            piece->twin ? "changed constant" : "new constant", NULL);
    }
}

/* Code that others lie beside can lead to them by a distance alone, which holds
 * no more where it is taken to. Compilers give each function a section. */
static void check_ways(struct chooser *chooser, const struct piece *piece)
{
    const struct section *section = piece->section;

    if ((piece->kind == PIECE_FUNCTION || piece->kind == PIECE_UNNAMED) &&
        section_is_text(section) && section->nr_pieces > 1 &&
        piece_bytes(piece) &&
        piece->object->machine->leaves(section, piece->start,
                                       piece->start + piece->size)) {
        say(chooser, FINDING_REFUSED, piece,
            arena_print(&chooser->findings->arena,
                        "leads, without a relocation, to what lies beside it "
                        "in section '%s'",
                        section->name),
            "it is the assembler's: put the change into a C function that uses "
            "it");
    }
}

static void include(struct chooser *chooser, struct piece *piece, bool is_root)
{
    if (piece->note) {
        return;
    }
    piece->note = piece;
    if (chooser->nr_todo == chooser->room) {
        chooser->room = chooser->room ? 2 * chooser->room : 256;
        chooser->todo =
            must_resize(chooser->todo, chooser->room, sizeof(void *));
    }
    chooser->todo[chooser->nr_todo++] = piece;
    say_why(chooser, piece, is_root);
    check_ways(chooser, piece);
    for (struct piece *owned = piece->owned; owned; owned = owned->next_owned) {
        include(chooser, owned, is_root);
    }
}

/* The same place again: what is to be said of it has been said. */
static bool is_repeated(const struct piece *piece, size_t i)
{
    for (size_t earlier = 0; earlier < i; earlier++) {
        if (piece->references[earlier].target == piece->references[i].target &&
            (piece->references[i].target || piece->references[earlier].symbol ==
                                                piece->references[i].symbol)) {
            return true;
        }
    }
    return false;
}

static void include_what_it_uses(struct chooser *chooser,
                                 const struct piece *piece)
{
    for (size_t i = 0; i < piece->nr_references; i++) {
        const struct reference *reference = &piece->references[i];
        const struct binding binding = binding_of(
            chooser->request->image, &chooser->globals, piece, reference);
        const char *name = reference->target ? piece_name(reference->target)
                                             : reference->symbol->name;

        if (binding.kind == BINDING_INSIDE) {
            include(chooser, binding.piece, false);
        } else if (binding.kind == BINDING_REFUSED && !is_repeated(piece, i)) {
            say(chooser, FINDING_REFUSED, piece,
                arena_print(&chooser->findings->arena, "uses '%s', which %s",
                            name, binding.reason),
                binding.remedy);
        }
    }
}

static bool leads_to_functions(const struct piece *constant)
{
    for (size_t i = 0; i < constant->nr_references; i++) {
        const struct piece *target = constant->references[i].target;

        if (target && target->kind == PIECE_FUNCTION) {
            return true;
        }
    }
    return false;
}

/* Of whom nobody would see the new one. */
static void check_users(struct chooser *chooser, const struct piece *constant)
{
    const char *remedy =
        leads_to_functions(constant)
            ? "change the function that it leads to instead: calls through it "
              "may have been made direct when the hypervisor started"
            : "give the new values to a constant of another name";

    if (constant->symbol->binding != STB_LOCAL) {
        say(chooser, FINDING_REFUSED, constant,
            "is a constant that other files may use, and the hypervisor keeps "
            "the old one",
            remedy);
        return;
    }
    for (size_t i = 0; i < constant->twin->nr_users; i++) {
        const struct piece *top = owner_of_all(constant->twin->users[i]);

        if (!top->twin || top->twin->note || is_boot_only(top)) {
            continue;
        }
        say(chooser, FINDING_REFUSED, constant,
            arena_print(&chooser->findings->arena,
                        "is a constant that '%s', which has not changed, "
                        "uses as well",
                        piece_name(top)),
            remedy);
        return;
    }
}

static void check_constants(struct chooser *chooser)
{
    for (size_t i = 0; i < chooser->nr_todo; i++) {
        if (is_changed_constant(chooser->todo[i])) {
            check_users(chooser, chooser->todo[i]);
        }
    }
}

/* Changed constants that nobody in the payload uses: whoever does is not. */
static void check_constants_left_out(struct chooser *chooser)
{
    for (size_t i = 0; i < chooser->request->nr_objects; i++) {
        const struct differences *found =
            &chooser->request->objects[i].differences;

        for (size_t d = 0; d < found->nr; d++) {
            struct piece *after = found->all[d].after;

            if (after && found->all[d].before &&
                after->kind == PIECE_VARIABLE && !after->note &&
                !is_boot_only(after) && !is_per_cpu(after) &&
                is_changed_constant(after)) {
                check_users(chooser, after);
            }
        }
    }
}

static const char *symbol_of(struct chooser *chooser, const struct piece *piece)
{
    const struct object *object = piece->object;

    if (!piece->symbol || is_for_payload(piece)) {
        return NULL;
    }
    if (piece->symbol->binding != STB_LOCAL || !object->file[0]) {
        return piece->symbol->name;
    }
    return arena_print(&chooser->plan->arena, "%s#%s", object->file,
                       piece->symbol->name);
}

static void bind(struct chooser *chooser, struct inclusion *inclusion)
{
    const struct piece *piece = inclusion->piece;

    inclusion->uses = arena_take(&chooser->plan->arena, piece->nr_references,
                                 sizeof(*inclusion->uses));
    for (size_t i = 0; i < piece->nr_references; i++) {
        const struct reference *reference = &piece->references[i];
        const struct binding binding = binding_of(
            chooser->request->image, &chooser->globals, piece, reference);

        inclusion->uses[i] = (struct use){
            .inside =
                binding.kind == BINDING_INSIDE ? binding.piece->note : NULL,
            .outside = binding.kind == BINDING_OUTSIDE
                           ? arena_print(&chooser->plan->arena, "%s",
                                         binding.outside->name)
                           : NULL,
            .distance = reference->distance,
            .reference = reference,
        };
    }
}

static void fill_inclusions(struct chooser *chooser)
{
    struct plan *plan = chooser->plan;

    plan->inclusions =
        arena_take(&plan->arena, chooser->nr_todo, sizeof(*plan->inclusions));
    for (size_t i = 0; i < chooser->request->nr_objects; i++) {
        if (!chooser->request->objects[i].after) {
            continue;
        }
        for_each_piece(piece, chooser->request->objects[i].after)
        {
            if (piece->note) {
                struct inclusion *inclusion =
                    &plan->inclusions[plan->nr_inclusions++];

                inclusion->piece = piece;
                inclusion->symbol = symbol_of(chooser, piece);
                piece->note = inclusion;
            }
        }
    }
    for (size_t i = 0; i < plan->nr_inclusions; i++) {
        bind(chooser, &plan->inclusions[i]);
    }
}

static void fill_replacements(struct chooser *chooser,
                              const struct roots *roots)
{
    struct plan *plan = chooser->plan;

    plan->replacements =
        arena_take(&plan->arena, roots->nr, sizeof(*plan->replacements));
    for (size_t i = 0; i < roots->nr; i++) {
        const struct root *root = &roots->all[i];

        if (root->old) {
            plan->replacements[plan->nr_replacements++] = (struct replacement){
                .name = arena_print(&plan->arena, "%s", root->old->name),
                .old_address = root->old->address,
                .old_bytes = (uint32_t)root->old->size,
                .by = root->piece->note,
                .new_bytes = (uint32_t)root->piece->size,
            };
        }
    }
}

static void forget_notes(const struct choose_request *request)
{
    for (size_t i = 0; i < request->nr_objects; i++) {
        if (request->objects[i].after) {
            for_each_piece(piece, request->objects[i].after)
            {
                piece->note = NULL;
                piece->is_lifted = false;
            }
        }
    }
}

enum choice choose(const struct choose_request *request, struct plan *plan,
                   struct findings *findings)
{
    struct chooser chooser = {
        .request = request, .plan = plan, .findings = findings};
    struct roots roots;

    *plan = (struct plan){0};
    arena_open(&plan->arena);
    forget_notes(request);
    globals_read(request, &chooser.globals);
    roots_find(request, &roots, findings);
    for (size_t i = 0; i < roots.nr; i++) {
        plan->machine = roots.all[i].piece->object->machine->elf;
        include(&chooser, roots.all[i].piece, true);
    }
    for (size_t i = 0; i < chooser.nr_todo; i++) {
        include_what_it_uses(&chooser, chooser.todo[i]);
    }
    check_constants(&chooser);
    check_constants_left_out(&chooser);
    if (!findings->nr_of[FINDING_REFUSED]) {
        fill_inclusions(&chooser);
        fill_replacements(&chooser, &roots);
    }
    forget_notes(request);
    free(chooser.todo);
    globals_free(&chooser.globals);
    roots_free(&roots);
    if (findings->nr_of[FINDING_REFUSED]) {
        return CHOICE_REFUSED;
    }
    return plan->nr_inclusions ? CHOICE_PLAN : CHOICE_NOTHING;
}

void plan_close(struct plan *plan)
{
    arena_close(&plan->arena);
    *plan = (struct plan){0};
}
