/* SPDX-License-Identifier: GPL-2.0 */
/*
 * verify: what it tries a payload with, what it says of that and which status
 * it ends with. That the loader's rules are the hypervisor's is `make
 * test-verify`'s to show.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "fake/fake_hypervisor.h"
#include "fake/verify_samples.h"

#define NO_XEN_LINE                                                            \
    "fix1.livepatch: not checked: without xen-syms neither the symbols that "  \
    "it refers to nor the functions that it replaces were looked at\n"

static void good_payload_would_load(void **state)
{
    (void)state;
    assert_run(
        verify(), 0,
        HOOKS_LINE "fix1.livepatch: compared with xen-syms: would load.\n", "");
}

/* The second time nothing is left of the first. */
static void it_can_be_done_again(void **state)
{
    (void)state;
    assert_int_equal(verify()->outcome, 0);
    assert_int_equal(verify()->outcome, 0);
}

static void each_unknown_symbol_is_told(void **state)
{
    (void)state;
    sample_add_symbol(&payload, "other", STB_GLOBAL, ".text", 0);
    sample_symbol(&payload, SAMPLE_NR_SYMBOLS)->st_shndx = SHN_UNDEF;
    sample_rename(sample_section(&payload, ".strtab"), "printk", "prink");
    assert_found("ENOENT: unknown symbol 'prink'\n"
                 "fix1.livepatch: ENOENT: unknown symbol 'other'");
}

static void symbol_in_init_memory_is_unknown(void **state)
{
    (void)state;
    sample_symbol(&xen, SAMPLE_XEN_PRINTK)->st_value += 0x1000;
    assert_found("ENOENT: unknown symbol 'printk'");
}

static void static_symbol_is_known_by_its_file(void **state)
{
    (void)state;
    sample_add_symbol(&payload, "common/foo.c#hidden", STB_GLOBAL, ".text", 0);
    sample_symbol(&payload, SAMPLE_NR_SYMBOLS)->st_shndx = SHN_UNDEF;
    assert_int_equal(verify()->outcome, 0);
    sample_add_symbol(&payload, "common/bar.c#hidden", STB_GLOBAL, ".text", 0);
    sample_symbol(&payload, SAMPLE_NR_SYMBOLS + 1)->st_shndx = SHN_UNDEF;
    assert_contains(verify()->out, "unknown symbol 'common/bar.c#hidden'");
}

/* Addresses in messages, and those that the file states, are as linked. */
static void address_of_the_file_is_the_hypervisors(void **state)
{
    struct sample_section *funcs;
    uint64_t address = SAMPLE_XEN_START + 16;

    (void)state;
    funcs = sample_section(&payload, ".livepatch.funcs");
    memcpy(funcs->bytes + 16, &address, sizeof(address));
    assert_int_equal(verify()->outcome, 0);
    address = SAMPLE_XEN_START + 0x2000;
    memcpy(funcs->bytes + 16, &address, sizeof(address));
    assert_contains(verify()->out,
                    "EINVAL: xen_extra_version: 16 bytes at ffff82d040202000 "
                    "are not text\n");
}

static void absolute_symbol_is_the_hypervisors_address(void **state)
{
    (void)state;
    sample_add_symbol(&payload, "fixed", STB_LOCAL, ".text",
                      SAMPLE_XEN_START + 16);
    sample_symbol(&payload, SAMPLE_NR_SYMBOLS)->st_shndx = SHN_ABS;
    sample_relocation(&payload, ".rela.text", 0)->r_info =
        ELF64_R_INFO(SAMPLE_NR_SYMBOLS, R_X86_64_PC32);
    assert_int_equal(verify()->outcome, 0);
    sample_relocation(&payload, ".rela.text", 0)->r_info =
        ELF64_R_INFO(SAMPLE_NR_SYMBOLS, R_X86_64_32S);
    assert_contains(verify()->out, "EOVERFLOW: .rela.text[0]: R_X86_64_32S: "
                                   "0xffff82d040200010 does not fit 32 bits\n");
}

static void patching_path_is_not_replaced(void **state)
{
    (void)state;
    sample_symbol(&xen, SAMPLE_XEN_EXTRA_VERSION)->st_value =
        SAMPLE_XEN_START + 44;
    assert_found("EPERM: xen_extra_version is part of the patching path and "
                 "cannot be patched");
}

static void other_build_is_found(void **state)
{
    (void)state;
    sample_section(&xen, ".note.gnu.build-id")->bytes[16] = 0xcc;
    assert_contains(verify()->out, "EINVAL: built for the hypervisor with "
                                   "build-id 0102030405");
}

