/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reads the console ring window by window, by the free-running byte index that
 * XEN_SYSCTL_readconsole takes and gives. A start index that the ring no longer
 * holds makes the hypervisor begin at its oldest byte; the index after the read
 * then tells how much of what came is new.
 *
 * Example: mark 1000, then 300 bytes are written into a ring that restarts at
 * its oldest byte 900: 400 bytes come, the index says 1300, so the last
 * 1300 - 1000 = 300 bytes are the new ones.
 */
#include "hypervisor/console_ring.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define WINDOW_BYTES (16U * 1024U)

/* No ring is larger; a reader that gets this much chases a babbling writer. */
#define RING_BYTES_MAX (16U * 1024U * 1024U)

static int append(struct console_text *text, const char *bytes, size_t nr_bytes)
{
    char *grown = realloc(text->bytes, text->nr_bytes + nr_bytes + 1);

    if (!grown) {
        return -ENOMEM;
    }
    memcpy(grown + text->nr_bytes, bytes, nr_bytes);
    text->bytes = grown;
    text->nr_bytes += nr_bytes;
    return 0;
}

/* Read from *index to the end of the ring; *index becomes that end. */
static int read_to_end(const struct wire *wire, char *window, uint32_t *index,
                       struct console_text *text)
{
    uint32_t nr_bytes = WINDOW_BYTES;

    while (nr_bytes == WINDOW_BYTES) {
        int rc = wire_readconsole(wire, window, index, &nr_bytes);

        if (rc) {
            return rc;
        }
        if (nr_bytes > WINDOW_BYTES) {
            return -EBADMSG;
        }
        if (text->nr_bytes + nr_bytes > RING_BYTES_MAX) {
            return -EOVERFLOW;
        }
        rc = append(text, window, nr_bytes);
        if (rc) {
            return rc;
        }
    }
    return 0;
}

/* After 0 the caller owns *text; after a failure it holds nothing. */
static int read_from(const struct wire *wire, uint32_t *index,
                     struct console_text *text)
{
    struct console_text all = {0};
    char *window = hypercall_alloc(wire->hypercall, WINDOW_BYTES);
    int rc;

    if (!window) {
        return -ENOMEM;
    }
    rc = read_to_end(wire, window, index, &all);
    hypercall_free(wire->hypercall, window);
    if (rc) {
        console_text_free(&all);
        return rc;
    }
    *text = all;
    return 0;
}

int console_find_end(struct livepatch_client *client, struct console_mark *mark)
{
    struct console_text text;
    uint32_t index = 0;
    int rc = read_from(&client->wire, &index, &text);

    if (rc) {
        return rc;
    }
    console_text_free(&text);
    mark->end = index;
    return 0;
}

int console_read_after(struct livepatch_client *client,
                       const struct console_mark *mark,
                       struct console_text *text)
{
    struct console_text all;
    uint32_t index = mark->end;
    uint32_t nr_new;
    int rc = read_from(&client->wire, &index, &all);

    if (rc) {
        return rc;
    }
    nr_new = index - mark->end;
    if (nr_new < all.nr_bytes) {
        memmove(all.bytes, all.bytes + all.nr_bytes - nr_new, nr_new);
        all.nr_bytes = nr_new;
    }
    *text = all;
    return 0;
}

void console_text_free(struct console_text *text)
{
    free(text->bytes);
}
