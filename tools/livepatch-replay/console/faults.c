/* SPDX-License-Identifier: GPL-2.0 */
/* Patterns, compiled once, and lines that match them. */
#include "console/faults.h"

#include <regex.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct pattern {
    const char *kind;
    regex_t regex;
};

struct faults {
    struct pattern *patterns;
    size_t nr;
};

static const char *const kinds[] = {"crash", "warning"};

/* The kind that the line begins with, and *rest behind its tab; NULL: none. */
static const char *kind_of_line(const char *line, const char **rest)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        size_t length = strlen(kinds[i]);

        if (strncmp(line, kinds[i], length) == 0 && line[length] == '\t') {
            *rest = line + length + 1;
            return kinds[i];
        }
    }
    return NULL;
}

/* A line without its newline; comments and empty ones are none. */
static bool add_line(struct faults *faults, const char *line)
{
    const char *rest = NULL;
    const char *kind;
    struct pattern added;

    if (line[0] == '#' || line[0] == '\0') {
        return true;
    }
    kind = kind_of_line(line, &rest);
    if (kind == NULL ||
        regcomp(&added.regex, rest, REG_EXTENDED | REG_NOSUB) != 0) {
        return false;
    }
    added.kind = kind;
    faults->patterns = must_resize(faults->patterns, faults->nr + 1,
                                   sizeof(*faults->patterns));
    faults->patterns[faults->nr++] = added;
    return true;
}

struct faults *faults_read(const char *path, FILE *err)
{
    FILE *file = fopen(path, "re");
    struct faults *faults;
    size_t room = 0, number = 0;
    char *line = NULL;
    bool is_good = true;

    if (file == NULL) {
        fprintf(err, "livepatch-replay: %s: %m\n", path);
        return NULL;
    }
    faults = must_alloc(sizeof(*faults));
    while (is_good && getline(&line, &room, file) >= 0) {
        number++;
        line[strcspn(line, "\n")] = '\0';
        is_good = add_line(faults, line);
    }
    free(line);
    fclose(file);
    if (!is_good) {
        fprintf(err, "livepatch-replay: %s:%zu: not a kind, a tab, a pattern\n",
                path, number);
        faults_free(faults);
        return NULL;
    }
    return faults;
}

void faults_free(struct faults *faults)
{
    for (size_t i = 0; faults != NULL && i < faults->nr; i++) {
        regfree(&faults->patterns[i].regex);
    }
    if (faults != NULL) {
        free(faults->patterns);
    }
    free(faults);
}

const char *faults_kind(const struct faults *faults, const char *line)
{
    for (size_t i = 0; i < faults->nr; i++) {
        if (regexec(&faults->patterns[i].regex, line, 0, NULL, 0) == 0) {
            return faults->patterns[i].kind;
        }
    }
    return NULL;
}

void faults_find(const struct faults *faults, const char *path, long offset,
                 size_t nr_max, struct text_list *found)
{
    const char *slash = strrchr(path, '/');
    FILE *file = fopen(path, "re");
    size_t room = 0;
    char *line = NULL;

    if (file == NULL) {
        return;
    }
    if (fseek(file, offset, SEEK_SET) == 0) {
        while (found->nr < nr_max && getline(&line, &room, file) >= 0) {
            const char *kind = faults_kind(faults, line);

            line[strcspn(line, "\r\n")] = '\0';
            if (kind != NULL) {
                text_list_take(
                    found,
                    must_format("%s: %s", slash ? slash + 1 : path, line));
            }
        }
    }
    free(line);
    fclose(file);
}
