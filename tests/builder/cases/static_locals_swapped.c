/* SPDX-License-Identifier: GPL-2.0 */
/* Functions change places, one changes, and each keeps its own variable. */
//= taken second
#include "case.h"

int first(void);
int second(void);

#ifdef PATCHED
int second(void)
{
    static int nr;

    use(&nr);
    nr += ask(2);
    return nr + 2;
}
#endif

int first(void)
{
    static int nr;

    use(&nr);
    return ++nr;
}

#ifndef PATCHED
int second(void)
{
    static int nr;

    use(&nr);
    nr += ask(2);
    return nr;
}
#endif
