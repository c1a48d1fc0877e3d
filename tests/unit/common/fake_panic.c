// SPDX-License-Identifier: GPL-2.0
/*
 * panic() for tests: ends the process with its message.
 */
#include "unit.h"
#include <stdio.h>

#include "child.h"
#include "fake_panic.h"

void __attribute__((noreturn)) panic(const char *fmt, ...);

void panic(const char *fmt, ...)
{
    char message[512];
    va_list args;

    va_start(args, fmt);
    vsnprintf(message, sizeof(message), fmt, args);
    va_end(args);
    child_end(message);
}

void assert_panic(void (*body)(void), const char *message)
{
    char said[512];

    run_child(body, said, sizeof(said));
    assert_string_equal(said, message);
}
