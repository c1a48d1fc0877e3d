/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The rendezvous' word as the model has it, and its moves, made of the rows
 * that the hypervisor's table is made of (phases.def). Takes a role and a move,
 * and makes it in one step if it is legal. Who includes this says what a turn
 * is: next_turn().
 */
mtype = { IDLE, GATHER, RUN }
mtype = { LEADER, MEMBER }
#define LP_MOVE(move, ...) move,
mtype = {
#include "phases.def"
    NO_MOVE
}
#undef LP_MOVE

/* What a row's word for the number of missing pCPUs asks, and does. */
#define CAN_SET true
#define CAN_LESS (missing > 0)
#define CAN_NONE true
#define DO_SET(nr) missing = nr
#define DO_LESS(nr) missing = missing - 1
#define DO_NONE(nr) missing = 0

byte missing;
mtype phase = IDLE;

/* Makes the move if it is a row of the table; else is_legal is false. */
#define LP_MOVE(move, who, from, turns, count, some, none) \
    :: what == move && role == who && phase == from && CAN_##count -> \
        if \
        :: turns == 1 -> next_turn() \
        :: turns == 0 \
        fi; \
        DO_##count(nr_members); \
        if \
        :: missing > 0 -> phase = some \
        :: missing == 0 -> phase = none \
        fi; \
        is_legal = true
inline move(role, what, nr_members, is_legal)
{
    if
#include "phases.def"
    :: else -> is_legal = false
    fi
}
#undef LP_MOVE
