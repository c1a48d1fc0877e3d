/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Buffers for answers: exactly as large as what may be written, and with a
 * pattern in them, so that what may not be written is seen to be as it was.
 */
#ifndef FUZZ_OPS_ANSWER_H
#define FUZZ_OPS_ANSWER_H

#include <stddef.h>

#include <xen/types.h>

/* Guest memory, until the step is over. */
void *answer_fresh(size_t bytes);

/* Nothing was written at [from, bytes) of the buffer. */
void answer_check_fresh(const char *what, const void *at, size_t from,
                        size_t bytes);

void answer_check_number(const char *what, uint64_t is, uint64_t ought);

#endif
