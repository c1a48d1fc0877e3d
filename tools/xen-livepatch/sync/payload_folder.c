/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Directory entries in the order of their names, then the order file over them.
 * A file that is no payload is complained of and left out: one bad file must
 * not keep the others from being loaded.
 */
#include "sync/payload_folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "hypervisor/payload.h"
#include "hypervisor/payload_name.h"

#define SUFFIX ".livepatch"
#define SUFFIX_BYTES (sizeof(SUFFIX) - 1)
#define ORDER_FILE "order"
#define BLANKS " \t\r\n"

static int is_payload_file(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);

    return length >= SUFFIX_BYTES &&
           !strcmp(entry->d_name + length - SUFFIX_BYTES, SUFFIX);
}

static int compare_names(const struct dirent **one, const struct dirent **other)
{
    return strcmp((*one)->d_name, (*other)->d_name);
}

static void free_payload(struct folder_payload *payload)
{
    payload_file_free(&payload->file);
    free(payload->path);
    free(payload->name);
}

static void read_ids(struct folder_payload *payload, const struct elf_file *elf)
{
    payload->own = payload_build_id(elf, SECTION_OWN_ID);
    payload->below = payload_build_id(elf, SECTION_DEPENDS);
    payload->hypervisor = payload_build_id(elf, SECTION_XEN_DEPENDS);
}

/* -EINVAL after a message, -ENOMEM. */
static int read_payload(const char *folder, const char *file_name,
                        struct folder_payload *payload, FILE *err)
{
    struct elf_file elf;

    *payload = (struct folder_payload){0};
    if (asprintf(&payload->path, "%s/%s", folder, file_name) < 0) {
        payload->path = NULL;
        return -ENOMEM;
    }
    payload->name = payload_name_of_file(file_name);
    if (!payload->name) {
        return -ENOMEM;
    }
    if (payload_name_check(payload->name, err) ||
        payload_file_read(payload->path, &payload->file, err) ||
        elf_file_open(payload->path, payload->file.bytes,
                      payload->file.nr_bytes, &elf, err)) {
        return -EINVAL;
    }
    read_ids(payload, &elf);
    return 0;
}

static int read_payloads(const char *path, struct payload_folder *folder,
                         struct dirent **entries, size_t nr, FILE *err)
{
    folder->payloads = calloc(nr + 1, sizeof(*folder->payloads));
    if (!folder->payloads) {
        return -ENOMEM;
    }
    for (size_t i = 0; i < nr; i++) {
        struct folder_payload *payload = &folder->payloads[folder->nr];
        int rc = read_payload(path, entries[i]->d_name, payload, err);

        if (rc) {
            free_payload(payload);
        }
        if (rc == -ENOMEM) {
            return rc;
        }
        folder->nr_bad += rc != 0;
        folder->nr += rc == 0;
    }
    return 0;
}

static int read_entries(const char *path, struct payload_folder *folder,
                        FILE *err)
{
    struct dirent **entries;
    int nr = scandir(path, &entries, is_payload_file, compare_names);
    int rc;

    if (nr < 0) {
        return -errno;
    }
    rc = read_payloads(path, folder, entries, (size_t)nr, err);
    while (nr--) {
        free(entries[nr]);
    }
    free(entries);
    return rc;
}

static struct folder_payload *find_payload(struct payload_folder *folder,
                                           const char *word)
{
    size_t length = strlen(word);

    if (length > SUFFIX_BYTES &&
        !strcmp(word + length - SUFFIX_BYTES, SUFFIX)) {
        length -= SUFFIX_BYTES;
    }
    for (size_t i = 0; i < folder->nr; i++) {
        const char *name = folder->payloads[i].name;

        if (strlen(name) == length && !strncmp(name, word, length)) {
            return &folder->payloads[i];
        }
    }
    return NULL;
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
    payload = find_payload(folder, word);
    if (!payload) {
        return "no such payload in this folder";
    }
    if (payload->rank) {
        return "named twice";
    }
    if (flag &&
        (strcmp(flag, "--nodeps") != 0 || strtok_r(NULL, BLANKS, &rest))) {
        return "expected nothing but --nodeps after the name";
    }
    payload->rank = number;
    payload->flags = flag ? PAYLOAD_APPLY_NODEPS : 0;
    return NULL;
}

static int read_lines(const char *path, FILE *file,
                      struct payload_folder *folder, FILE *err)
{
    const char *complaint = NULL;
    char *line = NULL;
    size_t capacity = 0;
    int number = 0;

    while (!complaint && getline(&line, &capacity, file) > 0) {
        complaint = take_line(folder, line, ++number);
    }
    if (complaint) {
        fprintf(err, "%s:%d: %s: %s.\n", path, number,
                line + strspn(line, BLANKS), complaint);
    }
    free(line);
    return complaint ? -EINVAL : 0;
}

static int read_order(const char *folder_path, struct payload_folder *folder,
                      FILE *err)
{
    char *path;
    FILE *file;
    int rc;

    if (asprintf(&path, "%s/" ORDER_FILE, folder_path) < 0) {
        return -ENOMEM;
    }
    file = fopen(path, "re");
    rc = file || errno == ENOENT ? 0 : -errno;
    if (rc) {
        fprintf(err, "Could not open %s.\nError %d: %s\n", path, -rc,
                strerror(-rc));
    }
    if (file) {
        rc = read_lines(path, file, folder, err);
        fclose(file);
    }
    free(path);
    return rc;
}

int payload_folder_read(const char *path, struct payload_folder *folder,
                        FILE *err)
{
    struct payload_folder found = {0};
    int rc = read_entries(path, &found, err);

    if (rc) {
        fprintf(err, "Could not read the folder %s.\nError %d: %s\n", path, -rc,
                strerror(-rc));
    } else {
        rc = read_order(path, &found, err);
    }
    if (rc) {
        payload_folder_free(&found);
        return rc;
    }
    *folder = found;
    return 0;
}

void payload_folder_free(struct payload_folder *folder)
{
    for (size_t i = 0; i < folder->nr; i++) {
        free_payload(&folder->payloads[i]);
    }
    free(folder->payloads);
}
