// SPDX-License-Identifier: GPL-2.0
/*
 * Nothing is guessed from the numbers themselves: a constant may well change by
 * as much as the lines have moved. The number that all lines get is one that no
 * source has by chance, and fits where bug frames keep it.
 *
 * A function has to have the same name on all sides; a clone, whose number is
 * the compiler's, also has to be the only one of its function. As clones are
 * called in ways of their own, one that differs can stay only if nothing taken
 * calls it, and what calls one that is taken cannot stay.
 *
 * GCC for arm64 puts constants without a name of all functions into one section
 * and reaches each from its start (section anchors): how far is in the code,
 * and where one ends nowhere. Such objects are compiled again with an address,
 * and a label that the assembler keeps, for each constant.
 */
#include "run/line_noise.h"

#include <stdlib.h>
#include <string.h>

#include "lib/memory.h"
#include "base/name_table.h"
#include "model/machine.h"

#define ONE_LINE "-D__LINE__=7919"
#define NO_ANCHORS "-fno-section-anchors"
#define KEPT_LABELS "-Wa,--keep-locals"

static bool has_moved_lines(const struct patch_text *edits)
{
    for (size_t i = 0; i < edits->nr_files; i++) {
        for (size_t j = 0; j < edits->files[i].nr_edits; j++) {
            if (edits->files[i].edits[j].nr_old !=
                edits->files[i].edits[j].nr_new) {
                return true;
            }
        }
    }
    return false;
}

/* Some section's constants are of several functions. */
static bool has_anchors(const struct object *object)
{
    for_each_piece(piece, object)
    {
        if (piece->kind == PIECE_UNNAMED && !piece_is_writable(piece) &&
            piece->nr_users > 1 && !section_is_text(piece->section) &&
            object->machine->elf == EM_AARCH64 &&
            strcmp(piece->section->name, ".rodata") == 0) {
            return true;
        }
    }
    return false;
}

static bool is_clone(const struct piece *piece)
{
    return piece->kind == PIECE_FUNCTION &&
           strchr(piece_name(piece), '.') != NULL;
}

/* A function of one name, in which line numbers could be all. */
static bool may_be_noise(const struct difference *difference)
{
    return (difference->kind == DIFFERENCE_SIZE ||
            difference->kind == DIFFERENCE_CODE ||
            difference->kind == DIFFERENCE_USE ||
            difference->kind == DIFFERENCE_PART) &&
           difference->before->kind == PIECE_FUNCTION &&
           difference->after->kind == PIECE_FUNCTION &&
           strcmp(piece_name(difference->before),
                  piece_name(difference->after)) == 0;
}

static bool has_candidate(const struct changed_object *object)
{
    for (size_t i = 0; i < object->differences.nr; i++) {
        if (may_be_noise(&object->differences.all[i])) {
            return true;
        }
    }
    return false;
}

/* The difference that a piece has, while they are noted. */
static struct difference *difference_of(const struct piece *piece)
{
    return piece->note;
}

static void note_differences(const struct differences *differences, bool is_on)
{
    for (size_t i = 0; i < differences->nr; i++) {
        struct difference *one = &differences->all[i];

        if (one->before) {
            one->before->note = is_on ? one : NULL;
        }
        if (one->after) {
            one->after->note = is_on ? one : NULL;
        }
    }
}

static bool differs(const struct piece *piece)
{
    const struct difference *one = difference_of(piece);

    return one && one->kind != DIFFERENCE_LINE;
}

/* Itself or a part of it uses a clone that is not the same. */
static bool uses_other_clone(const struct piece *piece)
{
    for (size_t i = 0; i < piece->nr_references; i++) {
        const struct piece *target = piece->references[i].target;

        if (target && is_clone(target) && !target->owner && differs(target)) {
            return true;
        }
    }
    for (const struct piece *owned = piece->owned; owned;
         owned = owned->next_owned) {
        if (uses_other_clone(owned)) {
            return true;
        }
    }
    return false;
}

/* An object's functions by their names, and whose clones are several. */
struct functions {
    struct name_table by_name, clones;
};

