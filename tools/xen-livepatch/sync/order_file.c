/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One line after the other; a wrong one is passed over.
 */
#include "sync/order_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hypervisor/payload.h"

#define ORDER_FILE "order"
#define BLANKS " \t\r\n"

/* Of more wrong lines than this only the number is told. */
#define NR_TOLD_MAX 16U

/* The payload that the word names, with or without the file's ending. */
static struct folder_payload *find_payload(const struct payload_folder *folder,
                                           char *word)
{
    struct folder_payload *found = payload_folder_find(folder, word);
    size_t nr_ending = strlen(PAYLOAD_ENDING);
    size_t length = strlen(word);

    if (!found && length > nr_ending &&
        !strcmp(word + length - nr_ending, PAYLOAD_ENDING)) {
        word[length - nr_ending] = '\0';
        found = payload_folder_find(folder, word);
    }
    return found;
}

/* NULL, or what is wrong with the line. */
static const char *take_line(struct payload_folder *folder, char *line,
                             int number)
{
    char *rest;
    char *word = strtok_r(line, BLANKS, &rest);
    char *flag = strtok_r(NULL, BLANKS, &rest);
    struct folder_payload *payload;

    if (!word || *word == '#') {
        return NULL;
    }
    if (flag &&
        (strcmp(flag, "--nodeps") != 0 || strtok_r(NULL, BLANKS, &rest))) {
        return "nothing but --nodeps is expected after the name";
    }
    payload = find_payload(folder, word);
    if (!payload) {
        return "no payload of this name is in the folders";
    }
    if (payload->rank) {
        return "it is named twice";
    }
    payload->rank = number;
    payload->flags = flag ? PAYLOAD_APPLY_NODEPS : 0;
    return NULL;
}

/* -ENOMEM. strtok_r() has ended the line after its first word. */
static int add_flaw(struct flaws *flaws, const char *path, int number,
                    const char *line, const char *complaint)
{
    return flaws_add(flaws, "%s:%d: %s: %s: the line is passed over", path,
                     number, line + strspn(line, BLANKS), complaint);
}

/* -ENOMEM */
static int read_lines(const char *path, FILE *file,
                      struct payload_folder *folder)
{
    char *line = NULL;
    size_t capacity = 0;
    size_t nr_wrong = 0;
    int number = 0;
    int rc = 0;

    while (!rc && getline(&line, &capacity, file) > 0) {
        const char *complaint = take_line(folder, line, ++number);

        if (complaint && nr_wrong++ < NR_TOLD_MAX) {
            rc = add_flaw(&folder->order_flaws, path, number, line, complaint);
        }
    }
    free(line);
    if (!rc && nr_wrong > NR_TOLD_MAX) {
        rc = flaws_add(&folder->order_flaws,
                       "%s: %zu more lines fit nothing: they are passed over",
                       path, nr_wrong - NR_TOLD_MAX);
    }
    return rc;
}

/* NULL with *rc: why it cannot be read, 0 when it is not there. */
static FILE *open_order(const char *path, int *rc)
{
    /* O_NONBLOCK: a pipe must be refused, not waited for. */
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    struct stat status;
    FILE *file = NULL;

    *rc = fd < 0 && errno != ENOENT ? -errno : 0;
    if (fd < 0) {
        return NULL;
    }
    if (fstat(fd, &status) || !S_ISREG(status.st_mode)) {
        *rc = -EINVAL;
    } else {
        file = fdopen(fd, "r");
        *rc = file ? 0 : -ENOMEM;
    }
    if (!file) {
        close(fd);
    }
    return file;
}

int order_file_read(const char *folder_path, struct payload_folder *folder,
                    FILE *err)
{
    char *path;
    FILE *file;
    int rc;

    if (asprintf(&path, "%s/" ORDER_FILE, folder_path) < 0) {
        return -ENOMEM;
    }
    file = open_order(path, &rc);
    if (rc == -EINVAL) {
        fprintf(err, "%s: expected a regular file.\n", path);
    } else if (rc) {
        fprintf(err, "Could not open %s.\nError %d: %s\n", path, -rc,
                strerror(-rc));
    }
    if (file) {
        rc = read_lines(path, file, folder);
        fclose(file);
    }
    free(path);
    return rc;
}
