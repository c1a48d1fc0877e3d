/* SPDX-License-Identifier: GPL-2.0 */
/*
 * --dry-run: where the hypervisor has dry runs it is asked, and what it says is
 * told as of a request that was sent; where it has none, what is not known is
 * told. Nothing that changes something is ever sent.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fake/fake_extension.h"
#include "fake/fake_hypervisor.h"
#include "fake/run_command.h"

enum {
    CHECKED = 1,
    APPLIED = 2,
    UNLOAD = 1,
    REVERT = 2,
    APPLY = 3,
    REPLACE = 4,
};

static void write_payload(void)
{
    write_file("fix1.livepatch", sample_payload, sizeof(sample_payload));
}

/* ---- a hypervisor that has them ----------------------------------------- */

static void upload_that_would_be_taken_is_told(void **state)
{
    (void)state;
    write_payload();
    fake_extension_start(0);
    fake_extension_expects_dry_run(&(struct fake_dry_run){.names = "name1"});
    assert_run(run_command("upload", "-n", "name1", "fix1.livepatch", NULL), 0,
               "Uploading fix1.livepatch... would be done (dry run)\n", "");
}

static void refused_upload_is_told_with_the_hypervisor_s_words(void **state)
{
    const struct run *run;

    (void)state;
    write_payload();
    fake_extension_start(0);
    fake_extension_expects_dry_run(&(struct fake_dry_run){
        .names = "name1",
        .rc = -ENOENT,
        .console_text =
            "livepatch (dry run): name1: 'no_such' is not defined\n"});
    run = run_command("upload", "-n", "name1", "fix1.livepatch", NULL);
    assert_string_equal(run->out,
                        "Uploading fix1.livepatch... would fail (dry run)\n");
    assert_contains(run->err, "xen-livepatch: upload of name1: ENOENT: ");
    assert_contains(run->err, "The hypervisor's log says:\n"
                              "  livepatch (dry run): name1: 'no_such' is not");
    assert_int_equal(run->outcome, 1);
}

/* It is the same errno that a hypervisor without dry runs gives. */
static void unsupported_payload_is_refused_and_not_unknown(void **state)
{
    const struct run *run;

    (void)state;
    write_payload();
    fake_extension_start(0);
    fake_extension_expects_dry_run(
        &(struct fake_dry_run){.names = "name1", .rc = -EOPNOTSUPP});
    run = run_command("upload", "-n", "name1", "fix1.livepatch", NULL);
    assert_contains(run->err, "upload of name1: EOPNOTSUPP: ");
    assert_int_equal(run->outcome, 1);
}

static void load_asks_about_both_steps_at_once(void **state)
{
    (void)state;
    write_payload();
    fake_extension_start(0);
    fake_extension_expects_dry_run(
        &(struct fake_dry_run){.names = "fix1", .cmd = APPLY, .guilty = APPLY});
    assert_run(run_command("load", "-n", "fix1.livepatch", NULL), 0,
               "Uploading fix1.livepatch... would be done (dry run)\n"
               "Applying fix1... would be done (dry run)\n",
               "");
    fake_extension_expects_dry_run(&(struct fake_dry_run){
        .names = "fix1", .cmd = APPLY, .guilty = APPLY, .rc = -EINVAL});
    assert_string_equal(run_command("load", "-n", "fix1.livepatch", NULL)->out,
                        "Uploading fix1.livepatch... would be done (dry run)\n"
                        "Applying fix1... would fail (dry run)\n");
    fake_extension_expects_dry_run(&(struct fake_dry_run){
        .names = "fix1", .cmd = APPLY, .flags = 1, .rc = -EEXIST});
    assert_string_equal(
        run_command("load", "-n", "fix1.livepatch", "--nodeps", NULL)->out,
        "Uploading fix1.livepatch... would fail (dry run)\n");
}

