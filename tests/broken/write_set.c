/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Writes the rows of the set to files, for programs that read payloads. Takes
 * the GNU build-id note of a hypervisor and a folder, gives FOLDER/NUMBER for
 * each row and a line `NUMBER NAME ERROR` on standard output, ERROR being 0,
 * the errno that UPLOAD answers, or `any`.
 *
 *     write-set NOTE FOLDER
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "broken/set.h"

#define NOTE_HEADER_BYTES 16 /* with the name "GNU" */
#define ID_BYTES 20

int xen_build_id(const void **bytes, unsigned int *len);

static unsigned char note[NOTE_HEADER_BYTES + ID_BYTES];

int xen_build_id(const void **bytes, unsigned int *len)
{
    *bytes = note + NOTE_HEADER_BYTES;
    *len = ID_BYTES;
    return 0;
}

static void fail(const char *path)
{
    perror(path);
    exit(1);
}

static void read_note(const char *path)
{
    FILE *file = fopen(path, "rb");

    if (!file || fread(note, 1, sizeof(note), file) != sizeof(note)) {
        fail(path);
    }
    fclose(file);
}

static void write_row(const struct broken_payload *payload, unsigned int number,
                      const char *folder)
{
    char path[4096];
    FILE *file;

    snprintf(path, sizeof(path), "%s/%u", folder, number);
    file = fopen(path, "wb");
    if (!file ||
        fwrite(payload->bytes, 1, payload->size, file) != payload->size ||
        fclose(file)) {
        fail(path);
    }
    if (payload->error == BROKEN_ANY) {
        printf("%u %s any\n", number, payload->name);
    } else {
        printf("%u %s %s\n", number, payload->name,
               payload->error ? strerrorname_np(-payload->error) : "0");
    }
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: write-set NOTE FOLDER\n");
        return 2;
    }
    read_note(argv[1]);
    for (unsigned int i = 0; i < broken_nr_rows(); i++) {
        struct broken_payload payload;

        broken_make_row(i, &payload);
        write_row(&payload, i, argv[2]);
        broken_discard(&payload);
    }
    return 0;
}
