/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The rendezvous of xen/common/livepatch/rendezvous.c. NR pCPUs are all alike:
 * each runs ordinary text, passes safe points when it likes, leads when it gets
 * the sysctl lock, takes another offline or brings it back, for ever. So there
 * are turns without end, back to back or not, led by anyone.
 *
 * Every access to what pCPUs share is a step of its own, and steps interleave
 * in every order. A look that finds nothing new, and a compare-and-swap that
 * fails and only makes its pCPU look again, are left out. A deadline may pass
 * at any moment of the gathering, and does pass if nothing else happens: a
 * member may arrive early, late, amid the abort, or never.
 *
 * Options: HOTPLUG; SLEEPS, where a waiting pCPU looks again only after a kick
 * or a release that it had not taken; STUCK, where pCPUs hang for good; LEADERS,
 * how many of the pCPUs lead (all). Each BUG_* puts a mistake in, which must be
 * found. Claims: the assertions, that nobody is blocked for ever, and the
 * formulas at the end. Not in the model: memory that is not sequentially
 * consistent.
 */
#ifndef NR
#define NR 3
#endif
#ifndef LEADERS
#define LEADERS NR
#endif

#define NOBODY 255
#define BIT(cpu) (1 << (cpu))

/* ---- shared ------------------------------------------------------------ */

bool is_locked;        /* the sysctl lock: who leads, leads alone */
byte request = NOBODY; /* whose request is served */
bit pending[NR];       /* an NMI, or an event, that was not taken yet */

/* What a pCPU remembers of turns: see next_turn(). */
byte arrived[NR] = 1; /* per_cpu(arrived_turn) */
byte joined[NR];      /* the one that it takes part in; none: !is_joining */

#ifdef HOTPLUG
bool is_relied_on;    /* get_cpu_maps() */
byte target = NOBODY; /* who comes or goes, since cpu_hotplug_begin() */
bool is_going;        /* it goes */
bit online[NR] = 1;   /* cpu_online_map */
bit runs[NR] = 1;     /* executes text of the hypervisor */
#define IS_ONLINE(cpu) online[cpu]
#define RUNS(cpu) runs[cpu]
#else
#define IS_ONLINE(cpu) true
#define RUNS(cpu) true
#endif

/* ---- what the claims are about ------------------------------------------ */

bool is_changing; /* text is half written */
byte counted;     /* who has arrived in this turn, as a mask */
bit stands[NR];   /* was counted in, and has not left yet */
bit stale[NR];    /* may have fetched text before it was changed */

/* Scratch of single steps; no part of a state where spin allows that. */
#ifndef SCRATCH
#define SCRATCH hidden
#endif
SCRATCH byte cpu, nr_late, kept;

/* ---- the word ----------------------------------------------------------- */

/*
 * The number of a turn is only ever compared for equality: with the word's, and
 * the two that a pCPU remembers. So the word's is always PRESENT, and when a
 * new turn begins what each pCPU remembers is named anew, by whether its own
 * two are the same: turns without end need four names. That is sound as long as
 * 40 bits of turn do not run out while a pCPU remembers one.
 */
#define NO_TURN 0
#define PRESENT 3

inline next_turn()
{
    for (cpu : 0 .. NR - 1) {
        if
        :: joined[cpu] == NO_TURN
        :: else -> joined[cpu] = (joined[cpu] == arrived[cpu] -> 1 : 2)
        fi;
        arrived[cpu] = 1
    }
}

#include "moves.pml"

/* What happens with a move; a leader is in its turn from the start. */
inline note_move(what)
{
    if
    :: what == OPEN -> arrived[me] = PRESENT; counted = 0
    :: what == ARRIVE -> stands[me] = 1; counted = counted | BIT(me)
    :: else
    fi
}

/* make_move() on the word as it is; is_done says whether it was legal. */
inline make_move(role, what, nr_members)
{
    move(role, what, nr_members, is_done);
    if
    :: is_done -> note_move(what)
    :: else
    fi
}

/* ---- a member ----------------------------------------------------------- */

#define IS_CALLED (phase == GATHER && arrived[me] != PRESENT)

