/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the program asks of the module, through /dev/border: one struct for all
 * requests. Each answer counts what was tried and what was not refused.
 */
#ifndef BORDER_H
#define BORDER_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define BORDER_CPUS 64

struct border_request {
    __u64 address; /* of a physical page, an MSR's number, an APIC's offset */
    __u64 end;     /* one past the last page */
    __u64 value;   /* to write; what was read */
    __u64 high;    /* an ICR's other half */
    __u64 tried, passed;
    __u64 first_passed; /* where the first access was not refused */
};

struct border_nmis {
    __u64 count[BORDER_CPUS]; /* by CPU, since they were asked for last */
};

/* Reads, writes and executes the first and last bytes of each page. */
#define BORDER_MEMORY _IOWR('b', 1, struct border_request)
/* Accesses that begin in a page of dom0's and end in the one at address, or the
 * other way round. */
#define BORDER_CROSS _IOWR('b', 2, struct border_request)
/* Page tables of each level at address. */
#define BORDER_TABLES _IOWR('b', 3, struct border_request)
/* One access to each of the pages from address to end, 1 GiB apart. */
#define BORDER_DEVICES _IOWR('b', 4, struct border_request)
#define BORDER_RDMSR _IOWR('b', 5, struct border_request)
#define BORDER_WRMSR _IOWR('b', 6, struct border_request)
/* Writes value at the offset, and `high` first if it is the ICR; gives what the
 * register holds then. One that is not the ICR gets back what it held. */
#define BORDER_APIC _IOWR('b', 7, struct border_request)
/* Stores of other sizes and to places that are no register. */
#define BORDER_APIC_ODD _IOWR('b', 8, struct border_request)
#define BORDER_NMIS _IOR('b', 9, struct border_nmis)
/* Gives the address of a page of dom0's that may be tried. */
#define BORDER_OWN _IOWR('b', 11, struct border_request)
/* An exception whose vector table lies at address: does not come back. */
#define BORDER_IDT _IOWR('b', 10, struct border_request)

#endif
