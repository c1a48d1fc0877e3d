// SPDX-License-Identifier: GPL-2.0
/*
 * Depth first. What members and values a type has is for whoever visits the
 * type: they are not walked.
 */
#include "layout/walk.h"

#include <dwarf.h>
#include <stdint.h>

/* Blocks and inlined functions inside each other. */
#define MOST_LEVELS 512

struct walk {
    layout_visit *visit;
    void *arg;
};

static bool has_inner_entries(Dwarf_Die *die)
{
    switch (dwarf_tag(die)) {
    case DW_TAG_member:
    case DW_TAG_enumerator:
    case DW_TAG_enumeration_type:
    case DW_TAG_array_type:
    case DW_TAG_call_site:
    case DW_TAG_GNU_call_site:
        return false;
    default:
        return dwarf_haschildren(die) == 1;
    }
}

/* The children of `parent`. */
static bool walk_level(const struct walk *walk, Dwarf_Die *parent,
                       Dwarf_Die *function, int level)
{
    Dwarf_Die die;
    int rc;

    if (level == MOST_LEVELS) {
        return false;
    }
    for (rc = dwarf_child(parent, &die); rc == 0;
         rc = dwarf_siblingof(&die, &die)) {
        Dwarf_Die *inner =
            dwarf_tag(&die) == DW_TAG_subprogram ? &die : function;

        walk->visit(walk->arg, &die, inner);
        if (has_inner_entries(&die) &&
            !walk_level(walk, &die, inner, level + 1)) {
            return false;
        }
    }
    return rc == 1;
}

bool layout_walk(const struct dwarf_object *object, layout_visit *visit,
                 void *arg)
{
    const struct walk walk = {visit, arg};
    Dwarf_CU *unit = NULL;
    Dwarf_Die die, whole;
    uint8_t kind;
    int rc;

    while ((rc = dwarf_get_units(object->dwarf, unit, &unit, NULL, &kind, &die,
                                 &whole)) == 0) {
        if (!walk_level(&walk, &die, NULL, 0)) {
            return false;
        }
    }
    return rc == 1;
}
