/* SPDX-License-Identifier: GPL-2.0 */
/* Reading unified diffs line by line. */
#include "build/patch_text.h"

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct reader {
    const char *name;
    const char *at, *end;
    unsigned int line; /* of the patch, of what was taken last */
    FILE *err;
};

/* The next line without its end, of `*nr` bytes; NULL: there is none. */
static const char *take_line(struct reader *reader, size_t *nr)
{
    const char *line = reader->at, *newline;

    if (line == reader->end) {
        return NULL;
    }
    newline = memchr(line, '\n', (size_t)(reader->end - line));
    reader->at = newline != NULL ? newline + 1 : reader->end;
    reader->line++;
    *nr = (size_t)((newline != NULL ? newline : reader->end) - line);
    return line;
}

static bool begins(const char *line, size_t nr, const char *word)
{
    return nr >= strlen(word) && memcmp(line, word, strlen(word)) == 0;
}

static int refuse(const struct reader *reader, const char *why)
{
    fprintf(reader->err, "livepatch-build: %s:%u: %s\n", reader->name,
            reader->line, why);
    return -EINVAL;
}

static bool leaves_tree(const char *path)
{
    const char *part = path;

    if (path[0] == '/') {
        return true;
    }
    while (part != NULL) {
        if (strncmp(part, "..", 2) == 0 &&
            (part[2] == '/' || part[2] == '\0')) {
            return true;
        }
        part = strchr(part, '/');
        part = part != NULL ? part + 1 : NULL;
    }
    return false;
}

/*
 * The path of a header: up to a tab (a date follows), without `strip` leading
 * parts; in *path to free(), NULL for /dev/null.
 */
static int take_path(const struct reader *reader, const char *text, size_t nr,
                     int strip, char **path)
{
    const char *tab = memchr(text, '\t', nr);
    char *whole = must_format(
        "%.*s", (int)(tab != NULL ? (size_t)(tab - text) : nr), text);
    size_t bytes = strlen(whole);
    const char *rest = whole;

    *path = NULL;
    while (bytes > 0 && isspace((unsigned char)whole[bytes - 1])) {
        whole[--bytes] = '\0';
    }
    if (strcmp(whole, "/dev/null") == 0) {
        free(whole);
        return 0;
    }
    for (int i = 0; i < strip && rest != NULL; i++) {
        rest = strchr(rest, '/');
        rest = rest != NULL ? rest + 1 : NULL;
    }
    if (whole[0] == '"' || whole[0] == '/' || rest == NULL || *rest == '\0' ||
        leaves_tree(rest)) {
        int rc =
            refuse(reader, "a path that is not one in the tree "
                           "(expected: a/FOLDER/FILE, as git diff has it)");

        free(whole);
        return rc;
    }
    *path = must_copy(rest);
    free(whole);
    return 0;
}

static int add_path(struct reader *reader, struct patch_text *patch,
                    const char *text, size_t nr, int strip)
{
    char *path = NULL;
    int rc = take_path(reader, text, nr, strip, &path);

    if (path != NULL && !text_list_has(&patch->paths, path)) {
        text_list_add(&patch->paths, path);
    }
    free(path);
    return rc;
}

static struct patch_file *file_of(struct patch_text *patch, char *path)
{
    for (size_t i = 0; i < patch->nr_files; i++) {
        if (strcmp(patch->files[i].path, path) == 0) {
            free(path);
            return &patch->files[i];
        }
    }
    patch->files =
        must_resize(patch->files, patch->nr_files + 1, sizeof(*patch->files));
    patch->files[patch->nr_files] = (struct patch_file){.path = path};
    return &patch->files[patch->nr_files++];
}

static void add_edit(struct patch_file *file, const struct patch_edit *edit)
{
    if (edit->nr_old == 0 && edit->nr_new == 0) {
        return;
    }
    file->edits =
        must_resize(file->edits, file->nr_edits + 1, sizeof(*file->edits));
    file->edits[file->nr_edits++] = *edit;
}

/* "N" or "N,COUNT" behind `sign`; false: it is not there. */
static bool take_range(const char **at, char sign, unsigned int *first,
                       unsigned int *count)
{
    char *end = NULL;

    if (**at != sign || !isdigit((unsigned char)(*at)[1])) {
        return false;
    }
    *first = (unsigned int)strtoul(*at + 1, &end, 10);
    *count = 1;
    if (*end == ',' && isdigit((unsigned char)end[1])) {
        *count = (unsigned int)strtoul(end + 1, &end, 10);
    }
    *at = end;
    return true;
}

/* "@@ -1,2 +1,3 @@": the lines that the hunk has, and where they are. An empty
 * range names the line before it. */
static bool take_hunk_head(const char *line, size_t nr, struct patch_edit *hunk)
{
    char text[80] = "";
    const char *at = text + 3;

    memcpy(text, line, nr < sizeof(text) - 1 ? nr : sizeof(text) - 1);
    if (strncmp(text, "@@ ", 3) != 0 ||
        !take_range(&at, '-', &hunk->old_line, &hunk->nr_old) || *at++ != ' ' ||
        !take_range(&at, '+', &hunk->new_line, &hunk->nr_new)) {
        return false;
    }
    hunk->old_line += hunk->nr_old == 0;
    hunk->new_line += hunk->nr_new == 0;
    return strncmp(at, " @@", 3) == 0;
}

/* The lines of a hunk: runs of those that go and come are its edits. */
static int read_hunk(struct reader *reader, const char *head, size_t head_nr,
                     struct patch_file *file)
{
    struct patch_edit left, run;

