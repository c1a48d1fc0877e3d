/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The timer comes again and again after the first time, for a signal that comes
 * before the system call sleeps is lost on it.
 */
#include "hypervisor/time_limit.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <sys/time.h>

#define AGAIN_US 50000

static volatile sig_atomic_t is_over;

static void note_end(int signal)
{
    (void)signal;
    is_over = 1;
}

int time_limit_run(unsigned int seconds, int (*run)(void *closure),
                   void *closure)
{
    const struct sigaction ours = {.sa_handler = note_end}; /* no restart */
    const struct itimerval limit = {.it_interval.tv_usec = AGAIN_US,
                                    .it_value.tv_sec = seconds};
    const struct itimerval none = {.it_value.tv_sec = 0};
    struct sigaction before;
    int rc;

    is_over = 0;
    if (sigaction(SIGALRM, &ours, &before)) {
        return run(closure);
    }
    setitimer(ITIMER_REAL, &limit, NULL);
    rc = run(closure);
    setitimer(ITIMER_REAL, &none, NULL);
    sigaction(SIGALRM, &before, NULL);
    return rc == -EINTR && is_over ? -ETIMEDOUT : rc;
}
