/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The user-mode host: the third implementation of the arch contract
 * (<xen/livepatch_arch.h>) and of the services that the subsystem asks of a
 * hypervisor, so that its sources run unchanged in a test, fuzz or benchmark
 * program. This file starts it, resets it between tests, and tells whether
 * what was taken has been given back. It knows no test framework.
 */
#ifndef HOST_H
#define HOST_H

#include <xen/types.h>

/* Everything as at the start: one pCPU, real time, fresh text, no failures,
 * no guest memory, an empty log. Allocations are not touched. */
void host_reset(void);

/*
 * True when nothing is left behind: no heap bytes, no vmalloc pages, no
 * windows, the text as it was, no pCPU but 0. Otherwise false, and `text`
 * says what is left.
 */
bool host_is_balanced(char *text, size_t bytes);

#endif
