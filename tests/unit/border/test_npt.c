// SPDX-License-Identifier: GPL-2.0
/*
 * What dom0 reaches through the nested page tables, found by walking them as
 * the processor does: all but the hypervisor's own pages, each where it is.
 */
#include "unit.h"
#include <string.h>
#include <xen/errno.h>
#include <xen/sched.h>
#include <xen/mm.h>
#include <xen/memory.h>
#include <asm/npt.h>
#include <xen/paging.h>

#include "fake_panic.h"
#include "physical.h"

#define NOWHERE (~0UL)
#define MIB (1UL << 20)
#define GIB (1UL << 30)

/* RAM ends within a large page, twice; a hole below 4 GiB; more above. */
static const struct boot_loader_facts facts = {
    .memmap =
        {
            .nr = 3,
            .range =
                {
                    {0, 0x9f000, MEMORY_RAM},
                    {MIB, GIB - 0x5000, MEMORY_RAM},
                    {4 * GIB, 5 * GIB + 0x3000, MEMORY_RAM},
                },
        },
};

struct found {
    paddr_t maddr;
    bool is_writable;
};

/* A processor's walk: present, a user's, writable if so at each level. */
static struct found walk(paddr_t gpa)
{
    const uint64_t *table = maddr_to_virt(npt_root());
    struct found found = {NOWHERE, true};

    for (unsigned int level = 4; level > 0; level--) {
        const uint64_t entry = table[table_index(gpa, level)];
        const uint64_t mask = (1UL << (PAGE_SHIFT + 9 * (level - 1))) - 1;

        if (!(entry & PTE_PRESENT) || !(entry & PTE_USER)) {
            return (struct found){NOWHERE, false};
        }
        found.is_writable &= !!(entry & PTE_WRITE);
        if (level == 1 || (entry & PTE_LARGE)) {
            assert_true(level <= 2);
            assert_false(entry & PTE_ADDRESS & mask);
            found.maddr = (entry & PTE_ADDRESS) | (gpa & mask);
            return found;
        }
        table = maddr_to_virt(entry & PTE_ADDRESS);
    }
    return found;
}

/* Each test has a machine of its own: they run in child processes of none, so
 * the tables are made anew. */
static int set_up(void **state)
{
    (void)state;
    physical_pages_left = ~0UL;
    memory_init(&facts);
    npt_init();
    physical_kicks = 0;
    return 0;
}

static bool is_own(paddr_t at)
{
    return (at >= own_memory[0].start && at < 0x303000) ||
           (at >= own_memory[1].start && at < own_memory[1].end);
}

static void own_ranges_are_image_and_heap(void **state)
{
    (void)state;
    assert_int_equal(own_memory[0].start, 0x200000);
    assert_int_equal(own_memory[0].end, 0x303000);
    assert_int_equal(own_memory[1].end % (2 * MIB), 0);
    assert_true(own_memory[1].end <= GIB - 0x5000);
    assert_true(own_memory[1].end - own_memory[1].start >= 16 * MIB);
}

static void every_page_below_5_gib_is_dom0s_or_ours(void **state)
{
    (void)state;
    for (paddr_t at = 0; at < 5 * GIB + 2 * MIB; at += PAGE_SIZE) {
        const struct found found = walk(at + 0x7f8);
        const paddr_t wanted = is_own(at) ? NOWHERE : at + 0x7f8;

        if (found.maddr != wanted) {
            fail_msg("%#lx leads to %#lx, wanted %#lx", at + 0x7f8, found.maddr,
                     wanted);
        }
        if (!is_own(at) && found.is_writable != (at != FAKE_APIC_PADDR)) {
            fail_msg("%#lx is %swritable", at, found.is_writable ? "" : "not ");
        }
    }
}

static void nothing_is_mapped_above_all_ram(void **state)
{
    (void)state;
    assert_int_equal(walk(5 * GIB + 2 * MIB).maddr, NOWHERE);
    assert_int_equal(walk(6 * GIB).maddr, NOWHERE);
    assert_int_equal(walk((1UL << 47)).maddr, NOWHERE);
}

