/* SPDX-License-Identifier: GPL-2.0 */
/* Taking a link apart. */
#include "build/linked_objects.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* How deep links nest; deeper is a circle of copies. */
#define MAX_DEPTH 32

struct taking_apart {
    const struct tool_log *log;
    struct linked_objects *found;
    struct text_list seen; /* links and archives taken apart already */
};

const struct tool_record *find_origin(const struct tool_log *log,
                                      const char *path)
{
    const struct tool_record *maker = find_maker(log, path);

    for (int depth = 0; maker != NULL && depth < MAX_DEPTH &&
                        maker->call.action == ACTION_COPY;
         depth++) {
        maker = find_maker(log, maker->call.inputs.items[0]);
    }
    return maker;
}

static void add_leaf(struct taking_apart *taking, const char *path,
                     const struct tool_record *compile)
{
    struct linked_objects *found = taking->found;

    if ((found->nr & (found->nr + 1)) == 0) {
        found->objects = must_resize(found->objects, 2 * (found->nr + 1),
                                     sizeof(*found->objects));
    }
    found->objects[found->nr++] = (struct linked_object){
        path, compile != NULL && compile->call.action == ACTION_COMPILE
                  ? compile
                  : NULL};
}

static bool is_made_of_objects(const struct tool_record *maker)
{
    return maker != NULL && (maker->call.action == ACTION_LINK_PARTIAL ||
                             maker->call.action == ACTION_ARCHIVE);
}

static bool is_object_name(const char *path)
{
    size_t nr = strlen(path);

    return nr > 2 && (strcmp(path + nr - 2, ".o") == 0 ||
                      strcmp(path + nr - 2, ".a") == 0);
}

static void take_apart(struct taking_apart *taking, const char *path, int depth)
{
    const struct tool_record *maker = find_origin(taking->log, path);

    if (!is_made_of_objects(maker)) {
        if (maker != NULL || is_object_name(path)) {
            add_leaf(taking, path, maker);
        }
        return;
    }
    if (depth == MAX_DEPTH || text_list_has(&taking->seen, path)) {
        return;
    }
    text_list_add(&taking->seen, path);
    for (size_t i = 0; i < maker->call.inputs.nr; i++) {
        take_apart(taking, maker->call.inputs.items[i], depth + 1);
    }
}

static int compare_objects(const void *a, const void *b)
{
    return strcmp(((const struct linked_object *)a)->path,
                  ((const struct linked_object *)b)->path);
}

struct linked_objects find_linked_objects(const struct tool_log *log,
                                          const struct tool_record *link)
{
    struct linked_objects found = {0};
    struct taking_apart taking = {log, &found, {0}};
    size_t nr = 0;

    for (size_t i = 0; i < link->call.inputs.nr; i++) {
        take_apart(&taking, link->call.inputs.items[i], 0);
    }
    text_list_free(&taking.seen);
    if (found.nr > 1) {
        qsort(found.objects, found.nr, sizeof(*found.objects), compare_objects);
    }
    for (size_t i = 0; i < found.nr; i++) {
        if (nr == 0 ||
            compare_objects(&found.objects[nr - 1], &found.objects[i]) != 0) {
            found.objects[nr++] = found.objects[i];
        }
    }
    found.nr = nr;
    return found;
}

const struct linked_object *
find_linked_object(const struct linked_objects *objects, const char *path)
{
    const struct linked_object key = {path, NULL};

    return objects->nr == 0
               ? NULL
               : bsearch(&key, objects->objects, objects->nr,
                         sizeof(*objects->objects), compare_objects);
}
