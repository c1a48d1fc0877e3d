// SPDX-License-Identifier: GPL-2.0
/*
 * A short list of delays, each used up by its own pCPU alone.
 */
#include "delay.h"

#include <xen/errno.h>
#include <xen/init.h>
#include <xen/lib.h>
#include <xen/percpu.h>
#include <xen/string.h>
#include <xen/time.h>
#include <asm/system.h>

#define LONGEST_US 60000000UL

struct delay {
    unsigned long cpu;
    enum lp_delay_place place;
    unsigned long us;
    unsigned long left; /* how often it is still to happen */
};

static const char *const place_names[LP_DELAY_NR] = {
    [LP_DELAY_ARRIVE] = "arrive", [LP_DELAY_WAIT] = "wait",
    [LP_DELAY_LEAVE] = "leave",   [LP_DELAY_KICK] = "kick",
    [LP_DELAY_RUN] = "run",       [LP_DELAY_RELEASE] = "release",
    [LP_DELAY_TELL] = "tell",
};

static struct delay delays[LP_DELAY_MAX];
static unsigned int nr_delays;

bool lp_delay_is_set;

/* Steps over the character if it is next. */
static bool take(const char **text, char wanted)
{
    if (**text != wanted) {
        return false;
    }
    ++*text;
    return true;
}

static bool take_number(const char **text, unsigned long *number)
{
    const char *start = *text;

    *number = simple_strtoull(start, text, 10);
    return *text != start;
}

static bool take_place(const char **text, enum lp_delay_place *place)
{
    for (unsigned int i = 0; i < LP_DELAY_NR; i++) {
        const size_t length = strlen(place_names[i]);

        if (!strncmp(*text, place_names[i], length)) {
            *text += length;
            *place = i;
            return true;
        }
    }
    return false;
}

static bool take_delay(const char **text, struct delay *delay)
{
    delay->left = 1;
    return take_number(text, &delay->cpu) && delay->cpu < NR_CPUS &&
           take(text, ':') && take_place(text, &delay->place) &&
           take(text, ':') && take_number(text, &delay->us) &&
           delay->us <= LONGEST_US &&
           (!take(text, ':') || take_number(text, &delay->left));
}

int lp_delay_set(const char *value)
{
    unsigned int nr = 0;

    lp_delay_is_set = false;
    nr_delays = 0;
    if (*value == '\0') {
        return 0;
    }
    do {
        if (nr == LP_DELAY_MAX || !take_delay(&value, &delays[nr])) {
            return -EINVAL;
        }
        nr++;
    } while (take(&value, ','));
    if (*value != '\0') {
        return -EINVAL;
    }
    nr_delays = nr;
    lp_delay_is_set = true;
    return 0;
}
custom_param("livepatch_delay", lp_delay_set);

static void __nopatch lose_time(unsigned long us)
{
    const s_time_t until = NOW() + MICROSECS(us);

    while (NOW() < until) {
        cpu_relax();
    }
}

void __nopatch lp_delay_here(enum lp_delay_place place)
{
    const unsigned int cpu = smp_processor_id();

    for (unsigned int i = 0; i < nr_delays; i++) {
        struct delay *delay = &delays[i];

        if (delay->cpu == cpu && delay->place == place && delay->left) {
            delay->left--;
            lose_time(delay->us);
        }
    }
}
