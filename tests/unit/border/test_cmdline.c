// SPDX-License-Identifier: GPL-2.0
/*
 * dom0's kernel command line: this hypervisor's words, then the admin's, and
 * never past the room that there is.
 */
#include "unit.h"
#include <stdlib.h>
#include <string.h>
#include <asm/dom0.h>

#define WORDS                                                                  \
    "xen_no_vector_callback no_timer_check xen_privcmd.unrestricted=1 "

/* What becomes of `given` where there is room for `bytes`, to be freed. */
static char *make(const char *given, size_t bytes, size_t *length)
{
    char *to = malloc(bytes); /* its bounds are watched */

    memset(to, '?', bytes);
    *length = dom0_cmdline_make(given, to, bytes);
    return to;
}

static void assert_made(const char *given, const char *expected)
{
    size_t length;
    char *made = make(given, strlen(expected) + 1, &length);

    assert_int_equal(length, strlen(expected));
    assert_string_equal(made, expected);
    free(made);
}

static void empty_line_gets_the_words(void **state)
{
    (void)state;
    assert_made("", WORDS);
}

static void admin_s_words_come_last_and_win(void **state)
{
    (void)state;
    assert_made("console=ttyS0 xen_privcmd.unrestricted=0",
                WORDS "console=ttyS0 xen_privcmd.unrestricted=0");
}

static void words_for_init_stay_behind_all(void **state)
{
    (void)state;
    assert_made("quiet -- single", WORDS "quiet -- single");
}

static void line_without_room_is_not_written(void **state)
{
    const char *given = "root=/dev/vda";

    (void)state;
    for (size_t bytes = 1; bytes <= sizeof(WORDS) - 1 + strlen(given);
         bytes++) {
        size_t length;
        char *made = make(given, bytes, &length);

        assert_int_equal(length, sizeof(WORDS) - 1 + strlen(given));
        for (size_t i = 0; i < bytes; i++) {
            assert_int_equal(made[i], '?');
        }
        free(made);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(empty_line_gets_the_words),
        cmocka_unit_test(admin_s_words_come_last_and_win),
        cmocka_unit_test(words_for_init_stay_behind_all),
        cmocka_unit_test(line_without_room_is_not_written),
    };

    return cmocka_run_group_tests_name("dom0's command line", tests, NULL,
                                       NULL);
}
