/* SPDX-License-Identifier: GPL-2.0 */
/*
 * upload: what reaches the hypervisor, what is said of its answer, and which
 * files never get that far.
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
#include <unistd.h>

#include "fake/fake_hypervisor.h"
#include "fake/run_command.h"
#include "hypervisor/payload.h"
#include "lib/payload_file.h"
#include "fake/sample_elf.h"

static void write_payload(const char *path)
{
    write_file(path, sample_payload, sizeof(sample_payload));
}

static void good_file_is_sent_whole_and_completed(void **state)
{
    (void)state;
    write_payload("fix1.livepatch");
    expect_upload("name1", sample_payload, sizeof(sample_payload), 0);
    assert_run(run_command("upload", "name1", "fix1.livepatch", NULL), 0,
               "Uploading fix1.livepatch... completed\n", "");
}

static void largest_file_is_sent(void **state)
{
    unsigned char *bytes = calloc(1, PAYLOAD_BYTES_MAX);

    (void)state;
    memcpy(bytes, sample_payload, sizeof(sample_payload));
    bytes[PAYLOAD_BYTES_MAX - 1] = 0xa5;
    write_file("large", bytes, PAYLOAD_BYTES_MAX);
    expect_upload("large", bytes, PAYLOAD_BYTES_MAX, 0);
    assert_int_equal(run_command("upload", "large", "large", NULL)->outcome, 0);
    free(bytes);
}

static void refusal_says_what_was_tried_and_what_the_errno_means(void **state)
{
    static const struct {
        int rc;
        int outcome;
        const char *err;
    } rows[] = {
        {-EEXIST, 1,
         "Error 17: File exists\n"
         "xen-livepatch: upload of name1: EEXIST: a payload with this name, "
         "this build-id or one of these symbols is already loaded.\n"
         "Look at 'xen-livepatch list'; unload that one first.\n"},
        {-EINVAL, 1,
         "Error 22: Invalid argument\n"
         "xen-livepatch: upload of name1: EINVAL: the payload is malformed, or "
         "was built for another hypervisor build.\n"
         "'xen-livepatch verify FILE' looks for the reason.\n"},
        {-ENOENT, 1,
         "Error 2: No such file or directory\n"
         "xen-livepatch: upload of name1: ENOENT: the payload needs a symbol "
         "that neither the hypervisor nor a loaded payload has.\n"
         "Upload the payload that has it first, or take one built for this "
         "hypervisor.\n"},
        {-EBUSY, 2,
         "Error 16: Device or resource busy\n"
         "xen-livepatch: upload of name1: EBUSY: another action is under "
         "way.\n"
         "Try again, or let --retries do it.\n"},
        {-EIO, 1, "Error 5: Input/output error\n"},
    };

    (void)state;
    write_payload("fix1.livepatch");
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        fake_reset();
        expect_upload("name1", sample_payload, sizeof(sample_payload),
                      rows[i].rc);
        assert_run(run_command("upload", "name1", "fix1.livepatch", NULL),
                   rows[i].outcome, "Uploading fix1.livepatch... failed\n",
                   rows[i].err);
        fake_verify();
    }
}

static void missing_file_is_named(void **state)
{
    (void)state;
    assert_run(run_command("upload", "name1", "no/such", NULL), 5, "",
               "Could not open no/such.\n"
               "Error 2: No such file or directory\n");
}

static void directory_is_refused_unsent(void **state)
{
    (void)state;
    assert_int_equal(mkdir("folder", 0700), 0);
    assert_run(run_command("upload", "name1", "folder", NULL), 5, "",
               "folder: file type: directory, expected a regular file.\n");
}

static void device_is_refused_unsent(void **state)
{
    (void)state;
    assert_run(run_command("upload", "name1", "/dev/zero", NULL), 5, "",
               "/dev/zero: file type: device, expected a regular file.\n");
}

static void pipe_without_a_writer_is_refused_and_not_waited_for(void **state)
{
    (void)state;
    assert_int_equal(mkfifo("fifo", 0600), 0);
    assert_run(run_command("upload", "name1", "fifo", NULL), 5, "",
               "fifo: file type: pipe or socket, expected a regular file.\n");
}

static void empty_file_is_refused_unsent(void **state)
{
    (void)state;
    write_file("empty", "", 0);
    assert_run(run_command("upload", "name1", "empty", NULL), 5, "",
               "empty: size: 0 bytes, expected 1 to 2097152.\n");
}

static void file_of_one_byte_too_many_is_refused_unsent(void **state)
{
    (void)state;
    write_payload("too-large");
    assert_int_equal(truncate("too-large", PAYLOAD_BYTES_MAX + 1), 0);
    assert_run(run_command("upload", "name1", "too-large", NULL), 5, "",
               "too-large: size: 2097153 bytes, expected 1 to 2097152.\n");
}

static void file_that_is_not_elf_is_refused_unsent(void **state)
{
    (void)state;
    write_file("text", "hello", 5);
    assert_run(run_command("upload", "name1", "text", NULL), 5, "",
               "text: ELF magic: 68 65 6c 6c, expected 7f 45 4c 46.\n"
               "text: text: no payload, which is an ELF file such as "
               "fix1.livepatch.\n");
}

static void file_shorter_than_the_magic_is_refused_unsent(void **state)
{
    (void)state;
    write_file("short",
               "\x7f"
               "EL",
               3);
    assert_run(run_command("upload", "name1", "short", NULL), 5, "",
               "short: ELF magic: 7f 45 4c, expected 7f 45 4c 46.\n"
               "short: data of another kind: no payload, which is an ELF file "
               "such as fix1.livepatch.\n");
    write_file("shorter", "\x7f", 1);
    assert_run(run_command("upload", "name1", "shorter", NULL), 5, "",
               "shorter: ELF magic: 7f, expected 7f 45 4c 46.\n"
               "shorter: data of another kind: no payload, which is an ELF "
               "file such as fix1.livepatch.\n");
}

/* A file of sysfs has the size of a page and less in it. */
static void file_that_ends_before_its_size_is_refused_unsent(void **state)
{
    static const char path[] = "/sys/kernel/uevent_seqnum";
    const struct run *run;

    (void)state;
    if (access(path, R_OK)) {
        skip();
    }
    run = run_command("upload", "name1", path, NULL);
    assert_contains(run->err, "/sys/kernel/uevent_seqnum: size: ");
    assert_contains(run->err, " bytes read, expected 4096.\n");
    assert_int_equal(run->outcome, 5);
}