    if (!take_hunk_head(head, head_nr, &left)) {
        return refuse(reader, "no head of a hunk (expected: @@ -L,N +L,N @@)");
    }
    run = (struct patch_edit){left.old_line, 0, left.new_line, 0};
    while (left.nr_old != 0 || left.nr_new != 0) {
        size_t nr = 0;
        const char *line = take_line(reader, &nr);
        char sign = line == NULL ? '\0' : nr == 0 ? ' ' : line[0];

        if (sign == '-' && left.nr_old != 0) {
            left.nr_old--;
            run.nr_old++;
        } else if (sign == '+' && left.nr_new != 0) {
            left.nr_new--;
            run.nr_new++;
        } else if (sign == ' ' && left.nr_old != 0 && left.nr_new != 0) {
            add_edit(file, &run);
            run = (struct patch_edit){run.old_line + run.nr_old + 1, 0,
                                      run.new_line + run.nr_new + 1, 0};
            left.nr_old--;
            left.nr_new--;
        } else if (sign != '\\') {
            return refuse(reader, "the hunk is cut short or longer than its "
                                  "head says");
        }
    }
    add_edit(file, &run);
    return 0;
}

/* "--- OLD", then "+++ NEW", then hunks. */
static int read_file(struct reader *reader, struct patch_text *patch,
                     const char *old, size_t old_nr)
{
    size_t nr = 0;
    char *path = NULL, *new_path = NULL;
    const char *line = NULL;
    int rc = take_path(reader, old, old_nr, 1, &path);

    if (rc == 0) {
        line = take_line(reader, &nr);
    }
    if (rc == 0 && (line == NULL || !begins(line, nr, "+++ "))) {
        rc = refuse(reader, "no line +++ behind the line ---");
    }
    if (rc == 0) {
        rc = take_path(reader, line + 4, nr - 4, 1, &new_path);
    }
    if (rc == 0 && path == NULL && new_path == NULL) {
        rc = refuse(reader, "neither an old nor a new file");
    }
    for (int i = 0; rc == 0 && i < 2; i++) {
        const char *one = i == 0 ? path : new_path;

        if (one != NULL && !text_list_has(&patch->paths, one)) {
            text_list_add(&patch->paths, one);
        }
    }
    if (rc != 0) {
        free(path);
        free(new_path);
        return rc;
    }
    struct patch_file *file =
        file_of(patch, must_copy(path != NULL ? path : new_path));

    free(path);
    free(new_path);
    while (rc == 0 && reader->at < reader->end && *reader->at == '@') {
        line = take_line(reader, &nr);
        rc = read_hunk(reader, line, nr, file);
    }
    return rc;
}

/* Headers of git that name a path, and how many parts go from its front. */
static const struct {
    const char *word;
    int strip;
} path_headers[] = {
    {"rename from ", 0}, {"rename to ", 0}, {"copy from ", 0},
    {"copy to ", 0},     {"Index: ", 0},
};

/* Kinds of patches that patch(1) would take and a builder does not. */
static const char *const refused_kinds[][2] = {
    {"GIT binary patch", "a binary patch cannot be taken"},
    {"@@ ", "a hunk without the names of its file"},
};

static int read_header(struct reader *reader, struct patch_text *patch,
                       const char *line, size_t nr)
{
    for (size_t i = 0; i < sizeof(path_headers) / sizeof(*path_headers); i++) {
        const char *word = path_headers[i].word;

        if (begins(line, nr, word)) {
            return add_path(reader, patch, line + strlen(word),
                            nr - strlen(word), path_headers[i].strip);
        }
    }
    for (size_t i = 0; i < sizeof(refused_kinds) / sizeof(*refused_kinds);
         i++) {
        if (begins(line, nr, refused_kinds[i][0])) {
            return refuse(reader, refused_kinds[i][1]);
        }
    }
    return 0;
}

int patch_text_read(const char *name, const char *bytes, size_t nr,
                    struct patch_text *patch, FILE *err)
{
    struct reader reader = {name, bytes, bytes + nr, 0, err};
    const char *line;
    size_t line_nr = 0;
    int rc = 0;

    *patch = (struct patch_text){0};
    while (rc == 0 && (line = take_line(&reader, &line_nr)) != NULL) {
        /* A mail's signature is "-- "; its "---" stands alone. */
        rc = begins(line, line_nr, "--- ")
                 ? read_file(&reader, patch, line + 4, line_nr - 4)
                 : read_header(&reader, patch, line, line_nr);
    }
    if (rc == 0 && patch->paths.nr == 0) {
        fprintf(err, "livepatch-build: %s: there is no change in it\n", name);
        rc = -EINVAL;
    }
    return rc;
}

void patch_text_free(struct patch_text *patch)
{
    for (size_t i = 0; i < patch->nr_files; i++) {
        free(patch->files[i].path);
        free(patch->files[i].edits);
    }
    free(patch->files);
    text_list_free(&patch->paths);
    *patch = (struct patch_text){0};
}

unsigned int patch_file_new_line(const struct patch_file *file,
                                 unsigned int old_line)
{
    unsigned int new_line = old_line;

    for (size_t i = 0; i < file->nr_edits; i++) {
        const struct patch_edit *edit = &file->edits[i];

        if (edit->old_line > old_line) {
            break;
        }
        if (old_line < edit->old_line + edit->nr_old) {
            return 0;
        }
        new_line = old_line + (edit->new_line + edit->nr_new) -
                   (edit->old_line + edit->nr_old);
    }
    return new_line;
}
