/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Allocation with exact sizes, so that the address sanitizer sees each byte
 * that is written too far, and with a failure that a test can order.
 */
#include "fake/fake_memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "fake/fake_hypervisor.h"
#include "hypervisor/hypercall.h"

#define NR_BUFFERS_MAX 16

static struct {
    unsigned char *start;
    size_t nr_bytes;
} buffers[NR_BUFFERS_MAX];

static unsigned int nr_allocations;
static unsigned int failing_allocation;

void fake_memory_reset(void)
{
    for (unsigned int i = 0; i < NR_BUFFERS_MAX; i++) {
        free(buffers[i].start);
        buffers[i].start = NULL;
    }
    nr_allocations = 0;
    failing_allocation = 0;
}

void fake_fail_allocation(unsigned int nth)
{
    failing_allocation = nth;
}

bool fake_did_allocation_fail(void)
{
    return failing_allocation && nr_allocations >= failing_allocation;
}

unsigned int fake_memory_nr_live(void)
{
    unsigned int nr_live = 0;

    for (unsigned int i = 0; i < NR_BUFFERS_MAX; i++) {
        nr_live += buffers[i].start != NULL;
    }
    return nr_live;
}

void *hypercall_alloc(struct hypercall *hypercall, size_t nr_bytes)
{
    (void)hypercall;
    if (++nr_allocations == failing_allocation) {
        return NULL;
    }
    for (unsigned int i = 0; i < NR_BUFFERS_MAX; i++) {
        if (!buffers[i].start) {
            buffers[i].start = calloc(1, nr_bytes ? nr_bytes : 1);
            buffers[i].nr_bytes = nr_bytes;
            return buffers[i].start;
        }
    }
    fail_msg("more than %d buffers at once", NR_BUFFERS_MAX);
    return NULL;
}

void hypercall_free(struct hypercall *hypercall, void *buffer)
{
    (void)hypercall;
    if (!buffer) {
        return;
    }
    for (unsigned int i = 0; i < NR_BUFFERS_MAX; i++) {
        if (buffers[i].start == buffer) {
            free(buffer);
            buffers[i].start = NULL;
            return;
        }
    }
    fail_msg("freed a buffer that is not live");
}

void *fake_memory_at(uint64_t handle, size_t nr_bytes)
{
    unsigned char *wanted = (unsigned char *)(uintptr_t)handle;

    for (unsigned int i = 0; i < NR_BUFFERS_MAX; i++) {
        if (buffers[i].start && wanted >= buffers[i].start &&
            wanted + nr_bytes <= buffers[i].start + buffers[i].nr_bytes) {
            return wanted;
        }
    }
    fail_msg("%zu bytes at %p are not in memory shared with the hypervisor",
             nr_bytes, (void *)wanted);
    return NULL;
}
