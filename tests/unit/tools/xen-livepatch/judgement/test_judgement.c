/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What each fact is judged to be, by itself and beside others.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fake/run_command.h"
#include "judgement/judgement.h"

#define NOTHING NR_ATTENTION_CODES

/* Facts of a machine where all is well: one payload, applied, in the folder. */
static struct loaded_facts loaded;
static struct file_facts file;
static struct facts facts;
static struct judgement judgement;

static int start(void **state)
{
    (void)state;
    loaded =
        (struct loaded_facts){.name = "fix1", .status = {PAYLOAD_APPLIED, 0}};
    file = (struct file_facts){
        .name = "fix1", .path = "/d/fix1.livepatch", .fit = FILE_APPLIED};
    facts = (struct facts){
        .loaded = &loaded,
        .nr_loaded = 1,
        .files = &file,
        .nr_files = 1,
        .state_dir = "/s",
        .held_names = "fix1",
        .held_trial_s = 600,
        .trial_left_s = 90,
        .log_path = "/log",
    };
    return 0;
}

/* Judge, expect one point or none, and give it. */
static const struct attention_point *judged(unsigned int code)
{
    judgement_free(&judgement);
    assert_int_equal(judge(&facts, &judgement), 0);
    assert_int_equal(judgement.nr, code == NOTHING ? 0 : 1);
    if (code == NOTHING) {
        return NULL;
    }
    assert_int_equal(judgement.points[0].code, code);
    assert_int_equal(judgement_count(&judgement, (enum attention_code)code), 1);
    assert_int_equal(judgement_worst(&judgement), attention_kinds[code].level);
    return &judgement.points[0];
}

static int finish(void **state)
{
    (void)state;
    judgement_free(&judgement);
    return 0;
}

static void nothing_is_said_when_all_is_well(void **state)
{
    (void)state;
    judged(NOTHING);
    assert_int_equal(judgement_worst(&judgement), ATTENTION_NOTE);
}

static void every_fit_of_a_file_has_its_code(void **state)
{
    static const struct {
        enum file_fit fit;
        unsigned int code;
    } rows[] = {
        {FILE_APPLIED, NOTHING},
        {FILE_NOT_APPLIED, ATTENTION_NOT_APPLIED},
        {FILE_REISSUED, ATTENTION_REISSUED},
        {FILE_SUSPECT, ATTENTION_HELD_BACK},
        {FILE_BAD, ATTENTION_FILE_UNREADABLE},
        {FILE_PIN_UNCLEAR, ATTENTION_FILE_UNREADABLE},
        {FILE_ON_HOLD, ATTENTION_ON_HOLD},
        {FILE_OTHER_HYPERVISOR, ATTENTION_OTHER_HYPERVISOR},
        {FILE_NEEDS_BOOT, ATTENTION_NEEDS_BOOT},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct attention_point *point;

        file.fit = rows[i].fit;
        point = judged(rows[i].code);
        assert_true(!point || !strcmp(point->name, "fix1"));
    }
}

static void every_state_of_the_guard_has_its_code(void **state)
{
    (void)state;
    facts.trial_names = "fix2";
    assert_string_equal(judged(ATTENTION_ON_TRIAL)->text,
                        "fix2 on trial for another 90 s: if the machine goes "
                        "down before that, payloads are held back");
    facts.trial_names = NULL;
    facts.guard = GUARD_HELD;
    judged(NOTHING); /* no file is held back */
    facts.guard = GUARD_HELD_ALL;
    assert_string_equal(judged(ATTENTION_HELD_BACK)->text,
                        "the machine went down before it had run for 600 s "
                        "with fix1: sync holds all payloads back");
    assert_contains(judgement.points[0].next, "xen-livepatch sync --trust");
    facts.guard = GUARD_UNREADABLE;
    assert_contains(judged(ATTENTION_STATE_UNREADABLE)->text,
                    "/s holds no state that can be read");
    facts.guard = GUARD_NOT_KNOWN;
    facts.guard_error = EACCES;
    assert_string_equal(judged(ATTENTION_STATE_UNREADABLE)->text,
                        "/s: Permission denied: whether payloads are held "
                        "back is not known");
}

