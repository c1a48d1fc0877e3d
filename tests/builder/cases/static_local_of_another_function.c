/* SPDX-License-Identifier: GPL-2.0 */
/* A new variable has the name of one that is gone: it does not get its value.
 */
//= taken first
//= taken second
//=x86-gcc,arm64-gcc= refused second: may be a new one
//=x86-clang,arm64-clang= refused second: may be a new one
#include "case.h"

int first(void);
int second(void);

int first(void)
{
#ifdef PATCHED
    return ask(7);
#else
    static int nr;

    use(&nr);
    return ++nr;
#endif
}

int second(void)
{
#ifdef PATCHED
    static int nr;

    use(&nr);
    return --nr;
#else
    return ask(3);
#endif
}
