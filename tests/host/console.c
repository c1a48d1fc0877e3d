// SPDX-License-Identifier: GPL-2.0
/*
 * printk() into a buffer, with the hypervisor's own formatting (which the
 * build links under another name, next to the C library's).
 */
#include "console.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xen/lib.h>

#include "stopped.h"

#define LOG_BYTES 0x40000
#define MESSAGE_BYTES 1024

int xen_vsnprintf(char *buf, size_t size, const char *fmt, va_list args);

static char text[LOG_BYTES];
static size_t used;
static unsigned int nr_errors;
static void (*panic_listener)(const char *message);
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* When the buffer is full, the older half goes. */
static void append(const char *message, size_t bytes)
{
    if (used + bytes >= sizeof(text)) {
        used -= sizeof(text) / 2;
        memmove(text, text + sizeof(text) / 2, used);
    }
    memcpy(text + used, message, bytes);
    used += bytes;
    text[used] = '\0';
}

void vprintk(const char *fmt, va_list args)
{
    char message[MESSAGE_BYTES];
    const bool is_error = strncmp(fmt, XENLOG_ERR, strlen(XENLOG_ERR)) == 0;

    host_check_not_stopped("printk");
    if (fmt[0] == '<' && fmt[1] != '\0' && fmt[2] == '>') {
        fmt += 3;
    }
    xen_vsnprintf(message, sizeof(message), fmt, args);
    pthread_mutex_lock(&lock);
    append(message, strlen(message));
    nr_errors += is_error;
    pthread_mutex_unlock(&lock);
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
    char message[MESSAGE_BYTES];
    va_list args;

    va_start(args, fmt);
    xen_vsnprintf(message, sizeof(message), fmt, args);
    va_end(args);
    if (panic_listener) {
        panic_listener(message);
    }
    fprintf(stderr, "%spanic: %s\n", text, message);
    abort();
}

void host_on_panic(void (*hear)(const char *message))
{
    panic_listener = hear;
}

const char *host_log(void)
{
    return text;
}

bool host_log_holds(const char *what)
{
    return strstr(text, what) != NULL;
}

unsigned int host_log_count(const char *what)
{
    unsigned int nr = 0;

    for (const char *at = text; (at = strstr(at, what)); at++) {
        nr++;
    }
    return nr;
}

unsigned int host_log_errors(void)
{
    return nr_errors;
}

void host_log_clear(void)
{
    used = 0;
    text[0] = '\0';
    nr_errors = 0;
}
