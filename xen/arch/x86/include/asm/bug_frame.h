/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How bug frames lie in memory. Each word is a distance from the frame's start
 * in its low bits, signed, and half of the line's number above it: the sum of
 * both, so that a negative distance takes one from what stands above.
 *
 *     0  distance to the instruction + (line / 128 << 24)
 *     4  distance to the file's name, or to the function + (line % 128 << 24)
 *     8  an assert's: distance to what was claimed, all 32 bits
 *    12  an assert's: 0
 */
#ifndef ASM_BUG_FRAME_H
#define ASM_BUG_FRAME_H

#include <xen/types.h>

#define BUG_REACH_BITS 24
#define BUG_LINE_BITS 7
#define BUG_INSN_BYTES 2 /* UD2 */

#define BUG_FRAME_BYTES(kind) ((kind) == BUGFRAME_assert ? 16u : 8u)
#define BUG_FRAME_ALIGN 4

static inline int32_t bug_distance(int32_t word)
{
    return (int32_t)((uint32_t)word << (32 - BUG_REACH_BITS)) >>
           (32 - BUG_REACH_BITS);
}

static inline unsigned int bug_line_part(int32_t word)
{
    return ((uint32_t)word - (uint32_t)bug_distance(word)) >> BUG_REACH_BITS;
}

/* Decodes the frame of that kind at an address aligned to BUG_FRAME_ALIGN. */
static inline struct bug bug_frame_read(enum bug_kind kind, const void *frame)
{
    const int32_t *word = frame;
    const uintptr_t base = (uintptr_t)frame;
    struct bug bug = {
        .kind = kind,
        .where = (const void *)(base + bug_distance(word[0])),
        .subject = (const void *)(base + bug_distance(word[1])),
        .line =
            bug_line_part(word[0]) << BUG_LINE_BITS | bug_line_part(word[1]),
    };

    if (kind == BUGFRAME_assert) {
        bug.message = (const char *)(base + word[2]);
    }
    return bug;
}

#endif
