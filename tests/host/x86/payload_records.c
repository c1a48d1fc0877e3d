// SPDX-License-Identifier: GPL-2.0
/*
 * Records of bug frames and of alternatives as x86-64 has them.
 */
#include "host/payload_special.h"

#include <stdio.h>

#include <asm/alternative.h>

void payload_add_bug(struct payload_builder *builder,
                     const struct payload_bug *bug)
{
    char name[16];
    uint32_t section;
    uint64_t at;

    snprintf(name, sizeof(name), ".bug_frames.%u", bug->kind);
    section = payload_find_section(builder, name);
    at = builder_append(builder, section, NULL, BUG_FRAME_BYTES(bug->kind));
    payload_put_distance(builder, section, at, at, bug->where,
                         (int64_t)(bug->line >> BUG_LINE_BITS)
                             << BUG_REACH_BITS);
    payload_put_distance(builder, section, at + 4, at, bug->subject,
                         (int64_t)(bug->line & ((1 << BUG_LINE_BITS) - 1))
                             << BUG_REACH_BITS);
    if (bug->kind == BUGFRAME_assert) {
        payload_put_distance(builder, section, at + 8, at, bug->message, 0);
    }
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
    const uint32_t section = payload_find_section(builder, ".altinstructions");
    const uint64_t at =
        builder_append(builder, section, &record, sizeof(record));

    payload_put_distance(builder, section, at, at, alt->where, 0);
    payload_put_distance(builder, section, at + 4, at + 4, alt->code, 0);
}
