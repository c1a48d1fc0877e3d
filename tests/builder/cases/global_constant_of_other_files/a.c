/* SPDX-License-Identifier: GPL-2.0 */
/* A constant of one file that another one has changed with. */
//= taken limits
//= taken one
//= refused limits: other files may use
#include "case.h"

extern const int limits[4];
const int limits[4] = {
    1,
#ifdef PATCHED
    3,
#else
    2,
#endif
};
int one(int value);

int one(int value)
{
    use(limits);
    return ask(value);
}
