/* SPDX-License-Identifier: GPL-2.0 */
/* A variable of a function becomes one of its file, and the function changes.
 */
//= taken count
//=x86-clang,arm64-clang= refused count: may be a new one
#include "case.h"

int count(void);
#ifdef PATCHED
static int nr;
#endif

int count(void)
{
#ifdef PATCHED
    ask(5);
#else
    static int nr;
#endif

    use(&nr);
    return ++nr;
}
