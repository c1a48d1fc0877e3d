// SPDX-License-Identifier: GPL-2.0
/* The same plan is the same file; what no hypervisor takes is refused with what
 * is too much; what is on the disk is whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>
#include <openssl/sha.h>

#include "by_hand.h"
#include "write/payload.h"
#include "written.h"

#define MIXED SAMPLES "gcc/mixed.o"
#define OTHER SAMPLES "gcc/other.o"
#define ID_BYTES 20

static struct by_hand hand;
static char said[4096]; /* by what was refused */

static void plan_of(const char *first, const char *second, const char *root)
{
    by_hand_open(&hand, (const char *const[]){first, second, NULL});
    by_hand_want(by_hand_find(&hand, root));
    by_hand_include(&hand);
    by_hand_replace(&hand, "old", by_hand_find(&hand, root));
}

static int refusal(void)
{
    struct payload_file file;
    FILE *err = fmemopen(said, sizeof(said), "w");
    int rc;

    memset(said, 0, sizeof(said));
    assert_non_null(err);
    rc = payload_make(&hand.plan, &file, err);
    fclose(err);
    return rc;
}

static void assert_said(const char *part)
{
    if (!strstr(said, part)) {
        fail_msg("'%s' is not in: %s", part, said);
    }
}

static struct payload_file write_of(const char *first, const char *second)
{
    struct payload_file file;

    plan_of(first, second, "fix");
    file = by_hand_write(&hand);
    by_hand_close(&hand);
    return file;
}

static void assert_equal(const struct payload_file *one,
                         const struct payload_file *other)
{
    assert_int_equal(one->nr_bytes, other->nr_bytes);
    assert_memory_equal(one->bytes, other->bytes, one->nr_bytes);
}

static void objects_elsewhere_give_the_same_bytes(void **state)
{
    struct payload_file here, there;
    char folder[] = "/tmp/payload-same-XXXXXX";
    char command[512], first[64], second[64];

    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(command, sizeof(command), "cp %s %s %s", SAMPLES "clang/fix.o",
             SAMPLES "clang/other.o", folder);
    assert_int_equal(system(command), 0);
    snprintf(first, sizeof(first), "%s/fix.o", folder);
    snprintf(second, sizeof(second), "%s/other.o", folder);
    here = write_of(SAMPLES "clang/fix.o", SAMPLES "clang/other.o");
    sleep(1); /* a time in it would be another one */
    there = write_of(first, second);
    assert_equal(&here, &there);
    payload_file_free(&here);
    payload_file_free(&there);
    snprintf(command, sizeof(command), "rm -r %s", folder);
    assert_int_equal(system(command), 0);
}

/* With zeros in the place of the id, and of its digits in names. */
static void the_id_is_the_files_sha1(void **state)
{
    struct written written;
    unsigned char id[ID_BYTES], sum[ID_BYTES];
    char digits[10];
    unsigned char *at;
    Elf64_Shdr note;
    size_t nr_digits = 0;

    (void)state;
    written_open(&written, write_of(SAMPLES "gcc/fix.o", OTHER));
    note = written_section(&written, SECTION_OWN_ID);
    at = written.file.bytes + note.sh_offset + note.sh_size - ID_BYTES;
    memcpy(id, at, ID_BYTES);
    memset(at, 0, ID_BYTES);
    snprintf(digits, sizeof(digits), ".%02x%02x%02x%02x", id[0], id[1], id[2],
             id[3]);
    while ((at = memmem(written.file.bytes, written.file.nr_bytes, digits,
                        strlen(digits)))) {
        memcpy(at, ".00000000", 9);
        nr_digits++;
    }
    assert_true(nr_digits >= 8);
    SHA1(written.file.bytes, written.file.nr_bytes, sum);
    assert_memory_equal(sum, id, ID_BYTES);
    written_close(&written);
}

static void another_address_is_another_id(void **state)
{
    struct written one, other;

    (void)state;
    plan_of(MIXED, OTHER, "small");
    written_open(&one, by_hand_write(&hand));
    hand.replacements[0].old_address++;
    written_open(&other, by_hand_write(&hand));
    assert_memory_not_equal(payload_build_id(&one.elf, SECTION_OWN_ID).bytes,
                            payload_build_id(&other.elf, SECTION_OWN_ID).bytes,
                            ID_BYTES);
    written_close(&one);
    written_close(&other);
    by_hand_close(&hand);
}

static void a_plan_that_does_nothing_is_refused(void **state)
{
    (void)state;
    plan_of(MIXED, OTHER, "small");
    hand.plan.nr_replacements = 0;
    assert_int_equal(refusal(), -EINVAL);
    assert_said("changes no function");
    by_hand_close(&hand);
}

