// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of what code can ask of the build, and of macros as text.
 */
#include "unit.h"
#include <xen/kconfig.h>
#include <xen/stringify.h>

#define CONFIG_ONE 1
#define CONFIG_NOTHING
#define CONFIG_ZERO 0
#define CONFIG_TWO 2

#if !IS_ENABLED(CONFIG_ONE) || IS_ENABLED(CONFIG_NOT_DEFINED)
#error "the preprocessor sees other options than the compiler"
#endif

static void only_an_option_that_is_1_is_enabled(void **state)
{
    (void)state;
    assert_int_equal(IS_ENABLED(CONFIG_ONE), 1);
    assert_int_equal(IS_ENABLED(CONFIG_NOT_DEFINED), 0);
    assert_int_equal(IS_ENABLED(CONFIG_NOTHING), 0);
    assert_int_equal(IS_ENABLED(CONFIG_ZERO), 0);
    assert_int_equal(IS_ENABLED(CONFIG_TWO), 0);
}

static void options_that_payloads_ask_for_are_there(void **state)
{
    (void)state;
    assert_int_equal(IS_ENABLED(CONFIG_X86), 1);
    assert_int_equal(IS_ENABLED(CONFIG_X86_64), 1);
    assert_int_equal(IS_ENABLED(CONFIG_64BIT), 1);
    assert_int_equal(IS_ENABLED(CONFIG_LIVEPATCH), 1);
    assert_int_equal(IS_ENABLED(CONFIG_HAS_ALTERNATIVE), 1);
    assert_int_equal(IS_ENABLED(CONFIG_HAS_EX_TABLE), 1);
    assert_int_equal(IS_ENABLED(CONFIG_ARM), 0);
}

static void macros_are_replaced_before_they_are_text(void **state)
{
    (void)state;
    assert_string_equal(__stringify(CONFIG_TWO), "2");
    assert_string_equal(__stringify(CONFIG_TWO, CONFIG_ONE), "2, 1");
    assert_string_equal(__stringify(), "");
    assert_string_equal(__stringify(CONFIG_NOT_DEFINED), "CONFIG_NOT_DEFINED");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_an_option_that_is_1_is_enabled),
        cmocka_unit_test(options_that_payloads_ask_for_are_there),
        cmocka_unit_test(macros_are_replaced_before_they_are_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
