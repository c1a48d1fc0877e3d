/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The cases that are in this hypervisor: what of each is called, and its twin,
 * the code that the payload is to bring about. The table is made by the build
 * (make_table).
 */
#ifndef LIVE_WALK_H
#define LIVE_WALK_H

#include <xen/types.h>

/* Whatever it takes: what is not an argument is not looked at. */
typedef long case_fn(long first, long second, long third);

enum call_kind {
    CALL_int,     /* takes numbers, gives an int */
    CALL_void,    /* takes numbers, gives nothing */
    CALL_pointer, /* takes a pointer to a number, gives an int */
    CALL_voidpointer,
};

struct case_call {
    const char *name;
    enum call_kind kind;
    case_fn *live;
    case_fn *twin;
};

enum case_expectation {
    CASE_differs, /* what it does after the change shows */
    CASE_same,    /* it does not */
    CASE_faults,  /* it does, where an access faults */
};

struct test_case {
    const char *name;
    enum case_expectation expectation;
    const struct case_call *calls;
    unsigned int nr_calls;
};

extern const struct test_case test_cases[];
extern const unsigned int nr_test_cases;

/* Where the data of all cases lies (bounds.lds). */
extern char cases_data[], cases_data_end[], cases_bss[], cases_bss_end[];

/* What cases use of a hypervisor (../cases/case.h). What they do by it is what
 * is seen of them. */
void cases_printk(const char *format, ...);
void cases_use(const void *pointer);
int cases_ask(int what);

#endif
