/* SPDX-License-Identifier: GPL-2.0 */
/*
 * verify against other hypervisors than this project's, and for other machines.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fake/fake_hypervisor.h"
#include "fake/verify_samples.h"

/* It was loaded before stock Xen's ways were asked for. */
static void assert_found_with_hooks(const char *finding)
{
    char out[1024];

    snprintf(out, sizeof(out),
             HOOKS_LINE
             "fix1.livepatch: %s\n"
             "fix1.livepatch: compared with xen-syms: would be refused.\n",
             finding);
    assert_run(verify(), 1, out, "");
}

static void stock_xen_refuses_more_relocations(void **state)
{
    (void)state;
    sample_relocation(&payload, ".rela.text", 0)->r_info =
        ELF64_R_INFO(SAMPLE_PRINTK, R_X86_64_PC64);
    assert_lacks(verify()->out, "stock");
    sample_xen_make_placed(&xen);
    assert_found_with_hooks(
        "EOPNOTSUPP: stock Xen refuses it: .rela.text[0] has type 24");
}

static void stock_xen_keeps_local_names(void **state)
{
    (void)state;
    sample_add_symbol(&payload, "printk", STB_LOCAL, ".text", 4);
    assert_lacks(verify()->out, "stock");
    sample_xen_make_placed(&xen);
    assert_found_with_hooks(
        "EEXIST: stock Xen refuses it: its local symbol 'printk' has the name "
        "of one of the hypervisor's");
}

static void stock_xen_keeps_no_names_of_the_assemblers(void **state)
{
    (void)state;
    sample_xen_make_placed(&xen);
    sample_add_symbol(&xen, ".Lsame", STB_GLOBAL, ".text", SAMPLE_XEN_START);
    sample_add_symbol(&payload, ".Lsame", STB_LOCAL, ".text", 4);
    assert_int_equal(verify()->outcome, 0);
}

static void stock_xen_lets_new_functions_have_old_names(void **state)
{
    (void)state;
    sample_xen_make_placed(&xen);
    sample_add_symbol(&payload, "printk", STB_LOCAL, ".text", 0);
    assert_int_equal(verify()->outcome, 0);
}

/* A payload below that stock Xen refuses is one that is never there. */
static void stock_xen_refuses_payloads_below(void **state)
{
    struct sample_elf below;

    (void)state;
    sample_xen_make_placed(&xen);
    sample_payload_make(&below);
    sample_add_symbol(&below, "printk", STB_LOCAL, ".text", 4);
    sample_write(&below, "below.livepatch");
    sample_write(&payload, "fix1.livepatch");
    sample_write(&xen, "xen-syms");
    assert_run(run_command("verify", "fix1.livepatch", "--xen-syms=xen-syms",
                           "--below", "below.livepatch", NULL),
               1,
               "below.livepatch: EEXIST: stock Xen refuses it: its local "
               "symbol 'printk' has the name of one of the hypervisor's\n"
               "fix1.livepatch: compared with xen-syms: would be refused.\n",
               "");
}

static void stock_xen_takes_more_sections(void **state)
{
    (void)state;
    sample_add_section(&payload, ".data.percpu", SHF_WRITE, 8);
    assert_contains(verify()->out, "this section is not supported");
    assert_lacks(verify()->out, "stock");
    sample_xen_make_placed(&xen);
    assert_contains(verify()->out,
                    "note: stock Xen does not refuse that: it loads it as "
                    "plain data\n");
}

/* What stock Xen takes is known by the loader's own words, not by a payload's
 * that look like them. */
static void names_do_not_pass_for_what_stock_xen_takes(void **state)
{
    (void)state;
    sample_xen_make_placed(&xen);
    sample_add_symbol(&payload, "x: 16 bytes: this section is not supported",
                      STB_GLOBAL, ".text", 0);
    sample_symbol(&payload, SAMPLE_NR_SYMBOLS)->st_shndx = SHN_UNDEF;
    assert_contains(verify()->out, "this section is not supported");
    assert_lacks(verify()->out, "stock");
}

static void stock_xen_may_not_survive(void **state)
{
    (void)state;
    sample_section(&payload, ".text")->header.sh_addralign = 0;
    assert_lacks(verify()->out, "stock");
    sample_xen_make_placed(&xen);
    assert_found_with_hooks("EFAULT: stock Xen may not survive it: it lays "
                            "sections of alignment 0, and what follows, over "
                            "others");
}

/* Though there is another reason against it. */
static void stock_xen_may_not_survive_what_is_refused(void **state)
{
    (void)state;
    sample_xen_make_placed(&xen);
    sample_section(&payload, ".modinfo")->header.sh_size = 0;
    assert_contains(verify()->out, "EINVAL: .modinfo: 0 bytes");
    assert_contains(verify()->out,
                    "note: stock Xen may not survive it: it reads before the "
                    "start of empty metadata\n");
}

static void stock_xen_does_not_see_sizes_that_wrap(void **state)
{
    (void)state;
    sample_xen_make_placed(&xen);
    sample_section(&payload, ".text")->header.sh_size = UINT64_MAX;
    assert_contains(verify()->out,
                    "note: stock Xen may not survive it: it does not see that "
                    "a section's place and size together wrap around\n");
}

