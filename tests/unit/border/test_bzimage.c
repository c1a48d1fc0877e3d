// SPDX-License-Identifier: GPL-2.0
/*
 * dom0's kernel image: read, cut at every length, with lengths that lie; and
 * the page of boot parameters, which holds what it holds.
 */
#include "unit.h"
#include <stdlib.h>
#include <string.h>
#include <asm/bzimage.h>

#define HEADER 0x1f1
#define JUMP_END 0x201
#define SETUP_SECTORS 1
#define KERNEL_AT ((SETUP_SECTORS + 1) * 512)
#define IMAGE_BYTES (KERNEL_AT + 1000)

static uint8_t image[IMAGE_BYTES];

static void put(unsigned int at, uint64_t value, unsigned int bytes)
{
    memcpy(image + at, &value, bytes);
}

static int set_up(void **state)
{
    (void)state;
    memset(image, 0xcc, sizeof(image));
    put(0x1f1, SETUP_SECTORS, 1);
    put(JUMP_END, 0x264 - 0x202, 1);
    memcpy(image + 0x202, "HdrS", 4);
    put(0x206, 0x20f, 2);
    put(0x211, 1, 1);
    put(0x22c, 0x7fffffff, 4);
    put(0x238, 2047, 4);
    put(0x258, 0x1000000, 8);
    put(0x260, 0x3000000, 4);
    return 0;
}

/* In a block of its own: reading on is an error. */
static const char *parse(size_t bytes, struct bzimage *out)
{
    uint8_t *copy = malloc(bytes + 1);
    const char *wrong;

    memcpy(copy + 1, image, bytes);
    wrong = bzimage_parse(copy + 1, bytes, out);
    if (!wrong) { /* what it leads to is the image's */
        assert_ptr_equal(out->header, copy + 1 + HEADER);
        assert_true(HEADER + out->header_bytes <= bytes);
        assert_ptr_equal(out->kernel + out->kernel_bytes, copy + 1 + bytes);
        out->header = image + HEADER;
        out->kernel = image + (out->kernel - copy - 1);
    }
    free(copy);
    return wrong;
}

static void good_image_is_read(void **state)
{
    struct bzimage out;

    (void)state;
    assert_null(parse(IMAGE_BYTES, &out));
    assert_int_equal(out.header_bytes, 0x264 - HEADER);
    assert_ptr_equal(out.kernel, image + KERNEL_AT);
    assert_int_equal(out.kernel_bytes, 1000);
    assert_int_equal(out.preferred_address, 0x1000000);
    assert_int_equal(out.init_bytes, 0x3000000);
    assert_int_equal(out.initrd_limit, 0x7fffffff);
    assert_int_equal(out.cmdline_bytes, 2047);
}

static void image_cut_at_any_length_is_refused_or_smaller(void **state)
{
    (void)state;
    for (size_t bytes = 0; bytes < IMAGE_BYTES; bytes++) {
        struct bzimage out = {.kernel_bytes = 7};

        if (bytes <= KERNEL_AT) {
            assert_non_null(parse(bytes, &out));
            assert_int_equal(out.kernel_bytes, 7);
        } else {
            assert_null(parse(bytes, &out));
            assert_int_equal(out.kernel_bytes, bytes - KERNEL_AT);
        }
    }
}

static void header_of_any_length_stays_in_its_place(void **state)
{
    struct bzimage out;

    (void)state;
    for (unsigned int length = 0; length < 256; length++) {
        const bool is_sound = length >= 0x62 && length <= 0x8e;

        put(JUMP_END, length, 1);
        assert_int_equal(parse(IMAGE_BYTES, &out) == NULL, is_sound);
        /* the image ends within the header */
        if (is_sound && length > 0x62) {
            put(0x1f1, 0, 1);
            assert_non_null(parse(0x202 + length - 1, &out));
            put(0x1f1, SETUP_SECTORS, 1);
        }
    }
}

static void setup_of_any_length_leaves_a_kernel_or_is_refused(void **state)
{
    struct bzimage out;

    (void)state;
    for (unsigned int sectors = 0; sectors < 256; sectors++) {
        put(0x1f1, sectors, 1);
        assert_int_equal(parse(IMAGE_BYTES, &out) == NULL,
                         sectors == 1 || sectors == 2);
    }
}