/* What the hypervisor copies to and from for dom0. */
static void ram_is_found_where_it_is_and_nothing_else(void **state)
{
    (void)state;
    for (paddr_t at = 0; at < 5 * GIB + 2 * MIB; at += PAGE_SIZE) {
        const bool is_ram = at < 0x9f000 || (at >= MIB && at < GIB - 0x5000) ||
                            (at >= 4 * GIB && at < 5 * GIB + 0x3000);
        void *wanted = is_ram && !is_own(at) ? maddr_to_virt(at + 8) : NULL;

        if (npt_ram(at + 8) != wanted) {
            fail_msg("%#lx is at %p, wanted %p", at, npt_ram(at + 8), wanted);
        }
    }
    assert_null(npt_ram(1UL << PHYSICAL_BITS));
    assert_null(npt_ram(~0UL));
    assert_null(npt_ram((1UL << PHYSICAL_BITS) | MIB));
}

/* So that copies cost no walk; what is replaced is walked to. */
static void ram_of_large_pages_is_found_without_the_tables(void **state)
{
    static const paddr_t places[] = {4 * MIB, 300 * MIB, 4 * GIB + 130 * MIB};
    uint64_t *table = maddr_to_virt(npt_root());
    const uint64_t entry = table[0];

    (void)state;
    table[0] = 0;
    for (unsigned int i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        assert_ptr_equal(npt_ram(places[i]), maddr_to_virt(places[i]));
    }
    assert_null(npt_ram(0));
    assert_null(npt_ram(5 * GIB));
    table[0] = entry;
}

static void begin_without_memory(void)
{
    physical_pages_left = 0;
    npt_init();
}

static void begin_with_a_page(void)
{
    physical_pages_left = 1;
    npt_init();
}

static void begin_with_two_pages(void)
{
    physical_pages_left = 2;
    npt_init();
}

static void no_memory_at_boot_ends_it(void **state)
{
    (void)state;
    assert_panic(begin_without_memory, "no memory for nested page tables\n");
    assert_panic(begin_with_a_page, "no memory for the map of dom0's RAM\n");
    assert_panic(begin_with_two_pages, "no memory for nested page tables\n");
}

static void own_memory_touches_each_of_its_pages_and_no_other(void **state)
{
    (void)state;
    for (unsigned int i = 0; i < NR_OWN_RANGES; i++) {
        const struct memory_range *r = &own_memory[i];

        assert_true(is_own_memory(r->start, r->start + 1));
        assert_true(is_own_memory(r->end - 1, r->end));
        assert_true(is_own_memory(r->start - 1, r->start + 1));
        assert_true(is_own_memory(r->end - 1, r->end + 1));
        assert_true(is_own_memory(0, ~0UL));
        assert_false(is_own_memory(r->start - 1, r->start));
        assert_false(is_own_memory(r->end, r->end + 1));
    }
}

static void device_in_each_own_page_is_eperm(void **state)
{
    (void)state;
    for (unsigned int i = 0; i < NR_OWN_RANGES; i++) {
        const struct memory_range *r = &own_memory[i];

        for (paddr_t at = r->start; at < r->end; at += PAGE_SIZE) {
            assert_int_equal(npt_add_device(at), -EPERM);
            assert_int_equal(npt_add_device(at + PAGE_SIZE - 1), -EPERM);
            assert_int_equal(walk(at).maddr, NOWHERE);
        }
    }
}

/* The large pages in which our ranges begin and end. */
static void device_beside_own_memory_does_not_open_it(void **state)
{
    (void)state;
    assert_int_equal(npt_add_device(0x303000), 0);
    assert_int_equal(npt_add_device(0x3ff000), 0);
    assert_int_equal(npt_add_device(own_memory[1].start - 1), 0);
    assert_int_equal(npt_add_device(own_memory[1].end), 0);
    every_page_below_5_gib_is_dom0s_or_ours(NULL);
}

static void device_above_ram_is_mapped_where_it_is(void **state)
{
    static const paddr_t places[] = {5 * GIB + 2 * MIB, 6 * GIB + 0x1234,
                                     512 * GIB, (1UL << PHYSICAL_BITS) - 1};

    (void)state;
    for (unsigned int i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        assert_int_equal(walk(places[i]).maddr, NOWHERE);
        assert_int_equal(npt_add_device(places[i]), 0);
        assert_int_equal(walk(places[i]).maddr, places[i]);
        assert_true(walk(places[i]).is_writable);
        assert_null(npt_ram(places[i]));
        assert_int_equal(npt_add_device(places[i]), 0);
    }
}

