/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The one domain and its vCPUs: each vCPU is bound for good to the pCPU with
 * its number; nothing is scheduled.
 */
#ifndef XEN_SCHED_H
#define XEN_SCHED_H

#include <xen/compiler.h>
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

/* Answers SCHEDOP_shutdown (a SHUTDOWN_* reason of public/sched.h). */
long domain_shutdown(unsigned int reason);

/*
 * arch: places the shared-info page at guest frame gfn of dom0 (a RAM frame
 * that is remapped). 0, or -EINVAL when gfn is not dom0 RAM.
 */
int arch_map_shared_info(uint64_t gfn);

/*
 * arch: dom0's page at gpa becomes the frame at paddr, for good or until the
 * next such call. 0 or -ENOMEM; putting a page back after that needs no memory.
 */
int arch_replace_guest_page(paddr_t gpa, paddr_t paddr) __must_check;

#endif
