// SPDX-License-Identifier: GPL-2.0
/*
 * The map of memory: read from a boot loader's bytes, cut and lying; asked for
 * RAM and room at every edge; changed.
 */
#include "unit.h"
#include <stdlib.h>
#include <string.h>
#include <xen/errno.h>
#include <asm/multiboot.h>

struct entry {
    uint32_t size;
    uint64_t start, bytes;
    uint32_t type;
} __attribute__((packed));

static const struct memmap sample = {
    .nr = 4,
    .range =
        {
            {0, 0x9f000, MEMORY_RAM},
            {0x9f000, 0x100000, MEMORY_RESERVED},
            {0x100000, 0x8000000, MEMORY_RAM},
            {0x100000000, 0x140000000, MEMORY_RAM},
        },
};

/* At the end of a block of its own: reading on is an error. */
static int read_bytes(const void *raw, size_t bytes, struct memmap *map)
{
    uint8_t *copy = malloc(bytes + 1);
    int rc;

    memcpy(copy + 1, raw, bytes);
    rc = memmap_read(copy + 1, bytes, map);
    free(copy);
    return rc;
}

static void entries_are_read(void **state)
{
    const struct entry raw[] = {
        {20, 0x1000, 0x2000, 1}, {20, 0x4000, 0, 2}, {20, -0x1000UL, 0xfff, 7}};
    struct memmap map;

    (void)state;
    assert_int_equal(read_bytes(raw, sizeof(raw), &map), 0);
    assert_int_equal(map.nr, 3);
    assert_int_equal(map.range[0].start, 0x1000);
    assert_int_equal(map.range[0].end, 0x3000);
    assert_int_equal(map.range[1].end, 0x4000);
    assert_int_equal(map.range[2].end, -1UL);
    assert_int_equal(map.range[2].type, 7);
    assert_int_equal(read_bytes(raw, 0, &map), 0);
    assert_int_equal(map.nr, 0);
}

static void longer_entries_are_stepped_over(void **state)
{
    struct {
        struct entry first;
        uint32_t more;
        struct entry second;
    } __attribute__((packed))
    const raw = {{24, 0x1000, 0x1000, 1}, 99, {20, 0x5000, 0x1000, 1}};
    struct memmap map;

    (void)state;
    assert_int_equal(read_bytes(&raw, sizeof(raw), &map), 0);
    assert_int_equal(map.nr, 2);
    assert_int_equal(map.range[1].start, 0x5000);
}

static void map_cut_at_any_length_is_einval(void **state)
{
    const struct entry raw[] = {{20, 0x1000, 0x2000, 1},
                                {20, 0x4000, 0x1000, 1}};
    struct memmap map;

    (void)state;
    for (size_t bytes = 1; bytes < sizeof(raw); bytes++) {
        assert_int_equal(read_bytes(raw, bytes, &map),
                         bytes == sizeof(raw[0]) ? 0 : -EINVAL);
    }
}

static void lying_size_is_einval(void **state)
{
    static const uint32_t sizes[] = {0, 19, 21, 0x7fffffff, ~0u, ~0u - 3};
    struct memmap map;

    (void)state;
    for (unsigned int i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        const struct entry raw = {sizes[i], 0, 0x1000, 1};

        assert_int_equal(read_bytes(&raw, sizeof(raw), &map), -EINVAL);
    }
}

static void range_that_wraps_is_einval(void **state)
{
    struct memmap map;
    struct entry raw = {20, -0x1000UL, 0x1001, 1};

    (void)state;
    assert_int_equal(read_bytes(&raw, sizeof(raw), &map), -EINVAL);
    raw.start = raw.bytes = ~0UL;
    assert_int_equal(read_bytes(&raw, sizeof(raw), &map), -EINVAL);
}

