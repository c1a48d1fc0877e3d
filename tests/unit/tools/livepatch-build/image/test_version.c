/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The version of an image, and which releases write into entries.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "image/version.h"

#define NR(array) (sizeof(array) / sizeof((array)[0]))

static void an_image_tells_its_version(void **state)
{
    static const char *const paths[] = {
        SAMPLES "gcc/xen-syms",
        SAMPLES "clang/xen-syms",
        SAMPLES "aarch64-linux-gnu-gcc/xen-syms",
    };

    (void)state;
    for (size_t i = 0; i < NR(paths); i++) {
        struct image_version version = {0};
        struct image *image;

        assert_int_equal(image_open(paths[i], &image, stderr), 0);
        assert_true(image_read_version(image, &version));
        assert_int_equal(version.major, 4);
        assert_int_equal(version.minor, 17);
        assert_int_equal(version.update, 2);
        assert_true(image_writes_entries(image));
        image_close(image);
    }
}

static void this_projects_hypervisor_never_writes_entries(void **state)
{
    struct image *image;

    (void)state;
    assert_int_equal(image_open(XEN_SYMS, &image, stderr), 0);
    assert_false(image_writes_entries(image));
    image_close(image);
}

static void what_comes_before_a_release_is_one_less(void **state)
{
    static const struct {
        const char *extra;
        int update;
    } rows[] = {
        {".0", 0},     {".2", 2},      {".17", 17}, {".7+13-g2445", 7},
        {".3-pre", 2}, {".0-rc4", -1}, {"-rc", -1}, {"-unstable", -1},
        {"", 0},       {"-vendor", 0}, {".x", 0},
    };

    (void)state;
    for (size_t i = 0; i < NR(rows); i++) {
        if (image_update_of(rows[i].extra) != rows[i].update) {
            fail_msg("'%s' is %d", rows[i].extra,
                     image_update_of(rows[i].extra));
        }
    }
}

static void releases_that_write_entries_are_told(void **state)
{
    static const struct {
        struct image_version version;
        bool writes;
    } rows[] = {
        {{4, 14, 6}, true},  {{4, 16, 7}, true},   {{4, 17, -1}, true},
        {{4, 17, 0}, true},  {{4, 17, 2}, true},   {{4, 17, 3}, false},
        {{4, 17, 7}, false}, {{4, 18, -1}, true},  {{4, 18, 0}, true},
        {{4, 18, 1}, false}, {{4, 19, -1}, true},  {{4, 19, 0}, false},
        {{4, 22, 0}, false}, {{4, 23, -1}, false}, {{5, 0, 0}, false},
    };

    (void)state;
    for (size_t i = 0; i < NR(rows); i++) {
        const struct image_version *version = &rows[i].version;

        if (image_version_writes_entries(version) != rows[i].writes) {
            fail_msg("%u.%u.%d", version->major, version->minor,
                     version->update);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_image_tells_its_version),
        cmocka_unit_test(this_projects_hypervisor_never_writes_entries),
        cmocka_unit_test(what_comes_before_a_release_is_one_less),
        cmocka_unit_test(releases_that_write_entries_are_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
