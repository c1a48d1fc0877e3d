/* SPDX-License-Identifier: GPL-2.0 */
/* patch(1) and diff(1), and reading what they say. */
#include "build/patch_apply.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "build/child.h"
#include "build/file_bytes.h"
#include "build/tool_shims.h"

/* A link on the way would lead out of the copy, or to another file than the one
 * named. */
static int check_no_link(const char *patch, const char *tree, const char *path,
                         FILE *err)
{
    char *part = must_format("%s/%s", tree, path);
    struct stat facts;
    int rc = 0;

    for (char *at = part + strlen(tree) + 1; rc == 0 && at != NULL;
         at = strchr(at + 1, '/')) {
        char *slash = strchr(at + 1, '/');

        if (slash != NULL) {
            *slash = '\0';
        }
        if (lstat(part, &facts) == 0 && S_ISLNK(facts.st_mode)) {
            fprintf(err,
                    "livepatch-build: %s: %s: goes through a symbolic "
                    "link (%s); name the file itself\n",
                    patch, path, part + strlen(tree) + 1);
            rc = -EINVAL;
        }
        if (slash != NULL) {
            *slash = '/';
        }
    }
    free(part);
    return rc;
}

static int check_patch(const char *patch, const char *tree,
                       struct patch_text *text, FILE *err)
{
    struct file_bytes file;
    int rc = file_bytes_open(patch, &file);

    if (rc != 0) {
        fprintf(err, "livepatch-build: %s: %s\n", patch, strerror(-rc));
        return rc;
    }
    rc = patch_text_read(patch, file.bytes, file.nr, text, err);
    file_bytes_close(&file);
    for (size_t i = 0; rc == 0 && i < text->paths.nr; i++) {
        rc = check_no_link(patch, tree, text->paths.items[i], err);
    }
    return rc;
}

/* Each line that patch(1) printed: "patching file F", then its hunks'. */
static void tell_hunks(const char *patch, char *said, struct text_list *notes,
                       FILE *err)
{
    const char *file = "";
    char *rest = said, *line;

    while ((line = strsep(&rest, "\n")) != NULL) {
        if (strncmp(line, "patching file ", 14) == 0) {
            file = line + 14;
        } else if (strstr(line, "offset") != NULL) {
            text_list_take(notes, must_format("%s: %s: %s", patch, file, line));
        } else if (strstr(line, "FAILED at") != NULL) {
            fprintf(err,
                    "livepatch-build: %s: %s: %s: the lines around it are "
                    "not those of this tree; is it the right version?\n",
                    patch, file, line);
        } else if (strstr(line, "can't find file") != NULL ||
                   strstr(line, "No space left") != NULL ||
                   strstr(line, "already exists") != NULL ||
                   strstr(line, "malformed") != NULL ||
                   strstr(line, "Skipping patch") != NULL) {
            fprintf(err, "livepatch-build: %s: %s\n", patch, line);
        }
    }
}

static int run_patch(const char *patch, const char *tree,
                     struct text_list *notes, FILE *err)
{
    char *input = realpath(patch, NULL);
    char *option = must_format("--input=%s", input != NULL ? input : patch);
    char *folder = must_format("--directory=%s", tree);
    char *words[] = {(char *)"patch",
                     (char *)"-p1",
                     (char *)"--unified",
                     (char *)"--fuzz=0",
                     (char *)"--force",
                     (char *)"--reject-file=-",
                     (char *)"--no-backup-if-mismatch",
                     option,
                     folder,
                     NULL};
    char *said = NULL;
    int rc = child_read(words, &said);

    tell_hunks(patch, said != NULL ? said : option, notes, err);
    if (rc != 0 && rc != -EINTR) {
        fprintf(err, "livepatch-build: %s: it does not apply\n", patch);
        rc = -EINVAL;
    }
    free(said);
    free(input);
    free(option);
    free(folder);
    return rc;
}

int patch_apply(const char *patch, const char *tree, struct text_list *paths,
                struct text_list *notes, FILE *err)
{
    struct patch_text text = {0};
    int rc;

    if (!is_in_path("patch")) {
        fprintf(err, "livepatch-build: there is no program patch (Debian: "
                     "package patch)\n");
        return -ENOENT;
    }
    rc = check_patch(patch, tree, &text, err);
    if (rc == 0) {
        rc = run_patch(patch, tree, notes, err);
    }
    for (size_t i = 0; rc == 0 && i < text.paths.nr; i++) {
        if (!text_list_has(paths, text.paths.items[i])) {
            text_list_add(paths, text.paths.items[i]);
        }
    }
    patch_text_free(&text);
    return rc;
}

/* Add to `said` what diff(1) prints of one file; one that is not there is empty
 * to it. */
static int add_diff(const char *path, const char *before, const char *after,
                    FILE *said)
{
    char *old = must_format("%s/%s", before, path);
    char *new = must_format("%s/%s", after, path);
    char *old_label = must_format("--label=a/%s", path);
    char *new_label = must_format("--label=b/%s", path);
    char *words[] = {
        (char *)"diff", (char *)"-a", (char *)"-N", (char *)"-U0", old_label,
        new_label,      old,          new,          NULL};
    char *text = NULL;
    int rc = child_read(words, &text);

    /* 1, which is a failure to others, says that there is a difference. */
    if (rc != -EINTR && strncmp(text, "--- a/", 6) == 0) {
        fputs(text, said);
        rc = 0;
    }
    free(text);
    free(old);
    free(new);
    free(old_label);
    free(new_label);
    return rc;
}

int patch_find_edits(const struct text_list *paths, const char *before,
                     const char *after, struct patch_text *edits, FILE *err)
{
    char *said = NULL;
    size_t bytes = 0;
    FILE *to = open_memstream(&said, &bytes);
    int rc = to == NULL ? -EIO : 0;

    *edits = (struct patch_text){0};
    for (size_t i = 0; rc == 0 && i < paths->nr; i++) {
        const char *path = paths->items[i];
        char *old = must_format("%s/%s", before, path);
        char *new = must_format("%s/%s", after, path);

        if (access(old, F_OK) == 0 || access(new, F_OK) == 0) {
            rc = add_diff(path, before, after, to);
        }
        free(old);
        free(new);
    }
    if (to != NULL && fclose(to) != 0) {
        rc = -EIO;
    }
    if (rc == 0 && bytes != 0) {
        rc = patch_text_read("diff", said, bytes, edits, err);
    } else if (rc == -EIO) {
        fprintf(err, "livepatch-build: diff(1) cannot compare the patched "
                     "files\n");
    }
    free(said);
    return rc;
}
