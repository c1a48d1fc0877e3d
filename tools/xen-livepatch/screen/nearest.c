/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The distance of Damerau and Levenshtein (optimal string alignment) with three
 * rows of its table.
 *
 * Example: "stauts" to "status" is one slip, "aply" to "apply" is one.
 */
#include "screen/nearest.h"

#include <stdbool.h>
#include <string.h>

/* A third of the letters may be wrong, but not the only one or two. */
static size_t slips_allowed(size_t nr_typed)
{
    return nr_typed < 3 ? 0 : (nr_typed + 1) / 3;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* What it takes to make the first i of `a` into the first k of `b`. */
static size_t cell(const char *a, size_t i, const char *b, size_t k,
                   size_t rows[3][NEAREST_BYTES_MAX + 1])
{
    const size_t *above = rows[(i + 2) % 3];
    size_t cost = above[k - 1] + (a[i - 1] != b[k - 1]);

    cost = least(cost, above[k] + 1);
    cost = least(cost, rows[i % 3][k - 1] + 1);
    if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1]) {
        cost = least(cost, rows[(i + 1) % 3][k - 2] + 1);
    }
    return cost;
}

static size_t count_slips(const char *a, size_t nr_a, const char *b,
                          size_t nr_b)
{
    size_t rows[3][NEAREST_BYTES_MAX + 1];

    for (size_t k = 0; k <= nr_b; k++) {
        rows[0][k] = k;
    }
    for (size_t i = 1; i <= nr_a; i++) {
        rows[i % 3][0] = i;
        for (size_t k = 1; k <= nr_b; k++) {
            rows[i % 3][k] = cell(a, i, b, k, rows);
        }
    }
    return rows[nr_a % 3][nr_b];
}

void nearest_offer(struct nearest *nearest, const char *word)
{
    size_t nr_typed = strnlen(nearest->typed, NEAREST_BYTES_MAX);
    size_t nr_word = strnlen(word, NEAREST_BYTES_MAX);
    bool is_start = nr_typed > 2 && !strncmp(nearest->typed, word, nr_typed);
    size_t nr_slips =
        is_start ? 1 : count_slips(nearest->typed, nr_typed, word, nr_word);

    if ((is_start || nr_slips <= slips_allowed(nr_typed)) &&
        (!nearest->word || nr_slips < nearest->nr_slips)) {
        nearest->word = word;
        nearest->nr_slips = nr_slips;
    }
}
