/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The first bytes of each file, its first line with words cut out.
 */
#include "sync/folder_marks.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sync/folder_names.h"

#define HOLD_ENDING ".hold"
#define PIN_ENDING ".pin"
#define TEXT_BYTES 1024U
#define BLANKS " \t\r\n"
#define DIGITS "0123456789abcdefABCDEF"

/* Digits of a build-id, so that no word of a reason is taken for one; and what
 * looks like one. */
#define ID_DIGITS_MIN 16U
#define LIKE_ID_BYTES_MIN 16U
#define LIKE_ID_DIGITS_MIN 8U

/* The file's first bytes with a NUL; none of a file that cannot be read. 0, or
 * -errno; -EINVAL: it is no regular file. */
static int read_text(const char *path, char text[TEXT_BYTES])
{
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    struct stat status;
    ssize_t nr = -1;
    int rc;

    if (fd >= 0 && !fstat(fd, &status) && !S_ISREG(status.st_mode)) {
        errno = EINVAL;
    } else if (fd >= 0) {
        nr = read(fd, text, TEXT_BYTES - 1);
    }
    rc = nr < 0 ? -errno : 0;
    text[nr > 0 ? nr : 0] = '\0';
    if (fd >= 0) {
        close(fd);
    }
    return rc;
}

static bool looks_like_id(const char *text, size_t length)
{
    return length >= LIKE_ID_BYTES_MIN ||
           (length >= LIKE_ID_DIGITS_MIN && strspn(text, DIGITS) == length);
}

/* Take a build-id off the text's front, if one is there; what is behind it. */
static const char *take_id(const char *text, struct folder_mark *pin)
{
    size_t length = strcspn(text, BLANKS);
    char word[KEPT_ID_TEXT_BYTES] = "";

    if (length >= ID_DIGITS_MIN && length < sizeof(word)) {
        memcpy(word, text, length);
        pin->id = kept_id_of_text(word);
    }
    return pin->id.nr_bytes ? text + length + strspn(text + length, BLANKS)
                            : text;
}

/* What is wrong with the pin, of which reading gave rc. -ENOMEM */
static int find_trouble(int rc, struct folder_mark *pin)
{
    bool is_clear =
        !rc && (pin->id.nr_bytes ||
                !looks_like_id(pin->reason, strcspn(pin->reason, BLANKS)));

    if (is_clear) {
        return 0;
    }
    if (!rc) {
        pin->trouble =
            strdup("begins with what looks like a build-id and is none");
    } else if (rc == -EINVAL) {
        pin->trouble = strdup("is no regular file");
    } else if (asprintf(&pin->trouble, "cannot be read (%d, %s)", -rc,
                        strerror(-rc)) < 0) {
        pin->trouble = NULL;
    }
    return pin->trouble ? 0 : -ENOMEM;
}

/* -ENOMEM */
static int read_mark(const char *folder, const char *name, const char *ending,
                     struct folder_mark *mark)
{
    bool is_pin = !strcmp(ending, PIN_ENDING);
    char text[TEXT_BYTES];
    const char *reason;
    int rc;

    *mark = (struct folder_mark){.name = strdup(name)};
    if (asprintf(&mark->path, "%s/%s%s", folder, name, ending) < 0) {
        mark->path = NULL;
        return -ENOMEM;
    }
    rc = read_text(mark->path, text);
    reason = text + strspn(text, BLANKS);
    reason = is_pin ? take_id(reason, mark) : reason;
    mark->reason = strndup(reason, strcspn(reason, "\r\n"));
    if (!mark->name || !mark->reason) {
        return -ENOMEM;
    }
    return is_pin ? find_trouble(rc, mark) : 0;
}

static int read_marks(const char *path, const char *ending,
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

int folder_holds_read(const char *path, struct folder_marks *marks)
{
    return read_marks(path, HOLD_ENDING, marks);
}

int folder_pins_read(const char *path, struct folder_marks *marks)
{
    return read_marks(path, PIN_ENDING, marks);
}

void folder_marks_free(struct folder_marks *marks)
{
    for (size_t i = 0; i < marks->nr; i++) {
        free(marks->marks[i].name);
        free(marks->marks[i].path);
        free(marks->marks[i].reason);
        free(marks->marks[i].trouble);
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
