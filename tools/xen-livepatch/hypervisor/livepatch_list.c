/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Listing: ask for the sizes, make room, fetch entries window by window, copy
 * them out. The hypervisor stamps each answer with a version of the set; when
 * the stamp moves, everything read so far is dropped and the listing starts
 * again. Lengths that the hypervisor gives are checked before use.
 *
 * Example: sizes say 3 entries, version 7. Window 0..2 gives 1 entry, version
 * 7; window 1..2 gives 2 entries, version 8: drop all, ask for the sizes again.
 */
#include "hypervisor/livepatch_list.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The hypervisor refuses to list more at once. */
#define WINDOW_NR_MAX 1024U

/* A set that changes this often while it is read is given up. */
#define NR_ATTEMPTS 8

/*
 * Hypervisors before interface version 0x16 write metadata without looking at
 * our capacity; before 0x13 they have none. The set may change between the
 * question for sizes and the window; this much room beyond the sizes keeps a
 * larger payload that came in between inside our buffer.
 */
#define METADATA_SLACK_BYTES (64U * 1024U)

struct snapshot {
    const struct wire *wire;
    struct wire_list_sizes sizes;
    uint32_t name_capacity;
    uint32_t metadata_capacity;
    char *statuses;
    char *names;
    uint32_t *name_lengths;
    char *metadata;
    uint32_t *metadata_lengths;
};

static void release_buffers(struct snapshot *snapshot)
{
    hypercall_free(snapshot->wire->hypercall, snapshot->statuses);
    hypercall_free(snapshot->wire->hypercall, snapshot->names);
    hypercall_free(snapshot->wire->hypercall, snapshot->name_lengths);
    hypercall_free(snapshot->wire->hypercall, snapshot->metadata);
    hypercall_free(snapshot->wire->hypercall, snapshot->metadata_lengths);
}

/* The caller calls release_buffers() whether this fails or not. */
static int share_buffers(struct snapshot *snapshot)
{
    struct hypercall *hypercall = snapshot->wire->hypercall;
    size_t nr = snapshot->sizes.nr;
    size_t name_bytes = nr * (PAYLOAD_NAME_LENGTH_MAX + 1);
    size_t metadata_bytes =
        (size_t)snapshot->sizes.metadata_bytes + METADATA_SLACK_BYTES;

    if (name_bytes > UINT32_MAX || metadata_bytes > UINT32_MAX) {
        return -EBADMSG;
    }
    snapshot->name_capacity = (uint32_t)name_bytes;
    snapshot->metadata_capacity = (uint32_t)metadata_bytes;
    snapshot->statuses = hypercall_alloc(hypercall, nr * wire_status_bytes);
    snapshot->names = hypercall_alloc(hypercall, name_bytes);
    snapshot->name_lengths = hypercall_alloc(hypercall, nr * sizeof(uint32_t));
    snapshot->metadata = hypercall_alloc(hypercall, metadata_bytes);
    snapshot->metadata_lengths =
        hypercall_alloc(hypercall, nr * sizeof(uint32_t));
    if (!snapshot->statuses || !snapshot->names || !snapshot->name_lengths ||
        !snapshot->metadata || !snapshot->metadata_lengths) {
        return -ENOMEM;
    }
    return 0;
}

/* Where the next window begins. */
struct cursor {
    uint32_t nr_read;
    uint32_t name_offset;
    uint32_t metadata_offset;
};

/* Step over `nr` new entries; -EBADMSG when their lengths cannot be true. */
static int advance(const struct snapshot *snapshot, struct cursor *cursor,
                   uint32_t nr)
{
    struct cursor next = *cursor;

    for (; next.nr_read < cursor->nr_read + nr; next.nr_read++) {
        uint32_t name_length = snapshot->name_lengths[next.nr_read];
        uint32_t metadata_length = snapshot->metadata_lengths[next.nr_read];

        if (name_length > PAYLOAD_NAME_LENGTH_MAX + 1 ||
            name_length > snapshot->name_capacity - next.name_offset ||
            metadata_length >
                snapshot->metadata_capacity - next.metadata_offset) {
            return -EBADMSG;
        }
        next.name_offset += name_length;
        next.metadata_offset += metadata_length;
    }
    *cursor = next;
    return 0;
}

