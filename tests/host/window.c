// SPDX-License-Identifier: GPL-2.0
/*
 * The arch contract's writing to sealed text: through the arena's second view,
 * which opens in begin and closes in end.
 */
#include "window.h"

#include <string.h>

#include <xen/errno.h>
#include <xen/lib.h>
#include <xen/livepatch_arch.h>
#include <xen/xmalloc.h>

#include "arena.h"
#include "stopped.h"

struct livepatch_window {
    const struct livepatch_change *changes;
    unsigned int nr;
    bool is_writable;
    uint8_t *alias[];
};

static unsigned int nr_windows;
static unsigned long bytes_written;

int arch_livepatch_window_open(const struct livepatch_change *changes,
                               unsigned int nr,
                               struct livepatch_window **window)
{
    struct livepatch_window *made =
        xzalloc_bytes(sizeof(*made) + nr * sizeof(made->alias[0]));

    if (!made) {
        return -ENOMEM;
    }
    made->changes = changes;
    made->nr = nr;
    for (unsigned int i = 0; i < nr; i++) {
        made->alias[i] =
            host_arena_alias(changes[i].where, changes[i].nr_bytes);
        if (!made->alias[i]) {
            xfree(made);
            return -EINVAL;
        }
    }
    nr_windows++;
    *window = made;
    return 0;
}

void arch_livepatch_window_begin(struct livepatch_window *window)
{
    BUG_ON(window->is_writable);
    window->is_writable = true;
    host_arena_open_alias();
    host_set_stopped(true);
}

void arch_livepatch_window_write(struct livepatch_window *window,
                                 unsigned int i, const uint8_t *bytes)
{
    const uint8_t nr_bytes = window->changes[i].nr_bytes;

    BUG_ON(!window->is_writable || i >= window->nr);
    memcpy(window->alias[i], bytes, nr_bytes);
    bytes_written += nr_bytes;
}

void arch_livepatch_window_end(struct livepatch_window *window)
{
    BUG_ON(!window->is_writable);
    host_set_stopped(false);
    host_arena_close_alias();
    window->is_writable = false;
}

void arch_livepatch_window_close(struct livepatch_window *window)
{
    if (window) {
        BUG_ON(window->is_writable);
        xfree(window);
        nr_windows--;
    }
}

unsigned int host_windows(void)
{
    return nr_windows;
}

unsigned long host_window_bytes(void)
{
    return bytes_written;
}