inline arrive()
{
    if
    :: d_step {
           joined[me] == PRESENT && phase == GATHER && missing > 0 ->
           make_move(MEMBER, ARRIVE, 0);
           assert(is_done)
       };
        arrived[me] = joined[me]
    :: d_step { joined[me] != PRESENT || phase != GATHER -> skip }
    fi
}

#ifdef BUG_MISSES_REISSUE
#define IS_LET_GO (phase == IDLE)
#else
#define IS_LET_GO (joined[me] != PRESENT || phase == IDLE)
#endif

#define IS_COUNTED (counted & BIT(me))

#ifdef SLEEPS
#define WAIT d_step { pending[me] -> pending[me] = 0 }
#else
#define WAIT (IS_LET_GO || !IS_COUNTED)
#endif

/* Nobody is left behind: who stays was counted in the turn that is on. */
inline stand_still()
{
    do
    :: IS_LET_GO -> break
    :: d_step { !IS_LET_GO -> assert(IS_COUNTED) };
        WAIT
    od;
    stale[me] = 0
}

/* From a look that found it called, until one that does not. */
inline pass_safe_point()
{
    do
    :: arrive();
        if
        :: is_done -> stand_still()
        :: else
        fi;
        d_step {
            assert(!is_done || (!is_changing && !stale[me]));
            stands[me] = 0; is_done = false;
            joined[me] = (IS_CALLED -> PRESENT : NO_TURN)
        };
        if
        :: joined[me] == NO_TURN -> break
        :: else
        fi
    od
}

/* ---- the leader --------------------------------------------------------- */

#if defined(HOTPLUG) && !defined(BUG_NO_GUARD)
#define CAN_RELY (target == NOBODY)
#define RELY is_relied_on = true
#define RELY_NO_MORE is_relied_on = false
#else
#define CAN_RELY true
#define RELY skip
#define RELY_NO_MORE skip
#endif

inline copy_online()
{
    members = 0; nr_missing = 0;
    for (cpu : 0 .. NR - 1) {
        if
        :: cpu != me && IS_ONLINE(cpu) ->
            members = members | BIT(cpu);
            nr_missing++
        :: else
        fi
    }
}

/* A kick or a release: each member takes it when it likes. */
inline signal_members()
{
#ifdef SLEEPS
    for (cpu : 0 .. NR - 1) {
        pending[cpu] = pending[cpu] | ((members >> cpu) & 1)
    }
#endif
    skip
}

#ifdef BUG_RESETS_COUNT_LATE
#define LEAVE_COUNT missing = nr_missing
#define KEEP_COUNT kept = missing
#define OPEN_WITH_COUNT missing = kept
#define RESET_COUNT missing = nr_missing
#define HAS_WRONG_COUNTS true /* what comes of them is to be found */
#else
#define LEAVE_COUNT skip
#define KEEP_COUNT skip
#define OPEN_WITH_COUNT skip
#define RESET_COUNT skip
#define HAS_WRONG_COUNTS false
#endif

#ifdef BUG_HAS_NO_DEADLINE
#define IS_TIME_UP false
#else
#define IS_TIME_UP true
#endif

/* Nobody else moves the word in IDLE. */
inline open_turn()
{
    d_step {
        copy_online();
        KEEP_COUNT;
        make_move(LEADER, OPEN, nr_missing);
        assert(is_done);
        is_done = false;
        OPEN_WITH_COUNT
    };
    RESET_COUNT;
    d_step { signal_members() }
}

/* Ends with is_done when time was up first, and nr_missing were missing. */
inline gather()
{
    if
    :: d_step {
           phase == GATHER && IS_TIME_UP -> nr_missing = missing;
           make_move(LEADER, EXPIRE, 0);
           assert(is_done);
           LEAVE_COUNT
       }
    :: phase != GATHER
    fi
}

#ifdef BUG_REPORTS_TOO_SOON
#define IS_STANDING_STILL(cpu) (arrived[cpu] == PRESENT)
#else
#define IS_STANDING_STILL(cpu) (joined[cpu] != NO_TURN)
#endif

/* Nobody runs outside, and a report from there would wait. */
inline check_all_stand()
{
    for (cpu : 0 .. NR - 1) {
        assert(cpu == me || !RUNS(cpu) ||
               (stands[cpu] && IS_STANDING_STILL(cpu)))
    }
}

