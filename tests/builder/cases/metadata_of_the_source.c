/* SPDX-License-Identifier: GPL-2.0 */
/* What the patch has the payload say of itself. */
//= taken check
// has: advisory=none
#include "case.h"

int check(int value);

#ifdef PATCHED
static const char advisory[] used section(".modinfo") = "advisory=none";
#endif

int check(int value)
{
#ifdef PATCHED
    value++;
#endif
    return ask(value);
}
