/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The call is ff 15 and a distance; where that leads the pointer is, and where
 * the pointer leads is what will be called. Example: a call at offset 0x30 with
 * the distance 0x1fca has its pointer at 0x2000.
 */
#include "verify/verify_calls.h"

#include <stdbool.h>

#include "lib/payload_pointer.h"

#define CALL_REL32 0xe8
#define JMP_REL32 0xe9
#define JMP_REL8 0xeb
#define DISTANCE_AT 2U /* in a call through a pointer */

/* Bytes of a section that is loaded. */
struct spot {
    uint32_t index;
    uint64_t at; /* in the section */
    const unsigned char *bytes;
};

/* The section that has nr_bytes bytes at that offset in the payload; false when
 * none has, or it has no content. */
static bool find_spot(const struct elf_file *elf, uint64_t offset,
                      uint64_t nr_bytes, struct spot *spot)
{
    for (uint32_t i = 1; i < elf->header.e_shnum; i++) {
        Elf64_Shdr section = elf_file_section(elf, i);
        const unsigned char *bytes = elf_file_bytes(elf, &section);
        uint64_t at = offset - payload_section_offset(elf, i);

        if (payload_section_is_loaded(elf, i) && bytes &&
            at <= section.sh_size && nr_bytes <= section.sh_size - at) {
            *spot = (struct spot){i, at, bytes + at};
            return true;
        }
    }
    return false;
}

static bool is_data(const struct elf_file *elf, uint64_t offset)
{
    struct payload_image image = payload_image_of(elf);

    return payload_image_has(&image, REGION_WRITABLE, offset,
                             sizeof(uint64_t)) ||
           payload_image_has(&image, REGION_READ_ONLY, offset,
                             sizeof(uint64_t));
}

/* Where the pointer leads, as far as the file says. */
static void verify_pointer(const struct elf_file *elf, uint64_t offset,
                           const char *record, struct findings *findings)
{
    struct payload_pointer pointer;
    struct spot spot;

    if (!find_spot(elf, offset, sizeof(uint64_t), &spot)) {
        return;
    }
    pointer = payload_pointer_at(elf, spot.index, spot.at);
    if ((pointer.kind == POINTER_INSIDE &&
         !payload_pointer_is_text(elf, &pointer)) ||
        (pointer.kind == POINTER_ADDRESS && pointer.value >> 63 == 0)) {
        findings_add(findings, "EINVAL",
                     "%s: its pointer does not lead to text", record);
    }
}

void verify_call(const struct elf_file *elf, uint64_t offset,
                 const char *record, struct findings *findings)
{
    struct spot spot;
    int32_t distance;
    uint64_t pointer;

    if (!find_spot(elf, offset, CALL_BYTES, &spot)) {
        return;
    }
    if (spot.bytes[0] != 0xff || spot.bytes[1] != 0x15) {
        findings_add(findings, "EINVAL", "%s: no call through a pointer",
                     record);
        return;
    }
    if (payload_word_at(elf, spot.index, spot.at + DISTANCE_AT, &distance) !=
        WORD_KNOWN) {
        return;
    }
    pointer = offset + CALL_BYTES + (uint64_t)(int64_t)distance;
    if (!is_data(elf, pointer)) {
        findings_add(findings, "EINVAL",
                     "%s: its pointer is not in the payload's data", record);
        return;
    }
    verify_pointer(elf, pointer, record, findings);
}

bool verify_is_call_to_itself(const struct elf_file *elf, uint64_t code,
                              uint64_t code_bytes, uint64_t place)
{
    struct spot spot;
    int32_t distance;
    uint64_t target;

    if (!find_spot(elf, code, code_bytes, &spot)) {
        return false;
    }
    if (code_bytes == 2) {
        return spot.bytes[0] == JMP_REL8 && spot.bytes[1] == 0xfe;
    }
    if (code_bytes != 5 ||
        (spot.bytes[0] != CALL_REL32 && spot.bytes[0] != JMP_REL32) ||
        payload_word_at(elf, spot.index, spot.at + 1, &distance) !=
            WORD_KNOWN) {
        return false;
    }
    target = code + code_bytes + (uint64_t)(int64_t)distance;
    return target == code || target == place;
}
