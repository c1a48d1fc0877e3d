/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The rendezvous' state as one 64-bit word, and the moves that it can make:
 *
 *     63            24 23          8 7      0
 *     | turn          | missing     | phase |
 *
 * `turn` numbers the rendezvous, `missing` counts the pCPUs that have not
 * arrived. Pure: takes a word, gives the next one, by the table phases.def.
 * Making a move for all to see, and waiting for one, is rendezvous.c's job.
 * Usable while text changes.
 */
#ifndef LP_PHASES_H
#define LP_PHASES_H

#include <xen/compiler.h>
#include <xen/types.h>

enum lp_phase {
    LP_IDLE,   /* nothing is on */
    LP_GATHER, /* pCPUs arrive */
    LP_RUN,    /* all stand still; the leader works */
    LP_PHASE_NR
};

enum lp_role {
    LP_LEADER, /* whose turn it is, or who wants the next one */
    LP_MEMBER, /* any other pCPU that the leader counts on */
    LP_ROLE_NR
};

enum lp_move {
#define LP_MOVE(move, ...) LP_##move,
#include "phases.def"
#undef LP_MOVE
    LP_MOVE_NR
};

#define LP_PHASE_BITS 8
#define LP_MISSING_BITS 16
#define LP_TURN_SHIFT (LP_PHASE_BITS + LP_MISSING_BITS)

static inline uint64_t lp_phases_word(uint64_t turn, unsigned int missing,
                                      enum lp_phase phase)
{
    return turn << LP_TURN_SHIFT | (uint64_t)missing << LP_PHASE_BITS | phase;
}

static inline enum lp_phase lp_phase_of(uint64_t word)
{
    return word & ((1U << LP_PHASE_BITS) - 1);
}

static inline unsigned int lp_missing_of(uint64_t word)
{
    return (word >> LP_PHASE_BITS) & ((1U << LP_MISSING_BITS) - 1);
}

static inline uint64_t lp_turn_of(uint64_t word)
{
    return word >> LP_TURN_SHIFT;
}

enum lp_count {
    LP_COUNT_SET,
    LP_COUNT_LESS,
    LP_COUNT_NONE,
};

/* A row of phases.def. */
struct lp_phases_row {
    enum lp_role who;
    enum lp_phase from;
    uint8_t turns;
    enum lp_count count;
    enum lp_phase some_missing;
    enum lp_phase none_missing;
};

static const struct lp_phases_row lp_phases_rows[LP_MOVE_NR] = {
#define LP_MOVE(move, who, from, turns, count, some, none)                     \
    [LP_##move] = {LP_##who,         LP_##from, turns,                         \
                   LP_COUNT_##count, LP_##some, LP_##none},
#include "phases.def"
#undef LP_MOVE
};

/*
 * The word after `who` has made the move; nr_members is how many are to arrive,
 * for LP_OPEN (below 1 << LP_MISSING_BITS), and ignored otherwise. False when
 * the move is illegal: *next is untouched then. Inline, so that what is left of
 * a row that the caller names is a few instructions of the stop.
 */
static always_inline bool __must_check lp_phases_next(uint64_t word,
                                                      enum lp_role who,
                                                      enum lp_move move,
                                                      unsigned int nr_members,
                                                      uint64_t *next)
{
    const struct lp_phases_row *row = &lp_phases_rows[move];
    unsigned int missing = lp_missing_of(word);

    if (lp_phase_of(word) != row->from || who != row->who) {
        return false;
    }
    if (row->count == LP_COUNT_LESS && missing-- == 0) {
        return false;
    }
    if (row->count == LP_COUNT_SET) {
        missing = nr_members;
    } else if (row->count == LP_COUNT_NONE) {
        missing = 0;
    }
    *next = lp_phases_word(lp_turn_of(word) + row->turns, missing,
                           missing ? row->some_missing : row->none_missing);
    return true;
}

#endif
