// SPDX-License-Identifier: GPL-2.0
/*
 * printk() for tests: text, levels included, piles up in fake_log.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "fake_printk.h"

char fake_log[4096];

void printk(const char *fmt, ...);

void printk(const char *fmt, ...)
{
    const size_t length = strlen(fake_log);
    va_list args;

    va_start(args, fmt);
    vsnprintf(fake_log + length, sizeof(fake_log) - length, fmt, args);
    va_end(args);
}

void fake_log_clear(void)
{
    fake_log[0] = '\0';
}
