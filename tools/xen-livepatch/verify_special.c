/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Sections that come with code on x86-64: bug frames, the exception table,
 * alternatives, alternative calls. First what such a section must be, then
 * where the records of some of them lead. An empty one is as if it were not
 * there.
 */
#include "payload_verify.h"

#include <string.h>

#include "xen_symbols.h"

#define SECTION_ALTERNATIVE_CODE ".altinstr_replacement"

/* What the functions below work on. */
struct special {
    const struct elf_file *elf;
    const struct verify_target *target;
    struct findings *findings;
    const char *name;
    uint32_t index;
    Elf64_Shdr section;
};

struct special_kind {
    const char *name;
    uint32_t entry_bytes;
    uint32_t
        our_entry_bytes; /* what this project's loader wants; 0: the same */
    bool is_aligned;     /* its loader wants words where words can be */
    bool is_foreign;     /* this project's hypervisor has none */
    void (*verify_record)(const struct special *special, uint64_t record);
};

/* From the instruction that may fault to where to go on. */
static void verify_exception(const struct special *special, uint64_t record)
{
    for (uint64_t at = 8 * record; at < 8 * (record + 1); at += 4) {
        struct payload_pointer pointer =
            payload_reference_at(special->elf, special->index, at);

        if (pointer.kind != POINTER_UNKNOWN &&
            !payload_pointer_is_text(special->elf, &pointer)) {
            findings_add(special->findings, "EINVAL",
                         "%s[%llu]: byte %llu leads out of the payload's text",
                         special->name, (unsigned long long)record,
                         (unsigned long long)(at % 8));
        }
    }
}

/* A record of .altinstructions: two distances, a feature, three lengths. */
enum {
    ALTERNATIVE_PLACE = 0,
    ALTERNATIVE_CODE = 4,
    ALTERNATIVE_ORIGINAL_BYTES = 10,
    ALTERNATIVE_CODE_BYTES = 11,
    ALTERNATIVE_PADDING_BYTES = 12,
    ALTERNATIVE_BYTES = 14,
};

static bool is_in_section(const struct elf_file *elf,
                          const struct payload_pointer *pointer,
                          const char *name)
{
    Elf64_Shdr section = elf_file_section(elf, pointer->section);

    return !strcmp(elf_file_section_name(elf, &section), name);
}

static void verify_alternative_places(const struct special *special,
                                      uint64_t record, uint32_t place_bytes,
                                      uint32_t code_bytes)
{
    uint64_t at = record * ALTERNATIVE_BYTES;
    struct payload_pointer place = payload_reference_at(
        special->elf, special->index, at + ALTERNATIVE_PLACE);
    struct payload_pointer code = payload_reference_at(
        special->elf, special->index, at + ALTERNATIVE_CODE);

    if (place.kind != POINTER_UNKNOWN &&
        (!payload_pointer_is_text(special->elf, &place) ||
         !payload_pointer_has_bytes(special->elf, &place, place_bytes))) {
        findings_add(special->findings, "EINVAL",
                     "%s[%llu]: its place of %u bytes is not in the payload's "
                     "text",
                     special->name, (unsigned long long)record, place_bytes);
    }
    if (code_bytes && code.kind != POINTER_UNKNOWN &&
        (!payload_pointer_has_bytes(special->elf, &code, code_bytes) ||
         !is_in_section(special->elf, &code, SECTION_ALTERNATIVE_CODE))) {
        findings_add(special->findings, "EINVAL",
                     "%s[%llu]: its %u bytes of code are not in section %s",
                     special->name, (unsigned long long)record, code_bytes,
                     SECTION_ALTERNATIVE_CODE);
    }
}

static void verify_alternative(const struct special *special, uint64_t record)
{
    const unsigned char *bytes =
        elf_file_bytes(special->elf, &special->section) +
        record * ALTERNATIVE_BYTES;
    uint32_t place_bytes = (uint32_t)bytes[ALTERNATIVE_ORIGINAL_BYTES] +
                           bytes[ALTERNATIVE_PADDING_BYTES];
    uint32_t code_bytes = bytes[ALTERNATIVE_CODE_BYTES];

    if (code_bytes > place_bytes) {
        findings_add(special->findings, "ENOSPC",
                     "%s[%llu]: %u bytes of code for a place of %u",
                     special->name, (unsigned long long)record, code_bytes,
                     place_bytes);
    }
    verify_alternative_places(special, record, place_bytes, code_bytes);
}