static void each_action_is_asked_about(void **state)
{
    static const struct {
        const char *verb, *announcement;
        uint32_t cmd, state;
    } rows[] = {
        {"apply", "Applying", APPLY, CHECKED},
        {"revert", "Reverting", REVERT, APPLIED},
        {"unload", "Unloading", UNLOAD, CHECKED},
        {"replace", "Replacing all live patches with", REPLACE, CHECKED},
    };

    (void)state;
    fake_extension_start(0);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char out[100];

        snprintf(out, sizeof(out), "%s fix1... would be done (dry run)\n",
                 rows[i].announcement);
        expect_get("fix1", rows[i].state, 0);
        fake_extension_expects_dry_run(&(struct fake_dry_run){
            .names = "fix1", .nr = 1, .cmd = rows[i].cmd, .guilty = 1});
        assert_run(run_command("-n", rows[i].verb, "fix1", NULL), 0, out, "");
    }
}

static void refused_action_is_told(void **state)
{
    const struct run *run;

    (void)state;
    fake_extension_start(0);
    expect_get("fix1", APPLIED, 0);
    fake_extension_expects_dry_run(&(struct fake_dry_run){
        .names = "fix1", .nr = 1, .cmd = REVERT, .rc = -EBUSY});
    expect_get("fix1", APPLIED, -EAGAIN); /* which cause has it? */
    run = run_command("-n", "revert", "fix1", NULL);
    assert_string_equal(run->out, "Reverting fix1... would fail (dry run)\n");
    assert_contains(run->err, "xen-livepatch: revert of fix1: EBUSY: ");
}

static void hooks_that_were_not_asked_are_told(void **state)
{
    (void)state;
    fake_extension_start(0);
    expect_get("fix1", CHECKED, 0);
    fake_extension_expects_dry_run(&(struct fake_dry_run){
        .names = "fix1", .nr = 1, .cmd = APPLY, .guilty = 1, .nr_unasked = 2});
    assert_run(run_command("-n", "apply", "fix1", NULL), 0,
               "Applying fix1... would be done (dry run)\n",
               "xen-livepatch: 2 hooks were not asked: they may still say "
               "no.\n");
}

static void set_is_asked_about_as_one(void **state)
{
    const struct run *run;

    (void)state;
    fake_extension_start(0);
    expect_get("fix1", CHECKED, 0);
    expect_get("fix2", CHECKED, 0);
    fake_extension_expects_dry_run(&(struct fake_dry_run){
        .names = "fix1\0fix2", .nr = 2, .cmd = APPLY, .guilty = 2});
    assert_run(run_command("-n", "apply", "fix1", "fix2", NULL), 0,
               "Applying fix1, fix2 in one stop... would be done (dry run)\n",
               "");
    expect_get("fix1", CHECKED, 0);
    expect_get("fix2", CHECKED, 0);
    fake_extension_expects_dry_run(&(struct fake_dry_run){.names = "fix1\0fix2",
                                                          .nr = 2,
                                                          .cmd = APPLY,
                                                          .guilty = 1,
                                                          .rc = -EINVAL});
    run = run_command("-n", "apply", "fix1", "fix2", NULL);
    assert_string_equal(
        run->out, "Applying fix1, fix2 in one stop... would fail (dry run)\n");
    assert_contains(run->err, "xen-livepatch: apply of fix2: EINVAL: ");
}

static void report_says_how_sure_it_is(void **state)
{
    const struct run *run;

    (void)state;
    fake_extension_start(0);
    expect_get("fix1", CHECKED, 0);
    fake_extension_expects_dry_run(&(struct fake_dry_run){
        .names = "fix1", .nr = 1, .cmd = APPLY, .guilty = 1, .nr_unasked = 2});
    run = run_command("-n", "--json", "apply", "fix1", NULL);
    assert_contains(run->out, "\"is_dry_run_exact\": true");
    assert_contains(run->out, "\"nr_hooks_unasked\": 2");
}

static void lack_of_memory_is_no_answer(void **state)
{
    (void)state;
    fake_extension_start(0);
    expect_get("fix1", CHECKED, 0);
    fake_fail_allocation(3); /* of the name, for the dry run */
    assert_int_equal(run_command("-n", "apply", "fix1", NULL)->outcome, 1);
    assert_true(fake_did_allocation_fail());
}

/* ---- one that has none -------------------------------------------------- */

