/* SPDX-License-Identifier: GPL-2.0 */
/* A list that the hypervisor has walked. */
//= refused of_two: list
#include "case.h"

int check(int value);
static int one;
#ifdef PATCHED
static int two;
static int *const of_two used section(".data.schedulers") = &two;
#endif
static int *const of_one used section(".data.schedulers") = &one;

int check(int value)
{
    return ask(value);
}
