// SPDX-License-Identifier: GPL-2.0
/*
 * Writes the hypervisor's table of moves, as phases.h has it: what becomes of
 * every word with at most three missing, for each role, move and number of
 * members. table.pml writes the model's in the same words.
 */
#include <stdio.h>

#include "phases.h"

#define TURN 5
#define MOST 3

static const char *const moves[] = {
#define LP_MOVE(move, ...) #move,
#include "phases.def"
#undef LP_MOVE
};

static const char *const roles[] = {
    [LP_LEADER] = "LEADER", [LP_MEMBER] = "MEMBER"};

static const char *const phases[] = {
    [LP_IDLE] = "IDLE", [LP_GATHER] = "GATHER", [LP_RUN] = "RUN"};

static void try_one(enum lp_role who, enum lp_move move, enum lp_phase from,
                    unsigned int before, unsigned int members)
{
    const uint64_t word = lp_phases_word(TURN, before, from);
    uint64_t next;

    printf("%s %s %s missing %u of %u: ", roles[who], moves[move], phases[from],
           before, members);
    if (lp_phases_next(word, who, move, members, &next)) {
        printf("turn %u missing %u %s\n", (unsigned int)lp_turn_of(next),
               lp_missing_of(next), phases[lp_phase_of(next)]);
    } else {
        printf("no\n");
    }
}

static void try_moves(unsigned int before, unsigned int members)
{
    for (enum lp_move move = 0; move < LP_MOVE_NR; move++) {
        for (enum lp_role who = 0; who < LP_ROLE_NR; who++) {
            for (enum lp_phase from = 0; from < LP_PHASE_NR; from++) {
                try_one(who, move, from, before, members);
            }
        }
    }
}

int main(void)
{
    for (unsigned int before = 0; before <= MOST; before++) {
        for (unsigned int members = 0; members <= MOST; members++) {
            try_moves(before, members);
        }
    }
    return 0;
}
