/* SPDX-License-Identifier: GPL-2.0 */
/* One of a list that the hypervisor has walked is gone. */
//= refused of_two: list
#include "case.h"

int check(int value);
static int one;
#ifndef PATCHED
static int two;
static int *const of_two used section(".data.schedulers") = &two;
#endif
static int *const of_one used section(".data.schedulers") = &one;

int check(int value)
{
    return ask(value);
}
