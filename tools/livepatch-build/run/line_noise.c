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
#include "build/again.h"
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
        struct changed_object *object =
            &comparison->objects[again->objects[i].pair - pairs];

        judge_object(object, &neutral.objects[i],
                     has_anchors(object->before)
                         ? "nothing but line numbers, or where its constants "
                           "lie among those of others, differs"
                         : NULL);
    }
    comparison_close(&neutral);
    findings_close(&unheard);
    free(files);
    return rc;
}

/* The objects that another compile may tell more of; gives whether some of them
 * have anchors. */
static bool find_objects(struct again *again,
                         const struct comparison *comparison)
{
    const bool has_moved = has_moved_lines(&again->result->edits);
    bool is_any_anchored = false;

    again->objects = must_alloc_items(comparison->nr, sizeof(*again->objects));
    for (size_t i = 0; i < comparison->nr; i++) {
        const struct changed_object *object = &comparison->objects[i];

        if (has_candidate(object)) {
            const bool is_anchored = has_anchors(object->before);

            is_any_anchored |= is_anchored;
            if (has_moved || is_anchored) {
                again->objects[again->nr++].pair = &again->result->pairs[i];
            }
        }
    }
    return is_any_anchored;
}

int find_line_noise(const struct build_request *request,
                    const struct build_result *result,
                    struct comparison *comparison, struct findings *findings,
                    FILE *err)
{
    struct text_list words = {0};
    struct again again = {
        .result = result, .request = request, .words = &words};
    int rc = 0;

    text_list_add(&words, "-w");
    if (has_moved_lines(&result->edits)) {
        text_list_add(&words, ONE_LINE);
    }
    if (find_objects(&again, comparison)) {
        text_list_add(&words, NO_ANCHORS); /* which not all compilers know */
        text_list_add(&words, KEPT_LABELS);
    }
    if (again.nr) {
        rc = compile_again(&again, err);
        if (!rc) {
            rc = judge_all(&again, comparison, findings, err);
        }
    }
    again_free(&again);
    text_list_free(&words);
    return rc;
}
