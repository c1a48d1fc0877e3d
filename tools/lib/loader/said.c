/* SPDX-License-Identifier: GPL-2.0 */
/*
 * An array that grows line by line: a request has a line, or one for each of a
 * few symbols.
 */
#include "lib/loader/said.h"

#include <stdlib.h>
#include <string.h>

void said_add(struct said *said, const char *form, const char *text)
{
    struct said_line *lines =
        realloc(said->lines, (said->nr_lines + 1) * sizeof(*lines));
    char *copy = strdup(text);

    if (lines) {
        said->lines = lines;
    }
    if (!lines || !copy) {
        free(copy);
        return;
    }
    lines[said->nr_lines++] = (struct said_line){form, copy};
}

void said_free(struct said *said)
{
    for (size_t i = 0; i < said->nr_lines; i++) {
        free(said->lines[i].text);
    }
    free(said->lines);
    *said = (struct said){NULL, 0};
}
