/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The hypervisor's console ring as a text that only grows: remember where it
 * ends, later read what was added. Nothing is consumed; other readers see the
 * same text. Knows nothing of what the lines say.
 */
#ifndef XEN_LIVEPATCH_CONSOLE_RING_H
#define XEN_LIVEPATCH_CONSOLE_RING_H

#include <stddef.h>
#include <stdint.h>

#include "hypervisor/livepatch_client.h"

/* The free-running index of the byte after the last one written. */
struct console_mark {
    uint32_t end;
};

/* Text that was read; `bytes` may hold anything, NULs included. */
struct console_text {
    char *bytes;
    size_t nr_bytes;
};

/*
 * Find the end of the ring. Gives 0 and *mark, or the hypervisor's -errno
 * (-EPERM, -ENOSYS), -ENOMEM, or -EOVERFLOW when the ring does not end.
 */
int console_find_end(struct livepatch_client *client,
                     struct console_mark *mark);

/*
 * Read what was added after *mark; what the ring has already lost is missing.
 * Gives 0 and *text, to be freed with console_text_free(), or -errno as above.
 */
int console_read_after(struct livepatch_client *client,
                       const struct console_mark *mark,
                       struct console_text *text);
void console_text_free(struct console_text *text);

#endif
