/* SPDX-License-Identifier: GPL-2.0 */
/* Remembering a signal. */
#include "build/interrupt.h"

#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t came;

static void remember(int signal)
{
    came = signal;
}

/* Without SA_RESTART: whoever waits is woken. */
void interrupt_watch(void)
{
    struct sigaction action = {.sa_handler = remember};

    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
}

int interrupt_signal(void)
{
    return came;
}
