/* SPDX-License-Identifier: GPL-2.0 */
/* The same text twice. */
//= nothing
#include "case.h"

int check(int value);

int check(int value)
{
    return ask(value) * 2;
}
