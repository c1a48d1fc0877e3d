/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The machine that a test wants: which boot it is, how long it is up, what time
 * it is. The user is "admin". Nothing is logged unless --log says where.
 */
#ifndef TESTS_FAKE_MACHINE_H
#define TESTS_FAKE_MACHINE_H

#include <stdint.h>

/* Boot "boot-1", up for 100 s, at 2026-01-02 03:04:05.678 UTC. */
void fake_machine_reset(void);

void fake_machine_boot(const char *id, uint64_t uptime_s);
void fake_machine_pass(uint64_t seconds);

#endif
