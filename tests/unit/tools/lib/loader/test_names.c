/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The names that are read from this tree's xen-syms are those of the table that
 * the hypervisor itself has, as its build's map lists them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "lib/loader/names.h"
#include "lib/xen_symbols.h"

static struct payload_file file;
static struct names names;

static int read_names(void **state)
{
    struct elf_file xen;

    (void)state;
    return xen_symbols_open(XEN_SYMS, &file, &xen, stderr) ||
           names_read(&xen, &names);
}

static int free_names(void **state)
{
    (void)state;
    names_free(&names);
    payload_file_free(&file);
    return 0;
}

static void each_name_of_the_map_is_found_at_its_address(void **state)
{
    FILE *map = fopen(XEN_SYMS ".map", "r");
    unsigned long long address;
    size_t nr = 0;
    char name[512];
    char kind;

    (void)state;
    assert_non_null(map);
    while (fscanf(map, "%llx %c %511s", &address, &kind, name) == 3) {
        const struct name *found = names_find(&names, name);

        if (!found || found->address != address) {
            fail_msg("%s at %#llx, found %#llx", name, address,
                     found ? (unsigned long long)found->address : 0);
        }
        nr++;
    }
    fclose(map);
    assert_true(nr > 500);
}

static void name_that_is_not_in_the_map_is_not_found(void **state)
{
    (void)state;
    assert_null(names_find(&names, "lp_load_"));
    assert_null(names_find(&names, "check_built_for_us")); /* static */
    assert_null(names_find(&names, ""));
    assert_null(names_find(&names, "~"));
}

static void address_in_a_function_is_behind_its_name(void **state)
{
    const struct name *load = names_find(&names, "lp_load");
    uint64_t end;

    (void)state;
    assert_non_null(load);
    end = names_end_of(&names, load, UINT64_MAX);
    assert_true(end > load->address && end < UINT64_MAX);
    assert_string_equal(names_before(&names, load->address)->text, "lp_load");
    assert_string_equal(names_before(&names, end - 1)->text, "lp_load");
    assert_true(names_before(&names, end)->address == end);
    assert_null(names_before(&names, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_name_of_the_map_is_found_at_its_address),
        cmocka_unit_test(name_that_is_not_in_the_map_is_not_found),
        cmocka_unit_test(address_in_a_function_is_behind_its_name),
    };

    return cmocka_run_group_tests_name("loader names", tests, read_names,
                                       free_names);
}
