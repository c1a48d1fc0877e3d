/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The command line itself: usage, verbs by prefix, and a hypervisor that cannot
 * be reached.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fake/fake_hypervisor.h"
#include "fake/run_command.h"

static const char usage[] =
    "Usage: xen-livepatch [OPTION...] COMMAND [OPERAND...]\n";

static void assert_usage_on_err(const struct run *run, int outcome)
{
    assert_string_equal(run->out, "");
    assert_int_equal(strncmp(run->err, usage, strlen(usage)), 0);
    assert_int_equal(run->outcome, outcome);
}

static void no_words_give_usage_on_standard_error_and_exit_0(void **state)
{
    (void)state;
    assert_usage_on_err(run_command(NULL, NULL), 0);
    assert_usage_on_err(run_command("-v", NULL), 0);
}

static void help_gives_usage_on_standard_error_and_exit_0(void **state)
{
    (void)state;
    assert_usage_on_err(run_command("help", NULL), 0);
}

static void help_option_gives_usage_on_standard_output(void **state)
{
    static const char *const words[] = {"--help", "-h"};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        const struct run *run = run_command(words[i], NULL);

        assert_int_equal(strncmp(run->out, usage, strlen(usage)), 0);
        assert_string_equal(run->err, "");
        assert_int_equal(run->outcome, 0);
    }
}

static void version_option_names_the_interface_versions(void **state)
{
    const struct run *run = run_command("--version", NULL);

    (void)state;
    assert_int_equal(strncmp(run->out, "xen-livepatch ", 14), 0);
    assert_contains(run->out, "(sysctl interface versions 0x0d to 0x16)\n");
    assert_int_equal(run->outcome, 0);
}

/* The announcement or question of a verb tells which one a prefix became. */
static void prefix_stands_for_the_first_verb_that_it_fits(void **state)
{
    static const struct {
        const char *prefix;
        uint32_t action;
        uint32_t from;
    } rows[] = {
        {"a", 3, 1},   {"appl", 3, 1}, {"r", 2, 2},  {"re", 2, 2},
        {"rev", 2, 2}, {"rep", 4, 1},  {"un", 1, 1}, {"unloa", 1, 1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        fake_reset();
        expect_get("fix1", rows[i].from, 0);
        expect_action("fix1", rows[i].action, 0, -EINVAL);
        assert_int_equal(run_command(rows[i].prefix, "fix1", NULL)->outcome, 1);
        fake_verify();
    }
}

static void prefix_of_verbs_without_a_name_is_found_too(void **state)
{
    (void)state;
    expect_list_sizes(1, NULL, 0);
    assert_string_equal(run_command("l", NULL)->out, "Nothing to list\n");
    assert_contains(run_command("u", "name", "no/such", NULL)->err,
                    "Could not open no/such.\n");
    assert_contains(run_command("lo", "no/such", NULL)->err,
                    "Could not open no/such.\n");
    assert_usage_on_err(run_command("h", NULL), 0);
    assert_usage_on_err(run_command("", NULL), 0);
}

static void hypervisor_that_cannot_be_opened_is_exit_6(void **state)
{
    static const char err[] =
        "Could not open the hypervisor interface /dev/xen/privcmd.\n"
        "Error 2: No such file or directory\n"
        "xen-livepatch: this must run as root in dom0, with the kernel module "
        "xen-privcmd loaded.\n";

    (void)state;
    fake_fail_open(-ENOENT);
    write_file("fix1.livepatch", sample_payload, sizeof(sample_payload));
    assert_run(run_command("list", NULL), 6, "", err);
    assert_run(run_command("apply", "fix1", NULL), 6, "", err);
    assert_run(run_command("upload", "fix1", "fix1.livepatch", NULL), 6, "",
               err);
    assert_run(run_command("load", "fix1.livepatch", NULL), 6, "", err);
}

static void busy_device_is_exit_6_not_2(void **state)
{
    (void)state;
    fake_fail_open(-EBUSY);
    assert_int_equal(run_command("list", NULL)->outcome, 6);
}

static void usage_needs_no_hypervisor(void **state)
{
    (void)state;
    fake_fail_open(-ENOENT);
    assert_usage_on_err(run_command("help", NULL), 0);
    assert_int_equal(run_command("apply", NULL)->outcome, 3);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_fake, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(no_words_give_usage_on_standard_error_and_exit_0),
        TEST(help_gives_usage_on_standard_error_and_exit_0),
        TEST(help_option_gives_usage_on_standard_output),
        TEST(version_option_names_the_interface_versions),
        TEST(prefix_stands_for_the_first_verb_that_it_fits),
        TEST(prefix_of_verbs_without_a_name_is_found_too),
        TEST(hypervisor_that_cannot_be_opened_is_exit_6),
        TEST(busy_device_is_exit_6_not_2),
        TEST(usage_needs_no_hypervisor),
    };

    return cmocka_run_group_tests_name("xen-livepatch command line", tests,
                                       enter_scratch_folder,
                                       leave_scratch_folder);
}
