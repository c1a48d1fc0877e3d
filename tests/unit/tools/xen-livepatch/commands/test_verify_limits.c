/* SPDX-License-Identifier: GPL-2.0 */
/*
 * verify where it cannot know or cannot go on: that it then says so, and does
 * not call the payload good.
 */
#include <dlfcn.h>
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "fake/busy_payload.h"
#include "fake/fake_hypervisor.h"
#include "fake/verify_samples.h"

/* Makes the sample's load hook one of another kind. */
static void make_hook(struct sample_elf *elf, const char *name)
{
    sample_section(elf, ".livepatch.hooks.load")->name = name;
}

static void hook_that_may_forbid_is_a_gap(void **state)
{
    (void)state;
    make_hook(&payload, ".livepatch.hooks.preapply");
    assert_contains(verify()->out,
                    "fix1.livepatch: not checked: its preapply hook, which may "
                    "forbid it, was not called\n");
    assert_lacks(verify()->out, "it has hooks");
    assert_int_equal(verify()->outcome, 15);
}

static void hook_in_place_of_the_work_is_a_gap(void **state)
{
    (void)state;
    make_hook(&payload, ".livepatch.hooks.apply");
    assert_contains(verify()->out,
                    "not checked: its apply hook, which may forbid it, was not "
                    "called\n");
    assert_int_equal(verify()->outcome, 15);
}

static void hook_that_cannot_forbid_is_a_note(void **state)
{
    (void)state;
    make_hook(&payload, ".livepatch.hooks.postapply");
    assert_contains(verify()->out, HOOKS_LINE);
    assert_int_equal(verify()->outcome, 0);
}

static void hook_of_a_payload_below_may_forbid_too(void **state)
{
    struct sample_elf below;

    (void)state;
    sample_payload_make(&below);
    sample_section(&below, ".note.gnu.build-id")->bytes[16] = 0xb1;
    make_hook(&below, ".livepatch.hooks.apply");
    memcpy(sample_section(&payload, ".livepatch.depends")->bytes + 16,
           sample_section(&below, ".note.gnu.build-id")->bytes + 16, 20);
    sample_write(&below, "below.livepatch");
    sample_write(&payload, "fix1.livepatch");
    sample_write(&xen, "xen-syms");
    assert_run(
        run_command("verify", "fix1.livepatch", "--xen-syms=xen-syms",
                    "--below", "below.livepatch", NULL),
        15,
        "fix1.livepatch: not checked: the apply hook of 'below', which "
        "is below it and which that hook may forbid, was not called\n" HOOKS_LINE
        "fix1.livepatch: compared with xen-syms: nothing found, but not "
        "fully checked.\n",
        "");
}

/* The name of a file is checked, those of its folders are not. */
static void paths_do_not_drive_the_terminal(void **state)
{
    (void)state;
    assert_int_equal(mkdir("a\033b", 0700), 0);
    sample_write(&payload, "a\033b/fix1.livepatch");
    sample_write(&xen, "a\033b/xen-syms");
    assert_run(run_command("verify", "a\033b/fix1.livepatch",
                           "--xen-syms=a\033b/xen-syms", NULL),
               0,
               "a\\x1bb/fix1.livepatch: note: it has hooks, which were not "
               "called: what they would do or answer is not known\n"
               "a\\x1bb/fix1.livepatch: compared with a\\x1bb/xen-syms: would "
               "load.\n",
               "");
    assert_int_equal(remove("a\033b/fix1.livepatch"), 0);
    assert_int_equal(remove("a\033b/xen-syms"), 0);
    assert_int_equal(remove("a\033b"), 0);
}

static void missing_base_may_have_the_symbol(void **state)
{
    (void)state;
    sample_rename(sample_section(&payload, ".strtab"), "printk", "helper");
    assert_int_equal(verify()->outcome, 1);
    sample_section(&payload, ".livepatch.depends")->bytes[16] = 0xb1;
    assert_contains(verify()->out,
                    "not checked: unknown symbol 'helper': perhaps the payload "
                    "below it has it\n");
    assert_int_equal(verify()->outcome, 15);
}

/* ---- busy for hours ------------------------------------------------------ */

static void file_made_to_keep_it_busy_is_not_judged(void **state)
{
    const struct run *run;

    (void)state;
    busy_payload_write(&payload, "fix1.livepatch");
    run = run_command("verify", "fix1.livepatch", NULL);
    assert_contains(run->out, "fix1.livepatch: not checked: so many entries "
                              "with so many relocations would take hours: not "
                              "judged\n");
    assert_int_equal(run->outcome, 15);
    busy_payload_write(&payload, "below.livepatch");
    sample_write(&payload, "fix1.livepatch");
    sample_write(&xen, "xen-syms");
    run = run_command("verify", "fix1.livepatch", "--xen-syms=xen-syms",
                      "--below", "below.livepatch", NULL);
    assert_int_equal(run->outcome, 15);
}

/* ---- short of memory ----------------------------------------------------- */

/* In place of the C library's: streams in memory that cannot be had. The first
 * two are the test's own. */
#define FIRST_OF_THE_COMMAND 3U
#define LAST_TO_TRY 16U
static unsigned int nr_opened;
static unsigned int first_that_fails;

static bool fails(void)
{
    return first_that_fails && ++nr_opened >= first_that_fails;
}

FILE *open_memstream(char **bytes, size_t *nr_bytes)
{
    FILE *(*real)(char **, size_t *);
    void *found = dlsym(RTLD_NEXT, "open_memstream");

    memcpy(&real, &found, sizeof(real));
    return fails() ? NULL : real(bytes, nr_bytes);
}

FILE *fmemopen(void *bytes, size_t nr_bytes, const char *mode)
{
    FILE *(*real)(void *, size_t, const char *);
    void *found = dlsym(RTLD_NEXT, "fmemopen");

    memcpy(&real, &found, sizeof(real));
    return fails() ? NULL : real(bytes, nr_bytes, mode);
}

/* Either there is no trial, or the gap is told. */
static void assert_gap_without_streams(const char *gap)
{
    unsigned int nr_told = 0;

    for (unsigned int i = FIRST_OF_THE_COMMAND; i < LAST_TO_TRY; i++) {
        const struct run *run;

        nr_opened = 0;
        first_that_fails = i;
        run = verify();
        first_that_fails = 0;
        assert_int_not_equal(run->outcome, 0);
        assert_int_not_equal(run->outcome, 1);
        if (run->outcome == 15) {
            assert_contains(run->out, gap);
            nr_told++;
        }
    }
    assert_true(nr_told > 1);
}

static void no_memory_hides_no_hook(void **state)
{
    (void)state;
    make_hook(&payload, ".livepatch.hooks.apply");
    assert_gap_without_streams("its apply hook");
}

static void no_memory_hides_no_missing_base(void **state)
{
    (void)state;
    sample_section(&payload, ".livepatch.depends")->bytes[16] = 0xb1;
    assert_gap_without_streams("which was not there");
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_samples, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(hook_that_may_forbid_is_a_gap),
        TEST(hook_in_place_of_the_work_is_a_gap),
        TEST(hook_that_cannot_forbid_is_a_note),
        TEST(hook_of_a_payload_below_may_forbid_too),
        TEST(paths_do_not_drive_the_terminal),
        TEST(missing_base_may_have_the_symbol),
        TEST(file_made_to_keep_it_busy_is_not_judged),
        TEST(no_memory_hides_no_hook),
        TEST(no_memory_hides_no_missing_base),
    };

    return cmocka_run_group_tests_name("xen-livepatch verify's limits", tests,
                                       enter_scratch_folder,
                                       leave_scratch_folder);
}
