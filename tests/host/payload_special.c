// SPDX-License-Identifier: GPL-2.0
/*
 * Records grow in sections that are made when the first of them comes.
 */
#include "payload_special.h"

#include <stdio.h>

#include <xen/extable.h>
#include <asm/alternative.h>

struct payload_place payload_add_section(struct payload_builder *builder,
                                         const char *name, uint64_t flags,
                                         const void *content, size_t bytes)
{
    const uint32_t section =
        builder_section(builder, name, SHT_PROGBITS, flags, 4, content, bytes);
    const uint32_t symbol =
        builder_symbol(builder, "", (uint16_t)section, 0,
                       ELF64_ST_INFO(STB_LOCAL, STT_SECTION));

    return (struct payload_place){.symbol = symbol};
}

static uint32_t find_or_add(struct payload_builder *builder, const char *name)
{
    const uint32_t found = builder_find(builder, name);

    return found ? found
                 : builder_section(builder, name, SHT_PROGBITS, SHF_ALLOC, 4,
                                   NULL, 0);
}

/* The field at `at` counts from `from`, and has `more` on top. */
static void put_distance(struct payload_builder *builder, uint32_t section,
                         uint64_t at, uint64_t from, struct payload_place to,
                         int64_t more)
{
    builder_relocation(builder, section, at, R_X86_64_PC32, to.symbol,
                       to.offset + (int64_t)(at - from) + more);
}

void payload_add_bug(struct payload_builder *builder,
                     const struct payload_bug *bug)
{
    char name[16];
    uint32_t section;
    uint64_t at;

    snprintf(name, sizeof(name), ".bug_frames.%u", bug->kind);
    section = find_or_add(builder, name);
    at = builder_append(builder, section, NULL, BUG_FRAME_BYTES(bug->kind));
    put_distance(builder, section, at, at, bug->where,
                 (int64_t)(bug->line >> BUG_LINE_BITS) << BUG_REACH_BITS);
    put_distance(builder, section, at + 4, at, bug->subject,
                 (int64_t)(bug->line & ((1 << BUG_LINE_BITS) - 1))
                     << BUG_REACH_BITS);
    if (bug->kind == BUGFRAME_assert) {
        put_distance(builder, section, at + 8, at, bug->message, 0);
    }
}

void payload_add_fixup(struct payload_builder *builder,
                       struct payload_place where, struct payload_place cont)
{
    const uint32_t section = find_or_add(builder, ".ex_table");
    const uint64_t at = builder_append(builder, section, NULL,
                                       sizeof(struct exception_table_entry));

    put_distance(builder, section, at, at, where, 0);
    put_distance(builder, section, at + 4, at + 4, cont, 0);
}

struct payload_place payload_add_code(struct payload_builder *builder,
                                      const void *code, size_t bytes)
{
    return payload_add_section(builder, ".altinstr_replacement",
                               SHF_ALLOC | SHF_EXECINSTR, code, bytes);
}

void payload_add_alternative(struct payload_builder *builder,
                             const struct payload_alternative *alt)
{
    const struct alt_instr record = {
        .feature = alt->feature,
        .original_bytes = alt->original_bytes,
        .code_bytes = alt->code_bytes,
        .padding_bytes = alt->padding_bytes,
        .unused = alt->unused,
    };
    const uint32_t section = find_or_add(builder, ".altinstructions");
    const uint64_t at =
        builder_append(builder, section, &record, sizeof(record));

    put_distance(builder, section, at, at, alt->where, 0);
    put_distance(builder, section, at + 4, at + 4, alt->code, 0);
}
