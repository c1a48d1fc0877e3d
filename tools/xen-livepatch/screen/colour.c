/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The codes of ECMA-48 (SGR) that every terminal has.
 */
#include "screen/colour.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "hypervisor/payload.h"
#include "screen/payload_state.h"

static bool is_wanted(FILE *out)
{
    const char *no_colour = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");

    return !(no_colour && *no_colour) && terminal &&
           strcmp(terminal, "dumb") != 0 && isatty(fileno(out));
}

void colour_start(FILE *out, enum colour colour)
{
    static const char *const codes[] = {
        [COLOUR_GOOD] = "\033[32m",
        [COLOUR_IDLE] = "\033[33m",
        [COLOUR_BAD] = "\033[31m",
    };

    if (is_wanted(out)) {
        fputs(codes[colour], out);
    }
}

void colour_end(FILE *out)
{
    if (is_wanted(out)) {
        fputs("\033[0m", out);
    }
}

void colour_print_state(FILE *out, uint32_t state)
{
    colour_start(out, state == PAYLOAD_APPLIED ? COLOUR_GOOD
                      : state == PAYLOAD_SPENT ? COLOUR_BAD
                                               : COLOUR_IDLE);
    fputs(payload_state_word(state), out);
    colour_end(out);
}
