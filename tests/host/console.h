/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the subsystem said, to be searched by tests, and what becomes of a
 * panic.
 */
#ifndef HOST_CONSOLE_H
#define HOST_CONSOLE_H

#include <xen/types.h>

/* All messages since the last clear, as lines without their levels. */
const char *host_log(void);
bool host_log_holds(const char *text);
unsigned int host_log_count(const char *text);

/* Messages of level XENLOG_ERR since the last clear. */
unsigned int host_log_errors(void);

void host_log_clear(void);

/* Who hears of a panic; must not return. Without one the program aborts. */
void host_on_panic(void (*hear)(const char *message));

#endif
