/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The verb verify: a good payload passes, and each thing that is broken in its
 * sections, build-ids and hooks is found, alone, with the loader's errno.
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

#include "fake/fake_hypervisor.h"
#include "fake/run_command.h"
#include "fake/verify_samples.h"
#include "fake/sample_elf.h"

static void good_payload_passes(void **state)
{
    (void)state;
    assert_passes();
}

static void without_xen_syms_the_running_build_id_is_compared(void **state)
{
    (void)state;
    sample_write(&payload, "fix1.livepatch");
    assert_contains(run_command("verify", "fix1.livepatch", NULL)->out,
                    "compared with the running hypervisor; its symbols were "
                    "not looked up (--xen-syms).\n");
    sample_section(&payload, ".livepatch.xen_depends")->bytes[16] ^= 1;
    sample_write(&payload, "fix1.livepatch");
    assert_contains(run_command("verify", "fix1.livepatch", NULL)->out,
                    "EINVAL: built for hypervisor 000203");
}

static void without_a_hypervisor_it_is_verified_alone(void **state)
{
    const struct run *run;

    (void)state;
    fake_fail_open(-ENOENT);
    sample_write(&payload, "fix1.livepatch");
    run = run_command("verify", "fix1.livepatch", NULL);
    assert_contains(run->out, "compared with no hypervisor (none runs here)");
    assert_string_equal(run->err, "");
    assert_int_equal(run->outcome, 0);
}

static void dependency_on_a_payload_is_said(void **state)
{
    const struct run *run;

    (void)state;
    sample_section(&payload, ".livepatch.depends")->bytes[16] = 0xff;
    run = verify();
    assert_contains(run->out, "can be applied only on top of payload ff0203");
    assert_int_equal(run->outcome, 0);
}

static void kind_of_file_is_checked(void **state)
{
    (void)state;
    payload.header.e_type = ET_DYN;
    assert_found("EOPNOTSUPP: ELF type 3 with 0 program headers, expected 1 "
                 "(relocatable) with none");
    payload.header.e_phnum = 1;
    assert_found("EOPNOTSUPP: ELF type 1 with 1 program headers, expected 1 "
                 "(relocatable) with none");
    payload.header.e_machine = EM_RISCV;
    assert_found("EOPNOTSUPP: machine 243, expected 62 (x86-64) or 183 "
                 "(arm64)");
    payload.header.e_ident[EI_OSABI] = 3;
    assert_found("EOPNOTSUPP: OS ABI 3, expected 0 or 9");
    payload.header.e_ident[EI_OSABI] = ELFOSABI_FREEBSD;
    assert_passes();
    payload.header.e_ident[EI_ABIVERSION] = 1;
    assert_found("EOPNOTSUPP: ELF versions 1 and 1, ABI version 1, expected "
                 "1, 1 and 0");
}

static void shapes_of_sections_are_checked(void **state)
{
    (void)state;
    sample_section(&payload, ".text")->header.sh_addralign = 3;
    assert_found("EOPNOTSUPP: section .text: alignment 3, expected a power of "
                 "two");
    sample_section(&payload, ".text")->header.sh_addralign = 4096;
    assert_passes();
    sample_section(&payload, ".text")->header.sh_addralign = 8192;
    assert_found("EOPNOTSUPP: section .text: aligned to 8192 bytes, expected "
                 "at most 4096");
    sample_section(&payload, ".text")->header.sh_addralign = 4;
    sample_section(&payload, ".text")->header.sh_addr = 2;
    assert_found("EINVAL: section .text: address 0x2 not aligned to 4");
    sample_section(&payload, ".text")->header.sh_flags |= SHF_WRITE;
    assert_found("EOPNOTSUPP: section .text: writable and executable");
    sample_section(&payload, ".bss")->header.sh_flags |= SHF_TLS;
    assert_found("EOPNOTSUPP: section .bss: thread-local or compressed");
    sample_section(&payload, ".bss")->header.sh_size = 2U << 20;
    assert_passes();
    sample_section(&payload, ".bss")->header.sh_size = (2U << 20) + 1;
    assert_found("EINVAL: section .bss: 2097153 bytes of zeros, expected at "
                 "most 2097152");
}

