/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The words that every layer of the command shares about a payload: its state,
 * its status and what can be asked of it. The numbers are those of the sysctl
 * ABI (public header xen/sysctl.h), the same in every interface version, so
 * that no layer above the wire needs that header. No functions here.
 */
#ifndef XEN_LIVEPATCH_PAYLOAD_H
#define XEN_LIVEPATCH_PAYLOAD_H

#include <stdint.h>

/* Longest name, without its NUL; the ABI's limit of 128 includes the NUL. */
#define PAYLOAD_NAME_LENGTH_MAX 127U

enum payload_state {
    PAYLOAD_GONE = 0, /* our word for "not loaded"; never on the wire */
    PAYLOAD_CHECKED = 1,
    PAYLOAD_APPLIED = 2,
    PAYLOAD_SPENT = 100, /* our word; only payload_list_refine() gives it */
};

enum payload_action {
    PAYLOAD_UNLOAD = 1,
    PAYLOAD_REVERT = 2,
    PAYLOAD_APPLY = 3,
    PAYLOAD_REPLACE = 4,
};

/* Flag of PAYLOAD_APPLY: do not ask that the stack below matches. */
#define PAYLOAD_APPLY_NODEPS 1U

/*
 * What the hypervisor says of one payload. `state` is a payload_state, or a
 * number that this command does not know. `rc` is the result of the last
 * action: 0, -EAGAIN while one is under way, else a negative errno (a hook of
 * the payload may have given any other number).
 */
struct payload_status {
    uint32_t state;
    int32_t rc;
};

#endif
