/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The run as a person follows it: a line for each step when it is over, the
 * reason under one that failed, and the verdict. As TAP version 13 the same,
 * numbered over all suites, with reasons as comments.
 */
#ifndef LIVEPATCH_REPLAY_TERMINAL_H
#define LIVEPATCH_REPLAY_TERMINAL_H

#include <stdio.h>

#include "result/result.h"

enum form {
    FORM_WORDS,
    FORM_TAP,
    FORM_NONE, /* nothing while it goes on */
};

struct terminal {
    enum form form;
    FILE *out;
    size_t nr_told; /* cases, over all suites */
};

void terminal_begin_suite(struct terminal *terminal, const struct suite *suite);
void terminal_tell_case(struct terminal *terminal, const struct suite *suite,
                        const struct test_case *told);

/* Those that were not reached, when the suite is over. */
void terminal_tell_unreached(struct terminal *terminal,
                             const struct suite *suite);
void terminal_end_suite(struct terminal *terminal, const struct suite *suite);

/* Once, when all suites are through. */
void terminal_end(struct terminal *terminal, const struct report *report);

#endif
