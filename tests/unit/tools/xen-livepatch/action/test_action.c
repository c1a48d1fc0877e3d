/* SPDX-License-Identifier: GPL-2.0 */
/*
 * apply, revert, unload and replace: every way that one can start and end, what
 * is printed and with which exit status.
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
#include "hypervisor/payload.h"

enum {
    UNLOAD = 1,
    REVERT = 2,
    APPLY = 3,
    REPLACE = 4,
    CHECKED = 1,
    APPLIED = 2,
};

/* One row for each verb; tests that hold for all walk through it. */
static const struct verb {
    const char *word;
    const char *announcement;
    uint32_t cmd;
    uint32_t from;
    uint32_t to; /* 0: gone */
} verbs[] = {
    {"apply", "Applying fix1... ", APPLY, CHECKED, APPLIED},
    {"revert", "Reverting fix1... ", REVERT, APPLIED, CHECKED},
    {"unload", "Unloading fix1... ", UNLOAD, CHECKED, 0},
    {"replace", "Replacing all live patches with fix1... ", REPLACE, CHECKED,
     APPLIED},
};

#define NR_VERBS (sizeof(verbs) / sizeof(verbs[0]))

static char expected_out[256];

static const char *out_of(const struct verb *verb, const char *end)
{
    snprintf(expected_out, sizeof(expected_out), "%s%s\n", verb->announcement,
             end);
    return expected_out;
}

static void action_that_reaches_its_state_is_completed(void **state)
{
    (void)state;
    for (size_t i = 0; i < NR_VERBS; i++) {
        const struct verb *verb = &verbs[i];

        fake_reset();
        expect_get("fix1", verb->from, 0);
        expect_action("fix1", verb->cmd, 0, 0);
        if (verb->to) {
            expect_get("fix1", verb->to, 0);
        } else {
            expect_get_refused("fix1", -ENOENT);
        }
        assert_run(run_command(verb->word, "fix1", NULL), 0,
                   out_of(verb, "completed"), "");
        fake_verify();
    }
}

static void result_of_an_earlier_action_does_not_prevent_a_new_one(void **state)
{
    (void)state;
    expect_get("fix1", CHECKED, -EBUSY);
    expect_action("fix1", APPLY, 0, 0);
    expect_get("fix1", APPLIED, 0);
    assert_run(run_command("apply", "fix1", NULL), 0,
               "Applying fix1... completed\n", "");
}

static void action_under_way_is_polled_until_it_ends(void **state)
{
    (void)state;
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, 0);
    expect_get("fix1", CHECKED, -EAGAIN);
    expect_get("fix1", CHECKED, -EAGAIN);
    expect_get("fix1", CHECKED, -EAGAIN);
    expect_get("fix1", APPLIED, 0);
    assert_run(run_command("apply", "fix1", NULL), 0,
               "Applying fix1... completed\n", "");
    assert_int_equal(fake_delayed_ms, 1 + 2 + 4);
}

static void action_that_never_ends_is_given_up_after_ten_seconds(void **state)
{
    const unsigned int nr_pauses = 7 + 99; /* 1 .. 64 make 127 ms */
    const struct run *run;

    (void)state;
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, 0);
    for (unsigned int i = 0; i < nr_pauses + 1; i++) {
        expect_get("fix1", CHECKED, -EAGAIN);
    }
    run = run_command("apply", "fix1", NULL);
    assert_string_equal(run->out, "Applying fix1... failed\n");
    assert_string_equal(
        run->err, "Operation didn't complete.\n"
                  "xen-livepatch: apply of fix1: still under way after 10 s; "
                  "'xen-livepatch list' shows its state.\n");
    assert_int_equal(run->outcome, 2);
    assert_in_range(fake_delayed_ms, 10000, 10100);
}

static void payload_that_is_not_loaded_is_named(void **state)
{
    (void)state;
    expect_get_refused("fix1", -ENOENT);
    expect_list_sizes(1, NULL, 0);
    assert_run(run_command("apply", "fix1", NULL), 1, "",
               "Failed to get status of fix1.\n"
               "Error 2: No such file or directory\n"
               "xen-livepatch: apply of fix1: ENOENT: no payload of this name "
               "is loaded.\n"
               "'xen-livepatch list' shows those that are.\n");
}

static void busy_hypervisor_at_the_first_question_is_exit_2(void **state)
{
    (void)state;
    expect_get_refused("fix1", -EBUSY);
    assert_int_equal(run_command("revert", "fix1", NULL)->outcome, 2);
}

static void action_during_another_one_is_not_sent_and_exit_2(void **state)
{
    (void)state;
    for (size_t i = 0; i < NR_VERBS; i++) {
        char err[128];

        fake_reset();
        expect_get("fix1", verbs[i].from, -EAGAIN);
        snprintf(err, sizeof(err),
                 "Cannot execute %s.\nOperation already in progress.\n",
                 verbs[i].word);
        assert_run(run_command(verbs[i].word, "fix1", NULL), 2, "", err);
        fake_verify();
    }
}

