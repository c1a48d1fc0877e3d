// SPDX-License-Identifier: GPL-2.0
/*
 * A note is added at the end of the file, with a table of section names and a
 * section table that have one more; the old ones stay where they are, as zeros.
 * So no offset, index or alignment of anything else changes.
 */
#include "lib/payload_signature.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <bearssl/bearssl_hash.h>

/* What stands before the signature in the section. */
struct front {
    Elf64_Nhdr note;
    char owner[sizeof(LIVEPATCH_SIGNATURE_OWNER)];
    struct livepatch_signature_header header;
};

#define TABLE_ALIGN 8U
#define NOTE_ALIGN 4U

struct payload_signature payload_signature_of(const struct elf_file *elf)
{
    struct payload_signature none = {.nr_bytes = 0};
    uint32_t index = elf_file_find(elf, LIVEPATCH_SIGNATURE_SECTION);
    Elf64_Shdr section;
    struct front front;

    if (!index) {
        return none;
    }
    section = elf_file_section(elf, index);
    if (section.sh_type != SHT_NOTE || section.sh_size < sizeof(front)) {
        return none;
    }
    memcpy(&front, elf->bytes + section.sh_offset, sizeof(front));
    if (front.note.n_namesz != sizeof(front.owner) ||
        memcmp(front.owner, LIVEPATCH_SIGNATURE_OWNER, sizeof(front.owner)) ||
        front.header.nr_bytes != section.sh_size - sizeof(front)) {
        return none;
    }
    return (struct payload_signature){
        .algorithm = front.header.algorithm,
        .at = section.sh_offset + sizeof(front),
        .nr_bytes = front.header.nr_bytes,
    };
}

const char *payload_signature_word(const struct payload_signature *signature)
{
    switch (signature->algorithm) {
    case LIVEPATCH_SIGNED_RSA:
        return "RSA";
    case LIVEPATCH_SIGNED_P256:
        return "ECDSA P-256";
    case LIVEPATCH_SIGNED_NOT:
        return "digest";
    default:
        return "unknown";
    }
}

void payload_signature_digest(const struct payload_file *file,
                              const struct payload_signature *signature,
                              uint8_t digest[LIVEPATCH_DIGEST_BYTES])
{
    static const unsigned char zeros[LIVEPATCH_SIGNATURE_MOST_BYTES];
    const size_t behind = signature->at + signature->nr_bytes;
    br_sha256_context context;

    br_sha256_init(&context);
    br_sha256_update(&context, file->bytes, signature->at);
    br_sha256_update(&context, zeros, signature->nr_bytes);
    br_sha256_update(&context, file->bytes + behind, file->nr_bytes - behind);
    br_sha256_out(&context, digest);
}

/* ---- a file with a note more --------------------------------------------- */

/* A file that grows at its end. */
struct growing {
    unsigned char *bytes; /* room for all that is added, zeros */
    size_t nr_bytes;
    size_t room;
};

static size_t add(struct growing *file, const void *bytes, size_t nr,
                  size_t align)
{
    const size_t at = (file->nr_bytes + align - 1) / align * align;

    memcpy(file->bytes + at, bytes, nr);
    file->nr_bytes = at + nr;
    return at;
}

static void add_note(struct growing *file, uint8_t algorithm, size_t nr_bytes,
                     Elf64_Shdr *section)
{
    const struct front front = {
        .note = {.n_namesz = sizeof(front.owner),
                 .n_descsz = (uint32_t)(sizeof(front.header) + nr_bytes),
                 .n_type = LIVEPATCH_SIGNATURE_TYPE},
        .owner = LIVEPATCH_SIGNATURE_OWNER,
        .header = {.version = LIVEPATCH_SIGNATURE_VERSION,
                   .algorithm = algorithm,
                   .digest = LIVEPATCH_DIGEST_SHA256,
                   .nr_bytes = (uint32_t)nr_bytes},
    };

    section->sh_offset = add(file, &front, sizeof(front), NOTE_ALIGN);
    section->sh_size = sizeof(front) + nr_bytes;
    file->nr_bytes += nr_bytes;
}

