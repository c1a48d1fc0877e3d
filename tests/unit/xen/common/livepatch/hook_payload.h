/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Payloads whose hooks are functions of the test: the payload's text has a
 * stub for each that jumps there. For tests of when hooks run, what they are
 * told, and what their answers do.
 */
#ifndef TEST_HOOK_PAYLOAD_H
#define TEST_HOOK_PAYLOAD_H

#include "steps.h"

#include <xen/livepatch_payload.h>

/* A hook of the payload; fn has the type of its kind. */
struct test_hook {
    enum lp_hook kind;
    void *fn;
};

struct hook_payload {
    const char *function; /* what it replaces by payload_return_42, or NULL */
    uint8_t id;
    uint8_t depends; /* 0: the hypervisor */
    bool has_data;   /* writable, of its own */
    const struct test_hook *hooks;
    unsigned int nr_hooks;
};

struct payload_file make_hook_payload(const struct hook_payload *what);
struct lp_payload *must_load_hook_payload(const struct hook_payload *what,
                                          const char *name);

/* What hooks have noted since the test began, a letter each. */
extern char noted[32];
void note(char letter);

#endif
