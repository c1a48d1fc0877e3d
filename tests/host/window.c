// SPDX-License-Identifier: GPL-2.0
/*
 * The arch contract's writing to sealed text: through the arena's second view,
 * which is open inside a write only.
 */
#include "window.h"

#include <string.h>

#include <xen/errno.h>
#include <xen/lib.h>
#include <xen/livepatch.h>
#include <xen/livepatch_arch.h>
#include <xen/xmalloc.h>

#include "arena.h"
#include "stopped.h"

struct livepatch_window {
    const struct livepatch_change *changes;
    unsigned int nr;
    uint8_t *alias[];
};

static unsigned int nr_windows;
static unsigned long bytes_written;

int arch_livepatch_window_open(const struct livepatch_change *changes,
                               const uint32_t *order, unsigned int nr,
                               struct livepatch_window **window)
{
    struct livepatch_window *made =
        xzalloc_bytes(sizeof(*made) + nr * sizeof(made->alias[0]));

    (void)order;
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

/* Who looks after hooks now is to see none: to tell of one runs text. */
static void begin_writing(void)
{
    livepatch_watch();
    host_arena_open_alias();
    host_set_stopped(true);
}

static void end_writing(void)
{
    host_set_stopped(false);
    host_arena_close_alias();
}

static void write_change(const struct livepatch_window *window, unsigned int i,
                         const uint8_t *bytes)
{
    memcpy(window->alias[i], bytes, window->changes[i].nr_bytes);
    bytes_written += window->changes[i].nr_bytes;
}

void arch_livepatch_window_write(const struct livepatch_window *window)
{
    begin_writing();
    for (unsigned int i = 0; i < window->nr; i++) {
        write_change(window, i, window->changes[i].after);
    }
    end_writing();
}

void arch_livepatch_window_restore(const struct livepatch_window *window)
{
    begin_writing();
    for (unsigned int i = window->nr; i-- > 0;) {
        write_change(window, i, window->changes[i].before);
    }
    end_writing();
}

void arch_livepatch_window_close(struct livepatch_window *window)
{
    if (window) {
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