static void put_section(struct growing *file, const Elf64_Ehdr *header,
                        uint32_t index, const Elf64_Shdr *section)
{
    memcpy(file->bytes + header->e_shoff + (size_t)index * header->e_shentsize,
           section, sizeof(*section));
}

static void clear(struct growing *file, size_t at, size_t nr)
{
    memset(file->bytes + at, 0, nr);
}

/* The names and one more, which begins at the return value. */
static uint32_t move_names(struct growing *file, Elf64_Shdr *names)
{
    static const char name[] = LIVEPATCH_SIGNATURE_SECTION;
    const size_t old = names->sh_offset;
    const uint32_t at = (uint32_t)names->sh_size;

    names->sh_offset = add(file, file->bytes + old, names->sh_size, 1);
    add(file, name, sizeof(name), 1);
    names->sh_size += sizeof(name);
    clear(file, old, at);
    return at;
}

static void add_section(struct growing *file, const struct elf_file *elf,
                        uint8_t algorithm, size_t nr_bytes)
{
    Elf64_Ehdr header = elf->header;
    const size_t table_bytes = (size_t)header.e_shnum * header.e_shentsize;
    const size_t old = header.e_shoff;
    Elf64_Shdr names = elf_file_section(elf, header.e_shstrndx);
    Elf64_Shdr note = {.sh_type = SHT_NOTE, .sh_addralign = NOTE_ALIGN};

    add_note(file, algorithm, nr_bytes, &note);
    note.sh_name = move_names(file, &names);
    header.e_shoff = add(file, file->bytes + old, table_bytes, TABLE_ALIGN);
    clear(file, old, table_bytes);
    file->nr_bytes += header.e_shentsize;
    put_section(file, &header, header.e_shstrndx, &names);
    put_section(file, &header, header.e_shnum, &note);
    header.e_shnum++;
    memcpy(file->bytes, &header, sizeof(header));
}

/* The section stays and gets other bytes: its own place, or the file's end. */
static void exchange_note(struct growing *file, const struct elf_file *elf,
                          uint32_t index, uint8_t algorithm, size_t nr_bytes)
{
    Elf64_Shdr note = elf_file_section(elf, index);
    const size_t end = file->nr_bytes;
    const size_t old = note.sh_offset;
    const size_t old_bytes = note.sh_type == SHT_NOBITS ? 0 : note.sh_size;
    const bool fits = old_bytes >= sizeof(struct front) + nr_bytes;

    clear(file, old, old_bytes);
    if (fits) {
        file->nr_bytes = old;
    }
    add_note(file, algorithm, nr_bytes, &note);
    if (fits) {
        file->nr_bytes = end;
    }
    note.sh_type = SHT_NOTE;
    put_section(file, &elf->header, index, &note);
}

int payload_signature_make_room(const struct elf_file *elf, uint8_t algorithm,
                                size_t nr_bytes, struct payload_file *made,
                                FILE *err)
{
    const uint32_t index = elf_file_find(elf, LIVEPATCH_SIGNATURE_SECTION);
    const Elf64_Shdr names = elf_file_section(elf, elf->header.e_shstrndx);
    struct growing file = {.nr_bytes = elf->nr_bytes};

    file.room = elf->nr_bytes + sizeof(struct front) + nr_bytes +
                names.sh_size + sizeof(LIVEPATCH_SIGNATURE_SECTION) +
                (size_t)(elf->header.e_shnum + 1) * elf->header.e_shentsize +
                2U * TABLE_ALIGN;
    file.bytes = calloc(1, file.room);
    if (!file.bytes) {
        fprintf(err, "%s: no memory for a signature.\n", elf->path);
        return -ENOMEM;
    }
    memcpy(file.bytes, elf->bytes, elf->nr_bytes);
    if (index) {
        exchange_note(&file, elf, index, algorithm, nr_bytes);
    } else {
        add_section(&file, elf, algorithm, nr_bytes);
    }
    if (file.nr_bytes > PAYLOAD_BYTES_MAX) {
        fprintf(err,
                "%s: with a signature it has %zu bytes, at most %u load.\n",
                elf->path, file.nr_bytes, PAYLOAD_BYTES_MAX);
        free(file.bytes);
        return -EINVAL;
    }
    *made = (struct payload_file){file.bytes, file.nr_bytes};
    return 0;
}