struct clones {
    const char *name; /* of the first */
    bool are_several;
};

/* The function's that they are clones of; NULL: no name of a clone's. */
static const char *original_name(struct arena *arena, const char *name)
{
    const size_t length = strcspn(name, ".");

    return name[length] ? arena_print(arena, "%.*s", (int)length, name) : NULL;
}

static void functions_read(struct object *object, struct functions *functions)
{
    name_table_open(&functions->by_name);
    name_table_open(&functions->clones);
    for_each_piece(piece, object)
    {
        const char *name = piece_name(piece);
        const char *original;
        struct clones *clones;

        if (piece->kind != PIECE_FUNCTION || piece->owner) {
            continue;
        }
        name_table_add(&functions->by_name, name, piece);
        original = original_name(&object->arena, name);
        if (original) {
            clones = arena_take(&object->arena, 1, sizeof(*clones));
            clones->name = name;
            clones = name_table_add(&functions->clones, original, clones);
            clones->are_several |= strcmp(clones->name, name) != 0;
        }
    }
}

static void functions_free(struct functions *functions)
{
    name_table_close(&functions->by_name);
    name_table_close(&functions->clones);
}

/* NULL: there is none, or it is one of several clones. */
static struct piece *find_function(const struct functions *functions,
                                   const char *name)
{
    struct piece *found = name_table_find(&functions->by_name, name);
    const char *original =
        found ? original_name(&found->object->arena, name) : NULL;
    const struct clones *clones =
        original ? name_table_find(&functions->clones, original) : NULL;

    return clones && clones->are_several ? NULL : found;
}

/* One side of each, before and after. */
struct sides {
    struct functions before, after;
};

static void sides_read(const struct changed_object *object, struct sides *sides)
{
    functions_read(object->before, &sides->before);
    functions_read(object->after, &sides->after);
    note_differences(&object->differences, true);
}

static void sides_free(const struct changed_object *object, struct sides *sides)
{
    note_differences(&object->differences, false);
    functions_free(&sides->before);
    functions_free(&sides->after);
}

/* The function of this name is the same where all lines have one number. */
static bool is_same_again(const struct sides *again, const char *name)
{
    const struct piece *before = find_function(&again->before, name);
    const struct piece *after = find_function(&again->after, name);

    return before && after && before->twin == after && !differs(before) &&
           !uses_other_clone(before);
}

/* What becomes a difference again, from one to the next. */
struct giver {
    struct differences *differences;
    const struct difference *kept; /* what each was */
    size_t *given, nr_given;       /* whose neighbours are to be looked at */
};

static void give_back(struct giver *giver, const struct piece *piece)
{
    struct difference *one;
    size_t i;

    while (piece->owner) {
        piece = piece->owner;
    }
    one = difference_of(piece);
    if (!one) {
        return;
    }
    i = (size_t)(one - giver->differences->all);
    if (one->kind != giver->kept[i].kind) {
        *one = giver->kept[i];
        giver->given[giver->nr_given++] = i;
    }
}

/* Clones that something which is not the same calls. */
static void give_back_used(struct giver *giver, const struct piece *piece)
{
    for (size_t i = 0; i < piece->nr_references; i++) {
        const struct piece *target = piece->references[i].target;

        if (target && is_clone(target) && !target->owner) {
            give_back(giver, target);
        }
    }
    for (const struct piece *owned = piece->owned; owned;
         owned = owned->next_owned) {
        give_back_used(giver, owned);
    }
}

/* Who calls a clone that is not the same. */
static void give_back_users(struct giver *giver, const struct piece *piece)
{
    for (size_t i = 0; is_clone(piece) && i < piece->nr_users; i++) {
        give_back(giver, piece->users[i]);
    }
}

