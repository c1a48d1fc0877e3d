/* SPDX-License-Identifier: GPL-2.0 */
/* A function that ends nowhere. */
//= taken stop
#include "case.h"

noinline __attribute__((noreturn)) void stop(void);
int check(int value);

void stop(void)
{
    for (;;) {
        use(NULL);
#ifdef PATCHED
        ask(1);
#endif
    }
}

int check(int value)
{
    if (value < 0) {
        stop();
    }
    return ask(value);
}
