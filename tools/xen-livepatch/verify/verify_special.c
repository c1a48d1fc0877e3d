/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Sections that come with code on x86-64: bug frames, the exception table,
 * alternatives, alternative calls. First what such a section must be, then
 * where its records lead: they hold distances, and as far as those stay in the
 * payload the file tells where to. An empty section is as if it were not there.
 */
#include "verify/payload_verify.h"

#include <stdio.h>
#include <string.h>

#include "lib/xen_symbols.h"
#include "verify/verify_calls.h"

#define SECTION_ALTERNATIVE_CODE ".altinstr_replacement"

/* What the functions below work on. */
struct special {
    const struct elf_file *elf;
    const struct verify_target *target;
    struct findings *findings;
    const char *name;
    uint32_t index;
    Elf64_Shdr section;
    struct payload_image image;
    uint64_t offset; /* of the section in the payload */
};

struct special_kind {
    const char *name;
    uint32_t entry_bytes;
    uint32_t
        our_entry_bytes; /* what this project's loader wants; 0: the same */
    bool is_aligned;     /* its loader wants words where words can be */
    bool is_code;        /* all others are data */
    bool is_call;        /* of an alternative call */
    void (*verify_record)(const struct special *special, uint64_t record);
};

/*
 * The offset in the payload that the distance at byte `at` of the section leads
 * to, counted from byte `from`, in its low `bits` bits. One that is nowhere in
 * the payload when it leads to somebody else. False when it is not known.
 */
static bool find_target(const struct special *special, uint64_t at,
                        uint64_t from, unsigned int bits, uint64_t *target)
{
    int32_t word;

    switch (payload_word_at(special->elf, special->index, at, &word)) {
    case WORD_KNOWN:
        *target =
            special->offset + from +
            (uint64_t)((int64_t)((uint64_t)(uint32_t)word << (64 - bits)) >>
                       (64 - bits));
        return true;
    case WORD_OUTSIDE:
        *target = UINT64_MAX;
        return true;
    default:
        return false;
    }
}

static bool is_text(const struct special *special, uint64_t offset,
                    uint64_t nr_bytes)
{
    return payload_image_has(&special->image, REGION_TEXT, offset, nr_bytes);
}

/* In the payload, and not in that region of it. */
static bool is_elsewhere(const struct special *special,
                         enum payload_region region, uint64_t offset)
{
    return offset < special->image.end[NR_REGIONS - 1] &&
           !payload_image_has(&special->image, region, offset, 1);
}

/* From the instruction that may fault to where to go on. */
static void verify_exception(const struct special *special, uint64_t record)
{
    uint64_t target;

    for (uint64_t at = 8 * record; at < 8 * (record + 1); at += 4) {
        if (find_target(special, at, at, 32, &target) &&
            !is_text(special, target, 1)) {
            findings_add(special->findings, "EINVAL",
                         "%s[%llu]: byte %llu leads out of the payload's text",
                         special->name, (unsigned long long)record,
                         (unsigned long long)(at % 8));
        }
    }
}

/* Only the layout of this project's frames is known here. */
static void verify_bug_frame(const struct special *special, uint64_t frame,
                             enum payload_region subject_region)
{
    unsigned long long at = frame;
    uint64_t target;

    if (find_target(special, frame, frame, 24, &target) &&
        !is_text(special, target, 1)) {
        findings_add(special->findings, "EINVAL",
                     "%s: the instruction of the frame at %#llx is not in the "
                     "payload's text",
                     special->name, at);
    }
    if (find_target(special, frame + 4, frame, 24, &target) &&
        is_elsewhere(special, subject_region, target)) {
        findings_add(
            special->findings, "EINVAL",
            "%s: the %s of the frame at %#llx is not in %s", special->name,
            subject_region == REGION_TEXT ? "function" : "file's name", at,
            subject_region == REGION_TEXT ? "text" : "read-only data");
    }
}

static void verify_run(const struct special *special, uint64_t record)
{
    if (special->target->is_ours) {
        verify_bug_frame(special, 8 * record, REGION_TEXT);
    }
}

static void verify_bug(const struct special *special, uint64_t record)
{
    if (special->target->is_ours) {
        verify_bug_frame(special, 8 * record, REGION_READ_ONLY);
    }
}

static void verify_assertion(const struct special *special, uint64_t record)
{
    uint64_t frame = 16 * record;
    uint64_t claim;

    if (!special->target->is_ours) {
        return;
    }
    verify_bug_frame(special, frame, REGION_READ_ONLY);
    if (find_target(special, frame + 8, frame, 32, &claim) &&
        is_elsewhere(special, REGION_READ_ONLY, claim)) {
        findings_add(special->findings, "EINVAL",
                     "%s: the claim of the frame at %#llx is not in read-only "
                     "data",
                     special->name, (unsigned long long)frame);
    }
}