/* What cannot stay as it is gets back what it was, until all the others can. */
static void give_back_all(struct differences *differences,
                          const struct difference *kept)
{
    struct giver giver = {
        .differences = differences,
        .kept = kept,
        .given = must_alloc_items(differences->nr, sizeof(*giver.given)),
    };

    for (size_t i = 0; i < differences->nr; i++) {
        if (differences->all[i].kind != DIFFERENCE_LINE) {
            giver.given[giver.nr_given++] = i;
        }
    }
    for (size_t i = 0; i < giver.nr_given; i++) {
        const struct difference *one = &differences->all[giver.given[i]];

        if (one->before) {
            give_back_users(&giver, one->before);
        }
        if (one->after) {
            give_back_users(&giver, one->after);
            give_back_used(&giver, one->after);
        }
    }
    free(giver.given);
}

static void judge_object(struct changed_object *object,
                         const struct changed_object *again, const char *reason)
{
    struct differences *differences = &object->differences;
    struct difference *kept;
    struct sides sides, sides_again;

    if (!again->before || !again->after) {
        return;
    }
    kept = must_alloc_items(differences->nr, sizeof(*kept));
    sides_read(object, &sides);
    sides_read(again, &sides_again);
    for (size_t i = 0; i < differences->nr; i++) {
        struct difference *one = &differences->all[i];
        const char *name = may_be_noise(one) ? piece_name(one->after) : NULL;

        kept[i] = *one;
        if (name && find_function(&sides.before, name) == one->before &&
            find_function(&sides.after, name) == one->after &&
            is_same_again(&sides_again, name)) {
            one->kind = DIFFERENCE_LINE;
            one->detail = reason;
        }
    }
    give_back_all(differences, kept);
    sides_free(again, &sides_again);
    sides_free(object, &sides);
    free(kept);
}

static void tell_unknown(const char *name, struct findings *findings)
{
    findings_add(
        findings,
        &(struct finding){
            .kind = FINDING_WARNING,
            .object = name,
            .symbol = "",
            .reason = "does not compile with one number for every line: what "
                      "differs in line numbers alone cannot be told, and is "
                      "taken as changed",
        });
}

/* Lines may be all that differs in it, or where constants lie. */
static bool is_asked_for(const struct recompile *recompile,
                         const struct changed_object *object)
{
    return has_candidate(object) &&
           (has_moved_lines(&recompile->result->edits) ||
            has_anchors(object->before));
}

void line_noise_ask(const struct comparison *comparison,
                    struct recompile *recompile)
{
    if (has_moved_lines(&recompile->result->edits)) {
        recompile_ask_word(recompile, ONE_LINE);
    }
    for (size_t i = 0; i < comparison->nr; i++) {
        const struct changed_object *object = &comparison->objects[i];

        if (is_asked_for(recompile, object)) {
            recompile->is_wanted[i] = true;
            if (has_anchors(object->before)) {
                /* Which not all compilers know. */
                recompile_ask_word(recompile, NO_ANCHORS);
                recompile_ask_word(recompile, KEPT_LABELS);
            }
        }
    }
}

static void judge_one(const struct compared_files *files,
                      struct changed_object *object,
                      const struct changed_object *again,
                      struct findings *findings)
{
    if (!files->before) {
        tell_unknown(files->name, findings);
        return;
    }
    judge_object(object, again,
                 has_anchors(object->before)
                     ? "nothing but line numbers, or where its constants lie "
                       "among those of others, differs"
                     : NULL);
}

int line_noise_find(const struct recompile *recompile,
                    struct comparison *comparison, struct findings *findings,
                    FILE *err)
{
    struct compared_files *files =
        must_alloc_items(comparison->nr, sizeof(*files));
    struct comparison neutral = {0};
    struct findings unheard;
    int rc;

    for (size_t i = 0; i < comparison->nr; i++) {
        files[i].name = recompile->files[i].name;
        if (is_asked_for(recompile, &comparison->objects[i])) {
            files[i] = recompile->files[i];
        }
    }
    findings_open(&unheard);
    rc = compare_files(files, comparison->nr, &neutral, &unheard, err);
    for (size_t i = 0; i < comparison->nr && !rc; i++) {
        if (is_asked_for(recompile, &comparison->objects[i])) {
            judge_one(&files[i], &comparison->objects[i], &neutral.objects[i],
                      findings);
        }
    }
    comparison_close(&neutral);
    findings_close(&unheard);
    free(files);
    return rc;
}
