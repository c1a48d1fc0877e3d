/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Runs what ends in a panic in a child process, so that locks held at that
 * time trouble no other test.
 */
#ifndef CHILD_H
#define CHILD_H

#include <stddef.h>

/* Runs body() in a child, which must end by child_end(); gives its text. */
void run_child(void (*body)(void), char *text, size_t size);

/* Ends the child; outside of one the text goes to standard error. */
_Noreturn void child_end(const char *text);

#endif
