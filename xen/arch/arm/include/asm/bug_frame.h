/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How bug frames lie in memory: distances from the frame's start, and the line.
 *
 *     0  distance to the instruction, BRK
 *     4  distance to the file's name; run_fn: 0, the function is in x0
 *     8  an assert's: distance to what was claimed; else 0
 *    12  the line, 16 bits, and 16 bits of 0
 */
#ifndef ASM_BUG_FRAME_H
#define ASM_BUG_FRAME_H

#include <xen/types.h>

#define BUG_INSN_BYTES 4

#define BUG_FRAME_BYTES(kind) 16u
#define BUG_FRAME_ALIGN 4

struct bug_frame {
    int32_t where;
    int32_t subject;
    int32_t message;
    uint16_t line;
    uint16_t unused;
};

/* Decodes the frame of that kind at an address aligned to BUG_FRAME_ALIGN. */
static inline struct bug bug_frame_read(enum bug_kind kind, const void *frame)
{
    const struct bug_frame *raw = frame;
    const uintptr_t base = (uintptr_t)frame;
    struct bug bug = {
        .kind = kind,
        .where = (const void *)(base + raw->where),
        .line = raw->line,
    };

    if (kind != BUGFRAME_run_fn) {
        bug.subject = (const void *)(base + raw->subject);
    }
    if (kind == BUGFRAME_assert) {
        bug.message = (const char *)(base + raw->message);
    }
    return bug;
}

#endif