static void bad_name_is_refused_unsent(void **state)
{
    (void)state;
    write_payload("fix1.livepatch");
    assert_run(run_command("upload", "", "fix1.livepatch", NULL), 4, "",
               "ID must be 1 to 127 characters long, it has 0.\n");
    assert_run(run_command("upload", "a\nb", "fix1.livepatch", NULL), 4, "",
               "ID must have no control characters: 'a\\x0ab' has 0x0a at "
               "byte 2.\n");
    assert_run(run_command("upload", "ab\x7f", "fix1.livepatch", NULL), 4, "",
               "ID must have no control characters: 'ab\\x7f' has 0x7f at "
               "byte 3.\n");
}

static void file_for_another_kind_of_machine_is_refused_unsent(void **state)
{
    static const struct {
        size_t at;
        unsigned char byte;
        const char *err;
    } rows[] = {
        {18, 183, "other.o: for machine 183, this one is 62 (x86-64).\n"},
        {4, 1,
         "other.o: ELF class 1, byte order 1, expected 2 (64 bits) and 1 "
         "(little-endian).\n"},
        {5, 2,
         "other.o: ELF class 2, byte order 2, expected 2 (64 bits) and 1 "
         "(little-endian).\n"},
    };
    unsigned char bytes[sizeof(sample_payload)];

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        memcpy(bytes, sample_payload, sizeof(bytes));
        bytes[rows[i].at] = rows[i].byte;
        write_file("other.o", bytes, sizeof(bytes));
        assert_run(run_command("upload", "name1", "other.o", NULL), 5, "",
                   rows[i].err);
    }
}

