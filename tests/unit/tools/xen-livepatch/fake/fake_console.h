/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The fake hypervisor's console ring, addressed by a free-running byte index.
 */
#ifndef TESTS_FAKE_CONSOLE_H
#define TESTS_FAKE_CONSOLE_H

#include <stddef.h>

void fake_console_reset(void);
void fake_console_append(const char *text);

/* Everything older than the last `nr_bytes` bytes leaves the ring. */
void fake_console_keep(size_t nr_bytes);

/* Answer one readconsole sysctl, the 136 bytes at `sysctl`. */
int fake_console_answer(unsigned char *sysctl);

#endif
