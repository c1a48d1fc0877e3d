// SPDX-License-Identifier: GPL-2.0
/*
 * The one list of tables, and how one is measured.
 */
#include "model/special.h"

#include <elf.h>
#include <string.h>

#include "model/machine.h"

static const struct special tables[] = {
    {.section = ".altinstructions",
     .nr_references = 2,
     .snippet_field = 4,
     .snippet_length = 11},
    {.section = ".alt_call_sites", .nr_references = 1},
    {.section = ".ex_table", .nr_references = 2, .snippet_field = 4},
    {.section = ".ex_table.pre", .nr_references = 2},
    {.section = ".bug_frames.0", .nr_references = 2, .is_bug_frame = true},
    {.section = ".bug_frames.1", .nr_references = 2, .is_bug_frame = true},
    {.section = ".bug_frames.2", .nr_references = 2, .is_bug_frame = true},
    {.section = ".bug_frames.3", .nr_references = 3, .is_bug_frame = true},
};

/* Not every frame there has a message. */
static const struct special arm_bug_frames = {.section = ".bug_frames",
                                              .entry_bytes = 16};

const struct special *special_of(const struct object *object,
                                 const struct section *section)
{
    if (object->machine->elf == EM_AARCH64 &&
        section_is_named(section, arm_bug_frames.section)) {
        return &arm_bug_frames;
    }
    for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
        if (strcmp(tables[i].section, section->name) == 0) {
            return &tables[i];
        }
    }
    return NULL;
}

bool special_is_snippets(const struct section *section)
{
    return strcmp(section->name, ".altinstr_replacement") == 0 ||
           strcmp(section->name, ".fixup") == 0;
}

bool special_is_ignored(const struct section *section)
{
    static const char *const names[] = {
        ".discard",
        ".eh_frame",
        ".comment",
        ".gnu.warning",
        "__patchable_function_entries",
    };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (section_is_named(section, names[i])) {
            return true;
        }
    }
    return !section_is_loaded(section) &&
           !(special_is_snippets(section) && (section->flags & SHF_ALLOC));
}

static bool are_entries_equal(const struct special *special,
                              const struct section *section, uint64_t bytes)
{
    const uint32_t nr = special->nr_references;

    for (size_t i = 0; i < section->nr_relocations; i++) {
        const uint64_t entry = i / nr * bytes;
        const uint64_t first = section->relocations[i % nr].offset;

        if (section->relocations[i].offset != entry + first) {
            return false;
        }
    }
    return true;
}

uint64_t special_entry_bytes(const struct object *object,
                             const struct section *section, FILE *err)
{
    const struct special *special = special_of(object, section);
    const uint32_t nr = special->nr_references;
    uint64_t bytes = special->entry_bytes;

    if (bytes == 0 && section->nr_relocations >= nr &&
        section->nr_relocations % nr == 0) {
        bytes = section->size / (section->nr_relocations / nr);
    }
    if (bytes == 0 || section->size % bytes != 0 ||
        (nr && (section->size / bytes * nr != section->nr_relocations ||
                !are_entries_equal(special, section, bytes)))) {
        fprintf(err,
                "%s: section '%s': %#lx bytes with %zu relocations: its "
                "entries cannot be told apart\n",
                object->path, section->name, section->size,
                section->nr_relocations);
        return 0;
    }
    return bytes;
}
