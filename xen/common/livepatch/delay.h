/* SPDX-License-Identifier: GPL-2.0 */
/*
 * For tests only, and only in builds that ask for it (LIVEPATCH_DELAY): makes a
 * pCPU lose time at a place of the rendezvous, as an interrupted host or a
 * blocked console would make it. Takes the boot option livepatch_delay=. In
 * any other build a place is nothing.
 */
#ifndef LP_DELAY_H
#define LP_DELAY_H

#include <xen/compiler.h>
#include <xen/types.h>

/* In the option a place is called by its name here, in small letters. */
enum lp_delay_place {
    LP_DELAY_ARRIVE,  /* member: kicked, not counted in yet, NMIs held off */
    LP_DELAY_WAIT,    /* member: counted in, about to wait */
    LP_DELAY_LEAVE,   /* member: let go, about to leave */
    LP_DELAY_KICK,    /* leader: the turn is open, nobody has been kicked */
    LP_DELAY_RUN,     /* leader: all stand still, nothing has changed */
    LP_DELAY_RELEASE, /* leader: the turn is over, nobody has been woken */
    LP_DELAY_TELL,    /* leader: all run again, about to write to the log */
    LP_DELAY_NR
};

/*
 * CPU:PLACE:MICROSECONDS[:COUNT][,...]: the pCPU loses that much time the first
 * COUNT times (1 if left out) that it comes to the place. Takes the place of
 * what was set before; empty: no delays. 0, or -EINVAL and no delays: not as
 * above, more than LP_DELAY_MAX of them, a pCPU that cannot be, or more than
 * a minute.
 */
#define LP_DELAY_MAX 16
int lp_delay_set(const char *value) __must_check;

extern bool lp_delay_is_set;

void lp_delay_here(enum lp_delay_place place);

#ifdef LIVEPATCH_DELAY
static inline void lp_delay_at(enum lp_delay_place place)
{
    if (unlikely(lp_delay_is_set)) {
        lp_delay_here(place);
    }
}
#else
static inline void lp_delay_at(enum lp_delay_place place)
{
    (void)place;
}
#endif

#endif
