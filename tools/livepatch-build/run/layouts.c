// SPDX-License-Identifier: GPL-2.0
/*
 * One pair of objects after the other, so that only their types are in memory.
 */
#include "run/layouts.h"

#include <stdlib.h>
#include <string.h>

#include "layout/changes.h"
#include "layout/held.h"

#define ALL_OBJECTS "debugging information"

struct told {
    const char *type, *reason;
};

struct checker {
    const struct layouts_request *request;
    struct findings *findings;
    bool *was_accepted; /* as request->accepted */
    struct told *told;
    size_t nr_told;
    /* Of the pair at work. */
    const struct changed_object *object;
    struct held held[2];
};

static bool has_code_difference(const struct differences *differences)
{
    for (size_t i = 0; i < differences->nr; i++) {
        if (differences->all[i].kind != DIFFERENCE_LINE) {
            return true;
        }
    }
    return false;
}

static bool is_looked_at(const struct changed_object *object)
{
    return object->before && object->after &&
           has_code_difference(&object->differences);
}

static bool has_debugging(const char *path)
{
    struct dwarf_object object;
    bool has_any;

    dwarf_object_open(path, &object);
    has_any = object.dwarf != NULL;
    dwarf_object_close(&object);
    return has_any;
}

void layouts_ask(const struct comparison *comparison,
                 struct recompile *recompile)
{
    for (size_t i = 0; i < comparison->nr; i++) {
        const struct changed_object *object = &comparison->objects[i];

        if (is_looked_at(object) && (!has_debugging(object->before->path) ||
                                     !has_debugging(object->after->path))) {
            recompile->is_wanted[i] = true;
            recompile_ask_word(recompile, "-g");
        }
    }
}

/* The part of a clone's name that is its author's. */
static bool is_function(const struct piece *piece, const char *name)
{
    const size_t length = strlen(name);

    return piece && piece->kind == PIECE_FUNCTION &&
           strncmp(piece_name(piece), name, length) == 0 &&
           (piece_name(piece)[length] == '\0' ||
            piece_name(piece)[length] == '.');
}

static bool is_replaced(void *arg, const char *function)
{
    const struct changed_object *object = arg;

    for (size_t i = 0; i < object->differences.nr; i++) {
        const struct difference *one = &object->differences.all[i];

        if (one->kind != DIFFERENCE_LINE &&
            (is_function(one->before, function) ||
             is_function(one->after, function))) {
            return true;
        }
    }
    return false;
}

/* Accepted as it is told, or without "struct", "union", "enum". */
static bool is_named(const char *type, const char *name)
{
    static const char *const words[] = {"struct ", "union ", "enum "};

    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
        if (strncmp(type, words[i], strlen(words[i])) == 0 &&
            strcmp(type + strlen(words[i]), name) == 0) {
            return true;
        }
    }
    return strcmp(type, name) == 0;
}

static bool is_accepted(struct checker *checker, const char *type)
{
    const struct text_list *accepted = checker->request->accepted;

    for (size_t i = 0; i < accepted->nr; i++) {
        if (is_named(type, accepted->items[i])) {
            checker->was_accepted[i] = true;
            return true;
        }
    }
    return false;
}

/* What another object has had as well. */
static bool is_told(struct checker *checker, const struct layout_change *change)
{
    for (size_t i = 0; i < checker->nr_told; i++) {
        if (strcmp(checker->told[i].type, change->type) == 0 &&
            strcmp(checker->told[i].reason, change->reason) == 0) {
            return true;
        }
    }
    checker->told = must_resize(checker->told, checker->nr_told + 1,
                                sizeof(*checker->told));
    checker->told[checker->nr_told++] = (struct told){
        .type = arena_print(&checker->findings->arena, "%s", change->type),
        .reason = change->reason,
    };
    return false;
}

static bool is_held(const struct checker *checker,
                    const struct layout_change *change)
{
    return !change->after ||
           held_has(&checker->held[0], change->before->position) ||
           held_has(&checker->held[1], change->after->position);
}

static void say(struct checker *checker, enum finding_kind kind,
                const struct layout_change *change, const char *remedy)
{
    findings_add(checker->findings, &(struct finding){
                                        .kind = kind,
                                        .object = checker->object->name,
                                        .symbol = change->type,
                                        .reason = change->reason,
                                        .remedy = remedy,
                                    });
}

static const char *refusal_remedy(struct checker *checker,
                                  const struct layout_change *change)
{
    return arena_print(
        &checker->findings->arena,
        "%s; if nothing of it exists: "
        "--accept-layout '%s'",
        change->after ? "what exists is laid out as before, and code that is "
                        "not replaced goes by that: leave what is there in its "
                        "place, and put what is new into padding or into data "
                        "of its own"
                      : "what exists has the old ones, and so has code that is "
                        "not replaced: put new names behind the others",
        change->type);
}

static const char *review_remedy(const struct layout_change *change)
{
    return change->after ? "what exists holds there what it did before: see "
                           "that the new code can live with that"
                         : "the last one is taken to count the others: see "
                           "that nothing that exists holds it";
}

static void judge(void *arg, const struct layout_change *change)
{
    struct checker *checker = arg;
    struct arena *arena = &checker->findings->arena;
    struct layout_change own = *change;

    if (is_told(checker, change)) {
        return;
    }
    if (!is_held(checker, change)) {
        own.reason = arena_print(
            arena,
            "%s; only functions that are replaced have it, on their stacks",
            change->reason);
        say(checker, FINDING_IGNORED, &own, NULL);
    } else if (change->kind == LAYOUT_REVIEWED) {
        say(checker, FINDING_WARNING, change, review_remedy(change));
    } else if (is_accepted(checker, change->type)) {
        own.reason = arena_print(arena, "%s; accepted", change->reason);
        say(checker, FINDING_WARNING, &own, NULL);
    } else {
        say(checker, FINDING_REFUSED, change, refusal_remedy(checker, change));
    }
}