/* A record of .altinstructions: two distances, a feature, three lengths. */
enum {
    ALTERNATIVE_PLACE = 0,
    ALTERNATIVE_CODE = 4,
    ALTERNATIVE_FEATURE = 8,
    ALTERNATIVE_ORIGINAL_BYTES = 10,
    ALTERNATIVE_CODE_BYTES = 11,
    ALTERNATIVE_PADDING_BYTES = 12,
    ALTERNATIVE_BYTES = 14,
};

/* In a feature's number: for CPUs without it. */
#define FEATURE_NEGATED 0x8000U
#define OUR_FEATURES 1024U
#define FEATURE_ALWAYS 992U

/* A record's numbers. */
struct alternative {
    uint32_t place_bytes;
    uint32_t code_bytes;
    uint32_t feature;
};

/* In the section with the alternatives' code. */
static bool is_code(const struct special *special, uint64_t offset,
                    uint64_t nr_bytes)
{
    uint32_t index = elf_file_find(special->elf, SECTION_ALTERNATIVE_CODE);
    uint64_t section_bytes;
    uint64_t start;

    if (!payload_section_is_loaded(special->elf, index)) {
        return false;
    }
    section_bytes = elf_file_section(special->elf, index).sh_size;
    start = payload_section_offset(special->elf, index);
    return offset >= start && offset - start <= section_bytes &&
           nr_bytes <= section_bytes - (offset - start);
}

static void verify_alternative_places(const struct special *special,
                                      uint64_t record, uint32_t place_bytes,
                                      uint32_t code_bytes)
{
    uint64_t at = record * ALTERNATIVE_BYTES;
    uint64_t target;

    if (find_target(special, at + ALTERNATIVE_PLACE, at + ALTERNATIVE_PLACE, 32,
                    &target) &&
        !is_text(special, target, place_bytes)) {
        findings_add(special->findings, "EINVAL",
                     "%s[%llu]: its place of %u bytes is not in the payload's "
                     "text",
                     special->name, (unsigned long long)record, place_bytes);
    }
    if (code_bytes &&
        find_target(special, at + ALTERNATIVE_CODE, at + ALTERNATIVE_CODE, 32,
                    &target) &&
        !is_code(special, target, code_bytes)) {
        findings_add(special->findings, "EINVAL",
                     "%s[%llu]: its %u bytes of code are not in section %s",
                     special->name, (unsigned long long)record, code_bytes,
                     SECTION_ALTERNATIVE_CODE);
    }
}

/* The call at a place in the payload's text. */
static void verify_call_of(const struct special *special, uint64_t record,
                           uint64_t site)
{
    char name[64];

    snprintf(name, sizeof(name), "%s[%llu]", special->name,
             (unsigned long long)record);
    verify_call(special->elf, site, name, special->findings);
}

/* Stock Xen up to 4.20 does not look at them at all. */
static void verify_call_site(const struct special *special, uint64_t record)
{
    uint64_t site;

    if (!special->target->is_ours ||
        !find_target(special, 4 * record, 4 * record, 32, &site)) {
        return;
    }
    if (!is_text(special, site, CALL_BYTES)) {
        findings_add(special->findings, "EINVAL",
                     "%s[%llu]: its call is not in the payload's text",
                     special->name, (unsigned long long)record);
    } else {
        verify_call_of(special, record, site);
    }
}

/* Code that leads to itself: how Xen up to 4.20 marks an alternative call, or
 * a mistake. */
static void verify_mark(const struct special *special, uint64_t record,
                        const struct alternative *alt)
{
    uint64_t at = record * ALTERNATIVE_BYTES;
    uint64_t code, place;

    if (!special->target->is_ours ||
        !find_target(special, at, at, 32, &place) ||
        !find_target(special, at + ALTERNATIVE_CODE, at + ALTERNATIVE_CODE, 32,
                     &code) ||
        !verify_is_call_to_itself(special->elf, code, alt->code_bytes, place)) {
        return;
    }
    if (alt->feature == FEATURE_ALWAYS && alt->place_bytes == CALL_BYTES &&
        alt->code_bytes == 5) {
        verify_call_of(special, record, place);
    } else {
        findings_add(special->findings, "EINVAL",
                     "%s[%llu]: its code is a call or jump to itself",
                     special->name, (unsigned long long)record);
    }
}

static void verify_feature(const struct special *special, uint64_t record,
                           uint32_t feature)
{
    if (special->target->is_ours &&
        (feature & ~FEATURE_NEGATED) >= OUR_FEATURES) {
        findings_add(special->findings, "ERANGE", "%s[%llu]: feature %u of %u",
                     special->name, (unsigned long long)record,
                     feature & ~FEATURE_NEGATED, OUR_FEATURES);
    }
}

