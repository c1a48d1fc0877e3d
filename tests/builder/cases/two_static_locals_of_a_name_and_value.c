/* SPDX-License-Identifier: GPL-2.0 */
/* Two variables of one name in one function, with other values. */
//= taken count
#include "case.h"

int count(int value);

int count(int value)
{
    if (value) {
        static int nr = 1;

        use(&nr);
        nr += ask(1);
        return nr;
    } else {
        static int nr = 2;

        use(&nr);
        nr += ask(2);
#ifdef PATCHED
        ask(nr);
#endif
        return nr;
    }
}
