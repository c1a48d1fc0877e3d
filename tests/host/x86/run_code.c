// SPDX-License-Identifier: GPL-2.0
/*
 * x86-64 code is run by the machine.
 */
#include "host/fake_text.h"

int host_run_code(const void *code)
{
    int (*function)(void) = (int (*)(void))code;

    return function();
}
