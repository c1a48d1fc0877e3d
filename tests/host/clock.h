/* SPDX-License-Identifier: GPL-2.0 */
/*
 * System time: the machine's, or one that a test moves by hand.
 */
#ifndef HOST_CLOCK_H
#define HOST_CLOCK_H

#include <xen/time.h>

void host_clock_real(void);

/* From here on time stands at `now` unless it is advanced. */
void host_clock_fake(s_time_t now);
void host_clock_advance(s_time_t ns);

/* When nr pCPUs have arrived at a rendezvous and wait there, time goes on by
 * ns, once: how a deadline passes at an exact point. Fake time only. */
void host_clock_jump_at(unsigned int nr, s_time_t ns);

/* A spinning pCPU asks whether time is to jump. */
void host_clock_poll(void);

#endif
