// SPDX-License-Identifier: GPL-2.0
/*
 * One object after the other, so that only one is in memory.
 */
#include "run/prove.h"

#include <string.h>

#include "image/proof.h"
#include "model/piece.h"

#define MOST_LINES 12
#define SYMBOL_TABLE "symbols_"

static bool has_code(const struct object *object)
{
    for (size_t i = 1; i < object->nr_sections; i++) {
        const struct section *section = &object->sections[i];

        if (section->flags & SHF_EXECINSTR && section->size != 0) {
            return true;
        }
    }
    return false;
}

/* The image's table of its own symbols is made after everything else: what the
 * objects have in its place is empty. Its labels may have no type. */
static bool is_symbol_table(const struct object *object)
{
    bool has_any = false;

    for (size_t i = 1; i < object->nr_symbols; i++) {
        const struct symbol *symbol = &object->symbols[i];

        if (symbol->binding == STB_LOCAL || symbol->section == 0) {
            continue;
        }
        if (strncmp(symbol->name, SYMBOL_TABLE, strlen(SYMBOL_TABLE)) != 0) {
            return false;
        }
        has_any = true;
    }
    return has_any && !has_code(object);
}

static void prove_object(struct proof *proof, const struct built_object *built,
                         FILE *ignored)
{
    struct object object;

    if (object_open(built->path, &object, ignored)) {
        return;
    }
    if (pieces_cut(&object, ignored) == 0 && !is_symbol_table(&object)) {
        proof_add(proof, &object);
    }
    object_close(&object);
}

bool prove_build(const struct build_result *result, const struct image *image,
                 FILE *err)
{
    FILE *ignored = fopen("/dev/null", "w");
    struct proof proof;
    bool holds;

    if (!ignored) {
        fprintf(err, "livepatch-build: /dev/null cannot be opened\n");
        return false;
    }
    proof_open(&proof, image);
    for (size_t i = 0; i < result->nr_objects; i++) {
        prove_object(&proof, &result->objects[i], ignored);
    }
    holds = proof_holds(&proof);
    if (!holds) {
        fputs("livepatch-build: this source, built here, is not the "
              "hypervisor of --xen-syms\n",
              err);
        proof_print(&proof, MOST_LINES, err);
    }
    proof_close(&proof);
    fclose(ignored);
    return holds;
}
