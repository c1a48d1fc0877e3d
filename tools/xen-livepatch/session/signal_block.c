/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Blocked signals, which the kernel keeps. One that was ignored when the
 * program started (nohup) stays ignored.
 */
#include "session/signal_block.h"

#include <signal.h>
#include <stddef.h>

static sigset_t ending_signals(void)
{
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    return set;
}

void signals_block(void)
{
    sigset_t set = ending_signals();

    sigprocmask(SIG_BLOCK, &set, NULL);
}

bool signals_wait(void)
{
    sigset_t waiting;

    sigpending(&waiting);
    return sigismember(&waiting, SIGINT) > 0 ||
           sigismember(&waiting, SIGTERM) > 0 ||
           sigismember(&waiting, SIGHUP) > 0;
}

void signals_let_come(void)
{
    sigset_t set = ending_signals();

    sigprocmask(SIG_UNBLOCK, &set, NULL);
}
