// SPDX-License-Identifier: GPL-2.0
/*
 * x86's writing to constants, on the hypervisor's own page tables: which pages
 * can be written while they are open, that none of them can be executed, and
 * that nothing else is other than before. The image is one of this test's, in
 * the gigabyte in which the program lies.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <xen/kernel.h>
#include <xen/livepatch_arch.h>
#include <xen/mm.h>
#include <asm/cpu.h>
#include <xen/paging.h>

#include "machine.h"

#define IMAGE_BYTES (XEN_IMAGE_TABLES * LARGE_PAGE_BYTES)

/*
 * The image: text, read-only data into the second of its tables, and in the
 * last one what is constant after the boot. Data between, before and behind.
 */
asm(".pushsection .bss.image, \"aw\", @nobits\n"
    ".balign 0x200000\n"
    ".globl image_start, _srodata, _erodata, _sro_after_init, _ero_after_init\n"
    "image_start: .skip 0x1fe000\n"
    "_srodata: .skip 0x4000\n"
    "_erodata: .skip 0x401000\n"
    "_sro_after_init: .skip 0x2000\n"
    "_ero_after_init: .skip 0x1fb000\n"
    ".popsection\n");

extern char image_start[];

#define IMAGE ((unsigned long)image_start)

static bool is_between(unsigned long virt, const char *start, const char *end)
{
    return virt >= (unsigned long)start && virt < (unsigned long)end;
}

static bool is_constant(unsigned long virt)
{
    return is_between(virt, _srodata, _erodata) ||
           is_between(virt, _sro_after_init, _ero_after_init);
}

static unsigned int boot_flags(unsigned long virt)
{
    if (is_constant(virt)) {
        return PAGE_HYPERVISOR_RO;
    }
    return virt < (unsigned long)_srodata ? PAGE_HYPERVISOR_RX
                                          : PAGE_HYPERVISOR_RW;
}

static void map(unsigned long virt, unsigned int flags)
{
    assert_int_equal(map_pages_to_xen(virt, PFN_DOWN(IMAGE), 1, flags), 0);
}

static void start(void)
{
    assert_true(IMAGE + IMAGE_BYTES <= 1UL << 30);
    machine_start(TEXT_PAGES);
    for (unsigned long at = IMAGE; at < IMAGE + IMAGE_BYTES; at += PAGE_SIZE) {
        assert_int_equal(map_pages_to_xen(at, PFN_DOWN(at), 1, boot_flags(at)),
                         0);
    }
    arch_livepatch_constants_prepare();
    machine_forget_deeds();
}

/* What the tables of the boot say, but that constants can be written. */
static uint64_t wanted_while_open(unsigned long virt)
{
    return is_constant(virt) ? make_entry(virt, PAGE_HYPERVISOR_RW)
                             : machine_boot_entry(virt);
}

static void assert_entry(unsigned long virt, uint64_t wanted)
{
    if (machine_entry(virt) != wanted) {
        fail_msg("image + %#lx is mapped by %#lx, wanted %#lx", virt - IMAGE,
                 machine_entry(virt), wanted);
    }
}

static void assert_image_is_open(void)
{
    for (unsigned long at = IMAGE; at < IMAGE + IMAGE_BYTES; at += PAGE_SIZE) {
        assert_entry(at, wanted_while_open(at));
    }
}

static void assert_image_is_as_at_boot(void)
{
    for (unsigned long at = IMAGE; at < IMAGE + IMAGE_BYTES; at += PAGE_SIZE) {
        assert_entry(at, make_entry(at, boot_flags(at)));
    }
}

static void constants_alone_can_be_written_while_open(void **state)
{
    (void)state;
    start();
    arch_livepatch_constants_open();
    assert_image_is_open();
    arch_livepatch_constants_close();
}

static void image_is_as_before_when_closed(void **state)
{
    (void)state;
    start();
    arch_livepatch_constants_open();
    arch_livepatch_constants_close();
    assert_image_is_as_at_boot();
}

