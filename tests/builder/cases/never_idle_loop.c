/* SPDX-License-Identifier: GPL-2.0 */
/* A function that cannot be replaced while the hypervisor runs. */
//= refused idle_loop: never returns
#include "case.h"

int idle_loop(int value);

int idle_loop(int value)
{
#ifdef PATCHED
    value++;
#endif
    return ask(value);
}
