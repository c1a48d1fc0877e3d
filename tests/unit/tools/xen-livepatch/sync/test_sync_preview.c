/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Before sync takes out what is applied it finds out whether the reissued file
 * would be taken, and whether the old build could go back: from this project's
 * hypervisor by a dry run, else from the loader in the command.
 */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

#include "fake/fake_extension.h"
#include "fake/sync_samples.h"

#define NOT_REPLACED(name, why)                                                \
    name ": another build of it is applied and not replaced: " why ".\n"
#define LOST                                                                   \
    "the copy of that build with which it could go back could not be kept, "   \
    "or is damaged. To exchange it all the same: xen-livepatch revert "        \
    "--unload a; xen-livepatch sync"

static const struct fake_entry stack[] = {{.state = APPLIED, .name = "a"},
                                          {.state = APPLIED, .name = "b"}};

/* This project's hypervisor has loaded them, with these build-ids. */
static void load_fact(const char *name, unsigned char own, unsigned char below,
                      uint32_t place)
{
    struct livepatch_ext_payload fact = {
        .state = APPLIED, .id_bytes = 20, .depends_bytes = 20, .place = place};

    snprintf(fact.name, sizeof(fact.name), "%s", name);
    for (unsigned char i = 0; i < 20; i++) {
        fact.id[i] = (unsigned char)(own + i);
        fact.depends[i] = (unsigned char)(below + i);
    }
    fake_extension_load(&fact, NULL);
}

static void put_one_of_ours(void)
{
    put_payload("a", reissue);
    fake_extension_start(0);
    load_fact("a", 0x20, THIS_XEN, 1);
    expect_listing(stack, 1);
}

/* Nothing is sent, or the fake fails. */
static void what_the_hypervisor_would_refuse_replaces_nothing(void **state)
{
    const struct run *run;

    (void)state;
    put_one_of_ours();
    fake_extension_expects_dry_run(&(struct fake_dry_run){
        .names = "a.new",
        .rc = -ENOENT,
        .console_text = "livepatch (dry run): a.new: unknown symbol 'gone'\n"});
    run = sync_logged();
    assert_contains(run->err,
                    "livepatch (dry run): a.new: unknown symbol 'gone'\n");
    assert_contains(run->err,
                    NOT_REPLACED("a", "the hypervisor would refuse its file "
                                      "(2, No such file or directory)"));
    assert_int_equal(run->outcome, 1);
}

static void what_it_would_take_is_exchanged(void **state)
{
    static const int answers[] = {0, -EEXIST, -ENOMEM, -EBUSY};

    (void)state;
    for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
        fake_extension_reset();
        put_one_of_ours();
        fake_extension_expects_dry_run(
            &(struct fake_dry_run){.names = "a.new", .rc = answers[i]});
        expect_revert("a");
        expect_unload("a");
        expect_load("a");
        assert_int_equal(sync_logged()->outcome, 0);
        fake_extension_verify();
    }
}

static void name_with_no_room_is_cut_for_the_question(void **state)
{
    char name[128];
    char asked[128];
    struct fake_entry entry = {.state = APPLIED, .name = name};

    (void)state;
    memset(name, 'x', sizeof(name) - 1);
    name[127] = '\0';
    snprintf(asked, sizeof(asked), "%.123s.new", name);
    put_payload(name, reissue);
    fake_extension_start(0);
    load_fact(name, 0x20, THIS_XEN, 1);
    expect_listing(&entry, 1);
    fake_extension_expects_dry_run(
        &(struct fake_dry_run){.names = asked, .rc = -EINVAL});
    assert_int_equal(sync_logged()->outcome, 1);
}

/* Of what comes after the first the hypervisor could only say that it does not
 * know symbols of the first. */