static void action_into_the_state_that_is_there_needs_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < NR_VERBS; i++) {
        if (!verbs[i].to) {
            continue;
        }
        fake_reset();
        expect_get("fix1", verbs[i].to, 0);
        assert_run(run_command(verbs[i].word, "fix1", NULL), 0,
                   "No action needed.\n", "");
        fake_verify();
    }
}

static void unload_of_an_applied_payload_is_not_sent(void **state)
{
    (void)state;
    expect_get("fix1", APPLIED, 0);
    assert_run(run_command("unload", "fix1", NULL), 1, "",
               "fix1 is in the wrong state.\n"
               "Current state: APPLIED\n"
               "Expected state: CHECKED\n");
}

static void state_that_is_not_known_is_a_wrong_one_for_every_verb(void **state)
{
    static const uint32_t unknown_states[] = {0, 3, 7, UINT32_MAX};

    (void)state;
    for (size_t i = 0; i < NR_VERBS * 4; i++) {
        const struct verb *verb = &verbs[i / 4];
        const struct run *run;

        fake_reset();
        expect_get("fix1", unknown_states[i % 4], 0);
        run = run_command(verb->word, "fix1", NULL);
        assert_contains(run->err, "Current state: unknown\n");
        assert_contains(run->err, verb->from == CHECKED
                                      ? "Expected state: CHECKED\n"
                                      : "Expected state: APPLIED\n");
        assert_int_equal(run->outcome, 1);
        fake_verify();
    }
}

static void refused_action_says_the_errno_and_its_meaning(void **state)
{
    (void)state;
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, -EINVAL);
    assert_run(
        run_command("apply", "fix1", NULL), 1, "Applying fix1... failed\n",
        "Error 22: Invalid argument\n"
        "xen-livepatch: apply of fix1: EINVAL: the payload does not fit "
        "on what is applied now (its build-id dependency), or the code "
        "to be patched is not what it expects.\n"
        "'xen-livepatch info FILE' shows what it goes on top of, 'status' what is applied.\n");
}

/* Exit 2 says "try again" for these two errnos and no other. */
static void refusal_is_exit_2_for_busy_and_again_only(void **state)
{
    static const struct {
        int rc;
        int outcome;
    } rows[] = {
        {-EBUSY, 2}, {-EAGAIN, 2}, {-EINVAL, 1}, {-EPERM, 1},
        {-E2BIG, 1}, {-ENOSYS, 1}, {-EFAULT, 1}, {-EACCES, 1},
    };

    (void)state;
    for (size_t i = 0; i < NR_VERBS * 8; i++) {
        const struct verb *verb = &verbs[i / 8];
        char error[16];
        const struct run *run;

        fake_reset();
        expect_get("fix1", verb->from, 0);
        expect_action("fix1", verb->cmd, 0, rows[i % 8].rc);
        if (rows[i % 8].rc == -EBUSY &&
            (verb->cmd == REVERT || verb->cmd == UNLOAD)) {
            expect_get("fix1", verb->from, -EAGAIN);
        }
        run = run_command(verb->word, "fix1", NULL);
        snprintf(error, sizeof(error), "Error %d: ", -rows[i % 8].rc);
        assert_int_equal(strncmp(run->err, error, strlen(error)), 0);
        assert_string_equal(run->out, out_of(verb, "failed"));
        assert_int_equal(run->outcome, rows[i % 8].outcome);
        fake_verify();
    }
}

static void errno_without_a_known_meaning_is_said_alone(void **state)
{
    (void)state;
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, -EFAULT);
    assert_string_equal(run_command("apply", "fix1", NULL)->err,
                        "Error 14: Bad address\n");
}

static void failed_result_is_reported_whatever_the_state(void **state)
{
    static const struct {
        uint32_t state;
        int32_t rc;
        int outcome;
        const char *error;
    } rows[] = {
        {CHECKED, -EINVAL, 1, "Error 22: Invalid argument\n"},
        {APPLIED, -EINVAL, 1, "Error 22: Invalid argument\n"},
        {CHECKED, -EBUSY, 2, "Error 16: Device or resource busy\n"},
        {CHECKED, 5, 1, "Error -5: "},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct run *run;

        fake_reset();
        expect_get("fix1", CHECKED, 0);
        expect_action("fix1", APPLY, 0, 0);
        expect_get("fix1", rows[i].state, rows[i].rc);
        run = run_command("apply", "fix1", NULL);
        assert_string_equal(run->out, "Applying fix1... failed\n");
        assert_contains(run->err, rows[i].error);
        assert_int_equal(run->outcome, rows[i].outcome);
        fake_verify();
    }
}

static void rendezvous_that_timed_out_is_explained(void **state)
{
    (void)state;
    expect_get("fix1", APPLIED, 0);
    expect_action("fix1", REVERT, 0, 0);
    expect_get("fix1", APPLIED, -EBUSY);
    assert_run(run_command("revert", "fix1", NULL), 2,
               "Reverting fix1... failed\n",
               "Error 16: Device or resource busy\n"
               "xen-livepatch: revert of fix1: EBUSY: the pCPUs did not meet "
               "in time; nothing was changed.\n"
               "Try again with more time (--timeout 100ms) and --retries.\n");
}

