/* SPDX-License-Identifier: GPL-2.0 */
/* A function that cannot be replaced while the hypervisor runs. */
//= refused context_switch: stacks
#include "case.h"

int context_switch(int value);

int context_switch(int value)
{
#ifdef PATCHED
    value++;
#endif
    return ask(value);
}
