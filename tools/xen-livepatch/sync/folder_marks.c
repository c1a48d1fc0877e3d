/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The first bytes of each file, its first line with words cut out.
 */
#include "sync/folder_marks.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sync/folder_names.h"

#define TEXT_BYTES 1024U
#define BLANKS " \t\r\n"

/* Digits of a build-id, so that no word of a reason is taken for one. */
#define ID_DIGITS_MIN 32U

/* The file's first bytes with a NUL; none of a file that cannot be read. */
static void read_text(const char *path, char text[TEXT_BYTES])
{
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    ssize_t nr = fd < 0 ? 0 : read(fd, text, TEXT_BYTES - 1);

    text[nr > 0 ? nr : 0] = '\0';
    if (fd >= 0) {
        close(fd);
    }
}

/* Take a build-id off the text's front, if one is there. */
static const char *take_id(const char *text, struct kept_id *id)
{
    size_t length = strcspn(text, BLANKS);
    char word[KEPT_ID_TEXT_BYTES];

    if (length < ID_DIGITS_MIN || length >= sizeof(word)) {
        return text;
    }
    memcpy(word, text, length);
    word[length] = '\0';
    *id = kept_id_of_text(word);
    return id->nr_bytes ? text + length + strspn(text + length, BLANKS) : text;
}

/* -ENOMEM */
static int read_mark(const char *folder, const char *name, const char *ending,
                     struct folder_mark *mark)
{
    char text[TEXT_BYTES];
    const char *reason;
    char *path;

    if (asprintf(&path, "%s/%s%s", folder, name, ending) < 0) {
        return -ENOMEM;
    }
    read_text(path, text);
    free(path);
    *mark = (struct folder_mark){.name = strdup(name)};
    reason = take_id(text + strspn(text, BLANKS), &mark->id);
    mark->reason = strndup(reason, strcspn(reason, "\r\n"));
    return mark->name && mark->reason ? 0 : -ENOMEM;
}

int folder_marks_read(const char *path, const char *ending,
                      struct folder_marks *marks)
{
    struct folder_marks found = {0};
    struct folder_names names;
    int rc = folder_names_read(path, ending, &names);

    if (rc) {
        return rc;
    }
    found.marks = calloc(names.nr + 1, sizeof(*found.marks));
    rc = found.marks ? 0 : -ENOMEM;
    for (size_t i = 0; i < names.nr && !rc; i++) {
        rc = read_mark(path, names.names[i], ending, &found.marks[found.nr++]);
    }
    folder_names_free(&names);
    if (rc) {
        folder_marks_free(&found);
        return rc;
    }
    *marks = found;
    return 0;
}

void folder_marks_free(struct folder_marks *marks)
{
    for (size_t i = 0; i < marks->nr; i++) {
        free(marks->marks[i].name);
        free(marks->marks[i].reason);
    }
    free(marks->marks);
}

static int compare_name(const void *name, const void *mark)
{
    return strcmp(name, ((const struct folder_mark *)mark)->name);
}

const struct folder_mark *folder_marks_find(const struct folder_marks *marks,
                                            const char *name)
{
    return marks->nr ? bsearch(name, marks->marks, marks->nr,
                               sizeof(*marks->marks), compare_name)
                     : NULL;
}