static void make_for_old_xen(void)
{
    struct sample_section *funcs = sample_section(&payload, ".livepatch.funcs");

    funcs->header.sh_size = 64;
    funcs->bytes[32] = 1;
    sample_section(&payload, ".livepatch.xen_depends")->name = ".other";
}

static void payload_for_old_xen_is_refused_by_this_project_s(void **state)
{
    (void)state;
    make_for_old_xen();
    assert_run(verify(), 1,
               "fix1.livepatch: note: made for Xen before 4.14\n"
               "fix1.livepatch: EINVAL: .livepatch.funcs: 64 bytes, expected a "
               "multiple of 104\n"
               "fix1.livepatch: compared with xen-syms: would be refused.\n",
               "");
}

static void payload_for_old_xen_is_not_judged(void **state)
{
    (void)state;
    fake_fail_open(-ENOENT);
    make_for_old_xen();
    assert_run(verify_alone(), 15,
               "fix1.livepatch: not checked: made for Xen before 4.14: not "
               "judged\n"
               "fix1.livepatch: compared with no hypervisor: nothing found, "
               "but not fully checked.\n",
               "");
}

/* The samples as arm64's: relocations of the same meaning, text of zeros. */
static void make_arm64(void)
{
    static const struct {
        uint32_t x86, arm64;
    } types[] = {
        {R_X86_64_64, R_AARCH64_ABS64},
        {R_X86_64_PLT32, R_AARCH64_CALL26},
    };
    static const char *const sections[] = {
        ".rela.livepatch.funcs", ".rela.text", ".rela.livepatch.hooks.load"};

    payload.header.e_machine = EM_AARCH64;
    xen.header.e_machine = EM_AARCH64;
    sample_section(&payload, ".text")->header.sh_addralign = 4;
    for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++) {
        size_t nr = sample_section(&payload, sections[i])->header.sh_size /
                    sizeof(Elf64_Rela);

        for (size_t k = 0; k < nr; k++) {
            Elf64_Rela *record =
                sample_relocation(&payload, sections[i], (unsigned int)k);
            bool is_call = ELF64_R_TYPE(record->r_info) == types[1].x86;

            record->r_info =
                ELF64_R_INFO(ELF64_R_SYM(record->r_info), types[is_call].arm64);
        }
    }
}

static void arm64_is_verified_on_any_machine(void **state)
{
    (void)state;
    make_arm64();
    assert_run(
        verify(), 0,
        HOOKS_LINE "fix1.livepatch: compared with xen-syms: would load.\n", "");
    sample_relocation(&payload, ".rela.text", 0)->r_offset = 6;
    assert_contains(verify()->out, "EINVAL: .rela.text[0]: ");
}

static void arm64_is_verified_without_xen_syms(void **state)
{
    (void)state;
    fake_fail_open(-ENOENT);
    make_arm64();
    assert_int_equal(verify_alone()->outcome, 15);
    sample_relocation(&payload, ".rela.text", 0)->r_info =
        ELF64_R_INFO(SAMPLE_PRINTK, R_X86_64_PLT32);
    assert_contains(verify_alone()->out,
                    "EOPNOTSUPP: .rela.text[0]: relocation type 4 is not "
                    "supported\n");
}

static void other_machine_is_found(void **state)
{
    (void)state;
    payload.header.e_machine = EM_AARCH64;
    assert_contains(verify()->out, "EOPNOTSUPP: ");
}

static void machine_without_a_loader_is_told(void **state)
{
    (void)state;
    xen.header.e_machine = EM_RISCV;
    assert_run(verify(), 5,
               "fix1.livepatch: compared with xen-syms: could not be "
               "checked.\n",
               "xen-syms: ELF machine 243: payloads for it are not known "
               "here.\n");
}

static void file_that_is_no_hypervisor_is_told(void **state)
{
    (void)state;
    sample_xen_make(&xen);
    assert_run(verify(), 5,
               "fix1.livepatch: compared with xen-syms: could not be "
               "checked.\n",
               "xen-syms: it has no text between _stext and _etext.\n");
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_samples, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(stock_xen_refuses_more_relocations),
        TEST(stock_xen_keeps_local_names),
        TEST(stock_xen_keeps_no_names_of_the_assemblers),
        TEST(stock_xen_lets_new_functions_have_old_names),
        TEST(stock_xen_refuses_payloads_below),
        TEST(stock_xen_takes_more_sections),
        TEST(names_do_not_pass_for_what_stock_xen_takes),
        TEST(stock_xen_may_not_survive),
        TEST(stock_xen_may_not_survive_what_is_refused),
        TEST(stock_xen_does_not_see_sizes_that_wrap),
        TEST(payload_for_old_xen_is_not_judged),
        TEST(payload_for_old_xen_is_refused_by_this_project_s),
        TEST(arm64_is_verified_on_any_machine),
        TEST(arm64_is_verified_without_xen_syms),
        TEST(other_machine_is_found),
        TEST(machine_without_a_loader_is_told),
        TEST(file_that_is_no_hypervisor_is_told),
    };

    return cmocka_run_group_tests_name("xen-livepatch verify elsewhere", tests,
                                       enter_scratch_folder,
                                       leave_scratch_folder);
}