/* Not that a payload is missing below it. */
static void payload_on_this_build_for_another_is_for_another(void **state)
{
    (void)state;
    sample_section(&payload, ".livepatch.xen_depends")->bytes[16] = 0xcc;
    assert_lacks(verify()->out, "goes on top of");
    assert_contains(verify()->out, "built for the hypervisor with build-id cc");
    assert_lacks(verify_alone()->out, "goes on top of");
}

/* Entry 0 expects these bytes. */
static void expect(const char *bytes, unsigned int nr)
{
    struct sample_section *funcs = sample_section(&payload, ".livepatch.funcs");

    funcs->bytes[72] = (unsigned char)(1 | nr << 1);
    memcpy(funcs->bytes + 73, bytes, nr);
}

static void expectation_is_compared_with_the_text(void **state)
{
    (void)state;
    expect("\0\0\0", 3);
    assert_int_equal(verify()->outcome, 0);
    expect("\0\x90\0", 3);
    assert_contains(verify()->out, "EINVAL: xen_extra_version: expects 00 90 "
                                   "00 at its start, there is 00 00 00\n");
}

/* A record of an alternative that exchanges 3 bytes, 17 behind printk. */
static void add_alternative(void)
{
    const int32_t place = 17 - 0x3000;
    struct sample_section *records =
        sample_add_section(&xen, ".init.data", SHF_WRITE, 16);

    records->header.sh_addr = SAMPLE_XEN_START + 0x3000;
    memcpy(records->bytes, &place, sizeof(place));
    records->bytes[10] = 3;
    sample_add_symbol(&xen, "__alt_instructions", STB_GLOBAL, ".init.data",
                      SAMPLE_XEN_START + 0x3000);
    sample_add_symbol(&xen, "__alt_instructions_end", STB_GLOBAL, ".init.data",
                      SAMPLE_XEN_START + 0x300e);
}

static void expectation_of_an_alternative_is_not_judged(void **state)
{
    (void)state;
    add_alternative();
    expect("\0\x90\0", 3);
    assert_run(verify(), 15,
               "fix1.livepatch: not checked: xen_extra_version: the "
               "hypervisor changes it when it boots: the bytes that it "
               "expects are not judged\n" HOOKS_LINE
               "fix1.livepatch: compared with xen-syms: nothing found, but not "
               "fully checked.\n",
               "");
    expect("\x90\x90\0", 3);
    assert_contains(verify()->out, "EINVAL: xen_extra_version: expects 90 90 "
                                   "00 at its start, there is 00 90 00\n");
}

/* ---- payloads below ------------------------------------------------------ */

/* With another payload below that has id b1 ... and gives a symbol to others.
 */
static const struct run *verify_above(const char *symbol)
{
    struct sample_elf below;

    sample_payload_make(&below);
    sample_section(&below, ".note.gnu.build-id")->bytes[16] = 0xb1;
    sample_add_symbol(&below, symbol, STB_GLOBAL, ".text", 4);
    sample_write(&below, "below.livepatch");
    sample_write(&payload, "fix1.livepatch");
    sample_write(&xen, "xen-syms");
    return run_command("verify", "fix1.livepatch", "--xen-syms=xen-syms",
                       "--below", "below.livepatch", NULL);
}

static void depend_on_the_one_below(void)
{
    memcpy(sample_section(&payload, ".livepatch.depends")->bytes + 16,
           "\xb1\xa2\xa3\xa4\xa5\xa6\xa7\xa8\xa9\xaa\xab\xac\xad\xae\xaf\xb0"
           "\xb1\xb2\xb3\xb4",
           20);
}

static void symbol_of_a_payload_below_is_there(void **state)
{
    (void)state;
    depend_on_the_one_below();
    sample_rename(sample_section(&payload, ".strtab"), "printk", "helper");
    assert_run(
        verify_above("helper"), 0,
        HOOKS_LINE "fix1.livepatch: compared with xen-syms: would load.\n", "");
    assert_contains(verify_above("other")->out, "unknown symbol 'helper'");
}

static void name_of_a_payload_below_is_not_free(void **state)
{
    (void)state;
    sample_add_symbol(&payload, "helper", STB_GLOBAL, ".text", 4);
    assert_contains(verify_above("helper")->out, "fix1.livepatch: EEXIST: ");
}

static void base_that_is_not_there_is_a_gap(void **state)
{
    (void)state;
    depend_on_the_one_below();
    assert_run(verify(), 15,
               "fix1.livepatch: not checked: it goes on top of the payload "
               "with build-id b1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4, which "
               "was not there\n" HOOKS_LINE
               "fix1.livepatch: compared with xen-syms: nothing found, but not "
               "fully checked.\n",
               "");
}

