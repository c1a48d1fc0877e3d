// SPDX-License-Identifier: GPL-2.0
/*
 * Every role and move in every phase with few, some and very many missing: the
 * legal moves are listed here once more, by hand, and all others are refused.
 */
#include "host/test.h"

#include "phases.h"

#define TURN 0x123456789aULL
#define MOST ((1u << LP_MISSING_BITS) - 1)

/* A move that is legal while least <= missing <= most. */
struct legal {
    enum lp_role who;
    enum lp_move move;
    enum lp_phase from;
    unsigned int least, most;
    enum lp_phase to;
    int turns, missing; /* what is added to each */
};

static const struct legal legal[] = {
    {LP_MEMBER, LP_ARRIVE, LP_GATHER, 2, MOST, LP_GATHER, 0, -1},
    {LP_MEMBER, LP_ARRIVE, LP_GATHER, 1, 1, LP_RUN, 0, -1},
    {LP_LEADER, LP_EXPIRE, LP_GATHER, 0, 0, LP_IDLE, 0, 0},
    {LP_LEADER, LP_EXPIRE, LP_GATHER, 1, 1, LP_IDLE, 0, -1},
    {LP_LEADER, LP_EXPIRE, LP_GATHER, 2, 2, LP_IDLE, 0, -2},
    {LP_LEADER, LP_EXPIRE, LP_GATHER, MOST, MOST, LP_IDLE, 0, -(int)MOST},
    {LP_LEADER, LP_FINISH, LP_RUN, 0, 0, LP_IDLE, 0, 0},
    {LP_LEADER, LP_FINISH, LP_RUN, 1, 1, LP_IDLE, 0, -1},
    {LP_LEADER, LP_FINISH, LP_RUN, 2, 2, LP_IDLE, 0, -2},
    {LP_LEADER, LP_FINISH, LP_RUN, MOST, MOST, LP_IDLE, 0, -(int)MOST},
};

static const struct legal *find_legal(enum lp_role who, enum lp_move move,
                                      enum lp_phase from, unsigned int missing)
{
    for (size_t i = 0; i < ARRAY_SIZE(legal); i++) {
        const struct legal *row = &legal[i];

        if (row->who == who && row->move == move && row->from == from &&
            row->least <= missing && missing <= row->most) {
            return row;
        }
    }
    return NULL;
}

/* All but OPEN, which takes a number from outside. */
static void check_moves_from(enum lp_phase from, unsigned int missing)
{
    const uint64_t word = lp_phases_word(TURN, missing, from);

    for (enum lp_role who = 0; who < LP_ROLE_NR; who++) {
        for (enum lp_move move = LP_OPEN + 1; move < LP_MOVE_NR; move++) {
            const struct legal *row = find_legal(who, move, from, missing);
            uint64_t next = ~0ULL;

            assert_int_equal(lp_phases_next(word, who, move, 7, &next),
                             row != NULL);
            assert_int_equal(next, row ? lp_phases_word(TURN + row->turns,
                                                        missing + row->missing,
                                                        row->to)
                                       : ~0ULL);
        }
    }
}

static void every_move_is_as_listed_or_refused(void **state)
{
    static const unsigned int missing[] = {0, 1, 2, MOST};

    (void)state;
    for (enum lp_phase from = 0; from < LP_PHASE_NR; from++) {
        for (size_t i = 0; i < ARRAY_SIZE(missing); i++) {
            check_moves_from(from, missing[i]);
        }
    }
}

static void leader_opens_an_idle_word_and_gathers(void **state)
{
    static const unsigned int members[] = {1, 2, MOST};
    const uint64_t word = lp_phases_word(TURN, 0, LP_IDLE);

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(members); i++) {
        uint64_t next;

        assert_true(
            lp_phases_next(word, LP_LEADER, LP_OPEN, members[i], &next));
        assert_int_equal(next, lp_phases_word(TURN + 1, members[i], LP_GATHER));
    }
}

static void leader_without_members_runs_at_once(void **state)
{
    uint64_t next;

    (void)state;
    assert_true(lp_phases_next(lp_phases_word(TURN, 0, LP_IDLE), LP_LEADER,
                               LP_OPEN, 0, &next));
    assert_int_equal(next, lp_phases_word(TURN + 1, 0, LP_RUN));
}

static void only_the_leader_opens_and_only_once(void **state)
{
    (void)state;
    for (enum lp_phase from = 0; from < LP_PHASE_NR; from++) {
        for (enum lp_role who = 0; who < LP_ROLE_NR; who++) {
            uint64_t next = ~0ULL;

            if (who == LP_LEADER && from == LP_IDLE) {
                continue;
            }
            assert_false(lp_phases_next(lp_phases_word(TURN, 0, from), who,
                                        LP_OPEN, 3, &next));
            assert_int_equal(next, ~0ULL);
        }
    }
}

static void turn_missing_and_phase_have_places_of_their_own(void **state)
{
    const uint64_t turn = (1ULL << (64 - LP_TURN_SHIFT)) - 1;
    const uint64_t word = lp_phases_word(turn, MOST, LP_GATHER);

    (void)state;
    assert_int_equal(lp_turn_of(word), turn);
    assert_int_equal(lp_missing_of(word), MOST);
    assert_int_equal(lp_phase_of(word), LP_GATHER);
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, every_move_is_as_listed_or_refused);
    host_add(&tests, leader_opens_an_idle_word_and_gathers);
    host_add(&tests, leader_without_members_runs_at_once);
    host_add(&tests, only_the_leader_opens_and_only_once);
    host_add(&tests, turn_missing_and_phase_have_places_of_their_own);
    return host_run(&tests);
}
