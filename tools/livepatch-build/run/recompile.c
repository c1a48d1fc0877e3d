// SPDX-License-Identifier: GPL-2.0
/*
 * Words are for all objects alike: none of them may change what another step
 * looks at.
 */
#include "run/recompile.h"

#include <stdlib.h>
#include <string.h>

#include "lib/memory.h"

void recompile_open(const struct build_request *request,
                    const struct build_result *result,
                    struct recompile *recompile)
{
    const size_t nr = result->nr_pairs;

    *recompile = (struct recompile){
        .request = request,
        .result = result,
        .is_wanted = must_alloc_items(nr, sizeof(*recompile->is_wanted)),
        .files = must_alloc_items(nr, sizeof(*recompile->files)),
    };
    for (size_t i = 0; i < nr; i++) {
        recompile->files[i].name = result->pairs[i].name;
    }
    /* What there is to warn of, the build has warned of. */
    recompile_ask_word(recompile, "-w");
}

void recompile_ask_word(struct recompile *recompile, const char *word)
{
    for (size_t i = 0; i < recompile->words.nr; i++) {
        if (strcmp(recompile->words.items[i], word) == 0) {
            return;
        }
    }
    text_list_add(&recompile->words, word);
}

static void find_objects(struct recompile *recompile)
{
    const struct build_result *result = recompile->result;
    struct again *again = &recompile->again;

    *again = (struct again){
        .result = result,
        .request = recompile->request,
        .words = &recompile->words,
        .objects = must_alloc_items(result->nr_pairs, sizeof(*again->objects)),
    };
    for (size_t i = 0; i < result->nr_pairs; i++) {
        if (recompile->is_wanted[i]) {
            again->objects[again->nr++].pair = &result->pairs[i];
        }
    }
}

int recompile_run(struct recompile *recompile, FILE *err)
{
    const struct again *again = &recompile->again;
    int rc;

    find_objects(recompile);
    rc = again->nr ? compile_again(&recompile->again, err) : 0;
    for (size_t i = 0; i < again->nr && !rc; i++) {
        const struct again_object *object = &again->objects[i];
        struct compared_files *files =
            &recompile->files[object->pair - recompile->result->pairs];

        if (object->before && object->after) {
            files->before = object->before;
            files->after = object->after;
        }
    }
    return rc;
}

void recompile_close(struct recompile *recompile)
{
    again_free(&recompile->again);
    text_list_free(&recompile->words);
    free(recompile->is_wanted);
    free(recompile->files);
    *recompile = (struct recompile){0};
}
