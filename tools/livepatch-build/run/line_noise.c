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

#include "base/memory.h"
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

static bool differs(const struct differences *differences,
                    const struct piece *piece)
{
    for (size_t i = 0; i < differences->nr; i++) {
        const struct difference *one = &differences->all[i];

        if (one->kind != DIFFERENCE_LINE &&
            (one->before == piece || one->after == piece)) {
            return true;
        }
    }
    return false;
}

/* Itself or a part of it uses a clone that is not the same. */
static bool uses_other_clone(const struct differences *differences,
                             const struct piece *piece)
{
    for (size_t i = 0; i < piece->nr_references; i++) {
        const struct piece *target = piece->references[i].target;

        if (target && is_clone(target) && !target->owner &&
            differs(differences, target)) {
            return true;
        }
    }
    for (const struct piece *owned = piece->owned; owned;
         owned = owned->next_owned) {
        if (uses_other_clone(differences, owned)) {
            return true;
        }
    }
    return false;
}

/* Both are clones of one function. */
static bool is_sibling(const struct piece *piece, const char *name)
{
    const size_t length = strcspn(name, ".");

    return is_clone(piece) && name[length] == '.' &&
           strncmp(piece_name(piece), name, length + 1) == 0;
}

/* NULL: there is none, or it is one of several clones. */
static struct piece *find_function(struct object *object, const char *name)
{
    struct piece *found = NULL;

    for_each_piece(piece, object)
    {
        if (piece->kind != PIECE_FUNCTION || piece->owner) {
            continue;
        }
        if (strcmp(piece_name(piece), name) == 0) {
            found = piece;
        } else if (is_sibling(piece, name)) {
            return NULL;
        }
    }
    return found;
}

/* The function of this name is the same where all lines have one number. */
static bool is_same_again(const struct changed_object *again, const char *name)
{
    const struct piece *before = find_function(again->before, name);
    const struct piece *after = find_function(again->after, name);

    return before && after && before->twin == after &&
           !differs(&again->differences, before) &&
           !uses_other_clone(&again->differences, before);
}

static bool refers_to(const struct piece *user, const struct piece *piece)
{
    for (size_t i = 0; i < user->nr_references; i++) {
        if (user->references[i].target == piece) {
            return true;
        }
    }
    return false;
}

/* Something that is not the same uses it. */
static bool is_used_by_other(const struct differences *differences,
                             const struct piece *piece)
{
    for_each_piece(user, piece->object)
    {
        const struct piece *whole = user;

        while (whole->owner) {
            whole = whole->owner;
        }
        if (whole != piece && refers_to(user, piece) &&
            differs(differences, whole)) {
            return true;
        }
    }
    return false;
}

static bool can_stay(const struct differences *differences,
                     const struct difference *one)
{
    return !uses_other_clone(differences, one->before) &&
           !uses_other_clone(differences, one->after) &&
           (!is_clone(one->after) ||
            !is_used_by_other(differences, one->after));
}

/* What cannot stay gets its kind back, until all the others can. */
static void give_back(struct differences *differences,
                      const enum difference_kind *kinds)
{
    bool is_done = false;

    while (!is_done) {
        is_done = true;
        for (size_t i = 0; i < differences->nr; i++) {
            struct difference *one = &differences->all[i];

            if (one->kind != kinds[i] && !can_stay(differences, one)) {
                one->kind = kinds[i];
                is_done = false;
            }
        }
    }
}

static void judge_object(struct changed_object *object,
                         const struct changed_object *again, const char *reason)
{
    struct differences *differences = &object->differences;
    enum difference_kind *kinds;

    if (!again->before || !again->after) {
        return;
    }
    kinds = must_alloc_items(differences->nr, sizeof(*kinds));
    for (size_t i = 0; i < differences->nr; i++) {
        struct difference *one = &differences->all[i];
        const char *name = may_be_noise(one) ? piece_name(one->after) : NULL;

        kinds[i] = one->kind;
        if (name && find_function(object->before, name) == one->before &&
            find_function(object->after, name) == one->after &&
            is_same_again(again, name)) {
            one->kind = DIFFERENCE_LINE;
            one->detail = reason;
        }
    }
    give_back(differences, kinds);
    free(kinds);
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
