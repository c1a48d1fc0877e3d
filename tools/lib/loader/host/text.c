// SPDX-License-Identifier: GPL-2.0
/*
 * The arch contract's writing to text and to read-only data: here all of it is
 * private memory that can be written.
 */
#include <string.h>

#include <xen/errno.h>
#include <xen/livepatch_arch.h>
#include <xen/virtual_region.h>
#include <xen/xmalloc.h>

struct livepatch_window {
    const struct livepatch_change *changes;
    unsigned int nr;
};

static bool is_mapped(const struct livepatch_change *change)
{
    return change->nr_bytes <= text_bytes_from((unsigned long)change->where);
}

int arch_livepatch_window_open(const struct livepatch_change *changes,
                               const uint32_t *order, unsigned int nr,
                               struct livepatch_window **window)
{
    struct livepatch_window *made = xzalloc(struct livepatch_window);

    (void)order;
    if (!made) {
        return -ENOMEM;
    }
    for (unsigned int i = 0; i < nr; i++) {
        if (!is_mapped(&changes[i])) {
            xfree(made);
            return -EINVAL;
        }
    }
    *made = (struct livepatch_window){.changes = changes, .nr = nr};
    *window = made;
    return 0;
}

void arch_livepatch_window_write(const struct livepatch_window *window)
{
    for (unsigned int i = 0; i < window->nr; i++) {
        const struct livepatch_change *change = &window->changes[i];

        memcpy(change->where, change->after, change->nr_bytes);
    }
}

void arch_livepatch_window_restore(const struct livepatch_window *window)
{
    for (unsigned int i = window->nr; i-- > 0;) {
        const struct livepatch_change *change = &window->changes[i];

        memcpy(change->where, change->before, change->nr_bytes);
    }
}

void arch_livepatch_window_close(struct livepatch_window *window)
{
    xfree(window);
}

void arch_livepatch_constants_prepare(void)
{
}

void arch_livepatch_constants_open(void)
{
}

void arch_livepatch_constants_close(void)
{
}