static void fields_that_are_wrong_are_told(void **state)
{
    struct bzimage out;

    (void)state;
    put(0x206, 0x209, 2);
    assert_string_equal(parse(IMAGE_BYTES, &out),
                        "boot protocol older than 2.10");
    set_up(NULL);
    put(0x211, 0xfe, 1);
    assert_string_equal(parse(IMAGE_BYTES, &out), "not loaded high (a zImage)");
    set_up(NULL);
    put(0x260, 999, 4);
    assert_string_equal(parse(IMAGE_BYTES, &out),
                        "init_size is smaller than the kernel");
    put(0x260, 1000, 4);
    assert_null(parse(IMAGE_BYTES, &out));
    put(0x205, 'X', 1);
    assert_string_equal(parse(IMAGE_BYTES, &out), "not a Linux bzImage");
}

static const struct memmap *map_of(unsigned int nr)
{
    static struct memmap map;

    map.nr = nr;
    for (unsigned int i = 0; i < nr && i < MEMMAP_MAX; i++) {
        map.range[i] = (struct memory_range){i * 0x10000UL,
                                             i * 0x10000UL + 0x1000, 1 + i % 2};
    }
    return &map;
}

static bool fill(uint8_t *page, unsigned int nr_ranges)
{
    const struct boot_params_input input = {0x100000, 0x20000, 0x3000000, 77,
                                            map_of(nr_ranges)};
    struct bzimage out;

    assert_null(parse(IMAGE_BYTES, &out));
    return boot_params_fill(page, &out, &input);
}

static void assert_zero(const uint8_t *page, unsigned int from, unsigned int to)
{
    for (unsigned int at = from; at < to; at++) {
        assert_int_equal(page[at], 0);
    }
}

static void boot_parameters_fill_one_page(void **state)
{
    uint8_t *page = malloc(BOOT_PARAMS_BYTES);
    uint32_t value;

    (void)state;
    memset(page, 0xee, BOOT_PARAMS_BYTES);
    put(JUMP_END, 0x8e, 1); /* the longest header */
    assert_true(fill(page, BOOT_PARAMS_E820_MAX));
    assert_zero(page, 0, 0x1e8);
    assert_int_equal(page[0x1e8], BOOT_PARAMS_E820_MAX);
    assert_int_equal(page[0x210], 0xff);
    memcpy(&value, page + 0x214, 4);
    assert_int_equal(value, 0x100000);
    memcpy(&value, page + 0x218, 4);
    assert_int_equal(value, 0x3000000);
    memcpy(&value, page + 0x21c, 4);
    assert_int_equal(value, 77);
    memcpy(&value, page + 0x228, 4);
    assert_int_equal(value, 0x20000);
    memcpy(&value, page + 0x2d0 + 127 * 20, 4);
    assert_int_equal(value, 127 * 0x10000);
    memcpy(&value, page + 0x2d0 + 127 * 20 + 16, 4);
    assert_int_equal(value, 2);
    assert_zero(page, 0x2d0 + 128 * 20, BOOT_PARAMS_BYTES);
    free(page);
}

static void too_many_ranges_are_refused(void **state)
{
    uint8_t *page = malloc(BOOT_PARAMS_BYTES);

    (void)state;
    assert_false(fill(page, BOOT_PARAMS_E820_MAX + 1));
    free(page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(good_image_is_read, set_up),
        cmocka_unit_test_setup(image_cut_at_any_length_is_refused_or_smaller,
                               set_up),
        cmocka_unit_test_setup(header_of_any_length_stays_in_its_place, set_up),
        cmocka_unit_test_setup(
            setup_of_any_length_leaves_a_kernel_or_is_refused, set_up),
        cmocka_unit_test_setup(fields_that_are_wrong_are_told, set_up),
        cmocka_unit_test_setup(boot_parameters_fill_one_page, set_up),
        cmocka_unit_test_setup(too_many_ranges_are_refused, set_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