static void special_sections_are_checked(void **state)
{
    (void)state;
    sample_section(&payload, ".livepatch.depends")->name = ".other";
    assert_found("EINVAL: section .livepatch.depends: missing");
    sample_section(&payload, ".comment")->name = ".modinfo";
    assert_found("EINVAL: section .modinfo: there 2 times");
    sample_section(&payload, ".modinfo")->header.sh_size = 0;
    assert_found("EINVAL: section .modinfo: empty");
    sample_section(&payload, ".modinfo")->header.sh_flags = 0;
    assert_found("EINVAL: section .modinfo: type 1, flags 0, expected loaded "
                 "bytes");
    sample_section(&payload, ".modinfo")->header.sh_size--;
    assert_found("EINVAL: section .modinfo: last byte is 0x32, expected NUL");
    sample_section(&payload, ".livepatch.hooks.load")->header.sh_size = 16;
    sample_add_relocation(&payload, ".rela.livepatch.hooks.load", 8,
                          SAMPLE_NEW_FUNCTION, 0);
    assert_passes();
    sample_section(&payload, ".livepatch.hooks.load")->header.sh_size = 12;
    assert_found("EINVAL: section .livepatch.hooks.load: 12 bytes, expected a "
                 "multiple of 8");
    sample_section(&payload, ".livepatch.hooks.load")->header.sh_size = 16;
    sample_section(&payload, ".livepatch.hooks.load")->name =
        ".livepatch.hooks.apply";
    assert_found("EINVAL: section .livepatch.hooks.apply: 16 bytes, expected "
                 "8");
    sample_section(&payload, ".livepatch.funcs")->header.sh_size = 105;
    assert_found("EINVAL: section .livepatch.funcs: 105 bytes, expected a "
                 "multiple of 104");
}

static void payload_must_change_something(void **state)
{
    (void)state;
    sample_section(&payload, ".livepatch.funcs")->name = ".a";
    assert_passes();
    sample_section(&payload, ".livepatch.funcs")->name = ".a";
    sample_section(&payload, ".livepatch.hooks.load")->name = ".b";
    assert_found("EINVAL: neither functions (.livepatch.funcs) nor hooks");
}

static void build_ids_are_checked(void **state)
{
    static const char *const names[] = {
        ".note.gnu.build-id", ".livepatch.depends", ".livepatch.xen_depends"};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        char finding[128];

        sample_section(&payload, names[i])->bytes[8] = 4; /* another type */
        snprintf(finding, sizeof(finding),
                 "EINVAL: section %s: no build-id in it", names[i]);
        assert_found(finding);
    }
    sample_section(&xen, ".note.gnu.build-id")->bytes[16] = 0xee;
    assert_found("EINVAL: built for hypervisor " XEN_ID
                 ", this one is ee02030405060708090a0b0c0d0e0f1011121314: take "
                 "the payload of that build");
}

static void note_before_the_build_id_is_found(void **state)
{
    struct sample_section *section =
        sample_section(&payload, ".note.gnu.build-id");
    unsigned char *bytes = section->bytes;

    (void)state;
    memmove(bytes + 36, bytes, 36);
    bytes[8] = 4; /* another type */
    section->header.sh_size = 72;
    assert_found("EINVAL: section .note.gnu.build-id: another note stands "
                 "before the build-id");
}

static void machine_is_the_hypervisors(void **state)
{
    (void)state;
    xen.header.e_machine = EM_AARCH64;
    assert_contains(verify()->out, "fix1.livepatch: EOPNOTSUPP: machine 62, "
                                   "the hypervisor's is 183\n");
}

static void hooks_are_checked(void **state)
{
    static const char hooks[] = ".livepatch.hooks.load";
    static const char records[] = ".rela.livepatch.hooks.load";

    (void)state;
    sample_relocation(&payload, records, 0)->r_addend = 15;
    assert_passes();
    sample_relocation(&payload, records, 0)->r_addend = 16;
    assert_found("EINVAL: load hook 0: not in the payload's text");
    sample_section(&payload, hooks)->header.sh_size = 16;
    assert_found("EINVAL: load hook 1: NULL");
    sample_section(&payload, records)->header.sh_size = 0;
    sample_section(&payload, hooks)->name = ".livepatch.hooks.preapply";
    assert_passes(); /* NULL: there is none */
}