static void second_one_is_tried_here(void **state)
{
    struct sample_elf elf;

    (void)state;
    put_payload("a", reissue);
    make_payload(&elf, (struct sample_ids){0x42, 0x22, THIS_XEN});
    sample_relocation(&elf, ".rela.text", 0)->r_info =
        ELF64_R_INFO(SAMPLE_PRINTK, 77);
    sample_write(&elf, "d/b.livepatch");
    fake_extension_start(0);
    load_fact("a", 0x20, THIS_XEN, 1);
    load_fact("b", 0x40, 0x20, 2);
    expect_listing(stack, 2);
    fake_extension_expects_dry_run(&(struct fake_dry_run){.names = "a.new"});
    assert_contains(sync_logged()->err,
                    "b: another build of it is applied and not replaced: its "
                    "file would be refused: EOPNOTSUPP: .rela.text[0]: ");
}

static void file_for_the_build_that_stays_goes_on_top_of_it(void **state)
{
    const struct run *run;

    (void)state;
    put_one_of_ours();
    put_payload("b", on_first);
    fake_extension_expects_dry_run(
        &(struct fake_dry_run){.names = "a.new", .rc = -EINVAL});
    expect_load("b");
    run = sync_logged();
    assert_contains(run->err, "a: another build of it is applied and not");
    assert_int_equal(run->outcome, 1);
}

/* ---- stock Xen ------------------------------------------------------------
 */

static void what_is_no_good_replaces_nothing_on_stock_xen(void **state)
{
    struct sample_elf elf;

    (void)state;
    make_payload(&elf, reissue);
    sample_relocation(&elf, ".rela.text", 0)->r_info =
        ELF64_R_INFO(SAMPLE_PRINTK, 77);
    sample_write(&elf, "d/a.livepatch");
    log_load("a", 0x20, THIS_XEN);
    expect_listing(stack, 1);
    assert_run(sync_logged(), 1, "",
               NOT_REPLACED("a", "its file would be refused: EOPNOTSUPP: "
                                 ".rela.text[0]: relocation type 77 is not "
                                 "supported"));
}

static void what_stock_xen_takes_all_the_same_is_exchanged(void **state)
{
    struct sample_elf elf;

    (void)state;
    make_payload(&elf, reissue);
    sample_add_section(&elf, ".data.percpu", SHF_WRITE, 8);
    sample_write(&elf, "d/a.livepatch");
    log_load("a", 0x20, THIS_XEN);
    expect_listing(stack, 1);
    expect_revert("a");
    expect_unload("a");
    expect_load("a");
    assert_run(sync_logged(), 0, "", "");
}

/* Nothing is lost when it is refused: the hypervisor says why. */
static void what_replaces_nothing_is_not_previewed(void **state)
{
    struct sample_elf elf;

    (void)state;
    make_payload(&elf, on_xen);
    sample_relocation(&elf, ".rela.text", 0)->r_info =
        ELF64_R_INFO(SAMPLE_PRINTK, 77);
    sample_write(&elf, "d/a.livepatch");
    expect_listing(NULL, 0);
    expect_upload_of("a", -EOPNOTSUPP);
    assert_int_equal(sync_logged()->outcome, 1);
}

/* ---- the copy that could go back ------------------------------------------
 */

static void damaged_copy_keeps_the_old_build(void **state)
{
    (void)state;
    sync_first_build();
    assert_int_equal(system("truncate -s 100 s/loaded/20*"), 0);
    expect_listing(stack, 1);
    assert_run(sync_logged(), 1, "", NOT_REPLACED("a", LOST));
    assert_int_equal(system("cp d/a.livepatch s/loaded/20*"), 0);
    expect_listing(stack, 1);
    assert_run(sync_logged(), 1, "", NOT_REPLACED("a", LOST));
}

static void limit_files_to(rlim_t nr_bytes)
{
    struct rlimit limit;

    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = nr_bytes;
    setrlimit(RLIMIT_FSIZE, &limit);
}

