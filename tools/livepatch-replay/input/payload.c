/* SPDX-License-Identifier: GPL-2.0 */
/* Payload files in memory, their names and ids. */
#include "input/payload.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lib/payload_elf.h"

#define SUFFIX ".livepatch"
#define NAME_BYTES_MAX 100U

static bool has_name(const struct payloads *payloads, const char *name)
{
    for (size_t i = 0; i < payloads->nr; i++) {
        if (strcmp(payloads->items[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* The file's name, as far as it can be one of a payload. */
static char *name_of(const struct payloads *payloads, const char *path)
{
    const char *slash = strrchr(path, '/');
    char *name = must_copy(slash != NULL ? slash + 1 : path);
    size_t length = strlen(name);
    char *unique;

    if (length > strlen(SUFFIX) &&
        strcmp(name + length - strlen(SUFFIX), SUFFIX) == 0) {
        length -= strlen(SUFFIX);
    }
    name[length < NAME_BYTES_MAX ? length : NAME_BYTES_MAX] = '\0';
    for (char *at = name; *at != '\0'; at++) {
        if (!isalnum((unsigned char)*at) && strchr("._-", *at) == NULL) {
            *at = '_';
        }
    }
    unique = must_copy(name);
    for (size_t number = 2; has_name(payloads, unique); number++) {
        free(unique);
        unique = must_format("%s-%zu", name, number);
    }
    free(name);
    return unique;
}

bool payloads_add(struct payloads *payloads, const char *path, FILE *err)
{
    struct payload added = {.path = path};
    struct elf_file elf;

    if (payload_file_read(path, &added.file, err) != 0) {
        return false;
    }
    if (elf_file_open(path, added.file.bytes, added.file.nr_bytes, &elf, err) ==
        0) {
        added.own = kept_id_of(payload_build_id(&elf, SECTION_OWN_ID));
        added.below = kept_id_of(payload_build_id(&elf, SECTION_DEPENDS));
        added.has_own_data = payload_has_own_data(&elf);
    } else {
        payload_file_free(&added.file);
        return false;
    }
    added.name = name_of(payloads, path);
    payloads->items = must_resize(payloads->items, payloads->nr + 1,
                                  sizeof(*payloads->items));
    payloads->items[payloads->nr++] = added;
    return true;
}

void payloads_free(struct payloads *payloads)
{
    for (size_t i = 0; i < payloads->nr; i++) {
        free(payloads->items[i].name);
        payload_file_free(&payloads->items[i].file);
    }
    free(payloads->items);
    *payloads = (struct payloads){0};
}

size_t payloads_below(const struct payloads *payloads, size_t index)
{
    struct build_id wanted = kept_id_view(&payloads->items[index].below);

    for (size_t i = 0; i < index; i++) {
        if (kept_id_is(&payloads->items[i].own, wanted)) {
            return i;
        }
    }
    return index;
}

static int write_bytes(const char *folder, const char *name,
                       const unsigned char *bytes, size_t nr_bytes)
{
    char *path = must_format("%s/%s%s", folder, name, SUFFIX);
    FILE *file = fopen(path, "we");
    bool is_whole;
    int rc;

    free(path);
    if (file == NULL) {
        return -errno;
    }
    is_whole = fwrite(bytes, 1, nr_bytes, file) == nr_bytes;
    rc = fclose(file) == 0 && is_whole ? 0 : -errno;
    return rc == 0 && !is_whole ? -EIO : rc;
}

int payload_write(const struct payload *payload, const char *folder)
{
    return write_bytes(folder, payload->name, payload->file.bytes,
                       payload->file.nr_bytes);
}

int payload_write_for_other(const struct payload *payload, const char *folder)
{
    unsigned char *copy = must_alloc(payload->file.nr_bytes);
    struct build_id id = {0};
    struct elf_file elf;
    int rc = -ENOENT;

    memcpy(copy, payload->file.bytes, payload->file.nr_bytes);
    if (elf_file_try(copy, payload->file.nr_bytes, &elf)) {
        id = payload_build_id(&elf, SECTION_XEN_DEPENDS);
    }
    if (id.nr_bytes != 0) {
        copy[id.bytes - copy] ^= 0xff;
        rc = write_bytes(folder, payload->name, copy, payload->file.nr_bytes);
    }
    free(copy);
    return rc;
}
