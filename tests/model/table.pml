/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Writes the model's table of moves: what becomes of every word with at most
 * three missing, for each role, move and number of members. Takes moves.pml,
 * gives the lines that table.c gives of the hypervisor's.
 */
byte turn;
#define next_turn() turn++
#include "moves.pml"

byte members, before;
bool is_made;

inline try_one(who, what, from)
{
    turn = 5; missing = before; phase = from;
    move(who, what, members, is_made);
    if
    :: is_made ->
        printf("%e %e %e missing %d of %d: turn %d missing %d %e\n", who, what,
               from, before, members, turn, missing, phase)
    :: else ->
        printf("%e %e %e missing %d of %d: no\n", who, what, from, before,
               members)
    fi
}

inline try_phases(who, what)
{
    try_one(who, what, IDLE); try_one(who, what, GATHER); try_one(who, what, RUN)
}

init {
    for (before : 0 .. 3) {
        for (members : 0 .. 3) {
#define LP_MOVE(move, ...) try_phases(LEADER, move); try_phases(MEMBER, move);
#include "phases.def"
#undef LP_MOVE
        }
    }
}
