/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The words for a payload's states, the same in every message.
 */
#ifndef XEN_LIVEPATCH_PAYLOAD_STATE_H
#define XEN_LIVEPATCH_PAYLOAD_STATE_H

#include <stdint.h>

/* "CHECKED", "APPLIED", "SPENT", or "unknown" for any other number. */
const char *payload_state_word(uint32_t state);

#endif