static void preparing_opens_nothing(void **state)
{
    (void)state;
    start();
    assert_image_is_as_at_boot();
    assert_string_equal(machine_deeds(), "");
}

/* Other pCPUs stay on the tables of the boot. */
static void tables_of_the_boot_stay_as_they_are(void **state)
{
    (void)state;
    start();
    arch_livepatch_constants_open();
    for (unsigned long at = IMAGE; at < IMAGE + IMAGE_BYTES; at += PAGE_SIZE) {
        assert_int_equal(machine_boot_entry(at),
                         make_entry(at, boot_flags(at)));
    }
    arch_livepatch_constants_close();
}

static void the_last_close_closes(void **state)
{
    (void)state;
    start();
    arch_livepatch_constants_open();
    arch_livepatch_constants_open();
    arch_livepatch_constants_open();
    arch_livepatch_constants_close();
    arch_livepatch_constants_close();
    assert_image_is_open();
    arch_livepatch_constants_close();
    assert_image_is_as_at_boot();
    assert_string_equal(machine_deeds(), "WW");
}

static void cr3_is_again_what_it_was(void **state)
{
    unsigned long normal;

    (void)state;
    start();
    normal = machine_other_cr3();
    write_cr3(normal);
    for (unsigned int i = 0; i < 2; i++) {
        arch_livepatch_constants_open();
        assert_int_not_equal(read_cr3(), normal);
        arch_livepatch_constants_close();
        assert_int_equal(read_cr3(), normal);
    }
}

/* Each of another table that the further set has a copy of. */
struct new_row {
    const char *name;
    unsigned long virt;
};

static const struct new_row new_mappings[] = {
    {"mapping_behind_the_image_is_seen", 0x20000000},
    {"mapping_in_the_next_gigabyte_is_seen", 0x40000000},
    {"mapping_in_another_region_is_seen", 0x480000000000},
};

static void new_mapping_is_seen(void **state)
{
    const struct new_row *row = *state;

    start();
    map(row->virt, PAGE_HYPERVISOR_RX);
    arch_livepatch_constants_prepare();
    arch_livepatch_constants_open();
    assert_int_equal(machine_entry(row->virt),
                     make_entry(IMAGE, PAGE_HYPERVISOR_RX));
    assert_image_is_open();
    arch_livepatch_constants_close();
}

/* The image's own tables are copied, too: its init area goes after the boot. */
static void what_is_gone_since_is_gone(void **state)
{
    const unsigned long gone = IMAGE + IMAGE_BYTES - PAGE_SIZE;

    (void)state;
    start();
    assert_int_equal(destroy_xen_mappings(gone, gone + PAGE_SIZE), 0);
    arch_livepatch_constants_prepare();
    arch_livepatch_constants_open();
    assert_int_equal(machine_entry(gone), 0);
    assert_image_is_open();
    arch_livepatch_constants_close();
}

static const struct CMUnitTest others[] = {
    cmocka_unit_test(constants_alone_can_be_written_while_open),
    cmocka_unit_test(image_is_as_before_when_closed),
    cmocka_unit_test(preparing_opens_nothing),
    cmocka_unit_test(tables_of_the_boot_stay_as_they_are),
    cmocka_unit_test(the_last_close_closes),
    cmocka_unit_test(cr3_is_again_what_it_was),
    cmocka_unit_test(what_is_gone_since_is_gone),
};

#define NR(of) (sizeof(of) / sizeof((of)[0]))

int main(void)
{
    struct CMUnitTest tests[NR(new_mappings)] = {{.name = NULL}};
    int failed;

    for (size_t i = 0; i < NR(new_mappings); i++) {
        tests[i].name = new_mappings[i].name;
        tests[i].test_func = new_mapping_is_seen;
        tests[i].initial_state = (void *)&new_mappings[i];
    }
    failed = cmocka_run_group_tests_name("new mappings", tests, NULL, NULL);
    return failed + cmocka_run_group_tests_name("others", others, NULL, NULL);
}