static const struct special_kind kinds[] = {
    {.name = ".bug_frames.0", .entry_bytes = 8, .is_aligned = true},
    {.name = ".bug_frames.1", .entry_bytes = 8, .is_aligned = true},
    {.name = ".bug_frames.2", .entry_bytes = 8, .is_aligned = true},
    {.name = ".bug_frames.3",
     .entry_bytes = 8,
     .our_entry_bytes = 16,
     .is_aligned = true},
    {.name = ".ex_table",
     .entry_bytes = 8,
     .is_aligned = true,
     .verify_record = verify_exception},
    {.name = ".altinstructions",
     .entry_bytes = ALTERNATIVE_BYTES,
     .verify_record = verify_alternative},
    {.name = SECTION_ALTERNATIVE_CODE, .entry_bytes = 1},
    {.name = ".alt_call_sites", .entry_bytes = 4, .is_foreign = true},
};

/* Whether the loader takes such a section at all. */
static bool is_supported(const struct special *special,
                         const struct special_kind *kind)
{
    const struct verify_target *target = special->target;

    return !target->is_ours ||
           (!kind->is_foreign &&
            (!target->xen || xen_symbols_take_special(target->xen)));
}

/* Whether it has whole records in the file. */
static bool verify_shape(const struct special *special,
                         const struct special_kind *kind)
{
    const Elf64_Shdr *section = &special->section;
    bool is_ours = special->target->is_ours;
    uint32_t entry_bytes = is_ours && kind->our_entry_bytes
                               ? kind->our_entry_bytes
                               : kind->entry_bytes;

    if (section->sh_type == SHT_NOBITS || !(section->sh_flags & SHF_ALLOC)) {
        findings_add(special->findings, "EINVAL",
                     "section %s: type %u, flags %#llx, expected loaded bytes",
                     special->name, section->sh_type,
                     (unsigned long long)section->sh_flags);
        return false;
    }
    if (section->sh_size % entry_bytes) {
        findings_add(special->findings, "EINVAL",
                     "section %s: %llu bytes, expected a multiple of %u",
                     special->name, (unsigned long long)section->sh_size,
                     entry_bytes);
        return false;
    }
    if (is_ours && kind->is_aligned &&
        payload_section_place(special->elf, special->index) % 4) {
        findings_add(special->findings, "EINVAL",
                     "section %s: comes to lie at an odd place, expected a "
                     "multiple of 4",
                     special->name);
    }
    return true;
}

static void verify_kind(const struct special *special,
                        const struct special_kind *kind)
{
    if (!is_supported(special, kind)) {
        findings_add(special->findings, "EOPNOTSUPP",
                     "section %s: this hypervisor does not support it",
                     special->name);
        return;
    }
    if (!verify_shape(special, kind) || !kind->verify_record) {
        return;
    }
    for (uint64_t i = 0; i < special->section.sh_size / kind->entry_bytes;
         i++) {
        kind->verify_record(special, i);
    }
}

static void verify_section(struct special *special)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (strcmp(special->name, kinds[i].name) != 0) {
            continue;
        }
        if (elf_file_find(special->elf, special->name) != special->index) {
            findings_add(special->findings, "EINVAL",
                         "section %s: there more than once", special->name);
        } else {
            verify_kind(special, &kinds[i]);
        }
    }
}

void verify_special(const struct elf_file *elf,
                    const struct verify_target *target,
                    struct findings *findings)
{
    struct special special = {
        .elf = elf, .target = target, .findings = findings};

    for (uint32_t i = 1; i < elf->header.e_shnum; i++) {
        special.index = i;
        special.section = elf_file_section(elf, i);
        special.name = elf_file_section_name(elf, &special.section);
        if (special.section.sh_size) {
            verify_section(&special);
        }
    }
}