inline change_text()
{
    d_step {
        assert(request == me);
        check_all_stand();
        is_changing = true
    };
    d_step {
        check_all_stand();
        for (cpu : 0 .. NR - 1) {
            stale[cpu] = (cpu != me && RUNS(cpu))
        }
        is_changing = false
    }
}

/*
 * Looks, again and again, who has not said that it arrived, until those are as
 * many as were missing, or for long enough. Whoever did not arrive is always
 * among them, and in the first case nobody else is.
 */
inline find_late()
{
    nr_late = 0;
    for (cpu : 0 .. NR - 1) {
        if
        :: (members & BIT(cpu)) && arrived[cpu] != PRESENT -> nr_late++
        :: else -> assert(!(members & BIT(cpu)) || (counted & BIT(cpu)))
        fi
    };
    assert(nr_late >= nr_missing || HAS_WRONG_COUNTS)
}

#ifdef BUG_READS_AFTER_LETTING_GO
#define LET_GO_EARLY is_locked = false
#else
#define LET_GO_EARLY skip
#endif

#ifdef BUG_RELEASES_NOBODY
#define RELEASE skip
#else
#define RELEASE d_step { signal_members() }
#endif

inline run_turn()
{
    open_turn();
    gather();
    if
    :: is_done -> d_step { find_late() }
    :: else ->
        change_text();
        d_step {
            make_move(LEADER, FINISH, 0);
            assert(is_done);
            LET_GO_EARLY
        }
    fi;
    RELEASE;
    assert(request == me)
}

inline lead()
{
    if
    :: d_step { CAN_RELY -> RELY };
        run_turn();
        RELY_NO_MORE
    :: d_step { !CAN_RELY -> skip }
    fi;
    atomic {
        is_done = false; members = 0; nr_missing = 0; counted = 0;
        request = NOBODY; is_locked = false
    }
}

/* ---- going offline and coming online ------------------------------------- */

#ifdef HOTPLUG
#define CAN_CHANGE (!is_relied_on && target == NOBODY)

/* Another comes if it was off, or goes. */
inline change_map()
{
    d_step {
        is_going = runs[target];
        runs[target] = 1;
        stale[target] = (is_going -> stale[target] : 0)
    };
    (is_going -> !runs[target] : online[target]);
    d_step { is_going = false; target = NOBODY }
}

#define CHANGES(other) \
    :: d_step { IS_ONLINE(me) && me != other && CAN_CHANGE -> target = other }; \
        change_map()
#endif

/* ---- a pCPU ------------------------------------------------------------- */

active [NR] proctype pcpu()
{
    byte me = _pid;
    byte members, nr_missing;
    bool is_done;

#ifdef HOTPLUG
end_off:
#endif
    do
#ifdef SLEEPS
    /* The NMI that made it leave its guest. */
    :: d_step { pending[me] && RUNS(me) -> pending[me] = 0 }
#endif
    :: d_step {
           IS_ONLINE(me) && IS_CALLED -> assert(!stale[me]);
           joined[me] = PRESENT
       };
        pass_safe_point()
    :: d_step {
           me < LEADERS && IS_ONLINE(me) && !is_locked ->
           assert(!stale[me]);
           is_locked = true; request = me
       };
        lead()
#ifdef HOTPLUG
    CHANGES(0)
    CHANGES(1)
#if NR >= 3
    CHANGES(2)
#endif
#if NR >= 4
    CHANGES(3)
#endif
    :: d_step { runs[me] && !online[me] && !is_going -> online[me] = 1 }
    :: d_step { target == me && is_going && online[me] -> online[me] = 0 };
        runs[me] = 0
#endif
#ifdef STUCK
    :: true ->
end_stuck:
        false
#endif
    od
}

#define LEADS(cpu) (is_locked && request == cpu)

ltl all_go_on { [] (stands[1] -> <> !stands[1]) }
ltl gathering_ends { [] ((phase == GATHER) -> <> (phase != GATHER)) }
ltl leader_returns { [] (LEADS(0) -> <> !LEADS(0)) }