static struct alternative alternative_at(const struct special *special,
                                         uint64_t record)
{
    const unsigned char *bytes =
        elf_file_bytes(special->elf, &special->section) +
        record * ALTERNATIVE_BYTES;

    return (struct alternative){
        .place_bytes = (uint32_t)bytes[ALTERNATIVE_ORIGINAL_BYTES] +
                       bytes[ALTERNATIVE_PADDING_BYTES],
        .code_bytes = bytes[ALTERNATIVE_CODE_BYTES],
        .feature = bytes[ALTERNATIVE_FEATURE] |
                   (uint32_t)bytes[ALTERNATIVE_FEATURE + 1] << 8,
    };
}

static void verify_alternative(const struct special *special, uint64_t record)
{
    struct alternative alt = alternative_at(special, record);

    if (alt.code_bytes > alt.place_bytes) {
        findings_add(special->findings, "ENOSPC",
                     "%s[%llu]: %u bytes of code for a place of %u",
                     special->name, (unsigned long long)record, alt.code_bytes,
                     alt.place_bytes);
    }
    verify_feature(special, record, alt.feature);
    verify_alternative_places(special, record, alt.place_bytes, alt.code_bytes);
    verify_mark(special, record, &alt);
}

static const struct special_kind kinds[] = {
    {.name = ".bug_frames.0",
     .entry_bytes = 8,
     .is_aligned = true,
     .verify_record = verify_run},
    {.name = ".bug_frames.1",
     .entry_bytes = 8,
     .is_aligned = true,
     .verify_record = verify_bug},
    {.name = ".bug_frames.2",
     .entry_bytes = 8,
     .is_aligned = true,
     .verify_record = verify_bug},
    {.name = ".bug_frames.3",
     .entry_bytes = 8,
     .our_entry_bytes = 16,
     .is_aligned = true,
     .verify_record = verify_assertion},
    {.name = ".ex_table",
     .entry_bytes = 8,
     .is_aligned = true,
     .verify_record = verify_exception},
    {.name = ".altinstructions",
     .entry_bytes = ALTERNATIVE_BYTES,
     .verify_record = verify_alternative},
    {.name = SECTION_ALTERNATIVE_CODE, .entry_bytes = 1, .is_code = true},
    {.name = ".alt_call_sites",
     .entry_bytes = 4,
     .is_call = true,
     .verify_record = verify_call_site},
};

/* Whether the loader takes such a section at all. */
static bool is_supported(const struct special *special,
                         const struct special_kind *kind)
{
    const struct verify_target *target = special->target;

    if (!target->is_ours || !target->xen) {
        return true;
    }
    return kind->is_call ? xen_symbols_take_calls(target->xen)
                         : xen_symbols_take_special(target->xen);
}

static uint32_t entry_bytes_of(const struct special *special,
                               const struct special_kind *kind)
{
    return special->target->is_ours && kind->our_entry_bytes
               ? kind->our_entry_bytes
               : kind->entry_bytes;
}

/* Whether it has whole records in the file. */
static bool verify_shape(const struct special *special,
                         const struct special_kind *kind)
{
    const Elf64_Shdr *section = &special->section;
    uint32_t entry_bytes = entry_bytes_of(special, kind);

    if (section->sh_type == SHT_NOBITS || !(section->sh_flags & SHF_ALLOC)) {
        findings_add(special->findings, "EINVAL",
                     "section %s: type %u, flags %#llx, expected loaded bytes",
                     special->name, section->sh_type,
                     (unsigned long long)section->sh_flags);
        return false;
    }
    if (special->target->is_ours && !kind->is_code &&
        (section->sh_flags & SHF_EXECINSTR)) {
        findings_add(special->findings, "EINVAL",
                     "section %s: executable, expected data", special->name);
    }
    if (section->sh_size % entry_bytes) {
        findings_add(special->findings, "EINVAL",
                     "section %s: %llu bytes, expected a multiple of %u",
                     special->name, (unsigned long long)section->sh_size,
                     entry_bytes);
        return false;
    }
    if (special->target->is_ours && kind->is_aligned && special->offset % 4) {
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
    for (uint64_t i = 0;
         i < special->section.sh_size / entry_bytes_of(special, kind); i++) {
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
    struct special special = {.elf = elf,
                              .target = target,
                              .findings = findings,
                              .image = payload_image_of(elf)};

    for (uint32_t i = 1; i < elf->header.e_shnum; i++) {
        special.index = i;
        special.section = elf_file_section(elf, i);
        special.name = elf_file_section_name(elf, &special.section);
        special.offset = payload_section_offset(elf, i);
        if (special.section.sh_size) {
            verify_section(&special);
        }
    }
}
