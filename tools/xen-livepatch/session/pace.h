/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The pauses between two looks at something that somebody else has to finish:
 * 1, 2, 4 ... 64, 100, 100 ... ms, up to a limit in all.
 */
#ifndef XEN_LIVEPATCH_PACE_H
#define XEN_LIVEPATCH_PACE_H

#include <stdbool.h>
#include <stdint.h>

struct pace {
    uint64_t limit_ms;
    uint64_t waited_ms;    /* starts as 0 */
    unsigned int pause_ms; /* of the last pause; starts as 0 */
};

/* Pause before the next look; false, without a pause, when time is up. */
bool pace_pause(struct pace *pace);

#endif