static void other_base_than_what_is_below_is_found(void **state)
{
    (void)state;
    depend_on_the_one_below();
    sample_section(&payload, ".livepatch.depends")->bytes[16] = 0xcc;
    assert_contains(verify_above("other")->out,
                    "fix1.livepatch: EINVAL: depends on build-id cca2a3a4");
}

static void what_lies_on_the_hypervisor_replaces_those_below(void **state)
{
    (void)state;
    assert_run(verify_above("other"), 0,
               HOOKS_LINE
               "fix1.livepatch: note: it can only be put in the place of the "
               "payloads below (replace), not on top of them\n"
               "fix1.livepatch: compared with xen-syms: would load.\n",
               "");
}

/* On the hypervisor alone its hook were no reason: there it can be applied. */
static void replace_that_is_the_only_way_and_is_refused_is_found(void **state)
{
    (void)state;
    sample_section(&payload, ".livepatch.hooks.load")->name =
        ".livepatch.hooks.postapply";
    assert_contains(
        verify_above("other")->out,
        "fix1.livepatch: EOPNOTSUPP: cannot replace: 'fix1' has pre or post "
        "hooks\n"
        "fix1.livepatch: compared with xen-syms: would be refused.\n");
    assert_int_equal(verify()->outcome, 0);
}

static void fault_of_a_payload_below_is_told_as_its_own(void **state)
{
    (void)state;
    sample_rename(sample_section(&xen, ".strtab"), "printk", "print");
    assert_run(verify_above("other"), 1,
               "below.livepatch: ENOENT: unknown symbol 'printk'\n"
               "fix1.livepatch: compared with xen-syms: would be refused.\n",
               "");
}

static void payload_below_that_does_not_fit_is_found(void **state)
{
    struct sample_elf below;

    (void)state;
    sample_payload_make(&below);
    sample_section(&below, ".note.gnu.build-id")->bytes[16] = 0xb1;
    sample_section(&below, ".livepatch.depends")->bytes[16] = 0xcc;
    sample_write(&below, "below.livepatch");
    sample_write(&payload, "fix1.livepatch");
    sample_write(&xen, "xen-syms");
    assert_contains(run_command("verify", "fix1.livepatch",
                                "--xen-syms=xen-syms",
                                "--below=below.livepatch", NULL)
                        ->out,
                    "below.livepatch: EINVAL: depends on build-id cc02");
}

#define EIGHT(word) word, word, word, word, word, word, word, word
#define SIXTY_FOUR(word)                                                       \
    EIGHT(word), EIGHT(word), EIGHT(word), EIGHT(word), EIGHT(word),           \
        EIGHT(word), EIGHT(word), EIGHT(word)

static void more_than_64_payloads_below_are_too_many(void **state)
{
    const char *below = "--below=below.livepatch";

    (void)state;
    sample_write(&payload, "below.livepatch");
    sample_write(&payload, "fix1.livepatch");
    sample_write(&xen, "xen-syms");
    assert_run(run_command("verify", "fix1.livepatch", "--xen-syms=xen-syms",
                           SIXTY_FOUR(below), below, NULL),
               3, "", "verify: --below: more than 64 of them.\n");
    assert_contains(run_command("verify", "fix1.livepatch",
                                "--xen-syms=xen-syms", SIXTY_FOUR(below), NULL)
                        ->out,
                    "below.livepatch: EEXIST: ");
}

static void payloads_below_need_xen_syms(void **state)
{
    (void)state;
    sample_write(&payload, "fix1.livepatch");
    assert_run(run_command("verify", "fix1.livepatch", "--below",
                           "fix1.livepatch", NULL),
               3, "",
               "verify: --below needs --xen-syms: payloads that lie below are "
               "loaded into that hypervisor.\n");
}

static void boot_image_is_no_xen_syms(void **state)
{
    (void)state;
    sample_write(&payload, "fix1.livepatch");
    write_file("xen", "\x02\xb0\xad\x1b", 4);
    assert_run(
        run_command("verify", "fix1.livepatch", "--xen-syms", "xen", NULL), 5,
        "",
        "xen: ELF magic: 02 b0 ad 1b, expected 7f 45 4c 46.\n"
        "xen: data of another kind: not the file xen-syms of a "
        "hypervisor's build, which is an ELF file with its symbols; the "
        "image that is booted has none.\n");
}

/* ---- without xen-syms ---------------------------------------------------- */

