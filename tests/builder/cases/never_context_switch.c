/* SPDX-License-Identifier: GPL-2.0 */
/* Where each vCPU has a stack, those that wait come back to the old one. */
//=arm64-gcc,arm64-clang= refused context_switch: stacks
//=x86-gcc,x86-clang= taken context_switch: changed
#include "case.h"

int context_switch(int value);

int context_switch(int value)
{
#ifdef PATCHED
    value++;
#endif
    return ask(value);
}