static void accepted_action_that_leaves_the_state_alone_has_failed(void **state)
{
    (void)state;
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, 0);
    expect_get("fix1", CHECKED, 0);
    assert_run(run_command("apply", "fix1", NULL), 1,
               "Applying fix1... failed\n",
               "fix1 is in the wrong state.\n"
               "Current state: CHECKED\n"
               "Expected state: APPLIED\n");
}

static void payload_still_there_after_unload_has_failed(void **state)
{
    (void)state;
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", UNLOAD, 0, 0);
    expect_get("fix1", CHECKED, 0);
    assert_run(run_command("unload", "fix1", NULL), 1,
               "Unloading fix1... failed\n",
               "fix1 is in the wrong state.\n"
               "Current state: CHECKED\n"
               "Expected state: unloaded\n");
}

static void unload_whose_end_cannot_be_asked_for_has_failed(void **state)
{
    const struct run *run;

    (void)state;
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", UNLOAD, 0, 0);
    expect_get_refused("fix1", -EPERM);
    run = run_command("unload", "fix1", NULL);
    assert_string_equal(run->out, "Unloading fix1... failed\n");
    assert_contains(run->err, "Error 1: Operation not permitted\n");
    assert_int_equal(run->outcome, 1);
}

static void replace_that_is_not_there_says_not_supported(void **state)
{
    const struct run *run;

    (void)state;
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", REPLACE, 0, -EOPNOTSUPP);
    run = run_command("replace", "fix1", NULL);
    assert_contains(run->err, "Error 95: Operation not supported\n"
                              "xen-livepatch: replace of fix1: EOPNOTSUPP: not "
                              "supported by this hypervisor");
    assert_int_equal(run->outcome, 1);
}

static void nodeps_sets_the_flag_of_apply(void **state)
{
    (void)state;
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 1, 0);
    expect_get("fix1", APPLIED, 0);
    assert_int_equal(run_command("apply", "fix1", "--nodeps", NULL)->outcome,
                     0);
}

static void bad_name_is_refused_unsent(void **state)
{
    char name[PAYLOAD_NAME_LENGTH_MAX + 2];

    (void)state;
    memset(name, 'n', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    assert_run(run_command("apply", name, NULL), 4, "",
               "ID must be no more than 127 characters, "
               "'nnnnnnnnnnnnnnnn...' has 128.\n");
    assert_run(run_command("unload", "", NULL), 4, "",
               "ID must be 1 to 127 characters long, it has 0.\n");
    assert_int_equal(fake_nr_calls(), 0);
}

static void longest_name_is_sent_whole(void **state)
{
    char name[PAYLOAD_NAME_LENGTH_MAX + 1];

    (void)state;
    memset(name, 'n', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    expect_get(name, APPLIED, 0);
    assert_int_equal(run_command("apply", name, NULL)->outcome, 0);
}

static void missing_memory_for_a_call_is_an_error(void **state)
{
    unsigned int nth = 1;
    bool did_fail;

    (void)state;
    do {
        const struct run *run;

        fake_reset();
        fake_fail_allocation(nth++);
        expect_get("fix1", APPLIED, 0);
        run = run_command("apply", "fix1", NULL);
        did_fail = fake_did_allocation_fail();
        assert_int_equal(run->outcome, did_fail ? 1 : 0);
        if (did_fail) {
            assert_contains(run->err, "Error 12: Cannot allocate memory\n");
        }
    } while (did_fail);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_fake, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(action_that_reaches_its_state_is_completed),
        TEST(result_of_an_earlier_action_does_not_prevent_a_new_one),
        TEST(action_under_way_is_polled_until_it_ends),
        TEST(action_that_never_ends_is_given_up_after_ten_seconds),
        TEST(payload_that_is_not_loaded_is_named),
        TEST(busy_hypervisor_at_the_first_question_is_exit_2),
        TEST(action_during_another_one_is_not_sent_and_exit_2),
        TEST(action_into_the_state_that_is_there_needs_nothing),
        TEST(unload_of_an_applied_payload_is_not_sent),
        TEST(state_that_is_not_known_is_a_wrong_one_for_every_verb),
        TEST(refused_action_says_the_errno_and_its_meaning),
        TEST(refusal_is_exit_2_for_busy_and_again_only),
        TEST(errno_without_a_known_meaning_is_said_alone),
        TEST(failed_result_is_reported_whatever_the_state),
        TEST(rendezvous_that_timed_out_is_explained),
        TEST(accepted_action_that_leaves_the_state_alone_has_failed),
        TEST(payload_still_there_after_unload_has_failed),
        TEST(unload_whose_end_cannot_be_asked_for_has_failed),
        TEST(replace_that_is_not_there_says_not_supported),
        TEST(nodeps_sets_the_flag_of_apply),
        TEST(bad_name_is_refused_unsent),
        TEST(longest_name_is_sent_whole),
        TEST(missing_memory_for_a_call_is_an_error),
    };

    return cmocka_run_group_tests_name("xen-livepatch action", tests, NULL,
                                       NULL);
}
