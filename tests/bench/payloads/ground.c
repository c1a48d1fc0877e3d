/* SPDX-License-Identifier: GPL-2.0 */
/*
 * 1,000 functions that nobody calls, for other payloads to patch: what is
 * measured is the patching of so many places, not of any place in particular.
 * They lie 16 bytes apart. A payload has to change something itself, too: a
 * version string that nobody looks at meanwhile.
 */
#include "many.h"

#include <function_sizes.h>

asm(".pushsection .text.bench_ground, \"ax\", @progbits\n"
    ".balign 16\n"
    ".global bench_ground\n"
    ".type bench_ground, @function\n"
    "bench_ground:\n"
    ".rept 1000\n"
    "nopl 0(%rax)\n" /* so that the entry is no trampoline-sized hole */
    "ret\n"
    ".balign 16, 0xcc\n"
    ".endr\n"
    ".size bench_ground, . - bench_ground\n"
    ".popsection\n");

static const char *ground_compile_date(void)
{
    return "ground";
}

LIVEPATCH_FUNC_NAMED("xen_compile_date", ground, ground_compile_date,
                     FUNCTION_SIZE(xen_compile_date));