static void action_looks_at_the_state_and_says_what_is_not_known(void **state)
{
    const struct run *run;

    (void)state;
    expect_get("fix1", CHECKED, 0);
    run = run_command("apply", "fix1", "--dry-run", NULL);
    assert_string_equal(run->out, "Applying fix1... not done (dry run)\n");
    assert_contains(run->err,
                    "xen-livepatch: this hypervisor has no dry runs. Not "
                    "known: whether the payload fits on what is applied and");
    assert_contains(run->err, "'xen-livepatch verify FILE --xen-syms FILE'");
    assert_int_equal(run->outcome, 15);
    expect_get("fix1", APPLIED, 0);
    assert_run(run_command("-n", "apply", "fix1", NULL), 0,
               "No action needed.\n", "");
    expect_get("fix1", APPLIED, 0);
    assert_int_equal(run_command("unload", "fix1", "-n", NULL)->outcome, 1);
    expect_get_refused("fix1", -ENOENT);
    expect_list_sizes(1, NULL, 0);
    assert_int_equal(run_command("revert", "fix1", "-n", NULL)->outcome, 1);
}

static void upload_asks_for_the_name_and_says_what_is_not_known(void **state)
{
    const struct run *run;

    (void)state;
    write_payload();
    expect_get_refused("name1", -ENOENT);
    run = run_command("upload", "-n", "name1", "fix1.livepatch", NULL);
    assert_string_equal(run->out,
                        "Uploading fix1.livepatch... not done (dry run)\n");
    assert_contains(run->err, "Not known: whether it would load.");
    assert_int_equal(run->outcome, 15);
    expect_get("name1", CHECKED, 0);
    run = run_command("upload", "-n", "name1", "fix1.livepatch", NULL);
    assert_string_equal(run->out,
                        "Uploading fix1.livepatch... would fail (dry run)\n");
    assert_contains(run->err, "Error 17: File exists\n"
                              "xen-livepatch: upload of name1: EEXIST: ");
    assert_int_equal(run->outcome, 1);
}

static void load_says_once_what_is_not_known(void **state)
{
    (void)state;
    write_payload();
    expect_get_refused("fix1", -ENOENT);
    assert_run(run_command("load", "-n", "fix1.livepatch", NULL), 15,
               "Uploading fix1.livepatch... not done (dry run)\n"
               "Applying fix1... not done (dry run)\n",
               "xen-livepatch: this hypervisor has no dry runs. Not known: "
               "whether it would load. 'xen-livepatch verify FILE --xen-syms "
               "FILE' says what can be said of that without it.\n");
}

static void quiet_says_nothing_of_it(void **state)
{
    (void)state;
    expect_get("fix1", CHECKED, 0);
    assert_run(run_command("-n", "-q", "unload", "fix1", NULL), 15, "", "");
}

static void report_says_that_it_is_not_checked(void **state)
{
    const struct run *run;

    (void)state;
    expect_get("fix1", CHECKED, 0);
    run = run_command("-n", "-q", "--json", "unload", "fix1", NULL);
    assert_contains(run->out, "\"is_dry_run_exact\": false");
    assert_contains(run->out, "\"code\": \"not-checked\"");
    assert_contains(run->out, "\"exit_status\": 15");
    assert_int_equal(run->outcome, 15);
}

static void dry_load_of_a_bad_file_fails(void **state)
{
    (void)state;
    write_file("fix1.livepatch", "no ELF", 6);
    assert_int_equal(run_command("load", "-n", "fix1.livepatch", NULL)->outcome,
                     5);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_fake, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(upload_that_would_be_taken_is_told),
        TEST(refused_upload_is_told_with_the_hypervisor_s_words),
        TEST(unsupported_payload_is_refused_and_not_unknown),
        TEST(load_asks_about_both_steps_at_once),
        TEST(each_action_is_asked_about),
        TEST(refused_action_is_told),
        TEST(hooks_that_were_not_asked_are_told),
        TEST(set_is_asked_about_as_one),
        TEST(report_says_how_sure_it_is),
        TEST(lack_of_memory_is_no_answer),
        TEST(action_looks_at_the_state_and_says_what_is_not_known),
        TEST(upload_asks_for_the_name_and_says_what_is_not_known),
        TEST(load_says_once_what_is_not_known),
        TEST(quiet_says_nothing_of_it),
        TEST(report_says_that_it_is_not_checked),
        TEST(dry_load_of_a_bad_file_fails),
    };

    return cmocka_run_group_tests_name("xen-livepatch dry run", tests,
                                       enter_scratch_folder,
                                       leave_scratch_folder);
}
