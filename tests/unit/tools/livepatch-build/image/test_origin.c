/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Who built an image, as far as it says so.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "image/origin.h"

#define NR(array) (sizeof(array) / sizeof((array)[0]))

static void what_an_image_says_of_its_build_is_told(void **state)
{
    static const char *const paths[] = {
        SAMPLES "gcc/xen-syms",
        SAMPLES "clang/xen-syms",
        SAMPLES "aarch64-linux-gnu-gcc/xen-syms",
    };

    (void)state;
    for (size_t i = 0; i < NR(paths); i++) {
        struct text_list origin = {0};
        struct image *image;

        assert_int_equal(image_open(paths[i], &image, stderr), 0);
        image_read_origin(image, &origin);
        image_close(image);
        assert_int_equal(origin.nr, 3);
        assert_string_equal(origin.items[0], "XEN_WHOAMI=");
        assert_string_equal(origin.items[1], "XEN_DOMAIN=example.org");
        assert_string_equal(origin.items[2], "XEN_CHANGESET=git:0123");
        text_list_free(&origin);
    }
}

static void an_image_that_says_nothing_has_no_origin(void **state)
{
    struct text_list origin = {0};
    struct image *image;

    (void)state;
    assert_int_equal(image_open(XEN_SYMS, &image, stderr), 0);
    image_read_origin(image, &origin);
    image_close(image);
    assert_int_equal(origin.nr, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_an_image_says_of_its_build_is_told),
        cmocka_unit_test(an_image_that_says_nothing_has_no_origin),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
