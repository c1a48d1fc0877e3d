// SPDX-License-Identifier: GPL-2.0
/*
 * One section, one note, one header: each length is compared with the one
 * around it and has one value that it may have. The section is known by its
 * name and by what is in it, and both must fit: or a damaged name would make a
 * payload one that nobody has marked. A worked example, the 60 bytes
 * of a payload that nobody has signed:
 *
 *     04 00 00 00  28 00 00 00  00 00 00 00   namesz descsz type
 *     58 65 6e 00                             "Xen"
 *     01 00  ff  00  20 00 00 00              version, algorithm, digest, bytes
 *     32 bytes                                SHA-256
 */
#include "signature.h"

#include <xen/errno.h>
#include <xen/string.h>

#include "log.h"

typedef struct livepatch_signature_header lp_unaligned_header __aligned(1);

/* What lies before the signature in the section. */
struct front {
    Elf_Note note;
    char owner[sizeof(LIVEPATCH_SIGNATURE_OWNER)];
    struct livepatch_signature_header header;
};

_Static_assert(sizeof(struct front) == 24, "there is no padding in it");

typedef struct front lp_unaligned_front __aligned(1);

static bool is_named(const struct lp_elf *elf, const Elf_Shdr *section)
{
    return !strcmp(lp_elf_section_name(elf, section),
                   LIVEPATCH_SIGNATURE_SECTION);
}

static bool has_owner(const Elf_Note *note, const uint8_t *owner)
{
    return note->n_namesz == sizeof(LIVEPATCH_SIGNATURE_OWNER) &&
           note->n_type == LIVEPATCH_SIGNATURE_TYPE &&
           !memcmp(owner, LIVEPATCH_SIGNATURE_OWNER,
                   sizeof(LIVEPATCH_SIGNATURE_OWNER));
}

/* By what is in it, whatever it is called. */
static bool is_noted(const struct lp_elf *elf, const Elf_Shdr *section)
{
    const uint8_t *bytes;
    Elf_Note note;

    if (section->sh_type != SHT_NOTE ||
        section->sh_size < offsetof(struct front, header)) {
        return false;
    }
    bytes = lp_elf_section_bytes(elf, section);
    note = lp_read_note(bytes);
    return has_owner(&note, bytes + sizeof(note));
}

/* The section's index; 0: there is none. -EINVAL: there are two. */
static int find_section(const struct lp_elf *elf, uint32_t *found)
{
    *found = 0;
    for (uint32_t i = 1; i < elf->nr_sections; i++) {
        const Elf_Shdr section = lp_elf_section(elf, i);

        if (!is_named(elf, &section) && !is_noted(elf, &section)) {
            continue;
        }
        if (*found) {
            lp_err(elf->payload, "sections %u and %u are both %s", *found, i,
                   LIVEPATCH_SIGNATURE_SECTION);
            return -EINVAL;
        }
        *found = i;
    }
    return 0;
}

static bool is_size_of(uint8_t algorithm, uint32_t nr_bytes)
{
    switch (algorithm) {
    case LIVEPATCH_SIGNED_RSA:
        return nr_bytes == 2048 / 8 || nr_bytes == 3072 / 8 ||
               nr_bytes == 4096 / 8;
    case LIVEPATCH_SIGNED_P256:
        return nr_bytes == 64;
    default:
        return nr_bytes == LIVEPATCH_DIGEST_BYTES;
    }
}

static int check_note(const char *payload, const struct front *front,
                      uint64_t section_bytes)
{
    if (!has_owner(&front->note, (const uint8_t *)front->owner)) {
        lp_err(payload,
               "%s: note of type %u, owner of %u bytes, %*ph: "
               "expected %u, %zu, \"%s\"",
               LIVEPATCH_SIGNATURE_SECTION, front->note.n_type,
               front->note.n_namesz, (int)sizeof(front->owner), front->owner,
               LIVEPATCH_SIGNATURE_TYPE, sizeof(front->owner),
               LIVEPATCH_SIGNATURE_OWNER);
        return -EINVAL;
    }
    if (front->note.n_descsz !=
            section_bytes - offsetof(struct front, header) ||
        front->header.nr_bytes != section_bytes - sizeof(*front)) {
        lp_err(payload, "%s: %u bytes of note and %u of signature in %lu bytes",
               LIVEPATCH_SIGNATURE_SECTION, front->note.n_descsz,
               front->header.nr_bytes, section_bytes);
        return -EINVAL;
    }
    return 0;
}

static int check_header(const char *payload,
                        const struct livepatch_signature_header *header)
{
    const bool is_known = header->algorithm == LIVEPATCH_SIGNED_RSA ||
                          header->algorithm == LIVEPATCH_SIGNED_P256 ||
                          header->algorithm == LIVEPATCH_SIGNED_NOT;

    if (header->version != LIVEPATCH_SIGNATURE_VERSION || !is_known ||
        header->digest != LIVEPATCH_DIGEST_SHA256) {
        lp_err(payload,
               "%s: version %u, algorithm %u, digest %u: not known here",
               LIVEPATCH_SIGNATURE_SECTION, header->version, header->algorithm,
               header->digest);
        return -EOPNOTSUPP;
    }
    if (!is_size_of(header->algorithm, header->nr_bytes)) {
        lp_err(payload, "%s: %u bytes of signature by algorithm %u",
               LIVEPATCH_SIGNATURE_SECTION, header->nr_bytes,
               header->algorithm);
        return -EINVAL;
    }
    return 0;
}

static int read_note(const char *payload, const uint8_t *bytes, uint64_t nr,
                     struct lp_signature *signature)
{
    struct front front;
    int rc;

    if (nr < sizeof(front)) {
        lp_err(payload, "%s: %lu bytes hold no signature",
               LIVEPATCH_SIGNATURE_SECTION, nr);
        return -EINVAL;
    }
    front = *(const lp_unaligned_front *)bytes;
    rc = check_note(payload, &front, nr);
    if (rc == 0) {
        rc = check_header(payload, &front.header);
    }
    if (rc == 0) {
        *signature = (struct lp_signature){
            .bytes = bytes + sizeof(front),
            .nr_bytes = front.header.nr_bytes,
            .algorithm = front.header.algorithm,
        };
    }
    return rc;
}

int lp_signature_find(const struct lp_elf *elf, struct lp_signature *signature)
{
    uint32_t index;
    Elf_Shdr section;
    const int rc = find_section(elf, &index);

    if (rc) {
        return rc;
    }
    if (index == 0) {
        *signature = (struct lp_signature){.bytes = NULL};
        return 0;
    }
    section = lp_elf_section(elf, index);
    if (section.sh_type != SHT_NOTE || !is_named(elf, &section)) {
        lp_err(elf->payload,
               "section %u, '%s', of type %u: a signature's is %s of type %u",
               index, lp_elf_section_name(elf, &section), section.sh_type,
               LIVEPATCH_SIGNATURE_SECTION, SHT_NOTE);
        return -EINVAL;
    }
    return read_note(elf->payload, lp_elf_section_bytes(elf, &section),
                     section.sh_size, signature);
}
