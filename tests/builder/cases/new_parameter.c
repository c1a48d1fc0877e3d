/* SPDX-License-Identifier: GPL-2.0 */
/* The command line has been read. */
//= refused of_limit
#include "case.h"

struct parameter {
    const char *name;
    void *variable;
};
int check(int value);
#ifdef PATCHED
static int limit;
static const struct parameter of_limit used section(".init.setup") = {"limit",
                                                                      &limit};
#endif

int check(int value)
{
    return ask(value);
}
