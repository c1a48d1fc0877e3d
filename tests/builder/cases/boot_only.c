/* SPDX-License-Identifier: GPL-2.0 */
/* Code that has run and is gone. */
//= refused start: starts
#include "case.h"

boot_only int start(int value);

boot_only int start(int value)
{
#ifdef PATCHED
    return ask(value) + 1;
#else
    return ask(value);
#endif
}
