/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A source file's text, and the mutations of it: each puts other text in place
 * of one range. Knows nothing of C.
 */
#ifndef MUTANTS_SOURCE_H
#define MUTANTS_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct source {
    const char *path;
    char *text; /* NUL behind its end */
    size_t length;
};

/* [start, end) of a source's text. */
struct range {
    size_t start;
    size_t end;
};

/* Where a mutation stands: a function, or "-" and the whole file. */
struct place {
    char function[128];
    unsigned int first_line;
    unsigned int last_line;
};

struct mutation {
    struct place place;
    struct range range;
    char *after;         /* what comes in its place */
    unsigned int number; /* 1, or 2 for the second of the same words, ... */
};

/* In the order in which they were added. */
struct mutations {
    struct mutation *of;
    size_t nr;
};

/* Exits with a message when the file cannot be read. */
void source_read(struct source *source, const char *path);

/* Does the text hold these words at the place? */
bool source_has(const struct source *source, size_t at, const char *words);

unsigned int source_line(const struct source *source, size_t at);

/*
 * Adds one: the text made of format in place of the range, which keeps its
 * number of lines. Added once if the same is added twice.
 */
void mutations_add(struct mutations *all, const struct source *source,
                   const struct place *place, struct range range,
                   const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* "before => after": the whole lines, each white space one blank, the middle of
 * long ones left out; of the caller to free. */
char *mutation_words(const struct source *source, const struct mutation *m);

/* Numbers those that have the same words in one function. */
void mutations_number(struct mutations *all, const struct source *source);

/* The whole text, mutated, to standard output. */
void mutation_write(const struct source *source, const struct mutation *m);

#endif