static void payload_of_another_build_is_told_with_both_builds(void **state)
{
    static unsigned char bytes[64 * 1024];
    struct sample_elf elf;
    size_t nr_bytes;
    FILE *file;

    (void)state;
    sample_payload_make(&elf);
    sample_section(&elf, ".livepatch.xen_depends")->bytes[16] = 0xff;
    sample_write(&elf, "fix1.livepatch");
    file = fopen("fix1.livepatch", "r");
    nr_bytes = fread(bytes, 1, sizeof(bytes), file);
    fclose(file);
    expect_upload("fix1", bytes, nr_bytes, -EINVAL);
    assert_contains(
        run_command("upload", "fix1", "fix1.livepatch", NULL)->err,
        "xen-livepatch: it was built for hypervisor "
        "ff02030405060708090a0b0c0d0e0f1011121314, running is "
        "0102030405060708090a0b0c0d0e0f1011121314: install the payload of that "
        "build.\n");
}

static void payload_of_this_build_is_not_blamed_for_it(void **state)
{
    (void)state;
    write_payload("fix1.livepatch");
    expect_upload("fix1", sample_payload, sizeof(sample_payload), -EINVAL);
    assert_lacks(run_command("upload", "fix1", "fix1.livepatch", NULL)->err,
                 "it was built for");
}

static void force_goes_to_the_upload(void **state)
{
    (void)state;
    write_payload("fix1.livepatch");
    expect_force();
    expect_upload("fix1", sample_payload, sizeof(sample_payload), 0);
    assert_int_equal(
        run_command("--force", "upload", "fix1", "fix1.livepatch", NULL)
            ->outcome,
        0);
}

static void force_on_a_hypervisor_without_flags_is_refused_unsent(void **state)
{
    const struct run *run;

    (void)state;
    write_payload("fix1.livepatch");
    fake_speak(0x14);
    run = run_command("--force", "upload", "fix1", "fix1.livepatch", NULL);
    assert_contains(run->err, "Error 95: Operation not supported\n");
    assert_contains(run->err, "older than Xen 4.19");
    assert_int_equal(run->outcome, 1);
}

static void missing_memory_for_a_call_is_an_error(void **state)
{
    unsigned int nth = 1;
    bool did_fail;

    (void)state;
    write_payload("fix1.livepatch");
    do {
        const struct run *run;

        fake_reset();
        fake_fail_allocation(nth);
        /* 1: console; 2: records; 3: name; 4: payload */
        if (nth < 3 || nth > 4) {
            expect_upload("name1", sample_payload, sizeof(sample_payload), 0);
        }
        run = run_command("upload", "name1", "fix1.livepatch", NULL);
        did_fail = fake_did_allocation_fail();
        assert_int_equal(run->outcome, nth == 3 || nth == 4 ? 1 : 0);
        fake_verify();
        nth++;
    } while (did_fail);
    assert_int_equal(nth, 6);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_fake, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(good_file_is_sent_whole_and_completed),
        TEST(largest_file_is_sent),
        TEST(refusal_says_what_was_tried_and_what_the_errno_means),
        TEST(missing_file_is_named),
        TEST(directory_is_refused_unsent),
        TEST(device_is_refused_unsent),
        TEST(pipe_without_a_writer_is_refused_and_not_waited_for),
        TEST(empty_file_is_refused_unsent),
        TEST(file_of_one_byte_too_many_is_refused_unsent),
        TEST(file_that_is_not_elf_is_refused_unsent),
        TEST(file_shorter_than_the_magic_is_refused_unsent),
        TEST(file_that_ends_before_its_size_is_refused_unsent),
        TEST(bad_name_is_refused_unsent),
        TEST(file_for_another_kind_of_machine_is_refused_unsent),
        TEST(payload_of_another_build_is_told_with_both_builds),
        TEST(payload_of_this_build_is_not_blamed_for_it),
        TEST(force_goes_to_the_upload),
        TEST(force_on_a_hypervisor_without_flags_is_refused_unsent),
        TEST(missing_memory_for_a_call_is_an_error),
    };

    return cmocka_run_group_tests_name("xen-livepatch upload", tests,
                                       enter_scratch_folder,
                                       leave_scratch_folder);
}
