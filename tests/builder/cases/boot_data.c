/* SPDX-License-Identifier: GPL-2.0 */
/* Data that is read at boot. */
//= refused parameter: starts
#include "case.h"

boot_data static int parameter =
#ifdef PATCHED
    4;
#else
    2;
#endif
boot_only int start(int value);

boot_only int start(int value)
{
    use(&parameter);
    return ask(value);
}
