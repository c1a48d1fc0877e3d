/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A tree of names. What a payload only defines is not taken up: it would be
 * told that the hypervisor has that symbol already.
 */
#include "lib/loader/stand_in.h"

#include <errno.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "lib/payload_elf.h"

struct slot {
    int64_t number;
    char name[];
};

static int compare(const void *a, const void *b)
{
    return strcmp(((const struct slot *)a)->name,
                  ((const struct slot *)b)->name);
}

static struct slot *make_slot(const char *name, uint64_t number)
{
    size_t nr_bytes = strlen(name) + 1;
    struct slot *slot = malloc(sizeof(*slot) + nr_bytes);

    if (slot) {
        slot->number = (int64_t)number;
        memcpy(slot->name, name, nr_bytes);
    }
    return slot;
}

static int add(struct stand_in *stand_in, const char *name)
{
    struct slot *slot = make_slot(name, stand_in->nr);
    struct slot **found;

    if (!slot) {
        return -ENOMEM;
    }
    found = tsearch(slot, &stand_in->root, compare);
    if (!found || *found != slot) {
        free(slot);
        return found ? 0 : -ENOMEM;
    }
    stand_in->nr++;
    return 0;
}

int stand_in_add(struct stand_in *stand_in, const struct elf_file *elf)
{
    uint32_t nr_funcs = payload_nr_funcs(elf);
    int rc = 0;

    for (uint32_t i = 1; i < elf->nr_symbols && !rc; i++) {
        Elf64_Sym symbol = elf_file_symbol(elf, i);

        if (symbol.st_shndx == SHN_UNDEF) {
            rc = add(stand_in, elf_file_symbol_name(elf, &symbol));
        }
    }
    for (uint32_t i = 0; i < nr_funcs && !rc; i++) {
        struct payload_func func = payload_func_at(elf, i);

        if (func.name && func.old.kind == POINTER_NULL) {
            rc = add(stand_in, func.name);
        }
    }
    return rc;
}

void stand_in_free(struct stand_in *stand_in)
{
    tdestroy(stand_in->root, free);
    *stand_in = (struct stand_in){.nr = 0};
}

int64_t stand_in_find(const struct stand_in *stand_in, const char *name)
{
    struct slot *wanted = make_slot(name, 0);
    struct slot **found =
        wanted ? tfind(wanted, &stand_in->root, compare) : NULL;
    int64_t number = found ? (*found)->number : -1;

    free(wanted);
    return number;
}
