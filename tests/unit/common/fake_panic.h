/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A panic() that a test can expect. It ends a child process, so that locks
 * held by the code that panicked trouble no other test.
 */
#ifndef FAKE_PANIC_H
#define FAKE_PANIC_H

/* Passes when body() panics with exactly this message. */
void assert_panic(void (*body)(void), const char *message);

#endif
