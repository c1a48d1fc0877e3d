/* SPDX-License-Identifier: GPL-2.0 */
/* Reading and comparing Kconfig's files. */
#include "build/config_text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

int config_text_read(const char *path, struct text_list *lines, FILE *err)
{
    FILE *file = fopen(path, "re");
    char *line = NULL;
    size_t room = 0;
    int rc = 0;

    if (file == NULL) {
        rc = -errno;
        fprintf(err, "livepatch-build: %s: %s\n", path, strerror(-rc));
        return rc;
    }
    while (getline(&line, &room, file) >= 0) {
        line[strcspn(line, "\r\n")] = '\0';
        if (strncmp(line, "CONFIG_", 7) == 0 ||
            strncmp(line, "# CONFIG_", 9) == 0) {
            text_list_add(lines, line);
        }
    }
    free(line);
    fclose(file);
    text_list_sort(lines);
    return rc;
}

/* Both are sorted: walk them side by side. */
static size_t print_differences(const struct text_list *one,
                                const struct text_list *other, FILE *to)
{
    size_t i = 0, j = 0, nr = 0;

    while (i < one->nr || j < other->nr) {
        int order = i == one->nr     ? 1
                    : j == other->nr ? -1
                                     : strcmp(one->items[i], other->items[j]);

        if (order != 0) {
            nr++;
            if (to != NULL) {
                fprintf(to, "  %c %s\n", order < 0 ? '-' : '+',
                        order < 0 ? one->items[i] : other->items[j]);
            }
        }
        i += order <= 0;
        j += order >= 0;
    }
    return nr;
}

static int compare(const struct text_list *one, const struct text_list *other,
                   const char *what, FILE *err)
{
    if (print_differences(one, other, NULL) == 0) {
        return 0;
    }
    fprintf(err, "livepatch-build: %s (- given, + made):\n", what);
    print_differences(one, other, err);
    return -EPERM;
}

int config_files_compare(const char *one, const char *other, const char *what,
                         FILE *err)
{
    struct text_list asked = {0}, made = {0};
    int rc = config_text_read(one, &asked, err);

    if (rc == 0) {
        rc = config_text_read(other, &made, err);
    }
    if (rc == 0) {
        rc = compare(&asked, &made, what, err);
    }
    text_list_free(&asked);
    text_list_free(&made);
    return rc;
}