static void one_range_too_many_is_enospc(void **state)
{
    static struct entry raw[MEMMAP_MAX + 1];
    struct memmap map;

    (void)state;
    for (unsigned int i = 0; i <= MEMMAP_MAX; i++) {
        raw[i] = (struct entry){20, i * 0x1000UL, 0x1000, 1};
    }
    assert_int_equal(read_bytes(raw, MEMMAP_MAX * sizeof(raw[0]), &map), 0);
    assert_int_equal(read_bytes(raw, sizeof(raw), &map), -ENOSPC);
}

static void ram_is_what_lies_in_one_range_of_it(void **state)
{
    static const struct {
        paddr_t start, end;
        bool wanted;
    } rows[] = {
        {0, 0x9f000, true},
        {0, 1, true},
        {0, 0x9f001, false},
        {0x9efff, 0x9f000, true},
        {0x9f000, 0x9f001, false},
        {0xfffff, 0x100001, false},
        {0x100000, 0x8000000, true},
        {0x7ffffff, 0x8000001, false},
        {0x8000000, 0x8000000, false},
        {5, 5, false},
        {6, 5, false},
        {-0x1000UL, 0, false},
        {0x100000, ~0UL, false},
        {0, ~0UL, false},
        {0x13fffffff, 0x140000000, true},
    };

    (void)state;
    for (unsigned int i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        print_message("%#lx %#lx\n", rows[i].start, rows[i].end);
        assert_int_equal(memmap_is_ram(&sample, rows[i].start, rows[i].end),
                         rows[i].wanted);
    }
    assert_int_equal(memmap_ram_end(&sample), 0x140000000);
    assert_int_equal(memmap_ram_bytes(&sample),
                     0x9f000 + 0x7f00000 + 0x40000000);
}

static paddr_t find(paddr_t bytes, paddr_t align, paddr_t limit,
                    const struct memory_range *taken, unsigned int nr)
{
    const struct memmap_wish wish = {bytes, align, limit};

    return memmap_find(&sample, &wish, taken, nr);
}

static void room_is_the_highest_below_the_limit(void **state)
{
    (void)state;
    assert_int_equal(find(0x1000, 0x1000, ~0UL, NULL, 0), 0x13ffff000);
    assert_int_equal(find(0x1000, 0x200000, ~0UL, NULL, 0), 0x13fe00000);
    assert_int_equal(find(0x1000, 0x1000, 1UL << 32, NULL, 0), 0x7fff000);
    assert_int_equal(find(0x1000, 0x1000, 0x9f000, NULL, 0), 0x9e000);
    assert_int_equal(find(0x7f00000, 0x1000, 1UL << 32, NULL, 0), 0x100000);
    assert_int_equal(find(0x7f00001, 0x1000, 1UL << 32, NULL, 0),
                     INVALID_PADDR);
    assert_int_equal(find(0x1000, 0x1000, 0xfff, NULL, 0), INVALID_PADDR);
    assert_int_equal(find(~0UL, 0x1000, ~0UL, NULL, 0), INVALID_PADDR);
}

static void room_avoids_what_is_taken(void **state)
{
    const struct memory_range taken[] = {{0x7000000, 0x7800000, 0},
                                         {0x7ffffff, 0x8000000, 0}};

    (void)state;
    assert_int_equal(find(0x1000, 0x1000, 1UL << 32, taken, 2), 0x7ffe000);
    assert_int_equal(find(0x800000, 0x1000, 1UL << 32, taken, 2), 0x6800000);
    assert_int_equal(find(0x7ff000, 0x1000, 1UL << 32, taken, 2), 0x7800000);
}

/* A map's other places may hold anything. */
static void ranges_behind_the_last_do_not_count(void **state)
{
    struct memmap map = sample;
    const struct memmap_wish wish = {0x1000, 0x1000, ~0UL};
    const struct memory_range taken[] = {{0, 1, 0}, {0, ~0UL, 0}};

    (void)state;
    map.range[4] = (struct memory_range){0x200000000, 0x300000000, MEMORY_RAM};
    assert_int_equal(memmap_ram_bytes(&map), memmap_ram_bytes(&sample));
    assert_int_equal(memmap_ram_end(&map), 0x140000000);
    assert_false(memmap_is_ram(&map, 0x200000000, 0x200001000));
    assert_int_equal(memmap_find(&map, &wish, taken, 1), 0x13ffff000);
}

