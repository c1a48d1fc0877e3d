/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The hypervisor's console: every character goes to a ring that dom0 reads
 * (XEN_SYSCTL_readconsole) and to the arch's outputs.
 */
#ifndef XEN_CONSOLE_H
#define XEN_CONSOLE_H

#include <xen/types.h>

#define CONSOLE_RING_BYTES 65536 /* a power of two */

void console_write(const char *text, size_t bytes);

/*
 * Holds the console for text of several console_write()s. A pCPU that holds
 * it already (a fault or an NMI while printing) passes through. Hand the
 * result to console_unlock().
 */
bool console_lock(void);
void console_unlock(bool was_taken);

/* Takes the console from whoever holds it; every other pCPU has stopped. */
void console_break_lock(void);

/* True when the next character starts a line. */
bool console_at_line_start(void);

/*
 * Copies ring bytes from index (free-running, wraps at 2^32) into buf, oldest
 * first; index is moved forward to the oldest byte still there when it lies
 * before it or ahead of the end. Returns the bytes copied and sets *index to
 * one past the last of them.
 */
uint32_t console_ring_read(uint32_t *index, char *buf, uint32_t bytes);

/* The index of the oldest byte. */
uint32_t console_ring_start(void);

/* Forgets what lies before index: an index that console_ring_read() gave. */
void console_ring_clear(uint32_t index);

/* arch: emit to the serial line (until dom0 owns it) and debug ports. */
void arch_console_write(const char *text, size_t bytes);

/* After this the serial line belongs to dom0; a panic takes it back. */
void console_give_to_dom0(void);
void console_take_back(void);

#endif
