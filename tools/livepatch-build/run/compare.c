// SPDX-License-Identifier: GPL-2.0
/*
 * Reading and comparing pairs of objects.
 */
#include "run/compare.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lib/memory.h"
#include "match/across.h"
#include "match/match.h"
#include "run/assembly.h"

static void refuse(struct findings *findings, const char *name,
                   const char *reason, const char *remedy)
{
    findings_add(findings, &(struct finding){.kind = FINDING_REFUSED,
                                             .object = name,
                                             .reason = reason,
                                             .remedy = remedy});
}

static int open_one(const char *path, struct object **object, FILE *err)
{
    struct object *opened;
    int rc;

    if (!path) {
        return 0;
    }
    opened = must_alloc(sizeof(*opened));
    rc = object_open(path, opened, err);
    if (rc) {
        free(opened);
        return rc;
    }
    *object = opened;
    return assembly_is(opened) ? 0 : pieces_cut(opened, err);
}

static int compare_one(const struct compared_files *files,
                       struct changed_object *object, struct findings *findings,
                       FILE *err)
{
    int rc;

    object->name = files->name;
    rc = open_one(files->before, &object->before, err);
    if (!rc) {
        rc = open_one(files->after, &object->after, err);
    }
    if (rc) {
        return rc;
    }
    if ((object->before && assembly_is(object->before)) ||
        (object->after && assembly_is(object->after))) {
        if (object->before && object->after &&
            assembly_is_same(object->before, object->after)) {
            return 0;
        }
        refuse(findings, files->name, "is assembly, and has changed",
               "a payload can replace C functions only: put the change into "
               "one that calls this code");
    } else if (object->before && object->after) {
        if (object->before->machine != object->after->machine) {
            fprintf(err, "%s and %s: objects of different machines\n",
                    files->before, files->after);
            return -EINVAL;
        }
        match_objects(object->before, object->after);
    }
    return 0;
}

static void compare_all(struct comparison *comparison)
{
    struct object **objects =
        must_alloc_items(2 * comparison->nr, sizeof(struct object *));
    struct object **before = objects;
    struct object **after = objects + comparison->nr;

    for (size_t i = 0; i < comparison->nr; i++) {
        before[i] = comparison->objects[i].before;
        after[i] = comparison->objects[i].after;
    }
    match_across(before, after, comparison->nr);
    for (size_t i = 0; i < comparison->nr; i++) {
        diff_objects(before[i], after[i], &comparison->objects[i].differences);
    }
    free(objects);
}

int compare_files(const struct compared_files *files, size_t nr,
                  struct comparison *comparison, struct findings *findings,
                  FILE *err)
{
    int rc = 0;

    comparison->objects = must_alloc_items(nr, sizeof(*comparison->objects));
    comparison->nr = nr;
    for (size_t i = 0; i < nr && !rc; i++) {
        rc = compare_one(&files[i], &comparison->objects[i], findings, err);
    }
    if (!rc) {
        compare_all(comparison);
    }
    return rc;
}

static void close_one(struct object *object)
{
    if (object) {
        object_close(object);
        free(object);
    }
}

void comparison_close(struct comparison *comparison)
{
    for (size_t i = 0; i < comparison->nr; i++) {
        differences_free(&comparison->objects[i].differences);
        close_one(comparison->objects[i].before);
        close_one(comparison->objects[i].after);
    }
    free(comparison->objects);
    *comparison = (struct comparison){0};
}
