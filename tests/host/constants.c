// SPDX-License-Identifier: GPL-2.0
/*
 * The arch contract's writing to read-only data, for hooks: the fake image's
 * constants are writable from open to close, and only after a prepare.
 */
#include "constants.h"

#include <xen/lib.h>
#include <xen/livepatch_arch.h>

#include "arena.h"

static unsigned int depth;
static bool is_prepared;

void arch_livepatch_constants_prepare(void)
{
    is_prepared = true;
}

void arch_livepatch_constants_open(void)
{
    if (!is_prepared) {
        panic("read-only data is opened that nobody has prepared\n");
    }
    if (depth++ == 0) {
        host_arena_open_constants();
    }
}

void arch_livepatch_constants_close(void)
{
    if (--depth == 0) {
        host_arena_close_constants();
    }
}

void host_constants_reset(void)
{
    if (depth) {
        host_arena_close_constants();
    }
    depth = 0;
    is_prepared = false;
}
