/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Short pauses first, for what is over at once; the last one is cut so that the
 * limit is met. Counts what was asked for, not what the clock says.
 */
#include "session/pace.h"

#include "session/delay.h"

#define PAUSE_MAX_MS 100U

bool pace_pause(struct pace *pace)
{
    uint64_t left_ms = pace->limit_ms - pace->waited_ms;
    unsigned int pause_ms = pace->pause_ms ? pace->pause_ms * 2 : 1;

    if (!left_ms) {
        return false;
    }
    if (pause_ms > PAUSE_MAX_MS) {
        pause_ms = PAUSE_MAX_MS;
    }
    pace->pause_ms = pause_ms;
    if (pause_ms > left_ms) {
        pause_ms = (unsigned int)left_ms;
    }
    delay_ms(pause_ms);
    pace->waited_ms += pause_ms;
    return true;
}
