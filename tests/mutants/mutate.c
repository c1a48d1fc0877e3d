// SPDX-License-Identifier: GPL-2.0
/*
 * Lists the mutations of a C file, or writes one of them.
 *
 *   mutate list SEED FILE [COMPILER FLAG...]
 *   mutate write NUMBER FILE [COMPILER FLAG...]
 *
 * A line of the list has, between tabs: key, file, line, first and last line
 * of the function around it, function, number, "before => after". Keys are
 * made of the seed and of the mutation's words, so that the lowest N keys of
 * some lists are N random mutations, and the same ones for the same seed
 * whatever else has changed.
 */
#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rules.h"

#define STATUS_USAGE 2
#define FIRST_FLAG 4

/* FNV-1a, a simple hash that spreads well. */
static uint64_t add_to_key(uint64_t key, const char *text)
{
    for (;; text++) {
        key = (key ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
        if (*text == '\0') {
            return key;
        }
    }
}

/* Its last step: FNV leaves the high bits of similar words alike. */
static uint64_t finish_key(uint64_t key)
{
    key ^= key >> 33;
    key *= UINT64_C(0xff51afd7ed558ccd);
    key ^= key >> 33;
    return key;
}

static void list(const struct mutations *all, const struct source *source,
                 const char *seed)
{
    for (size_t i = 0; i < all->nr; i++) {
        const struct mutation *m = &all->of[i];
        char *words = mutation_words(source, m);
        uint64_t key = UINT64_C(0xcbf29ce484222325);

        key = add_to_key(key, seed);
        key = add_to_key(key, source->path);
        key = add_to_key(key, m->place.function);
        key = finish_key(add_to_key(key, words));
        printf("%016" PRIx64 "\t%s\t%u\t%u\t%u\t%s\t%zu\t%s\n", key,
               source->path, source_line(source, m->range.start),
               m->place.first_line, m->place.last_line, m->place.function, i,
               words);
        free(words);
    }
}

int main(int argc, char **argv)
{
    struct source source;
    struct mutations all = {NULL, 0};
    size_t number;

    if (argc < FIRST_FLAG ||
        (strcmp(argv[1], "list") && strcmp(argv[1], "write"))) {
        errx(STATUS_USAGE, "usage: mutate list SEED | write NUMBER, "
                           "FILE [COMPILER FLAG...]");
    }
    source_read(&source, argv[3]);
    rules_find(&all, &source, (const char *const *)argv + FIRST_FLAG,
               argc - FIRST_FLAG);
    if (strcmp(argv[1], "list") == 0) {
        list(&all, &source, argv[2]);
        return 0;
    }
    number = strtoul(argv[2], NULL, 10);
    if (number >= all.nr) {
        errx(STATUS_USAGE, "%s has %zu mutations", source.path, all.nr);
    }
    mutation_write(&source, &all.of[number]);
    return 0;
}
