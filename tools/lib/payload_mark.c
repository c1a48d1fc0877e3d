// SPDX-License-Identifier: GPL-2.0
/*
 * Room for the note, what is signed of the file with the room, and that.
 */
#include "lib/payload_mark.h"

#include <errno.h>
#include <string.h>

#include "lib/payload_signature.h"

static int fill(const char *path, struct payload_file *room,
                const struct signing_key *key, FILE *err)
{
    uint8_t digest[LIVEPATCH_DIGEST_BYTES];
    struct payload_signature signature;
    struct elf_file elf;

    if (elf_file_open(path, room->bytes, room->nr_bytes, &elf, err)) {
        return -EINVAL;
    }
    signature = payload_signature_of(&elf);
    payload_signature_digest(room, &signature, digest);
    if (!key) {
        memcpy(room->bytes + signature.at, digest, sizeof(digest));
        return 0;
    }
    if (signing_key_sign(key, digest, room->bytes + signature.at)) {
        fprintf(err, "%s: the key is malformed.\n", path);
        return -EINVAL;
    }
    return 0;
}

int payload_mark(const char *path, struct payload_file *file,
                 const struct signing_key *key, FILE *err)
{
    struct payload_file room;
    struct elf_file elf;
    int rc = elf_file_open(path, file->bytes, file->nr_bytes, &elf, err);

    if (!rc) {
        rc = payload_signature_make_room(
            &elf, key ? signing_key_algorithm(key) : LIVEPATCH_SIGNED_NOT,
            key ? signing_key_bytes(key) : LIVEPATCH_DIGEST_BYTES, &room, err);
    }
    if (rc) {
        return rc;
    }
    rc = fill(path, &room, key, err);
    if (rc) {
        payload_file_free(&room);
        return rc;
    }
    payload_file_free(file);
    *file = room;
    return 0;
}
