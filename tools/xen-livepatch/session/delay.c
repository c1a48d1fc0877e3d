/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Waiting on the monotonic clock, whole even when a signal comes in between.
 */
#include "session/delay.h"

#include <errno.h>
#include <time.h>

void delay_ms(unsigned int ms)
{
    struct timespec left = {
        .tv_sec = ms / 1000,
        .tv_nsec = (long)(ms % 1000) * 1000000L,
    };

    while (clock_nanosleep(CLOCK_MONOTONIC, 0, &left, &left) == EINTR) {
    }
}