/* In the hypervisor: stock Xen calls it. */
static void hooks_outside_are_refused_by_this_projects_loader(void **state)
{
    static const char records[] = ".rela.livepatch.hooks.load";

    (void)state;
    sample_relocation(&payload, records, 0)->r_info =
        ELF64_R_INFO(SAMPLE_PRINTK, R_X86_64_64);
    assert_passes();
    sample_xen_make_ours(&xen);
    sample_relocation(&payload, records, 0)->r_info =
        ELF64_R_INFO(SAMPLE_PRINTK, R_X86_64_64);
    assert_found("EINVAL: load hook 0: not in the payload's text");
}

static void entries_that_come_to_lie_at_odd_places_are_found(void **state)
{
    (void)state;
    sample_xen_make_ours(&xen);
    assert_passes();
    sample_section(&payload, ".livepatch.funcs")->header.sh_addralign = 2;
    sample_section(&payload, ".livepatch.hooks.load")->header.sh_addralign = 8;
    assert_found("EINVAL: section .livepatch.funcs: comes to lie 6 bytes "
                 "behind a multiple of 8");
}

static void sections_that_nobody_would_honour_are_found(void **state)
{
    (void)state;
    sample_add_section(&payload, ".bss.percpu", 0, 8);
    assert_passes(); /* stock Xen takes it, and loads it wrong */
    sample_xen_make_ours(&xen);
    sample_add_section(&payload, ".bss.percpu", 0, 8);
    assert_found("EOPNOTSUPP: section .bss.percpu: this hypervisor does not "
                 "support it");
    sample_add_section(&payload, ".bss.percpu", 0, 0);
    assert_passes();
}

static void executable_entries_are_found(void **state)
{
    (void)state;
    sample_xen_make_ours(&xen);
    sample_section(&payload, ".livepatch.funcs")->header.sh_flags =
        SHF_ALLOC | SHF_EXECINSTR;
    assert_found("EINVAL: section .livepatch.funcs: executable, expected data");
}

static void findings_are_reported(void **state)
{
    const struct run *run;

    (void)state;
    payload.header.e_phnum = 1;
    sample_section(&payload, ".modinfo")->header.sh_size = 0;
    sample_write(&payload, "fix1.livepatch");
    run = run_command("verify", "--json", "fix1.livepatch", NULL);
    assert_contains(run->out, "  \"compared_with\": \"the running "
                              "hypervisor\",\n"
                              "  \"findings\": [\n"
                              "    {\n"
                              "      \"error_name\": \"EOPNOTSUPP\",\n");
    assert_contains(run->out, "      \"text\": \"section .modinfo: empty\"\n");
    assert_contains(run->out, "\"exit_status\": 1\n");
}

static void bad_files_are_refused(void **state)
{
    (void)state;
    sample_write(&payload, "fix1.livepatch");
    assert_int_equal(run_command("verify", "missing", NULL)->outcome, 5);
    assert_int_equal(
        run_command("verify", "fix1.livepatch", "--xen-syms", "missing", NULL)
            ->outcome,
        5);
    write_file("bad",
               "\x7f"
               "ELF",
               4);
    assert_int_equal(
        run_command("verify", "fix1.livepatch", "--xen-syms", "bad", NULL)
            ->outcome,
        5);
    assert_int_equal(
        run_command("verify", "fix1.livepatch", "--with", "bad", NULL)->outcome,
        5);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_samples, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(good_payload_passes),
        TEST(without_xen_syms_the_running_build_id_is_compared),
        TEST(without_a_hypervisor_it_is_verified_alone),
        TEST(dependency_on_a_payload_is_said),
        TEST(kind_of_file_is_checked),
        TEST(shapes_of_sections_are_checked),
        TEST(special_sections_are_checked),
        TEST(payload_must_change_something),
        TEST(build_ids_are_checked),
        TEST(note_before_the_build_id_is_found),
        TEST(machine_is_the_hypervisors),
        TEST(hooks_are_checked),
        TEST(hooks_outside_are_refused_by_this_projects_loader),
        TEST(entries_that_come_to_lie_at_odd_places_are_found),
        TEST(sections_that_nobody_would_honour_are_found),
        TEST(executable_entries_are_found),
        TEST(findings_are_reported),
        TEST(bad_files_are_refused),
    };

    return cmocka_run_group_tests_name("xen-livepatch verify", tests,
                                       enter_scratch_folder,
                                       leave_scratch_folder);
}
