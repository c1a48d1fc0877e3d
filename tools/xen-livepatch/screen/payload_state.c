/* SPDX-License-Identifier: GPL-2.0 */
/*
 * States to words, by a table. A number that is not in it is the hypervisor's
 * own affair and is called unknown.
 */
#include "screen/payload_state.h"

#include <stddef.h>

#include "hypervisor/payload.h"

static const char *const words[] = {
    [PAYLOAD_CHECKED] = "CHECKED",
    [PAYLOAD_APPLIED] = "APPLIED",
    [PAYLOAD_SPENT] = "SPENT",
};

const char *payload_state_word(uint32_t state)
{
    if (state >= sizeof(words) / sizeof(words[0]) || !words[state]) {
        return "unknown";
    }
    return words[state];
}
