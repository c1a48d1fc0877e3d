// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of the command line, with two options: level, which takes a number of
 * one digit, and quiet, which takes nothing.
 */
#include "unit.h"
#include <xen/errno.h>
#include <xen/init.h>
#include <xen/string.h>
#include <xen/version.h>

#include "fake_printk.h"

static int level;
static bool is_quiet;

static int parse_level(const char *value)
{
    if (value[0] < '0' || value[0] > '9' || value[1]) {
        return -EINVAL;
    }
    level = value[0] - '0';
    return 0;
}

static int parse_quiet(const char *value)
{
    is_quiet = true;
    return value[0] ? -EINVAL : 0;
}

/* Bounds that a linker script would give. */
extern const struct kernel_param params[2];
const struct kernel_param params[2] = {
    {.name = "level", .parse = parse_level},
    {.name = "quiet", .parse = parse_quiet},
};
__asm__(".globl __param_start, __param_end\n"
        ".set __param_start, params\n"
        ".set __param_end, params + 32\n");

static int forget(void **state)
{
    (void)state;
    level = -1;
    is_quiet = false;
    fake_log_clear();
    return 0;
}

static void each_option_gets_its_value(void **state)
{
    (void)state;
    cmdline_parse("level=7  quiet ");
    assert_int_equal(level, 7);
    assert_true(is_quiet);
    assert_string_equal(fake_log, "");
}

static void unknown_option_is_named(void **state)
{
    (void)state;
    cmdline_parse("levle=7 quiet");
    assert_true(is_quiet);
    assert_string_equal(fake_log, "<1>command line: unknown option 'levle'\n");
}

static void bad_value_is_named(void **state)
{
    (void)state;
    cmdline_parse("level=12");
    assert_string_equal(fake_log, "<1>command line: option 'level': bad value "
                                  "'12'\n");
}

static void leading_path_is_no_option(void **state)
{
    (void)state;
    cmdline_parse("build/x86/xen level=1 a/b");
    assert_int_equal(level, 1);
    assert_string_equal(fake_log, "<1>command line: unknown option 'a/b'\n");
}

static void line_is_kept_as_it_was(void **state)
{
    (void)state;
    cmdline_parse("level=3 quiet");
    assert_string_equal(xen_commandline(), "level=3 quiet");
}

static void long_line_is_cut_with_a_message(void **state)
{
    char line[2000];

    (void)state;
    memset(line, ' ', sizeof(line));
    line[sizeof(line) - 1] = '\0';
    cmdline_parse(line);
    assert_int_equal(strlen(xen_commandline()), 1023);
    assert_string_equal(fake_log, "<1>command line: longer than 1023 "
                                  "characters, the rest is ignored\n");
}

int main(void)
{
#define line_test(f) cmocka_unit_test_setup(f, forget)
    const struct CMUnitTest tests[] = {
        line_test(each_option_gets_its_value),
        line_test(unknown_option_is_named),
        line_test(bad_value_is_named),
        line_test(leading_path_is_no_option),
        line_test(line_is_kept_as_it_was),
        line_test(long_line_is_cut_with_a_message),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
