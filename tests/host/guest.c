// SPDX-License-Identifier: GPL-2.0
/*
 * A list of ranges that can be copied and a list of ranges that fault.
 */
#include "guest.h"

#include <stdlib.h>
#include <string.h>

#include <xen/guest_access.h>
#include <xen/lib.h>

struct range {
    struct range *next;
    uintptr_t start;
    uintptr_t end;
};

static struct range *areas;
static struct range *broken;

static void add_range(struct range **list, const void *start, size_t bytes)
{
    struct range *range = malloc(sizeof(*range));

    *range = (struct range){
        .next = *list,
        .start = (uintptr_t)start,
        .end = (uintptr_t)start + bytes,
    };
    *list = range;
}

static void drop_ranges(struct range **list)
{
    while (*list) {
        struct range *range = *list;

        *list = range->next;
        free(range);
    }
}

void *host_guest_alloc(size_t bytes)
{
    void *p = calloc(1, bytes ? bytes : 1);

    add_range(&areas, p, bytes);
    return p;
}

void *host_guest_put(const void *from, size_t bytes)
{
    void *p = host_guest_alloc(bytes);

    if (bytes) {
        memcpy(p, from, bytes);
    }
    return p;
}

char *host_guest_put_string(const char *text)
{
    return host_guest_put(text, strlen(text) + 1);
}

void host_guest_break(const void *at, size_t bytes)
{
    add_range(&broken, at, bytes);
}

void host_guest_mend(void)
{
    drop_ranges(&broken);
}

void host_guest_reset(void)
{
    for (struct range *area = areas; area; area = area->next) {
        free((void *)area->start);
    }
    drop_ranges(&areas);
    drop_ranges(&broken);
}

/* How many bytes at `at` can be copied before the first that faults. */
static unsigned long reachable(uintptr_t at, unsigned long bytes)
{
    const struct range *area = areas;
    uintptr_t end;

    while (area && (at < area->start || at >= area->end)) {
        area = area->next;
    }
    if (!area) {
        return 0;
    }
    end = bytes < area->end - at ? at + bytes : area->end;
    for (const struct range *gap = broken; gap; gap = gap->next) {
        if (gap->start < end && at < gap->end) {
            end = gap->start > at ? gap->start : at;
        }
    }
    return end - at;
}

unsigned long raw_copy_from_guest(void *to, const void *from,
                                  unsigned long bytes)
{
    const unsigned long done = reachable((uintptr_t)from, bytes);

    if (done) {
        memcpy(to, from, done);
    }
    return bytes - done;
}

unsigned long raw_copy_to_guest(void *to, const void *from, unsigned long bytes)
{
    const unsigned long done = reachable((uintptr_t)to, bytes);

    if (done) {
        memcpy(to, from, done);
    }
    return bytes - done;
}
