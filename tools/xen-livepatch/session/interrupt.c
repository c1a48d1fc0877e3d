/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Handlers that keep the signal's number. Calls go on after it (SA_RESTART):
 * nothing here waits longer than a request may take.
 */
#include "session/interrupt.h"

#include <signal.h>
#include <stddef.h>

static const struct {
    int signal;
    const char *name;
} held[] = {{SIGINT, "SIGINT"}, {SIGTERM, "SIGTERM"}, {SIGHUP, "SIGHUP"}};

#define NR_HELD (sizeof(held) / sizeof(held[0]))

static volatile sig_atomic_t noted;
static struct sigaction before[NR_HELD];
static bool is_holding;

static void note(int signal)
{
    noted = signal;
}

/* What the caller had ignored (nohup) stays ignored. */
void interrupt_hold(void)
{
    const struct sigaction ours = {.sa_handler = note, .sa_flags = SA_RESTART};

    if (is_holding) {
        return;
    }
    is_holding = true;
    for (size_t i = 0; i < NR_HELD; i++) {
        sigaction(held[i].signal, &ours, &before[i]);
        if (before[i].sa_handler == SIG_IGN) {
            sigaction(held[i].signal, &before[i], NULL);
        }
    }
}

const char *interrupt_name(void)
{
    for (size_t i = 0; i < NR_HELD; i++) {
        if (noted == held[i].signal) {
            return held[i].name;
        }
    }
    return NULL;
}

void interrupt_release(void)
{
    for (size_t i = 0; is_holding && i < NR_HELD; i++) {
        sigaction(held[i].signal, &before[i], NULL);
    }
    is_holding = false;
    noted = 0;
}