/* Broken: of one file, told once. */
static void tell_broken(struct checker *checker, const char *path,
                        const char *trouble)
{
    struct arena *arena = &checker->findings->arena;

    findings_add(
        checker->findings,
        &(struct finding){
            .kind = FINDING_WARNING,
            .object = arena_print(arena, "%s", path),
            .reason = arena_print(
                arena,
                "broken debugging information: layouts of structures and "
                "numbers of enumerations were not compared (%s)",
                trouble),
        });
}

static void note_kind(void *arg, const struct layout_change *change)
{
    bool *has_any = arg;

    *has_any |= change->after != NULL;
}

/* Who holds what is asked only when a structure differs. */
static void compare(struct checker *checker,
                    const struct dwarf_object objects[2],
                    const struct layout_types types[2])
{
    struct arena *arena = &checker->findings->arena;
    void *arg = (void *)(uintptr_t)checker->object;
    bool has_any = false;

    layout_compare(&types[0], &types[1], arena, note_kind, &has_any);
    for (int i = 0; i < 2 && has_any; i++) {
        held_find(&objects[i], is_replaced, arg, &checker->held[i]);
    }
    layout_compare(&types[0], &types[1], arena, judge, checker);
    held_free(&checker->held[0]);
    held_free(&checker->held[1]);
}

enum debugging {
    DEBUGGING_COMPARED,
    DEBUGGING_NONE,
    DEBUGGING_BROKEN, /* and told */
};

static enum debugging read_types(struct checker *checker, const char *path,
                                 const struct dwarf_object *object,
                                 struct layout_types *types)
{
    const char *trouble =
        object->dwarf ? layout_types_read(object, types) : object->trouble;

    if (trouble) {
        tell_broken(checker, path, trouble);
        return DEBUGGING_BROKEN;
    }
    return object->dwarf ? DEBUGGING_COMPARED : DEBUGGING_NONE;
}

static enum debugging check_pair(struct checker *checker,
                                 const struct compared_files *files)
{
    const char *const paths[2] = {files->before, files->after};
    struct dwarf_object objects[2];
    struct layout_types types[2] = {{0}};
    enum debugging all = DEBUGGING_COMPARED;

    for (int i = 0; i < 2; i++) {
        enum debugging one;

        dwarf_object_open(paths[i], &objects[i]);
        one = read_types(checker, paths[i], &objects[i], &types[i]);
        all = one > all ? one : all;
    }
    if (all == DEBUGGING_COMPARED) {
        compare(checker, objects, types);
    }
    for (int i = 0; i < 2; i++) {
        layout_types_free(&types[i]);
        dwarf_object_close(&objects[i]);
    }
    return all;
}

/* A file with nothing in it has no types, of which compilers then say nothing.
 */
static bool is_empty(const struct object *object)
{
    for_each_piece(piece, object)
    {
        if (piece->size) {
            return false;
        }
    }
    return true;
}

/* False: there is none of an object in which there is something to compare. */
static bool check_object(struct checker *checker, size_t i)
{
    const struct layouts_request *request = checker->request;
    const struct changed_object *object = &request->comparison->objects[i];
    struct compared_files files = {
        .before = object->before->path,
        .after = object->after->path,
    };

    if (request->debug && request->debug[i].before) {
        files = request->debug[i];
    }
    checker->object = object;
    return check_pair(checker, &files) != DEBUGGING_NONE ||
           is_empty(object->before) || is_empty(object->after);
}

static void tell_unknown(struct findings *findings, size_t nr_unknown,
                         size_t nr)
{
    findings_add(
        findings,
        &(struct finding){
            .kind = FINDING_WARNING,
            .object = ALL_OBJECTS,
            .reason =
                nr_unknown == nr
                    ? "there is none (-g): layouts of structures and numbers "
                      "of enumerations were not compared"
                    : arena_print(&findings->arena,
                                  "%zu of %zu objects have none (-g): layouts "
                                  "of structures and numbers of enumerations "
                                  "were not compared there",
                                  nr_unknown, nr),
        });
}

static void tell_unused(struct checker *checker)
{
    const struct text_list *accepted = checker->request->accepted;

    for (size_t i = 0; i < accepted->nr; i++) {
        if (!checker->was_accepted[i]) {
            findings_add(checker->findings,
                         &(struct finding){
                             .kind = FINDING_WARNING,
                             .object = "--accept-layout",
                             .symbol = accepted->items[i],
                             .reason = "is not refused for its layout",
                         });
        }
    }
}

void layouts_check(const struct layouts_request *request,
                   struct findings *findings)
{
    const struct comparison *comparison = request->comparison;
    struct checker checker = {
        .request = request,
        .findings = findings,
        .was_accepted =
            must_alloc_items(request->accepted->nr + 1, sizeof(bool)),
    };
    size_t nr = 0, nr_unknown = 0;

    for (size_t i = 0; i < comparison->nr; i++) {
        if (is_looked_at(&comparison->objects[i])) {
            nr++;
            nr_unknown += !check_object(&checker, i);
        }
    }
    if (nr_unknown) {
        tell_unknown(findings, nr_unknown, nr);
    }
    tell_unused(&checker);
    free(checker.told);
    free(checker.was_accepted);
}