static void device_past_what_can_be_addressed_is_eperm(void **state)
{
    (void)state;
    assert_int_equal(npt_add_device(1UL << PHYSICAL_BITS), -EPERM);
    assert_int_equal(npt_add_device(~0UL), -EPERM);
    assert_int_equal(npt_add_device(1UL << 52), -EPERM);
}

static void devices_cannot_use_up_the_heap(void **state)
{
    const unsigned long before = physical_pages_left;
    unsigned int refused = 0;

    (void)state;
    for (paddr_t at = 8 * GIB; at < 1000 * GIB; at += GIB) {
        refused += npt_add_device(at) == -ENOMEM;
    }
    assert_true(refused > 400);
    assert_true(before - physical_pages_left <= 512);
    for (paddr_t at = MIB * 16; at < 500 * MIB; at += 2 * MIB) {
        assert_int_equal(arch_replace_guest_page(at, at), -ENOMEM);
    }
    assert_true(before - physical_pages_left <= 512);
}

static void no_memory_for_a_device_is_enomem(void **state)
{
    (void)state;
    physical_pages_left = 0;
    assert_int_equal(npt_add_device(700 * GIB), -ENOMEM);
    assert_int_equal(walk(700 * GIB).maddr, NOWHERE);
    physical_pages_left = 1;
    assert_int_equal(npt_add_device(700 * GIB), -ENOMEM);
    assert_int_equal(walk(700 * GIB).maddr, NOWHERE);
}

static void replaced_page_alone_changes_and_is_told(void **state)
{
    const paddr_t gpa = 64 * MIB + 0x5000;
    const paddr_t frame = own_memory[1].start + PAGE_SIZE;
    uint64_t seen = 0;

    (void)state;
    npt_is_stale(&seen);
    assert_false(npt_is_stale(&seen));
    assert_int_equal(arch_replace_guest_page(gpa, frame), 0);
    assert_int_equal(physical_kicks, 1);
    assert_true(npt_is_stale(&seen));
    assert_false(npt_is_stale(&seen));
    assert_int_equal(walk(gpa + 5).maddr, frame + 5);
    assert_ptr_equal(npt_ram(gpa + 5), maddr_to_virt(frame + 5));
    for (paddr_t at = 64 * MIB; at < 66 * MIB; at += PAGE_SIZE) {
        if (at != gpa) {
            assert_int_equal(walk(at).maddr, at);
            assert_ptr_equal(npt_ram(at), maddr_to_virt(at));
        }
    }
    assert_int_equal(arch_replace_guest_page(gpa, gpa), 0);
    assert_int_equal(walk(gpa).maddr, gpa);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(own_ranges_are_image_and_heap, set_up),
        cmocka_unit_test_setup(every_page_below_5_gib_is_dom0s_or_ours, set_up),
        cmocka_unit_test_setup(nothing_is_mapped_above_all_ram, set_up),
        cmocka_unit_test_setup(ram_is_found_where_it_is_and_nothing_else,
                               set_up),
        cmocka_unit_test_setup(ram_of_large_pages_is_found_without_the_tables,
                               set_up),
        cmocka_unit_test_setup(no_memory_at_boot_ends_it, set_up),
        cmocka_unit_test_setup(
            own_memory_touches_each_of_its_pages_and_no_other, set_up),
        cmocka_unit_test_setup(device_in_each_own_page_is_eperm, set_up),
        cmocka_unit_test_setup(device_beside_own_memory_does_not_open_it,
                               set_up),
        cmocka_unit_test_setup(device_above_ram_is_mapped_where_it_is, set_up),
        cmocka_unit_test_setup(device_past_what_can_be_addressed_is_eperm,
                               set_up),
        cmocka_unit_test_setup(devices_cannot_use_up_the_heap, set_up),
        cmocka_unit_test_setup(no_memory_for_a_device_is_enomem, set_up),
        cmocka_unit_test_setup(replaced_page_alone_changes_and_is_told, set_up),
    };

    physical_open();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
