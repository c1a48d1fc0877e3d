// SPDX-License-Identifier: GPL-2.0
/*
 * Text and its mutations. Lines keep their numbers in a mutant: the newlines
 * of what is replaced stay.
 */
#include <ctype.h>
#include <err.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "source.h"

#define STATUS_USAGE 2

/* So much is kept of what is long. */
#define WORDS_START 60
#define WORDS_END 20

static void *must(void *memory)
{
    if (memory == NULL) {
        err(STATUS_USAGE, "no memory");
    }
    return memory;
}

void source_read(struct source *source, const char *path)
{
    FILE *file = fopen(path, "r");
    size_t room = 0;

    source->path = path;
    source->text = NULL;
    if (file == NULL || getdelim(&source->text, &room, '\0', file) < 0) {
        err(STATUS_USAGE, "%s", path);
    }
    source->length = strlen(source->text);
    fclose(file);
}

bool source_has(const struct source *source, size_t at, const char *words)
{
    const size_t length = strlen(words);

    return at + length <= source->length &&
           memcmp(source->text + at, words, length) == 0;
}

unsigned int source_line(const struct source *source, size_t at)
{
    unsigned int line = 1;

    for (size_t i = 0; i < at; i++) {
        line += source->text[i] == '\n';
    }
    return line;
}

static bool is_known(const struct mutations *all, struct range range,
                     const char *after)
{
    for (size_t i = 0; i < all->nr; i++) {
        const struct mutation *m = &all->of[i];

        if (m->range.start == range.start && m->range.end == range.end &&
            strcmp(m->after, after) == 0) {
            return true;
        }
    }
    return false;
}

void mutations_add(struct mutations *all, const struct source *source,
                   const struct place *place, struct range range,
                   const char *format, ...)
{
    char *after;
    va_list values;
    int length;

    if (range.start >= range.end || range.end > source->length) {
        return;
    }
    va_start(values, format);
    length = vasprintf(&after, format, values);
    va_end(values);
    if (length < 0) {
        err(STATUS_USAGE, "no memory");
    }
    if (is_known(all, range, after)) {
        free(after);
        return;
    }
    all->of = must(realloc(all->of, (all->nr + 1) * sizeof(*all->of)));
    all->of[all->nr++] =
        (struct mutation){.place = *place, .range = range, .after = after};
}

static char *squeeze(const char *text, size_t length)
{
    char *squeezed = must(calloc(length + 1, 1));
    size_t nr = 0;

    for (size_t i = 0; i < length; i++) {
        if (!isspace((unsigned char)text[i])) {
            squeezed[nr++] = text[i];
        } else if (nr && squeezed[nr - 1] != ' ') {
            squeezed[nr++] = ' ';
        }
    }
    while (nr && squeezed[nr - 1] == ' ') {
        squeezed[--nr] = '\0';
    }
    return squeezed;
}

static void print_short(FILE *to, const char *text, size_t length)
{
    char *squeezed = squeeze(text, length);
    const size_t nr = strlen(squeezed);

    if (nr <= WORDS_START + WORDS_END) {
        fputs(squeezed, to);
    } else {
        fprintf(to, "%.*s...%s", WORDS_START, squeezed,
                squeezed + nr - WORDS_END);
    }
    free(squeezed);
}

static struct range whole_lines(const struct source *source, struct range range)
{
    while (range.start > 0 && source->text[range.start - 1] != '\n') {
        range.start--;
    }
    while (range.end < source->length && source->text[range.end] != '\n') {
        range.end++;
    }
    return range;
}

static void print_after(FILE *to, const struct source *source,
                        const struct mutation *m, struct range lines)
{
    char *after;
    const int length =
        asprintf(&after, "%.*s%s%.*s", (int)(m->range.start - lines.start),
                 source->text + lines.start, m->after,
                 (int)(lines.end - m->range.end), source->text + m->range.end);

    if (length < 0) {
        err(STATUS_USAGE, "no memory");
    }
    print_short(to, after, length);
    free(after);
}

char *mutation_words(const struct source *source, const struct mutation *m)
{
    const struct range lines = whole_lines(source, m->range);
    char *words = NULL;
    size_t length;
    FILE *to = must(open_memstream(&words, &length));

    print_short(to, source->text + lines.start, lines.end - lines.start);
    fputs(" => ", to);
    print_after(to, source, m, lines);
    if (m->number > 1) {
        fprintf(to, " #%u", m->number);
    }
    fclose(to);
    return must(words);
}

static unsigned int count_same_before(char *const *words,
                                      const struct mutations *all, size_t at)
{
    unsigned int nr = 0;

    for (size_t i = 0; i < at; i++) {
        nr +=
            strcmp(words[i], words[at]) == 0 &&
            strcmp(all->of[i].place.function, all->of[at].place.function) == 0;
    }
    return nr;
}

void mutations_number(struct mutations *all, const struct source *source)
{
    char **words = must(calloc(all->nr + 1, sizeof(*words)));

    for (size_t i = 0; i < all->nr; i++) {
        words[i] = mutation_words(source, &all->of[i]);
    }
    for (size_t i = 0; i < all->nr; i++) {
        all->of[i].number = 1 + count_same_before(words, all, i);
    }
    for (size_t i = 0; i < all->nr; i++) {
        free(words[i]);
    }
    free(words);
}

static unsigned int count_newlines(const char *text, size_t length)
{
    unsigned int nr = 0;

    for (size_t i = 0; i < length; i++) {
        nr += text[i] == '\n';
    }
    return nr;
}

void mutation_write(const struct source *source, const struct mutation *m)
{
    const char *before = source->text + m->range.start;
    unsigned int lines = count_newlines(before, m->range.end - m->range.start);

    fwrite(source->text, 1, m->range.start, stdout);
    fputs(m->after, stdout);
    lines -= count_newlines(m->after, strlen(m->after));
    while (lines--) {
        putchar('\n');
    }
    fputs(source->text + m->range.end, stdout);
}
