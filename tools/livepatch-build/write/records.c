// SPDX-License-Identifier: GPL-2.0
/*
 * One section a kind of record. The names of entries lie in a section of their
 * own, as loaders expect them; pointers are relocations against the section
 * that they lead to.
 */
#include "write/records.h"

#include <stddef.h>
#include <string.h>

#include "lib/payload_elf.h"

#define ENTRY_VERSION 2
#define ENTRY_ALIGN 8
#define NOTE_ALIGN 4
#define EXPECT_ENABLED 1U
#define EXPECT_LENGTH_SHIFT 1

struct entry {
    uint64_t name, new_address, old_address;
    uint32_t new_bytes, old_bytes;
    uint8_t version;
    uint8_t unused[39];
    uint8_t expect; /* bit 0: anything; bits 1 to 5: how many bytes */
    uint8_t expected[PLAN_EXPECTED_MAX];
};
_Static_assert(sizeof(struct entry) == FUNC_BYTES, "");

struct id_note {
    Elf64_Nhdr header;
    char owner[4];
    unsigned char id[PLAN_ID_BYTES];
};
_Static_assert(offsetof(struct id_note, id) == RECORDS_ID_OFFSET, "");

static void add_entry(const struct replacement *replacement, uint32_t section,
                      uint32_t names, struct output *output)
{
    const size_t name_bytes = strlen(replacement->name) + 1;
    const uint64_t name = output_room(output, names, name_bytes, 1);
    const uint64_t at =
        output_room(output, section, sizeof(struct entry), ENTRY_ALIGN);
    struct entry entry = {
        .old_address = replacement->old_address,
        .new_bytes = replacement->new_bytes,
        .old_bytes = replacement->old_bytes,
        .version = ENTRY_VERSION,
    };

    if (replacement->nr_expected) {
        entry.expect = (uint8_t)(EXPECT_ENABLED | replacement->nr_expected
                                                      << EXPECT_LENGTH_SHIFT);
        memcpy(entry.expected, replacement->expected, replacement->nr_expected);
    }
    output_put(output, names, name, replacement->name, name_bytes);
    output_put(output, section, at, &entry, sizeof(entry));
    output_relocate(
        output, section,
        &(struct output_relocation){.offset = at + offsetof(struct entry, name),
                                    .type = output->machine->pointer,
                                    .symbol = names,
                                    .addend = (int64_t)name});
    output_relocate(output, section,
                    &(struct output_relocation){
                        .offset = at + offsetof(struct entry, new_address),
                        .type = output->machine->pointer,
                        .symbol = replacement->by->section,
                        .addend = (int64_t)replacement->by->offset});
}

static void add_entries(const struct plan *plan, struct output *output)
{
    const uint64_t flags =
        SHF_ALLOC | (plan->has_writable_funcs ? SHF_WRITE : 0);
    uint32_t section;
    uint32_t names;

    if (plan->nr_replacements == 0) {
        return;
    }
    section = output_section(output, SECTION_FUNCS, SHT_PROGBITS, flags);
    names =
        output_section(output, ".livepatch.strings", SHT_PROGBITS, SHF_ALLOC);
    for (size_t i = 0; i < plan->nr_replacements; i++) {
        add_entry(&plan->replacements[i], section, names, output);
    }
}

static void add_metadata(const struct plan *plan, struct output *output)
{
    for (size_t i = 0; i < plan->nr_metadata; i++) {
        const size_t bytes = strlen(plan->metadata[i]) + 1;
        const uint32_t section =
            output_section(output, SECTION_METADATA, SHT_PROGBITS, SHF_ALLOC);

        output_put(output, section, output_room(output, section, bytes, 1),
                   plan->metadata[i], bytes);
    }
}

static void add_note(struct output *output, const char *name,
                     const unsigned char *id)
{
    const uint32_t section = output_section(output, name, SHT_NOTE, SHF_ALLOC);
    struct id_note note = {
        .header = {.n_namesz = sizeof(note.owner),
                   .n_descsz = PLAN_ID_BYTES,
                   .n_type = NT_GNU_BUILD_ID},
        .owner = ELF_NOTE_GNU,
    };

    memcpy(note.id, id, PLAN_ID_BYTES);
    output_put(output, section,
               output_room(output, section, sizeof(note), NOTE_ALIGN), &note,
               sizeof(note));
}

void records_make(const struct plan *plan, struct output *output)
{
    static const unsigned char unknown[PLAN_ID_BYTES];

    add_entries(plan, output);
    add_metadata(plan, output);
    add_note(output, SECTION_DEPENDS, plan->depends);
    add_note(output, SECTION_XEN_DEPENDS, plan->xen_depends);
    add_note(output, SECTION_OWN_ID, unknown);
}
