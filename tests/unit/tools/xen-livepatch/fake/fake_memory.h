/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The memory that the fake hypervisor may reach: every live buffer of
 * hypercall_alloc(), so that a pointer in a call can be checked.
 */
#ifndef TESTS_FAKE_MEMORY_H
#define TESTS_FAKE_MEMORY_H

#include <stddef.h>
#include <stdint.h>

void fake_memory_reset(void);
unsigned int fake_memory_nr_live(void);

/* The `nr_bytes` bytes at guest handle `handle`; fails the test when they do
 * not all lie in one live buffer. */
void *fake_memory_at(uint64_t handle, size_t nr_bytes);

#endif
