// SPDX-License-Identifier: GPL-2.0
/*
 * printk() line by line to whoever uses the loader, with the hypervisor's own
 * formatting, which the build links under another name. The subsystem's log
 * formats its lines before it prints them, and so under a name of its own here:
 * that is where their forms are seen. A panic is a fault of the loader itself:
 * it ends the program.
 */
#include "lib/loader/host/hypervisor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xen/lib.h>

#define LINE_BYTES 1024

int xen_vsnprintf(char *buf, size_t size, const char *fmt, va_list args);
int log_vsnprintf(char *buf, size_t size, const char *fmt, va_list args);

/* Of the line that the subsystem's log is about to print; NULL: what comes is
 * printed without it. */
static const char *form;

int log_vsnprintf(char *buf, size_t size, const char *fmt, va_list args)
{
    form = fmt;
    return xen_vsnprintf(buf, size, fmt, args);
}

static enum loader_level level_of(const char **fmt)
{
    const char *text = *fmt;

    if (text[0] != '<' || text[1] < '0' || text[1] > '3' || text[2] != '>') {
        return LOADER_INFO;
    }
    *fmt += 3;
    return (enum loader_level)(text[1] - '0');
}

void vprintk(const char *fmt, va_list args)
{
    const enum loader_level level = level_of(&fmt);
    char line[LINE_BYTES];

    xen_vsnprintf(line, sizeof(line), fmt, args);
    line[strcspn(line, "\n")] = '\0';
    hypervisor->log(level, form ? form : fmt, line);
    form = NULL;
}

void printk(const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    vprintk(fmt, args);
    va_end(args);
}

void panic(const char *fmt, ...)
{
    char line[LINE_BYTES];
    va_list args;

    va_start(args, fmt);
    xen_vsnprintf(line, sizeof(line), fmt, args);
    va_end(args);
    fprintf(stderr, "the loader failed: %s", line);
    abort();
}