static void running_hypervisor_gives_its_build_id(void **state)
{
    (void)state;
    assert_run(verify_alone(), 15,
               HOOKS_LINE NO_XEN_LINE
               "fix1.livepatch: compared with the build-id of the running "
               "hypervisor: nothing found, but not fully checked.\n",
               "");
    sample_section(&payload, ".livepatch.xen_depends")->bytes[16] = 0xcc;
    assert_contains(verify_alone()->out, "EINVAL: built for the hypervisor");
}

static void no_build_id_is_no_comparison(void **state)
{
    (void)state;
    fake_answer_build_id(-ENODATA);
    assert_run(verify_alone(), 15,
               HOOKS_LINE NO_XEN_LINE
               "fix1.livepatch: compared with no hypervisor: nothing found, "
               "but not fully checked.\n",
               "");
}

static void no_hypervisor_is_no_comparison(void **state)
{
    (void)state;
    fake_fail_open(-ENOENT);
    assert_contains(verify_alone()->out, "compared with no hypervisor: ");
    assert_lacks(verify_alone()->out, "EINVAL");
}

static void faults_of_the_file_alone_are_found(void **state)
{
    (void)state;
    fake_fail_open(-ENOENT);
    sample_relocation(&payload, ".rela.text", 0)->r_info =
        ELF64_R_INFO(SAMPLE_PRINTK, 77);
    assert_run(verify_alone(), 1,
               "fix1.livepatch: EOPNOTSUPP: .rela.text[0]: relocation type 77 "
               "is not supported\n"
               "fix1.livepatch: compared with no hypervisor: would be "
               "refused.\n",
               "");
}

/* What it gives to others is not taken for what it asks for. */
static void export_is_not_looked_for(void **state)
{
    (void)state;
    fake_fail_open(-ENOENT);
    sample_add_symbol(&payload, "helper", STB_GLOBAL, ".text", 4);
    assert_int_equal(verify_alone()->outcome, 15);
}

static void expectation_without_text_is_not_judged(void **state)
{
    (void)state;
    fake_fail_open(-ENOENT);
    expect("\x90", 1);
    assert_contains(verify_alone()->out,
                    "not checked: xen_extra_version: there is no text to "
                    "compare with: the bytes that it expects are not judged\n");
}

static void report_has_verdict_findings_and_gaps(void **state)
{
    const struct run *run;

    (void)state;
    fake_fail_open(-ENOENT);
    sample_write(&payload, "fix1.livepatch");
    run = run_command("--json", "verify", "fix1.livepatch", NULL);
    assert_int_equal(run->outcome, 15);
    assert_contains(run->out, "\"findings\": [\n  ],\n  \"not_checked\": [\n"
                              "    \"without xen-syms ");
    assert_contains(run->out, "\"verdict\": \"not-fully-checked\"");
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_samples, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(good_payload_would_load),
        TEST(it_can_be_done_again),
        TEST(each_unknown_symbol_is_told),
        TEST(symbol_in_init_memory_is_unknown),
        TEST(static_symbol_is_known_by_its_file),
        TEST(address_of_the_file_is_the_hypervisors),
        TEST(absolute_symbol_is_the_hypervisors_address),
        TEST(patching_path_is_not_replaced),
        TEST(other_build_is_found),
        TEST(payload_on_this_build_for_another_is_for_another),
        TEST(expectation_is_compared_with_the_text),
        TEST(expectation_of_an_alternative_is_not_judged),
        TEST(symbol_of_a_payload_below_is_there),
        TEST(name_of_a_payload_below_is_not_free),
        TEST(base_that_is_not_there_is_a_gap),
        TEST(other_base_than_what_is_below_is_found),
        TEST(what_lies_on_the_hypervisor_replaces_those_below),
        TEST(replace_that_is_the_only_way_and_is_refused_is_found),
        TEST(fault_of_a_payload_below_is_told_as_its_own),
        TEST(payload_below_that_does_not_fit_is_found),
        TEST(more_than_64_payloads_below_are_too_many),
        TEST(payloads_below_need_xen_syms),
        TEST(boot_image_is_no_xen_syms),
        TEST(running_hypervisor_gives_its_build_id),
        TEST(no_build_id_is_no_comparison),
        TEST(no_hypervisor_is_no_comparison),
        TEST(faults_of_the_file_alone_are_found),
        TEST(export_is_not_looked_for),
        TEST(expectation_without_text_is_not_judged),
        TEST(report_has_verdict_findings_and_gaps),
    };

    return cmocka_run_group_tests_name("xen-livepatch verify", tests,
                                       enter_scratch_folder,
                                       leave_scratch_folder);
}
