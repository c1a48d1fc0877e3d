/* SPDX-License-Identifier: GPL-2.0 */
/*
 * load: upload and apply in one, under the file's own name, with nothing left
 * behind when the second half fails.
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

#include <sys/stat.h>

#include "fake/fake_hypervisor.h"
#include "fake/run_command.h"
#include "fake/sample_elf.h"
#include "hypervisor/payload.h"

enum {
    UNLOAD = 1,
    APPLY = 3,
    CHECKED = 1,
    APPLIED = 2,
};

static int enter_folder_with_payload(void **state)
{
    int rc = enter_scratch_folder(state);

    if (!rc) {
        write_file("fix1.livepatch", sample_payload, sizeof(sample_payload));
    }
    return rc;
}

static void expect_sample_upload(const char *name, int rc)
{
    expect_upload(name, sample_payload, sizeof(sample_payload), rc);
}

static void good_file_is_uploaded_and_applied(void **state)
{
    (void)state;
    expect_sample_upload("fix1", 0);
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, 0);
    expect_get("fix1", APPLIED, 0);
    assert_run(run_command("load", "fix1.livepatch", NULL), 0,
               "Uploading fix1.livepatch... completed\n"
               "Applying fix1... completed\n",
               "");
}

static void nodeps_goes_to_the_apply(void **state)
{
    (void)state;
    expect_sample_upload("fix1", 0);
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 1, 0);
    expect_get("fix1", APPLIED, 0);
    assert_int_equal(
        run_command("load", "fix1.livepatch", "--nodeps", NULL)->outcome, 0);
}

static void refused_upload_is_the_end(void **state)
{
    const struct run *run;

    (void)state;
    expect_sample_upload("fix1", -EEXIST);
    run = run_command("load", "fix1.livepatch", NULL);
    assert_string_equal(run->out, "Uploading fix1.livepatch... failed\n");
    assert_contains(run->err, "Error 17: File exists\n");
    assert_int_equal(run->outcome, 1);
}

static void refused_apply_unloads_the_payload_again(void **state)
{
    const struct run *run;

    (void)state;
    expect_sample_upload("fix1", 0);
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, -EINVAL);
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", UNLOAD, 0, 0);
    expect_get_refused("fix1", -ENOENT);
    run = run_command("load", "fix1.livepatch", NULL);
    assert_string_equal(run->out, "Uploading fix1.livepatch... completed\n"
                                  "Applying fix1... failed\n"
                                  "Unloading fix1... completed\n");
    assert_contains(run->err, "Error 22: Invalid argument\n");
    assert_int_equal(run->outcome, 1);
}

/* For Xen before 4.14: it names no hypervisor, and apply alone looks at ids. */
static void old_payload_of_another_build_is_told_with_both_ids(void **state)
{
    static unsigned char bytes[64 * 1024];
    struct sample_elf elf;
    size_t nr_bytes;
    FILE *file;

    (void)state;
    sample_payload_make(&elf);
    sample_section(&elf, ".livepatch.xen_depends")->name = ".note.other";
    sample_section(&elf, ".livepatch.depends")->bytes[16] = 0xff;
    sample_write(&elf, "old.livepatch");
    file = fopen("old.livepatch", "r");
    nr_bytes = fread(bytes, 1, sizeof(bytes), file);
    fclose(file);
    expect_upload("old", bytes, nr_bytes, 0);
    expect_get("old", CHECKED, 0);
    expect_action("old", APPLY, 0, -EINVAL);
    expect_get("old", CHECKED, 0);
    expect_action("old", UNLOAD, 0, 0);
    expect_get_refused("old", -ENOENT);
    assert_contains(run_command("load", "old.livepatch", NULL)->err,
                    "xen-livepatch: it goes on top of "
                    "ff02030405060708090a0b0c0d0e0f1011121314, the running "
                    "hypervisor is 0102030405060708090a0b0c0d0e0f1011121314: "
                    "unless a payload with the first id is applied");
}

