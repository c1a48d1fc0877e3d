/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The part of the fake hypervisor that answers LIST.
 */
#ifndef TESTS_FAKE_LIST_H
#define TESTS_FAKE_LIST_H

#include "fake/fake_hypervisor.h"

struct fake_listing {
    const struct fake_window *window;
    const struct fake_entry *entries;
    int rc;
    bool is_before_0x13;
};

/* Check the request, which is the whole sysctl, and answer it. */
int fake_list_answer(unsigned char *sysctl, const struct fake_listing *listing);

/* Fail the test unless bytes from .. to - 1 are zero. */
void check_zero(const unsigned char *sysctl, unsigned int from,
                unsigned int to);

#endif