/* A limit on files stands in for a full disk. */
static void copy_for_which_there_is_no_room_is_told_and_keeps_it(void **state)
{
    const struct run *run;

    (void)state;
    put_payload("a", on_xen);
    expect_listing(NULL, 0);
    expect_load("a");
    signal(SIGXFSZ, SIG_IGN);
    limit_files_to(1024);
    run = sync_logged();
    limit_files_to(RLIM_INFINITY);
    assert_string_equal(run->err,
                        "xen-livepatch: sync: no copy of a can be kept in s: "
                        "File too large. A reissued build will not replace it "
                        "until there is one.\n");
    assert_int_equal(run->outcome, 0);
    put_payload("a", reissue);
    expect_listing(stack, 1);
    assert_run(sync_logged(), 1, "", NOT_REPLACED("a", LOST));
    put_payload("a", on_xen); /* its file is back: the next sync copies it */
    expect_listing(stack, 1);
    assert_int_equal(sync_logged()->outcome, 0);
    put_payload("a", reissue);
    expect_listing(stack, 1);
    expect_revert("a");
    expect_unload("a");
    expect_load("a");
    assert_run(sync_logged(), 0, "", "");
}

static void copy_is_kept_of_what_was_loaded_by_hand(void **state)
{
    (void)state;
    put_payload("a", on_xen);
    log_load("a", 0x20, THIS_XEN);
    expect_listing(stack, 1);
    assert_int_equal(sync_logged()->outcome, 0);
    assert_int_equal(system("cmp -s d/a.livepatch s/loaded/20*"), 0);
}

/* ---- sync -n --------------------------------------------------------------
 */

static void dry_run_asks_about_the_first_change(void **state)
{
    const struct run *run;

    (void)state;
    put_one_of_ours();
    fake_extension_expects_dry_run(&(struct fake_dry_run){.names = "a.new"});
    expect_get("a", APPLIED, 0);
    fake_extension_expects_dry_run(&(struct fake_dry_run){
        .names = "a", .nr = 1, .cmd = REVERT, .rc = -EINVAL});
    run = plan_with(NULL);
    assert_string_equal(run->out,
                        "a: to be reverted: its file is another build of it\n"
                        "a: to be unloaded: its file is another build of it\n"
                        "a: to be loaded: its file is another build of it\n"
                        "Reverting a... would fail (dry run)\n");
    assert_contains(run->err, "Error 22: Invalid argument");
    assert_int_equal(run->outcome, 1);
}

static void dry_run_asks_about_a_load_with_its_apply(void **state)
{
    const struct run *run;

    (void)state;
    put_payload("a", on_xen);
    put_payload("b", on_first);
    fake_extension_start(0);
    expect_listing(NULL, 0);
    fake_extension_expects_dry_run(
        &(struct fake_dry_run){.names = "a", .cmd = APPLY, .guilty = APPLY});
    run = run_command("-n", "--json", "--state-dir=s", "--log=log", "sync",
                      "--dir=d", NULL);
    assert_contains(run->out, "\"is_dry_run_exact\": true");
    assert_int_equal(run->outcome, 0);
    assert_int_equal(access("s", F_OK), -1);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_sync, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_the_hypervisor_would_refuse_replaces_nothing),
        TEST(what_it_would_take_is_exchanged),
        TEST(name_with_no_room_is_cut_for_the_question),
        TEST(second_one_is_tried_here),
        TEST(file_for_the_build_that_stays_goes_on_top_of_it),
        TEST(what_is_no_good_replaces_nothing_on_stock_xen),
        TEST(what_stock_xen_takes_all_the_same_is_exchanged),
        TEST(what_replaces_nothing_is_not_previewed),
        TEST(damaged_copy_keeps_the_old_build),
        TEST(copy_for_which_there_is_no_room_is_told_and_keeps_it),
        TEST(copy_is_kept_of_what_was_loaded_by_hand),
        TEST(dry_run_asks_about_the_first_change),
        TEST(dry_run_asks_about_a_load_with_its_apply),
    };

    return cmocka_run_group_tests_name("xen-livepatch sync's preview", tests,
                                       enter_scratch_folder,
                                       leave_scratch_folder);
}
