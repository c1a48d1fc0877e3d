// SPDX-License-Identifier: GPL-2.0
/*
 * Relocations of code against sections of code: where the instruction ends says
 * what is counted from there.
 */
#include "model/entrances.h"

#include <stdlib.h>

#include "lib/memory.h"
#include "model/machine.h"

static int by_entrance(const void *a, const void *b)
{
    const struct entrance *one = a;
    const struct entrance *other = b;

    if (one->into != other->into) {
        return one->into > other->into ? 1 : -1;
    }
    if (one->start != other->start) {
        return one->start > other->start ? 1 : -1;
    }
    return (one->from > other->from) - (one->from < other->from);
}

static void add(struct entrances *entrances, const struct entrance *entrance)
{
    if (entrances->nr == entrances->room) {
        entrances->room = 2 * entrances->room + 64;
        entrances->all = must_resize(entrances->all, entrances->room,
                                     sizeof(*entrances->all));
    }
    entrances->all[entrances->nr++] = *entrance;
}

static void find_from(struct entrances *entrances, const struct object *object,
                      const struct section *from, const bool *is_nameless)
{
    uint8_t *tails = NULL;

    for (size_t i = 0; i < from->nr_relocations; i++) {
        const struct relocation *relocation = &from->relocations[i];
        const struct symbol *symbol = &object->symbols[relocation->symbol];

        if (symbol->section == from->index || !is_nameless[symbol->section]) {
            continue;
        }
        if (!tails) {
            tails = must_alloc_items(from->nr_relocations, 1);
            object->machine->find_tails(from, tails);
        }
        add(entrances, &(struct entrance){
                           .into = symbol->section,
                           .from = from->index,
                           .start = symbol->value +
                                    (uint64_t)relocation->addend + tails[i],
                       });
    }
    free(tails);
}

void entrances_find(struct entrances *entrances, const struct object *object,
                    const bool *is_nameless)
{
    *entrances = (struct entrances){0};
    for (size_t i = 1; i < object->nr_sections; i++) {
        if (section_is_text(&object->sections[i])) {
            find_from(entrances, object, &object->sections[i], is_nameless);
        }
    }
    if (entrances->nr) {
        qsort(entrances->all, entrances->nr, sizeof(*entrances->all),
              by_entrance);
    }
}

void entrances_free(struct entrances *entrances)
{
    free(entrances->all);
    *entrances = (struct entrances){0};
}

const struct entrance *entrances_of(const struct entrances *entrances,
                                    const struct section *section, size_t *nr)
{
    size_t low = 0;
    size_t high = entrances->nr;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;

        if (entrances->all[middle].into < section->index) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *nr = 0;
    while (low + *nr < entrances->nr &&
           entrances->all[low + *nr].into == section->index) {
        ++*nr;
    }
    return *nr ? entrances->all + low : NULL;
}
