/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One sync at a time, wherever each keeps its state; and what a killed one left
 * of it.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "fake/fake_machine.h"
#include "fake/sync_samples.h"

/* Another sync: it has its state elsewhere. */
static int lock(void)
{
    int fd = open("sync.lock", O_RDWR | O_CREAT, 0600);

    assert_int_equal(flock(fd, LOCK_EX), 0);
    return fd;
}

static void second_sync_at_the_same_time_is_exit_2(void **state)
{
    int fd = lock();

    (void)state;
    assert_run(sync_with(NULL), 2, "",
               "xen-livepatch: sync: another one is under way: wait for its "
               "end, then sync again.\n");
    assert_int_equal(write(fd, "4711\n", 5), 5);
    assert_contains(sync_with(NULL)->err, "under way (process 4711): wait");
    assert_int_equal(access("s", F_OK), -1);
    close(fd);
}

/* They would write back a guard that is older than that of the sync. */
static void notes_wait_for_a_sync_too(void **state)
{
    int fd;

    (void)state;
    sync_loads_fix1(NULL);
    fake_machine_pass(600);
    fd = lock();
    assert_int_equal(sync_with("--mark-stable")->outcome, 2);
    assert_int_equal(fake_delayed_ms, 0);
    assert_int_equal(sync_with("--orderly-shutdown")->outcome, 2);
    assert_int_equal(fake_delayed_ms, 5000);
    close(fd);
    fake_machine_boot("boot-2", 20);
    expect_listing(NULL, 0);
    assert_int_equal(sync_with(NULL)->outcome, 13);
}

static void lock_names_its_holder(void **state)
{
    char wanted[32];
    char text[32] = "";
    FILE *file;

    (void)state;
    sync_loads_fix1(NULL);
    snprintf(wanted, sizeof(wanted), "%ld\n", (long)getpid());
    file = fopen("sync.lock", "r");
    assert_non_null(fgets(text, sizeof(text), file));
    fclose(file);
    assert_string_equal(text, wanted);
}

static void without_a_lock_nothing_is_loaded_and_exit_14(void **state)
{
    (void)state;
    assert_int_equal(mkdir("sync.lock", 0700), 0);
    expect_listing(NULL, 0);
    assert_run(sync_with(NULL), 14, "",
               "xen-livepatch: sync: sync.lock: it cannot be locked: Is a "
               "directory. Nothing is loaded: another sync may be under "
               "way.\n");
}

static void drafts_of_a_killed_sync_are_removed(void **state)
{
    static const char *const drafts[] = {
        "s/sync.json.draft-aB3dE9", "s/loaded/aabb.livepatch.draft-XyZ012"};
    static const char *const others[] = {
        "s/sync.json.backup", "s/mine.draft-aB3dE9", "s/sync.json.tar.gz",
        "s/loaded/notes.draft-XyZ012"};

    (void)state;
    assert_int_equal(system("mkdir -p s/loaded"), 0);
    for (size_t i = 0; i < 2; i++) {
        write_file(drafts[i], "half", 4);
    }
    for (size_t i = 0; i < 4; i++) {
        write_file(others[i], "mine", 4);
    }
    sync_loads_fix1(NULL);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(access(drafts[i], F_OK), -1);
    }
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(access(others[i], F_OK), 0);
    }
    assert_int_equal(access("s/sync.json", F_OK), 0);
}

static void dry_run_removes_nothing(void **state)
{
    (void)state;
    assert_int_equal(mkdir("s", 0700), 0);
    write_file("s/sync.json.draft-aB3dE9", "half", 4);
    expect_listing(NULL, 0);
    plan_with(NULL);
    assert_int_equal(access("s/sync.json.draft-aB3dE9", F_OK), 0);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_with_fix1, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(second_sync_at_the_same_time_is_exit_2),
        TEST(notes_wait_for_a_sync_too),
        TEST(lock_names_its_holder),
        TEST(without_a_lock_nothing_is_loaded_and_exit_14),
        TEST(drafts_of_a_killed_sync_are_removed),
        TEST(dry_run_removes_nothing),
    };

    return cmocka_run_group_tests_name("xen-livepatch sync's lock", tests,
                                       enter_scratch_folder,
                                       leave_scratch_folder);
}
