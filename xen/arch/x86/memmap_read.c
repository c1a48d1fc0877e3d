/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The map of memory as a multiboot loader gives it.
 */
#include <xen/errno.h>
#include <xen/string.h>
#include <asm/multiboot.h>

/* `size` does not count itself. */
struct multiboot_range {
    uint32_t size;
    uint64_t start, bytes;
    uint32_t type;
} __packed;

#define LEAST_SIZE (sizeof(struct multiboot_range) - sizeof(uint32_t))

int memmap_read(const void *raw, size_t bytes, struct memmap *map)
{
    const uint8_t *at = raw;

    map->nr = 0;
    while (bytes) {
        struct multiboot_range r;
        int rc;

        if (bytes < sizeof(r)) {
            return -EINVAL;
        }
        memcpy(&r, at, sizeof(r));
        if (r.size < LEAST_SIZE || r.size > bytes - sizeof(r.size)) {
            return -EINVAL;
        }
        rc = memmap_add(map, r.start, r.start + r.bytes, r.type);
        if (rc) {
            return rc;
        }
        at += sizeof(r.size) + r.size;
        bytes -= sizeof(r.size) + r.size;
    }
    return 0;
}