static void trial_is_said_beside_a_hold(void **state)
{
    (void)state;
    facts.trial_names = "fix2";
    facts.guard = GUARD_HELD;
    judged(ATTENTION_ON_TRIAL);
    file.fit = FILE_SUSPECT;
    judgement_free(&judgement);
    assert_int_equal(judge(&facts, &judgement), 0);
    assert_int_equal(judgement.nr, 2);
    assert_contains(judgement.points[0].text, "with fix1: sync holds this one");
    assert_contains(judgement.points[1].text, "fix2 on trial for another 90 s");
}

static void failed_sync_is_said_unless_the_guard_kept_it_from_it(void **state)
{
    (void)state;
    facts.sync_status = 5;
    assert_contains(judged(ATTENTION_SYNC_FAILED)->text, "exit status 5");
    facts.guard = GUARD_HELD_ALL;
    judged(ATTENTION_HELD_BACK);
    facts.guard = GUARD_UNREADABLE;
    judged(ATTENTION_STATE_UNREADABLE);
    facts.guard = GUARD_HELD;
    facts.sync_status = 13; /* that is said of each file */
    judged(NOTHING);
}

static void
loaded_payload_outside_the_folder_is_gone_with_the_boot(void **state)
{
    (void)state;
    loaded.is_unwanted = true;
    assert_contains(judged(ATTENTION_NOT_IN_FOLDER)->next,
                    "xen-livepatch revert fix1");
}

static void errno_of_the_last_action_is_said(void **state)
{
    (void)state;
    loaded.status.rc = -EBUSY;
    assert_string_equal(judged(ATTENTION_FAILED)->text,
                        "its last action failed (16, Device or resource "
                        "busy)");
    loaded.status.rc = -EAGAIN;
    judged(ATTENTION_BUSY);
}

static void spent_payload_is_one_point_and_has_its_cure(void **state)
{
    (void)state;
    loaded.status.state = PAYLOAD_CHECKED;
    loaded.is_spent = true;
    assert_contains(judged(ATTENTION_SPENT)->next,
                    "xen-livepatch unload fix1, then load it again");
}

static void what_cannot_be_read_is_said(void **state)
{
    (void)state;
    facts.folder_trouble = "Could not read the folder /d.";
    assert_string_equal(judged(ATTENTION_FOLDER_UNREADABLE)->text,
                        "Could not read the folder /d.");
    facts.folder_trouble = NULL;
    facts.log_error = EACCES;
    assert_contains(judged(ATTENTION_LOG_UNREADABLE)->text,
                    "/log: Permission denied");
}

static void misfit_is_told_in_syncs_words_and_is_no_case_for_sync(void **state)
{
    const struct attention_point *point;

    (void)state;
    file.fit = FILE_NOT_APPLIED;
    file.is_stuck = true;
    file.why = "not loaded: nothing below";
    point = judged(ATTENTION_NOT_APPLIED);
    assert_string_equal(point->text, "not loaded: nothing below");
    assert_string_equal(point->next,
                        "Put what is missing into the folder, or remove it");
    file.fit = FILE_REISSUED;
    assert_string_equal(judged(ATTENTION_REISSUED)->text,
                        "not loaded: nothing below");
}

static void cure_of_what_is_not_applied_waits_for_the_hold(void **state)
{
    (void)state;
    file.fit = FILE_NOT_APPLIED;
    assert_string_equal(judged(ATTENTION_NOT_APPLIED)->next,
                        "xen-livepatch sync");
    facts.guard = GUARD_HELD_ALL;
    judgement_free(&judgement);
    assert_int_equal(judge(&facts, &judgement), 0);
    assert_int_equal(judgement.nr, 2);
    assert_int_equal(judgement.points[0].code, ATTENTION_HELD_BACK);
    assert_string_equal(judgement.points[1].next,
                        "End the holding back first, see above");
}

static void reasons_of_the_admin_are_shown(void **state)
{
    (void)state;
    file.fit = FILE_ON_HOLD;
    file.why = "held: left out: breaks host 7";
    assert_contains(judged(ATTENTION_ON_HOLD)->text, "breaks host 7");
}

