/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which objects are in an image: the leaves of its link. From the linker's call
 * on, each partial link, archive and copy of one is taken apart into what it
 * was made of; an object that a compiler made, or a copy of such, is a leaf.
 */
#ifndef LIVEPATCH_BUILD_LINKED_OBJECTS_H
#define LIVEPATCH_BUILD_LINKED_OBJECTS_H

#include "build/tool_log.h"

struct linked_object {
    const char *path; /* absolute, as in the log, which owns it */
    const struct tool_record *compile; /* what made it; NULL: not told */
};

struct linked_objects {
    struct linked_object *objects; /* sorted by path, each once */
    size_t nr;
};

/* The objects of `link`, a record of `log`. free() .objects. */
struct linked_objects find_linked_objects(const struct tool_log *log,
                                          const struct tool_record *link);

/* What made an object, or what it is a copy of, through other copies; NULL: not
 * told. */
const struct tool_record *find_origin(const struct tool_log *log,
                                      const char *path);

/* By its path; NULL: it is none of them. */
const struct linked_object *
find_linked_object(const struct linked_objects *objects, const char *path);

#endif
