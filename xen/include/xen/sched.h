/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The one domain and its vCPUs: each vCPU is bound for good to the pCPU with
 * its number; nothing is scheduled.
 */
#ifndef XEN_SCHED_H
#define XEN_SCHED_H

#include <xen/types.h>

struct domain {
    uint16_t domain_id;
    bool is_privileged;
    unsigned int nr_vcpus;
    uint64_t total_pages;
};

struct vcpu; /* arch */

extern struct domain *dom0;

/* The domain whose hypercall this pCPU serves. */
struct domain *current_domain(void);

/* arch: answers SCHEDOP_shutdown (a SHUTDOWN_* reason of public/sched.h). */
long arch_domain_shutdown(unsigned int reason);

/*
 * arch: places the shared-info page at guest frame gfn of dom0 (a RAM frame
 * that is remapped). 0, or -EINVAL when gfn is not dom0 RAM.
 */
int arch_map_shared_info(uint64_t gfn);

#endif
