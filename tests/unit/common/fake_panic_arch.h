/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The arch's side of panic(), and a console that tests can read.
 */
#ifndef FAKE_PANIC_ARCH_H
#define FAKE_PANIC_ARCH_H

/* What arch_console_write() got. */
extern char fake_console[8192];

void fake_console_clear(void);

/* Runs body(), which must panic, in a child process; gives what the console
 * got from it. Valid until the next call. */
const char *console_of_panic(void (*body)(void));

/* Runs while the report's backtrace is printed; NULL: prints a line. */
extern void (*fake_backtrace)(void);

#endif