/* -ESTALE: the set changed; read it again from the start. */
static int read_window(const struct snapshot *snapshot, struct cursor *cursor,
                       uint32_t nr_max)
{
    uint32_t nr_left = snapshot->sizes.nr - cursor->nr_read;
    struct wire_list_window window = {
        .index = cursor->nr_read,
        .nr = nr_left < nr_max ? nr_left : nr_max,
        .name_capacity = snapshot->name_capacity - cursor->name_offset,
        .metadata_capacity =
            snapshot->metadata_capacity - cursor->metadata_offset,
        .status_buffer =
            snapshot->statuses + cursor->nr_read * wire_status_bytes,
        .name_buffer = snapshot->names + cursor->name_offset,
        .name_length_buffer = snapshot->name_lengths + cursor->nr_read,
        .metadata_buffer = snapshot->metadata + cursor->metadata_offset,
        .metadata_length_buffer = snapshot->metadata_lengths + cursor->nr_read,
    };
    int rc = wire_list(snapshot->wire, &window);

    if (rc == -ENOBUFS || (rc == -EINVAL && cursor->nr_read)) {
        return -ESTALE; /* larger entries; fewer entries than the index */
    }
    if (rc) {
        return rc;
    }
    if (window.version != snapshot->sizes.version || !window.nr) {
        return -ESTALE;
    }
    return advance(snapshot, cursor, window.nr);
}

static int read_windows(const struct snapshot *snapshot,
                        struct list_progress *progress)
{
    struct cursor cursor = {0};
    uint32_t nr_max = WINDOW_NR_MAX;

    while (cursor.nr_read < snapshot->sizes.nr) {
        int rc = read_window(snapshot, &cursor, nr_max);

        if (rc == -E2BIG && nr_max > 1) {
            nr_max /= 2;
            continue;
        }
        if (rc) {
            return rc;
        }
        progress->nr_read = cursor.nr_read;
    }
    return 0;
}

static int copy_entries(const struct snapshot *snapshot,
                        struct payload_list *list)
{
    size_t nr = snapshot->sizes.nr;
    struct payload_entry *entries = calloc(nr, sizeof(*entries));
    char *metadata = malloc(snapshot->metadata_capacity);
    size_t name_offset = 0;
    size_t metadata_offset = 0;

    if (!entries || !metadata) {
        free(entries);
        free(metadata);
        return -ENOMEM;
    }
    memcpy(metadata, snapshot->metadata, snapshot->metadata_capacity);
    for (size_t i = 0; i < nr; i++) {
        uint32_t name_length = snapshot->name_lengths[i];
        uint32_t metadata_length = snapshot->metadata_lengths[i];

        memcpy(entries[i].name, snapshot->names + name_offset, name_length);
        entries[i].name[PAYLOAD_NAME_LENGTH_MAX] = '\0';
        entries[i].status = wire_status_at(snapshot->statuses, i);
        entries[i].metadata = metadata + metadata_offset;
        entries[i].metadata_bytes = metadata_length;
        name_offset += name_length;
        metadata_offset += metadata_length;
    }
    *list = (struct payload_list){nr, entries, metadata};
    return 0;
}

static int read_set(const struct wire *wire, struct payload_list *list,
                    struct list_progress *progress)
{
    struct snapshot snapshot = {.wire = wire};
    int rc = wire_list_sizes(wire, &snapshot.sizes);

    *progress = (struct list_progress){0};
    if (rc) {
        return rc;
    }
    progress->is_sized = true;
    progress->nr_total = snapshot.sizes.nr;
    if (!snapshot.sizes.nr) {
        *list = (struct payload_list){0};
        return 0;
    }
    rc = share_buffers(&snapshot);
    if (!rc) {
        rc = read_windows(&snapshot, progress);
    }
    if (!rc) {
        rc = copy_entries(&snapshot, list);
    }
    release_buffers(&snapshot);
    return rc;
}

int client_list(struct livepatch_client *client, struct payload_list *list,
                struct list_progress *progress)
{
    for (int attempt = 0; attempt < NR_ATTEMPTS; attempt++) {
        int rc = read_set(&client->wire, list, progress);

        if (rc != -ESTALE) {
            return rc;
        }
    }
    return -EBUSY;
}

void payload_list_free(struct payload_list *list)
{
    free(list->entries);
    free(list->metadata);
}

const struct payload_entry *payload_list_find(const struct payload_list *list,
                                              const char *name)
{
    for (size_t i = 0; i < list->nr; i++) {
        if (!strcmp(list->entries[i].name, name)) {
            return &list->entries[i];
        }
    }
    return NULL;
}
