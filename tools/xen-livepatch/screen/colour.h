/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Colour for eyes: on a terminal only, and not where NO_COLOR (no-color.org) or
 * a dumb terminal asks for none. Elsewhere these print nothing.
 */
#ifndef XEN_LIVEPATCH_COLOUR_H
#define XEN_LIVEPATCH_COLOUR_H

#include <stdint.h>
#include <stdio.h>

enum colour {
    COLOUR_GOOD,
    COLOUR_IDLE,
    COLOUR_BAD,
};

void colour_start(FILE *out, enum colour colour);
void colour_end(FILE *out);

/* The word of payload_state_word() in the colour of that state. */
void colour_print_state(FILE *out, uint32_t state);

#endif
