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
 */
#include "run/line_noise.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "build/again.h"

#define ONE_LINE "-D__LINE__=7919"

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
                         const struct changed_object *again)
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

/* Compare what was compiled again, and judge what differed by that. */
static int judge_all(const struct again *again, struct comparison *comparison,
                     struct findings *findings, FILE *err)
{
    const struct object_pair *pairs = again->result->pairs;
    struct compared_files *files = must_alloc_items(again->nr, sizeof(*files));
    struct comparison neutral = {0};
    struct findings unheard;
    int rc;

    for (size_t i = 0; i < again->nr; i++) {
        const struct again_object *object = &again->objects[i];

        files[i].name = object->pair->name;
        if (object->before && object->after) {
            files[i].before = object->before;
            files[i].after = object->after;
        } else {
            tell_unknown(object->pair->name, findings);
        }
    }
    findings_open(&unheard);
    rc = compare_files(files, again->nr, &neutral, &unheard, err);
    for (size_t i = 0; i < again->nr && !rc; i++) {
        judge_object(&comparison->objects[again->objects[i].pair - pairs],
                     &neutral.objects[i]);
    }
    comparison_close(&neutral);
    findings_close(&unheard);
    free(files);
    return rc;
}

int find_line_noise(const struct build_request *request,
                    const struct build_result *result,
                    struct comparison *comparison, struct findings *findings,
                    FILE *err)
{
    static char *words[] = {"-w", ONE_LINE, NULL};
    const struct text_list more = {.items = words, .nr = 2};
    struct again again = {.result = result, .request = request, .words = &more};
    int rc = 0;

    if (!has_moved_lines(&result->edits)) {
        return 0;
    }
    again.objects = must_alloc_items(comparison->nr, sizeof(*again.objects));
    for (size_t i = 0; i < comparison->nr; i++) {
        if (has_candidate(&comparison->objects[i])) {
            again.objects[again.nr++].pair = &result->pairs[i];
        }
    }
    if (again.nr) {
        rc = compile_again(&again, err);
        if (!rc) {
            rc = judge_all(&again, comparison, findings, err);
        }
    }
    again_free(&again);
    return rc;
}
