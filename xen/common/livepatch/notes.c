// SPDX-License-Identifier: GPL-2.0
/*
 * Reads one note; compares and prints the ids found. A worked example, the 36
 * bytes that ld --build-id=sha1 makes:
 *
 *     04 00 00 00  14 00 00 00  03 00 00 00   namesz descsz type
 *     47 4e 55 00                             "GNU"
 *     20 bytes                                the id
 */
#include "notes.h"

#include <xen/elfstructs.h>
#include <xen/errno.h>
#include <xen/string.h>

#include "log.h"

/* What of an owner's name a message shows. */
#define MOST_OWNER_BYTES 16U

/* The name is padded to 4 bytes. */
/*@ requires \valid_read(note);
    assigns \nothing;
    ensures 12 + note->n_namesz <= \result <= 15 + note->n_namesz;
 */
static uint64_t descriptor_offset(const Elf_Note *note)
{
    return sizeof(*note) + ROUNDUP((uint64_t)note->n_namesz, 4);
}

/*@ requires \valid_read(note) && readable(owner, note->n_namesz);
    assigns \nothing;
 */
static int check_owner(const char *payload, const char *section,
                       const Elf_Note *note, const uint8_t *owner)
{
    if (note->n_namesz != sizeof(ELF_NOTE_GNU) ||
        memcmp(owner, ELF_NOTE_GNU, sizeof(ELF_NOTE_GNU))) {
        lp_err(payload,
               "%s: a note's owner of %u bytes, %*ph, expected %zu, %*ph",
               section, note->n_namesz, min(note->n_namesz, MOST_OWNER_BYTES),
               owner, sizeof(ELF_NOTE_GNU), (int)sizeof(ELF_NOTE_GNU),
               ELF_NOTE_GNU);
        return -EINVAL;
    }
    return 0;
}

int lp_notes_build_id(const char *payload, const char *section,
                      const uint8_t *bytes, size_t size, struct lp_build_id *id)
{
    Elf_Note note;
    uint64_t descriptor;

    if (size <= sizeof(note)) {
        lp_err(payload, "%s: %zu bytes hold no note", section, size);
        return -EINVAL;
    }
    note = lp_read_note(bytes);
    descriptor = descriptor_offset(&note);
    if (note.n_descsz == 0 || descriptor + note.n_descsz > size) {
        lp_err(payload, "%s: name of %u and id of %u bytes in %zu bytes",
               section, note.n_namesz, note.n_descsz, size);
        return -EINVAL;
    }
    if (note.n_type != NT_GNU_BUILD_ID) {
        lp_err(payload, "%s: note of type %u, expected %u, a GNU build-id",
               section, note.n_type, NT_GNU_BUILD_ID);
        return -EINVAL;
    }
    if (check_owner(payload, section, &note, bytes + sizeof(note))) {
        return -EINVAL;
    }
    id->bytes = bytes + descriptor;
    id->len = note.n_descsz;
    return 0;
}

bool lp_notes_same_id(const struct lp_build_id *a, const struct lp_build_id *b)
{
    return a->len == b->len && memcmp(a->bytes, b->bytes, a->len) == 0;
}

const char *lp_notes_id_text(const struct lp_build_id *id,
                             char text[LP_ID_TEXT])
{
    static const char digits[] = "0123456789abcdef";
    const unsigned int shown = min(id->len, LP_ID_SHOWN);

    /*@ loop invariant 0 <= i <= shown;
        loop assigns i, text[0 .. LP_ID_TEXT - 1];
        loop variant shown - i;
     */
    for (unsigned int i = 0; i < shown; i++) {
        text[2 * i] = digits[id->bytes[i] / 16];
        text[2 * i + 1] = digits[id->bytes[i] % 16];
    }
    strlcpy(text + 2 * shown, shown < id->len ? "..." : "", sizeof("..."));
    return text;
}