static void a_hook_alone_is_enough(void **state)
{
    struct payload_file file;

    (void)state;
    by_hand_open(&hand, (const char *const[]){MIXED, NULL});
    by_hand_want(by_hand_find(&hand, "livepatch_load_data_small"));
    by_hand_include(&hand);
    file = by_hand_write(&hand);
    payload_file_free(&file);
    by_hand_close(&hand);
}

static void
a_file_over_2_MiB_is_refused_and_its_largest_part_named(void **state)
{
    (void)state;
    plan_of(MIXED, OTHER, "text");
    assert_int_equal(refusal(), -E2BIG);
    assert_said("2097152");
    assert_said("3145728, has 'much_text' of " MIXED);
    by_hand_close(&hand);
}

static void zeroed_data_over_2_MiB_is_refused_and_named(void **state)
{
    (void)state;
    plan_of(MIXED, OTHER, "zeroes");
    assert_int_equal(refusal(), -E2BIG);
    assert_said("3145728 bytes of new zeroed data");
    assert_said("'many_zeroes'");
    by_hand_close(&hand);
}

static void a_name_of_128_bytes_is_refused_and_one_of_127_is_not(void **state)
{
    char name[129];
    struct payload_file file;

    (void)state;
    memset(name, 'n', 128);
    name[128] = '\0';
    plan_of(MIXED, OTHER, "small");
    hand.replacements[0].name = name;
    assert_int_equal(refusal(), -EINVAL);
    assert_said("128 bytes");
    name[127] = '\0';
    file = by_hand_write(&hand);
    payload_file_free(&file);
    by_hand_close(&hand);
}

static void a_used_name_of_128_bytes_is_refused(void **state)
{
    char name[129];
    bool is_used = false;

    (void)state;
    memset(name, 'u', 128);
    name[128] = '\0';
    plan_of(SAMPLES "gcc/fix.o", OTHER, "fix");
    for (size_t i = 0; i < hand.plan.nr_inclusions; i++) {
        const struct inclusion *item = &hand.plan.inclusions[i];

        for (size_t u = 0; u < item->piece->nr_references; u++) {
            if (item->uses[u].outside) {
                item->uses[u].outside = name;
                is_used = true;
            }
        }
    }
    assert_true(is_used);
    assert_int_equal(refusal(), -EINVAL);
    assert_said("128 bytes");
    by_hand_close(&hand);
}

/* ---- the file on the disk ------------------------------------------------ */

/* How many files there are. */
static int nr_files(const char *folder)
{
    char command[256];
    FILE *from;
    int nr = -1;

    snprintf(command, sizeof(command), "ls -A %s | wc -l", folder);
    from = popen(command, "r");
    assert_non_null(from);
    assert_int_equal(fscanf(from, "%d", &nr), 1);
    pclose(from);
    return nr;
}

static int save_with_room_for(const char *path, rlim_t most)
{
    const struct payload_file file = {(unsigned char *)"0123456789", 10};
    FILE *err = fmemopen(said, sizeof(said), "w");
    struct rlimit before, limit;
    int rc;

    assert_non_null(err);
    setvbuf(err, NULL, _IONBF, 0);
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    limit = (struct rlimit){most, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
    rc = payload_save(path, &file, err);
    setrlimit(RLIMIT_FSIZE, &before);
    fclose(err);
    return rc;
}

static void a_disk_without_room_leaves_what_was_there(void **state)
{
    char folder[] = "/tmp/payload-save-XXXXXX";
    char path[64], command[128], found[16];
    FILE *file;

    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof(path), "%s/out", folder);
    assert_int_equal(save_with_room_for(path, RLIM_INFINITY), 0);
    snprintf(command, sizeof(command), "echo old > %s", path);
    assert_int_equal(system(command), 0);
    assert_int_equal(save_with_room_for(path, 5), -EFBIG);
    assert_said(path);
    assert_said(strerror(EFBIG));
    assert_int_equal(nr_files(folder), 1);
    file = fopen(path, "r");
    assert_non_null(file);
    assert_string_equal(fgets(found, sizeof(found), file), "old\n");
    fclose(file);
    snprintf(command, sizeof(command), "rm -r %s", folder);
    assert_int_equal(system(command), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(objects_elsewhere_give_the_same_bytes),
        cmocka_unit_test(the_id_is_the_files_sha1),
        cmocka_unit_test(another_address_is_another_id),
        cmocka_unit_test(a_plan_that_does_nothing_is_refused),
        cmocka_unit_test(a_hook_alone_is_enough),
        cmocka_unit_test(
            a_file_over_2_MiB_is_refused_and_its_largest_part_named),
        cmocka_unit_test(zeroed_data_over_2_MiB_is_refused_and_named),
        cmocka_unit_test(a_name_of_128_bytes_is_refused_and_one_of_127_is_not),
        cmocka_unit_test(a_used_name_of_128_bytes_is_refused),
        cmocka_unit_test(a_disk_without_room_leaves_what_was_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