static void reserved_part_splits_the_range(void **state)
{
    struct memmap map = sample;

    (void)state;
    assert_int_equal(memmap_reserve(&map, 0x200000, 0x300000), 0);
    assert_int_equal(map.nr, 6);
    assert_true(memmap_is_ram(&map, 0x100000, 0x200000));
    assert_false(memmap_is_ram(&map, 0x1fffff, 0x200001));
    assert_false(memmap_is_ram(&map, 0x2fffff, 0x300000));
    assert_true(memmap_is_ram(&map, 0x300000, 0x8000000));
    assert_int_equal(memmap_ram_bytes(&map),
                     memmap_ram_bytes(&sample) - 0x100000);
    assert_int_equal(map.range[5].start, 0x100000000);
}

static void reserved_at_the_edges_adds_no_empty_range(void **state)
{
    struct memmap map = sample;

    (void)state;
    assert_int_equal(memmap_reserve(&map, 0x100000, 0x200000), 0);
    assert_int_equal(map.nr, 5);
    assert_int_equal(memmap_reserve(&map, 0x7000000, 0x8000000), 0);
    assert_int_equal(map.nr, 6);
    assert_int_equal(memmap_reserve(&map, 0x200000, 0x7000000), 0);
    assert_int_equal(map.nr, 6);
    assert_int_equal(memmap_ram_bytes(&map), 0x9f000 + 0x40000000);
}

static void what_is_no_ram_cannot_be_reserved(void **state)
{
    struct memmap map = sample;

    (void)state;
    assert_int_equal(memmap_reserve(&map, 0x9f000, 0xa0000), -EINVAL);
    assert_int_equal(memmap_reserve(&map, 0, 0x100001), -EINVAL);
    assert_int_equal(memmap_reserve(&map, 0x5000, 0x5000), -EINVAL);
    assert_int_equal(memmap_reserve(&map, 0x6000, 0x5000), -EINVAL);
    assert_memory_equal(&map, &sample, sizeof(map));
}

static void full_map_is_enospc_and_stays(void **state)
{
    struct memmap map = {.nr = MEMMAP_MAX};
    struct memmap before;

    (void)state;
    for (unsigned int i = 0; i < MEMMAP_MAX; i++) {
        map.range[i] = (struct memory_range){i * 0x10000UL, (i + 1) * 0x10000UL,
                                             MEMORY_RAM};
    }
    before = map;
    assert_int_equal(memmap_reserve(&map, 0x1000, 0x2000), -ENOSPC);
    assert_int_equal(memmap_reserve(&map, 0, 0x2000), -ENOSPC);
    assert_memory_equal(&map, &before, sizeof(map));
    assert_int_equal(memmap_reserve(&map, 0, 0x10000), 0);
    map.nr = MEMMAP_MAX - 2;
    assert_int_equal(memmap_reserve(&map, 0x7d1000, 0x7d2000), 0);
    assert_int_equal(map.nr, MEMMAP_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_are_read),
        cmocka_unit_test(longer_entries_are_stepped_over),
        cmocka_unit_test(map_cut_at_any_length_is_einval),
        cmocka_unit_test(lying_size_is_einval),
        cmocka_unit_test(range_that_wraps_is_einval),
        cmocka_unit_test(one_range_too_many_is_enospc),
        cmocka_unit_test(ram_is_what_lies_in_one_range_of_it),
        cmocka_unit_test(room_is_the_highest_below_the_limit),
        cmocka_unit_test(room_avoids_what_is_taken),
        cmocka_unit_test(ranges_behind_the_last_do_not_count),
        cmocka_unit_test(reserved_part_splits_the_range),
        cmocka_unit_test(reserved_at_the_edges_adds_no_empty_range),
        cmocka_unit_test(what_is_no_ram_cannot_be_reserved),
        cmocka_unit_test(full_map_is_enospc_and_stays),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
