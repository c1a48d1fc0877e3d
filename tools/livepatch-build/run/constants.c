// SPDX-License-Identifier: GPL-2.0
/*
 * Two files of "#define NAME VALUE", line by line.
 */
#include "run/constants.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OBJECT "asm-offsets.h"

static void refuse(struct findings *findings, const char *name,
                   const char *reason)
{
    findings_add(findings,
                 &(struct finding){
                     .kind = FINDING_REFUSED,
                     .object = OBJECT,
                     .symbol = name,
                     .reason = reason,
                     .remedy = "a structure that assembly knows has changed: "
                               "keep its layout, and put what is new beside it",
                 });
}

/* The next line that defines something; false: there is none. */
static bool read_constant(FILE *file, char **line, size_t *room)
{
    while (getline(line, room, file) > 0) {
        (*line)[strcspn(*line, "\r\n")] = '\0';
        if (strncmp(*line, "#define ", 8) == 0) {
            return true;
        }
    }
    return false;
}

static void compare(FILE *before, FILE *after, struct findings *findings)
{
    char *lines[2] = {NULL, NULL};
    size_t rooms[2] = {0, 0};

    for (;;) {
        const bool has_one = read_constant(before, &lines[0], &rooms[0]);
        const bool has_other = read_constant(after, &lines[1], &rooms[1]);

        if (!has_one && !has_other) {
            break;
        }
        if (!has_one || !has_other) {
            refuse(findings, has_one ? lines[0] + 8 : lines[1] + 8,
                   has_one ? "is gone" : "is new");
            break;
        }
        if (strcmp(lines[0], lines[1]) != 0) {
            refuse(findings, lines[1] + 8,
                   arena_print(&findings->arena, "was '%s'", lines[0] + 8));
        }
    }
    free(lines[0]);
    free(lines[1]);
}

void constants_compare(const char *before, const char *after,
                       struct findings *findings)
{
    FILE *files[2] = {before ? fopen(before, "r") : NULL,
                      after ? fopen(after, "r") : NULL};

    if (files[0] && files[1]) {
        compare(files[0], files[1], findings);
    } else if (before || after) {
        refuse(findings, "", "cannot be read, or is there on one side only");
    }
    for (int i = 0; i < 2; i++) {
        if (files[i]) {
            fclose(files[i]);
        }
    }
}