static void points_are_sorted_by_weight_and_keep_their_order(void **state)
{
    static const struct file_facts files[] = {
        {.name = "b", .path = "b", .fit = FILE_OTHER_HYPERVISOR},
        {.name = "z", .path = "z", .fit = FILE_NOT_APPLIED},
        {.name = "a", .path = "a", .fit = FILE_NOT_APPLIED},
        {.name = "s", .path = "s", .fit = FILE_SUSPECT},
    };

    (void)state;
    facts.files = files;
    facts.nr_files = 4;
    loaded.status.rc = -EBUSY;
    assert_int_equal(judge(&facts, &judgement), 0);
    assert_int_equal(judgement.nr, 5);
    assert_string_equal(judgement.points[0].name, "s");
    assert_string_equal(judgement.points[1].name, "z");
    assert_string_equal(judgement.points[2].name, "a");
    assert_string_equal(judgement.points[3].name, "fix1");
    assert_string_equal(judgement.points[4].name, "b");
    for (size_t i = 1; i < 5; i++) {
        assert_true(judgement.points[i - 1].level >= judgement.points[i].level);
    }
}

static void many_points_are_kept(void **state)
{
    struct file_facts files[300];

    (void)state;
    for (size_t i = 0; i < 300; i++) {
        files[i] = (struct file_facts){.name = "f", .fit = FILE_ON_HOLD};
    }
    facts.files = files;
    facts.nr_files = 300;
    assert_int_equal(judge(&facts, &judgement), 0);
    assert_int_equal(judgement_count(&judgement, ATTENTION_ON_HOLD), 300);
}

static void weight_of_a_code_can_be_changed(void **state)
{
    (void)state;
    loaded.is_unwanted = true;
    judged(ATTENTION_NOT_IN_FOLDER);
    judgement_weigh(&judgement, ATTENTION_HELD_BACK, ATTENTION_NOTE);
    assert_int_equal(judgement_worst(&judgement), ATTENTION_WARNING);
    judgement_weigh(&judgement, ATTENTION_NOT_IN_FOLDER, ATTENTION_CRITICAL);
    assert_int_equal(judgement_worst(&judgement), ATTENTION_CRITICAL);
    judgement_weigh(&judgement, ATTENTION_NOT_IN_FOLDER, ATTENTION_NOTE);
    assert_int_equal(judgement_worst(&judgement), ATTENTION_NOTE);
}

static void words_are_those_that_programs_rely_on(void **state)
{
    static const char *const words[] = {"held-back",
                                        "state-unreadable",
                                        "not-applied",
                                        "spent",
                                        "reissued",
                                        "not-in-folder",
                                        "needs-boot",
                                        "failed",
                                        "sync-failed",
                                        "folder-unreadable",
                                        "file-unreadable",
                                        "no-effect",
                                        "log-unreadable",
                                        "on-trial",
                                        "busy",
                                        "on-hold",
                                        "other-hypervisor"};
    enum attention_code code;

    (void)state;
    assert_int_equal(sizeof(words) / sizeof(words[0]), NR_ATTENTION_CODES);
    for (unsigned int i = 0; i < NR_ATTENTION_CODES; i++) {
        assert_true(attention_find(words[i], &code));
        assert_int_equal(code, i);
        assert_true(!i ||
                    attention_kinds[i - 1].level >= attention_kinds[i].level);
    }
    assert_false(attention_find("held", &code));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, finish)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nothing_is_said_when_all_is_well),
        TEST(every_fit_of_a_file_has_its_code),
        TEST(every_state_of_the_guard_has_its_code),
        TEST(trial_is_said_beside_a_hold),
        TEST(failed_sync_is_said_unless_the_guard_kept_it_from_it),
        TEST(loaded_payload_outside_the_folder_is_gone_with_the_boot),
        TEST(errno_of_the_last_action_is_said),
        TEST(spent_payload_is_one_point_and_has_its_cure),
        TEST(what_cannot_be_read_is_said),
        TEST(misfit_is_told_in_syncs_words_and_is_no_case_for_sync),
        TEST(cure_of_what_is_not_applied_waits_for_the_hold),
        TEST(reasons_of_the_admin_are_shown),
        TEST(points_are_sorted_by_weight_and_keep_their_order),
        TEST(many_points_are_kept),
        TEST(weight_of_a_code_can_be_changed),
        TEST(words_are_those_that_programs_rely_on),
    };

    return cmocka_run_group_tests_name("xen-livepatch judgement", tests, NULL,
                                       NULL);
}
