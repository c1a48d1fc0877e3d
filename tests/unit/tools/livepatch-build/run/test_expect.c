/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What is expected of functions of this tree's hypervisor.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "run/expect.h"

#define TRAMPOLINE_BYTES 5

struct trial_plan {
    struct image *image;
    struct findings findings;
    struct replacement replacement;
    struct plan plan;
};

static int set_up(void **state)
{
    struct trial_plan *made = calloc(1, sizeof(*made));

    assert_non_null(made);
    assert_int_equal(image_open(XEN_SYMS, &made->image, stderr), 0);
    findings_open(&made->findings);
    made->plan = (struct plan){.machine = EM_X86_64,
                               .replacements = &made->replacement,
                               .nr_replacements = 1};
    *state = made;
    return 0;
}

static int tear_down(void **state)
{
    struct trial_plan *made = *state;

    findings_close(&made->findings);
    image_close(made->image);
    free(made);
    return 0;
}

static void expect(struct trial_plan *made, uint64_t address, uint32_t nr_bytes)
{
    made->replacement = (struct replacement){
        .name = "it", .old_address = address, .old_bytes = nr_bytes};
    assert_int_equal(
        expect_beginnings(&made->plan, made->image, &made->findings, stderr),
        0);
}

static void what_a_trampoline_takes_the_place_of_is_expected(void **state)
{
    struct trial_plan *made = *state;
    const struct image_symbol *printk = image_find_name(made->image, "printk");

    assert_non_null(printk);
    expect(made, printk->address, (uint32_t)printk->size);
    assert_int_equal(made->replacement.nr_expected, TRAMPOLINE_BYTES);
    assert_memory_equal(
        made->replacement.expected,
        image_bytes(made->image, printk->address, TRAMPOLINE_BYTES),
        TRAMPOLINE_BYTES);
    assert_int_equal(made->findings.nr, 0);
}

/* The place of the first alternative: a distance from where it stands. */
static uint64_t exchanged_place(const struct image *image)
{
    const struct image_symbol *table =
        image_find_name(image, "__alt_instructions");
    int32_t distance;

    assert_non_null(table);
    memcpy(&distance, image_bytes(image, table->address, sizeof(distance)),
           sizeof(distance));
    return table->address + (uint64_t)(int64_t)distance;
}

static void nothing_is_expected_of_code_that_boot_exchanges(void **state)
{
    struct trial_plan *made = *state;
    const uint64_t place = exchanged_place(made->image);

    /* The last byte that would be expected, and the first one behind. */
    expect(made, place - TRAMPOLINE_BYTES + 1, 64);
    assert_int_equal(made->replacement.nr_expected, 0);
    assert_int_equal(made->findings.nr_of[FINDING_WARNING], 1);
    assert_non_null(strstr(made->findings.all[0].reason, "exchanges code"));
    expect(made, place - TRAMPOLINE_BYTES, 64);
    assert_int_equal(made->replacement.nr_expected, TRAMPOLINE_BYTES);
}

static void nothing_is_expected_of_what_is_not_in_the_image(void **state)
{
    struct trial_plan *made = *state;

    expect(made, 64, 64);
    assert_int_equal(made->replacement.nr_expected, 0);
    assert_int_equal(made->findings.nr_of[FINDING_WARNING], 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_a_trampoline_takes_the_place_of_is_expected),
        TEST(nothing_is_expected_of_code_that_boot_exchanges),
        TEST(nothing_is_expected_of_what_is_not_in_the_image),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
