/* SPDX-License-Identifier: GPL-2.0 */
/* Two variables of one name in one function: which is which? */
//= taken count
//=x86-gcc,arm64-gcc= refused count: may be a new one
#include "case.h"

int count(int value);

int count(int value)
{
    if (value) {
        static int nr;

        use(&nr);
        nr += ask(1);
        return nr;
    } else {
        static int nr;

        use(&nr);
        nr += ask(2);
#ifdef PATCHED
        ask(nr);
#endif
        return nr;
    }
}
