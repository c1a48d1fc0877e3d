// SPDX-License-Identifier: GPL-2.0
/*
 * Counts what did not hold; and the end of a run that panics.
 */
#include "verdict.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <xen/lib.h>
#include <xen/livepatch_arch.h>

static const char *const names[] = {
    [NOBODY_OUTSIDE] = "nobody runs outside while text changes",
    [ONCE_OR_LATE] = "a turn runs its work once or names who was late",
    [ALL_COME] = "all come when there is time",
    [ALL_LEAVE] = "all leave every turn that counted them",
    [COUNTERS_AGREE] = "counters agree",
};

static uint64_t nr_broken[CLAIM_NR];
static uint64_t first[CLAIM_NR][2];

void expect(enum claim claim, bool holds, uint64_t found, uint64_t wanted)
{
    if (holds || __atomic_fetch_add(&nr_broken[claim], 1, __ATOMIC_SEQ_CST)) {
        return;
    }
    first[claim][0] = found;
    first[claim][1] = wanted;
}

static int tell(unsigned int number, bool is_ok, const char *name)
{
    printf("%sok %u - stress: %s\n", is_ok ? "" : "not ", number, name);
    return !is_ok;
}

int tell_verdict(bool was_complete)
{
    int rc = 0;

    for (unsigned int i = 0; i < CLAIM_NR; i++) {
        rc |= tell(i + 1, nr_broken[i] == 0, names[i]);
        if (nr_broken[i]) {
            printf("# %lu times, first: %ld, %ld\n", nr_broken[i],
                   (long)first[i][0], (long)first[i][1]);
        }
    }
    rc |= tell(CLAIM_NR + 1, was_complete,
               "deadlines were missed, pCPUs came and went");
    printf("1..%u\n", CLAIM_NR + 1);
    return rc;
}

void panic(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    abort();
}

/* What watch.c would say: there are no hooks here. */
void livepatch_log(const char *fmt, ...)
{
    panic("%s: of nobody\n", fmt);
}
