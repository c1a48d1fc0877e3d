// SPDX-License-Identifier: GPL-2.0
/*
 * Guest memory and the calling domain for tests of hypercalls.
 */
#include <string.h>
#include <xen/guest_access.h>

#include "fake_guest.h"

struct domain fake_domain;
struct domain *dom0 = &fake_domain;

static const char *fault_start;
static const char *fault_end;

int fake_guest_setup(void **state)
{
    (void)state;
    fake_domain = (struct domain){
        .domain_id = 0,
        .is_privileged = true,
        .nr_vcpus = 4,
        .total_pages = 1000,
    };
    fake_guest_fault(NULL, 0);
    return 0;
}

struct domain *current_domain(void)
{
    return &fake_domain;
}

void fake_guest_fault(const void *start, unsigned long bytes)
{
    fault_start = start;
    fault_end = fault_start + bytes;
}

static bool has_fault(const char *p, unsigned long bytes)
{
    return p == NULL || (p < fault_end && p + bytes > fault_start);
}

unsigned long raw_copy_from_guest(void *to, const void *from,
                                  unsigned long bytes)
{
    if (bytes && has_fault(from, bytes)) {
        return bytes;
    }
    memcpy(to, from, bytes);
    return 0;
}

unsigned long raw_copy_to_guest(void *to, const void *from, unsigned long bytes)
{
    if (bytes && has_fault(to, bytes)) {
        return bytes;
    }
    memcpy(to, from, bytes);
    return 0;
}
