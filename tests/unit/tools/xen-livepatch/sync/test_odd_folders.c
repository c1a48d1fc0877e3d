/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Folders that nobody meant: each odd file is named once and keeps nothing else
 * from being loaded.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "fake/sample_elf.h"
#include "fake/sync_samples.h"
#include "sync/folder_names.h"

#define LOAD "good: to be loaded: it is not loaded\n"

static int start_with_good(void **state)
{
    int rc = start_sync(state);

    put_payload("good", on_xen);
    return rc;
}

static void plan_has_good(int outcome, const char *err)
{
    expect_listing(NULL, 0);
    assert_run(plan_with(NULL), outcome, LOAD, err);
}

static void other_files_are_passed_over(void **state)
{
    (void)state;
    write_file("d/README", "read me", 7);
    write_file("d/fix.livepatch.dpkg-new", "half", 4);
    write_file("d/.hidden.livepatch", "half", 4);
    write_file("d/.livepatch", "half", 4);
    plan_has_good(0, "");
}

static void folder_with_a_payloads_name_is_told(void **state)
{
    (void)state;
    mkdir("d/x.livepatch", 0700);
    plan_has_good(5, "d/x.livepatch: file type: directory, expected a regular "
                     "file.\n");
}

static void pipe_is_told_and_not_waited_for(void **state)
{
    (void)state;
    mkfifo("d/x.livepatch", 0600);
    plan_has_good(
        5, "d/x.livepatch: file type: pipe or socket, expected a regular "
           "file.\n");
}

static void loop_of_links_is_told(void **state)
{
    (void)state;
    assert_int_equal(symlink("y.livepatch", "d/x.livepatch"), 0);
    assert_int_equal(symlink("x.livepatch", "d/y.livepatch"), 0);
    plan_has_good(5,
                  "Could not open d/x.livepatch.\nError 40: Too many levels of "
                  "symbolic links\n"
                  "Could not open d/y.livepatch.\nError 40: Too many levels of "
                  "symbolic links\n");
}

static void link_to_nowhere_is_told(void **state)
{
    (void)state;
    assert_int_equal(symlink("nowhere", "d/x.livepatch"), 0);
    plan_has_good(5, "Could not open d/x.livepatch.\nError 2: No such file or "
                     "directory\n");
}

static void link_to_a_payload_is_one(void **state)
{
    (void)state;
    assert_int_equal(rename("d/good.livepatch", "elsewhere"), 0);
    assert_int_equal(symlink("../elsewhere", "d/good.livepatch"), 0);
    plan_has_good(0, "");
}

static void name_that_is_too_long_is_told_with_its_file(void **state)
{
    char path[200];
    const struct run *run;

    (void)state;
    snprintf(path, sizeof(path), "d/%0128d.livepatch", 0);
    write_file(path, "x", 1);
    expect_listing(NULL, 0);
    run = plan_with(NULL);
    assert_contains(run->err, path);
    assert_contains(run->err, ".livepatch: left out: ID must be no more than "
                              "127 characters, ");
    assert_string_equal(run->out, LOAD);
    assert_int_equal(run->outcome, 5);
}

static void control_characters_of_a_name_are_not_printed(void **state)
{
    const struct run *run;

    (void)state;
    write_file("d/x\x1b[2J.livepatch", "x", 1);
    expect_listing(NULL, 0);
    run = plan_with(NULL);
    assert_contains(run->err, "d/x\\x1b[2J.livepatch: left out: ");
    assert_lacks(run->err, "\x1b");
    assert_int_equal(run->outcome, 5);
}

static void file_without_a_build_id_is_no_payload(void **state)
{
    struct sample_elf elf;

    (void)state;
    sample_payload_make(&elf);
    sample_section(&elf, ".note.gnu.build-id")->name = ".note.gnu.other.id";
    sample_write(&elf, "d/x.livepatch");
    plan_has_good(5,
                  "d/x.livepatch: it has no build-id (.note.gnu.build-id): no "
                  "payload.\n");
}

static void pipe_as_the_order_file_is_refused(void **state)
{
    (void)state;
    mkfifo("d/order", 0600);
    assert_run(plan_with(NULL), 5, "", "d/order: expected a regular file.\n");
}

static void order_file_may_name_a_bad_file(void **state)
{
    (void)state;
    write_file("d/x.livepatch", "junk", 4);
    put_order("x\ngood\n");
    plan_has_good(
        5,
        "d/x.livepatch: ELF magic: 6a 75 6e 6b, expected 7f 45 4c 46.\n"
        "d/x.livepatch: text: no payload, which is an ELF file such as fix1.livepatch.\n");
}

/* Names without content: what a reader of the folder has to go through. */
static void fill(const char *ending, unsigned int nr)
{
    char path[64];

    for (unsigned int i = 0; i < nr; i++) {
        int fd;

        snprintf(path, sizeof(path), "d/%u%s", i, ending);
        fd = open(path, O_CREAT | O_WRONLY, 0600);
        assert_true(fd >= 0);
        close(fd);
    }
}

static void too_many_payloads_are_refused_by_their_number(void **state)
{
    (void)state;
    fill(".livepatch", FOLDER_NAMES_MAX);
    assert_run(plan_with(NULL), 5, "",
               "d: more than 4096 files of one kind, expected the payloads of "
               "one machine. Move those of other hypervisors elsewhere.\n");
}

/* They take no room: the limit is on those that matter. */
static void many_other_files_do_not_matter(void **state)
{
    (void)state;
    fill(".txt", FOLDER_NAMES_MAX + 1000);
    plan_has_good(0, "");
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_with_good, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(other_files_are_passed_over),
        TEST(folder_with_a_payloads_name_is_told),
        TEST(pipe_is_told_and_not_waited_for),
        TEST(loop_of_links_is_told),
        TEST(link_to_nowhere_is_told),
        TEST(link_to_a_payload_is_one),
        TEST(name_that_is_too_long_is_told_with_its_file),
        TEST(control_characters_of_a_name_are_not_printed),
        TEST(file_without_a_build_id_is_no_payload),
        TEST(pipe_as_the_order_file_is_refused),
        TEST(order_file_may_name_a_bad_file),
        TEST(too_many_payloads_are_refused_by_their_number),
        TEST(many_other_files_do_not_matter),
    };

    return cmocka_run_group_tests_name("xen-livepatch sync of odd folders",
                                       tests, enter_scratch_folder,
                                       leave_scratch_folder);
}