static void exit_status_is_the_one_of_the_apply(void **state)
{
    (void)state;
    expect_sample_upload("fix1", 0);
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, 0);
    expect_get("fix1", CHECKED, -EBUSY);
    expect_get("fix1", CHECKED, -EBUSY);
    expect_action("fix1", UNLOAD, 0, 0);
    expect_get_refused("fix1", -ENOENT);
    assert_int_equal(run_command("load", "fix1.livepatch", NULL)->outcome, 2);
}

static void failed_unload_after_a_failed_apply_is_said(void **state)
{
    const struct run *run;

    (void)state;
    expect_sample_upload("fix1", 0);
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 0, -EINVAL);
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", UNLOAD, 0, -EBUSY);
    expect_get("fix1", CHECKED, -EAGAIN);
    run = run_command("load", "fix1.livepatch", NULL);
    assert_contains(run->out, "Unloading fix1... failed\n");
    assert_contains(run->err, "Error 16: Device or resource busy\n");
    assert_int_equal(run->outcome, 1);
}

static void
name_is_the_file_name_without_folder_and_last_extension(void **state)
{
    static const struct {
        const char *path;
        const char *name;
    } rows[] = {
        {"fix1.livepatch", "fix1"},
        {"./fix1.livepatch", "fix1"},
        {"a.b.livepatch", "a.b"},
        {"noext", "noext"},
        {"dot.", "dot"},
        {"..x", "."},
        {"sub.d/noext", "noext"},
        {"sub.d/fix.2.lp", "fix.2"},
        {"sub.d//fix1.livepatch", "fix1"},
    };

    (void)state;
    assert_int_equal(mkdir("sub.d", 0700), 0);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        fake_reset();
        write_file(rows[i].path, sample_payload, sizeof(sample_payload));
        expect_sample_upload(rows[i].name, -EEXIST);
        assert_int_equal(run_command("load", rows[i].path, NULL)->outcome, 1);
        fake_verify();
    }
}

static void file_without_a_name_of_its_own_is_refused_unsent(void **state)
{
    (void)state;
    write_file(".hidden", sample_payload, sizeof(sample_payload));
    assert_run(run_command("load", ".hidden", NULL), 4, "",
               "ID must be 1 to 127 characters long, it has 0.\n");
}

static void file_with_too_long_a_name_is_refused_unsent(void **state)
{
    char path[PAYLOAD_NAME_LENGTH_MAX + 4];

    (void)state;
    memset(path, 'n', sizeof(path));
    strcpy(path + PAYLOAD_NAME_LENGTH_MAX + 1, ".o");
    write_file(path, sample_payload, sizeof(sample_payload));
    assert_contains(run_command("load", path, NULL)->err, "has 128.\n");
}

static void empty_path_is_a_file_that_is_not_there(void **state)
{
    (void)state;
    assert_run(run_command("load", "", NULL), 5, "",
               "Could not open .\nError 2: No such file or directory\n");
}

static void folder_is_called_a_folder(void **state)
{
    (void)state;
    assert_run(run_command("load", "/", NULL), 5, "",
               "/: file type: directory, expected a regular file.\n");
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_fake, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(good_file_is_uploaded_and_applied),
        TEST(nodeps_goes_to_the_apply),
        TEST(refused_upload_is_the_end),
        TEST(refused_apply_unloads_the_payload_again),
        TEST(old_payload_of_another_build_is_told_with_both_ids),
        TEST(exit_status_is_the_one_of_the_apply),
        TEST(failed_unload_after_a_failed_apply_is_said),
        TEST(name_is_the_file_name_without_folder_and_last_extension),
        TEST(file_without_a_name_of_its_own_is_refused_unsent),
        TEST(file_with_too_long_a_name_is_refused_unsent),
        TEST(empty_path_is_a_file_that_is_not_there),
        TEST(folder_is_called_a_folder),
    };

    return cmocka_run_group_tests_name("xen-livepatch load", tests,
                                       enter_folder_with_payload,
                                       leave_scratch_folder);
}
