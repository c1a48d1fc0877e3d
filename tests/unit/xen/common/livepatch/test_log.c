// SPDX-License-Identifier: GPL-2.0
/*
 * Lines of the log: one for each message, whatever the names in it hold.
 */
#include "steps.h"

#include "log.h"

static void error_is_one_line_about_the_payload(void **state)
{
    (void)state;
    lp_err("fix", "%u of %u", 3, 2);
    assert_string_equal(host_log(), "livepatch: fix: 3 of 2\n");
    assert_int_equal(host_log_errors(), 1);
}

static void warning_is_no_error(void **state)
{
    (void)state;
    lp_warn("fix", "late");
    lp_info("fix", "done");
    assert_string_equal(host_log(),
                        "livepatch: fix: late\nlivepatch: fix: done\n");
    assert_int_equal(host_log_errors(), 0);
}

static void name_cannot_begin_a_line(void **state)
{
    (void)state;
    lp_err("fix\nlivepatch: good", "'%s'", "a\r\nb");
    assert_string_equal(host_log(), "livepatch: fix?livepatch: good: 'a??b'\n");
}

static void information_has_a_safe_name_too(void **state)
{
    char name[200];

    (void)state;
    lp_info("fix\n\x1b[2J\x7f", "%u of %s", 2, "2");
    assert_string_equal(host_log(), "livepatch: fix??[2J?: 2 of 2\n");
    memset(name, 'n', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    host_log_clear();
    lp_info(name, "done");
    assert_int_equal(strlen(host_log()), strlen("livepatch: : done\n") + 127);
}

static void name_cannot_command_a_terminal(void **state)
{
    (void)state;
    lp_err("fix", "'%s'", "\x1b[2J\t\x7f\x01");
    assert_string_equal(host_log(), "livepatch: fix: '?[2J?\?\?'\n");
}

#define NAME_BYTES 23

static void assert_replaced(unsigned int c, unsigned int at, char beside)
{
    char name[NAME_BYTES + 1], expected[64];

    memset(name, beside, NAME_BYTES);
    name[NAME_BYTES] = '\0';
    name[at] = (char)c;
    host_log_clear();
    lp_err("fix", "%s", name);
    name[at] = (char)(c < ' ' || c == 0x7f ? '?' : c);
    snprintf(expected, sizeof(expected), "livepatch: fix: %s\n", name);
    assert_string_equal(host_log(), expected);
}

/* Wherever it stands, whatever stands beside it. */
static void each_control_character_is_replaced(void **state)
{
    (void)state;
    for (unsigned int c = 1; c < 256; c++) {
        for (unsigned int at = 0; at < NAME_BYTES; at++) {
            assert_replaced(c, at, ' ');
            assert_replaced(c, at, '~');
        }
    }
}

static void letters_beyond_ascii_stay(void **state)
{
    (void)state;
    lp_err("fix", "'%s'", "\xc3\xa4");
    assert_string_equal(host_log(), "livepatch: fix: '\xc3\xa4'\n");
}

static void name_is_no_format(void **state)
{
    (void)state;
    lp_err("%s%n", "'%s'", "%p%s");
    assert_string_equal(host_log(), "livepatch: %s%n: '%p%s'\n");
}

static void longest_line_is_whole(void **state)
{
    char name[512];

    (void)state;
    memset(name, 'n', sizeof(name));
    name[511 - strlen("livepatch: fix: ")] = '\0';
    lp_err("fix", "%s", name);
    assert_null(strstr(host_log(), "..."));
    assert_int_equal(strlen(host_log()), 512);
}

static void longer_line_is_cut_with_a_mark(void **state)
{
    char name[512];

    (void)state;
    memset(name, 'n', sizeof(name));
    name[512 - strlen("livepatch: fix: ")] = '\0';
    lp_err("fix", "%s", name);
    assert_int_equal(strlen(host_log()), 512);
    assert_logged("nnn...\n");
}

static void dry_run_s_lines_are_marked(void **state)
{
    (void)state;
    lp_log_dry_run(true);
    lp_err("fix", "%u of %u", 3, 2);
    lp_warn("fix", "late");
    lp_info("fix", "done");
    livepatch_log(XENLOG_INFO "    of somebody else");
    lp_log_dry_run(false);
    lp_err("fix", "in earnest");
    lp_info("fix", "again");
    assert_string_equal(host_log(), "livepatch (dry run): fix: 3 of 2\n"
                                    "livepatch (dry run): fix: late\n"
                                    "livepatch (dry run): fix: done\n"
                                    "    of somebody else\n"
                                    "livepatch: fix: in earnest\n"
                                    "livepatch: fix: again\n");
    assert_int_equal(host_log_errors(), 2);
}

int main(void)
{
    static struct host_tests tests;

    host_add(&tests, error_is_one_line_about_the_payload);
    host_add(&tests, warning_is_no_error);
    host_add(&tests, name_cannot_begin_a_line);
    host_add(&tests, information_has_a_safe_name_too);
    host_add(&tests, name_cannot_command_a_terminal);
    host_add(&tests, each_control_character_is_replaced);
    host_add(&tests, letters_beyond_ascii_stay);
    host_add(&tests, name_is_no_format);
    host_add(&tests, longest_line_is_whole);
    host_add(&tests, longer_line_is_cut_with_a_mark);
    host_add(&tests, dry_run_s_lines_are_marked);
    return host_run(&tests);
}
