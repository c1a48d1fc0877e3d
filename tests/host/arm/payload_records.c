// SPDX-License-Identifier: GPL-2.0
/*
 * Records of bug frames and of alternatives as arm64 has them.
 */
#include "host/payload_special.h"

#include <stdio.h>

#include <asm/alternative.h>

void payload_add_bug(struct payload_builder *builder,
                     const struct payload_bug *bug)
{
    const struct bug_frame frame = {.line = (uint16_t)bug->line};
    char name[16];
    uint32_t section;
    uint64_t at;

    snprintf(name, sizeof(name), ".bug_frames.%u", bug->kind);
    section = payload_find_section(builder, name);
    at = builder_append(builder, section, &frame, sizeof(frame));
    payload_put_distance(builder, section, at, at, bug->where, 0);
    if (bug->kind != BUGFRAME_run_fn) {
        payload_put_distance(builder, section, at + 4, at, bug->subject, 0);
    }
    if (bug->kind == BUGFRAME_assert) {
        payload_put_distance(builder, section, at + 8, at, bug->message, 0);
    }
}

void payload_add_alternative(struct payload_builder *builder,
                             const struct payload_alternative *alt)
{
    const struct alt_instr record = {
        .cpufeature = alt->feature,
        .orig_len = alt->original_bytes,
        .alt_len = alt->code_bytes,
    };
    const uint32_t section = payload_find_section(builder, ".altinstructions");
    const uint64_t at =
        builder_append(builder, section, &record, sizeof(record));

    payload_put_distance(builder, section, at, at, alt->where, 0);
    payload_put_distance(builder, section, at + 4, at + 4, alt->code, 0);
}
