/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What of two small objects goes into a payload for an image that the first of
 * them was linked into, and what is said of the rest.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "assembled.h"
#include "lib/memory.h"
#include "choose/choose.h"
#include "choose/kinds.h"
#include "choose/never.h"
#include "match/match.h"

#define LONG_ENOUGH "\n nop\n nop\n nop\n nop\n nop\n"
#define SHORT "ret"
#define NEW_CODE "nop" LONG_ENOUGH
#define OLD_CODE "ret" LONG_ENOUGH
#define SECTION(section, flags, name, values)                                  \
    ".section " section ",\"" flags "\",@progbits\n.globl " name "\n"          \
    ".type " name ",@object\n" name ":\n" values "\n.size " name ",.-" name    \
    "\n"
#define CODE_IN(section, name, code)                                           \
    ".section " section ",\"ax\",@progbits\n.globl " name "\n"                 \
    ".type " name ",@function\n" name ":\n" code "\n.size " name ",.-" name    \
    "\n"

static struct image *link_image(const char *text)
{
    char *path = must_copy("/tmp/choose-XXXXXX");
    struct image *image;
    char *command;
    FILE *assembler;

    close(mkstemp(path));
    command = must_format("as --64 -o %s.o - && ld -e 0 -T "
                          "tests/builder/image.lds "
                          "--no-warn-rwx-segments -z noexecstack -o %s %s.o",
                          path, path, path);
    assembler = popen(command, "w");
    assert_non_null(assembler);
    fputs(".file \"file.c\"\n", assembler);
    fputs(text, assembler);
    assert_int_equal(pclose(assembler), 0);
    assert_int_equal(image_open(path, &image, stderr), 0);
    unlink(path);
    free(command);
    command = must_format("%s.o", path);
    unlink(command);
    free(command);
    free(path);
    return image;
}

static void print_findings(const struct findings *findings, FILE *out)
{
    static const char *const words[] = {"taken", "ignored", "warning",
                                        "refused"};

    for (size_t i = 0; i < findings->nr; i++) {
        const struct finding *one = &findings->all[i];

        fprintf(out, "%s %s: %s\n", words[one->kind], one->symbol, one->reason);
    }
}

/* Names of what is included, and of what each reference of a function leads
 * to: "f(g outside)". */
static void print_plan(const struct plan *plan, FILE *out)
{
    for (size_t i = 0; i < plan->nr_replacements; i++) {
        fprintf(out, "replaces %s by %s\n", plan->replacements[i].name,
                piece_name(plan->replacements[i].by->piece));
    }
    for (size_t i = 0; i < plan->nr_inclusions; i++) {
        const struct inclusion *one = &plan->inclusions[i];

        fprintf(out, "has %s%s%s", piece_name(one->piece),
                one->symbol ? " as " : "", one->symbol ? one->symbol : "");
        for (size_t u = 0; u < one->piece->nr_references; u++) {
            const struct use *use = &one->uses[u];

            fprintf(out, ", uses %s %s",
                    use->inside ? piece_name(use->inside->piece) : use->outside,
                    use->inside ? "inside" : "outside");
        }
        fputc('\n', out);
    }
}

struct chosen {
    enum choice choice;
    char *said; /* findings, then the plan if there is one */
};

static struct chosen choose_of(const char *before, const char *after,
                               bool ignores_init)
{
    struct changed_object object = {
        .name = "file.o", .before = assemble(before), .after = assemble(after)};
    struct image *image = link_image(before);
    const struct choose_request request = {.objects = &object,
                                           .nr_objects = 1,
                                           .image = image,
                                           .ignores_init = ignores_init};
    struct chosen chosen;
    struct findings findings;
    struct plan plan;
    size_t nr_said;
    FILE *out = open_memstream(&chosen.said, &nr_said);

    match_objects(object.before, object.after);
    diff_objects(object.before, object.after, &object.differences);
    findings_open(&findings);
    chosen.choice = choose(&request, &plan, &findings);
    print_findings(&findings, out);
    if (chosen.choice == CHOICE_PLAN) {
        print_plan(&plan, out);
    }
    fclose(out);
    plan_close(&plan);
    findings_close(&findings);
    differences_free(&object.differences);
    image_close(image);
    dismantle(object.before);
    dismantle(object.after);
    return chosen;
}

static const struct {
    const char *before, *after;
    enum choice choice;
    const char *said;
} choices[] = {
    {FUNCTION("f", OLD_CODE), FUNCTION("f", OLD_CODE), CHOICE_NOTHING, ""},
    {FUNCTION("f", OLD_CODE), FUNCTION("f", NEW_CODE), CHOICE_PLAN,
     "taken f: changed: code differs at byte 0\n"
     "replaces f by f\nhas f as f\n"},
    {FUNCTION("f", OLD_CODE), FUNCTION("f", "nop\n" OLD_CODE), CHOICE_PLAN,
     "taken f: changed: 6 bytes, now 7\n"
     "replaces f by f\nhas f as f\n"},
    /* Local names have their file's. */
    {LOCAL_FUNCTION("f", OLD_CODE), LOCAL_FUNCTION("f", NEW_CODE), CHOICE_PLAN,
     "taken f: changed: code differs at byte 0\n"
     "replaces file.c#f by f\nhas f as file.c#f\n"},
    /* What the hypervisor has stays there; what is new comes along. */
    {FUNCTION("f", OLD_CODE) FUNCTION("g", OLD_CODE) VARIABLE("v", ".long 1"),
     FUNCTION("f", "call g\n lea v(%rip), %rax\n call h" LONG_ENOUGH) FUNCTION(
         "g", OLD_CODE) VARIABLE("v", ".long 1") FUNCTION("h", OLD_CODE),
     CHOICE_PLAN,
     "taken f: changed: 6 bytes, now 22\n"
     "taken h: new function\n"
     "replaces f by f\n"
     "has f as f, uses g outside, uses v outside, uses h inside\n"
     "has h as h\n"},
    {FUNCTION("f", OLD_CODE),
     FUNCTION("f", "lea v(%rip), %rax" LONG_ENOUGH) VARIABLE("v", ".long 1"),
     CHOICE_PLAN,
     "taken f: changed: 6 bytes, now 12\n"
     "warning v: new data: begins with its initial value when the payload is "
     "loaded, and is lost with it\n"
     "replaces f by f\n"
     "has f as f, uses v inside\n"
     "has v as v\n"},
    {FUNCTION("f", OLD_CODE), FUNCTION("f", OLD_CODE) FUNCTION("h", OLD_CODE),
     CHOICE_NOTHING, ""},
    {FUNCTION("f", OLD_CODE), FUNCTION("f", "call nowhere" LONG_ENOUGH),
     CHOICE_REFUSED,
     "taken f: changed: 6 bytes, now 10\n"
     "refused f: uses 'nowhere', which is neither in the hypervisor nor in "
     "what the patch adds\n"},
    /* Data that exists. */
    {VARIABLE("v", ".long 1"), VARIABLE("v", ".long 2"), CHOICE_REFUSED,
     "refused v: its initial value differs, and the hypervisor has long had "
     "it\n"},
    {VARIABLE("v", ".long 1"), VARIABLE("v", ".long 1, 2"), CHOICE_REFUSED,
     "refused v: changed: 4 bytes, now 8\n"},
    {VARIABLE("v", ".long 1"), CONSTANT("v", ".long 1"), CHOICE_REFUSED,
     "refused v: now lies in section '.rodata.v'\n"},
    {VARIABLE("v", ".long 1"), "", CHOICE_NOTHING, ""},
    /* Constants come along with all who use them. */
    {LOCAL_FUNCTION("f", "lea c(%rip), %rax" LONG_ENOUGH)
         LOCAL_CONSTANT("c", ".long 1"),
     LOCAL_FUNCTION("f", "lea c(%rip), %rax" LONG_ENOUGH)
         LOCAL_CONSTANT("c", ".long 2"),
     CHOICE_PLAN,
     "taken f: uses 'c', which has changed\n"
     "taken c: changed constant\n"
     "replaces file.c#f by f\n"
     "has f as file.c#f, uses c inside\n"
     "has c as file.c#c\n"},
    {FUNCTION("f", "lea c(%rip), %rax" LONG_ENOUGH) CONSTANT("c", ".long 1"),
     FUNCTION("f", "lea c(%rip), %rax" LONG_ENOUGH) CONSTANT("c", ".long 2"),
     CHOICE_REFUSED,
     "taken f: uses 'c', which has changed\n"
     "taken c: changed constant\n"
     "refused c: is a constant that other files may use, and the hypervisor "
     "keeps the old one\n"},
    /* A trampoline needs 5 bytes. */
    {FUNCTION("f", "ret\n nop\n nop\n nop"),
     FUNCTION("f", "nop\n nop\n nop\n ret"), CHOICE_REFUSED,
     "refused f: has 4 bytes, of which a trampoline needs 5\n"},
    {FUNCTION("f", "ret\n nop\n nop\n nop\n nop"),
     FUNCTION("f", "nop\n nop\n nop\n nop\n ret"), CHOICE_PLAN,
     "taken f: changed: code differs at byte 0\n"
     "replaces f by f\nhas f as f\n"},
    {FUNCTION("f", "endbr64\n ret"), FUNCTION("f", "endbr64\n nop"),
     CHOICE_REFUSED, "refused f: has 5 bytes, of which a trampoline needs 9\n"},
    {LOCAL_FUNCTION("s", SHORT) FUNCTION("f", "call s" LONG_ENOUGH),
     LOCAL_FUNCTION("s", "nop") FUNCTION("f", "call s" LONG_ENOUGH),
     CHOICE_PLAN,
     "taken s: has 1 bytes, of which a trampoline needs 5: those who call it "
     "are replaced\n"
     "taken f: uses 's', which has changed\n"
     "replaces f by f\n"
     "has s as file.c#s\n"
     "has f as f, uses s inside\n"},
    {LOCAL_FUNCTION("s", SHORT) FUNCTION("f", "lea s(%rip), %rax" LONG_ENOUGH),
     LOCAL_FUNCTION("s", "nop") FUNCTION("f", "lea s(%rip), %rax" LONG_ENOUGH),
     CHOICE_REFUSED, "refused s: has 1 bytes, of which a trampoline needs 5\n"},
    /* The hypervisor's start. */
    {CODE_IN(".init.text", "i", OLD_CODE), CODE_IN(".init.text", "i", NEW_CODE),
     CHOICE_REFUSED,
     "refused i: runs or is read when the hypervisor starts, and never "
     "again\n"},
    {CODE_IN(".init.text", "i", OLD_CODE), "", CHOICE_REFUSED,
     "refused i: runs or is read when the hypervisor starts, and never "
     "again\n"},
    {CODE_IN(".init.text", "i", OLD_CODE) FUNCTION("f", OLD_CODE),
     CODE_IN(".init.text", "i", OLD_CODE) FUNCTION("f", "call i" LONG_ENOUGH),
     CHOICE_REFUSED,
     "taken f: changed: 6 bytes, now 10\n"
     "refused f: uses 'i', which is gone when the hypervisor has started\n"},
    {SECTION(".data.schedulers", "aw", "one", ".quad 1"),
     SECTION(".data.schedulers", "aw", "one", ".quad 1")
         SECTION(".data.schedulers", "aw", "two", ".quad 2"),
     CHOICE_REFUSED,
     "refused two: is a new one of a list that the hypervisor has walked "
     "already\n"},
    {SECTION(".data.schedulers", "aw", "one", ".quad 1")
         SECTION(".data.schedulers", "aw", "two", ".quad 2"),
     SECTION(".data.schedulers", "aw", "one", ".quad 1"), CHOICE_REFUSED,
     "refused two: is gone from a list that the hypervisor has walked "
     "already\n"},
    {SECTION(".data.percpu", "aw", "p", ".long 1"),
     SECTION(".data.percpu", "aw", "p", ".long 2"), CHOICE_REFUSED,
     "refused p: is per-CPU data, which a payload cannot change\n"},
    {FUNCTION("f", OLD_CODE),
     FUNCTION("f", "lea p(%rip), %rax" LONG_ENOUGH)
         SECTION(".data.percpu", "aw", "p", ".long 2"),
     CHOICE_REFUSED,
     "taken f: changed: 6 bytes, now 12\n"
     "refused f: uses 'p', which is new per-CPU data, of which a payload has "
     "none\n"},
    {FUNCTION("do_nmi", OLD_CODE), FUNCTION("do_nmi", NEW_CODE), CHOICE_REFUSED,
     "refused do_nmi: may run at any moment, also while it is being "
     "replaced\n"},
    /* Of the payload itself. */
    {FUNCTION("f", OLD_CODE),
     FUNCTION("f", OLD_CODE) LOCAL_FUNCTION("hook", OLD_CODE)
         SECTION(".livepatch.hooks.load", "aw", "run_hook", ".quad hook"),
     CHOICE_PLAN,
     "taken hook: new function\n"
     "has hook as file.c#hook\n"
     "has run_hook, uses hook inside\n"},
    /* One table beside it. */
    {".text\n" CODE_IN(".text.two", "f", OLD_CODE)
         CODE_IN(".text.two", "g", "jmp .-5" LONG_ENOUGH),
     ".text\n" CODE_IN(".text.two", "f", OLD_CODE)
         CODE_IN(".text.two", "g", "nop\n jmp .-5" LONG_ENOUGH),
     CHOICE_REFUSED,
     "taken g: changed: 7 bytes, now 8\n"
     "refused g: leads, without a relocation, to what lies beside it in "
     "section '.text.two'\n"},
};

static void each_change_has_its_choice(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(choices) / sizeof(*choices); i++) {
        struct chosen chosen =
            choose_of(choices[i].before, choices[i].after, false);

        assert_string_equal(chosen.said, choices[i].said);
        assert_int_equal(chosen.choice, choices[i].choice);
        free(chosen.said);
    }
}

static void what_is_for_the_start_can_be_left_out(void **state)
{
    struct chosen chosen = choose_of(
        CODE_IN(".init.text", "i", OLD_CODE) FUNCTION("f", OLD_CODE),
        CODE_IN(".init.text", "i", NEW_CODE) FUNCTION("f", NEW_CODE), true);

    (void)state;
    assert_string_equal(chosen.said,
                        "ignored i: runs or is read when the hypervisor "
                        "starts, and never again\n"
                        "taken f: changed: code differs at byte 0\n"
                        "replaces f by f\nhas f as f\n");
    assert_int_equal(chosen.choice, CHOICE_PLAN);
    free(chosen.said);
}

static void some_are_never_replaced_on_one_machine_alone(void **state)
{
    (void)state;
    assert_non_null(never_replaced("idle_loop", EM_X86_64));
    assert_non_null(never_replaced("idle_loop", EM_AARCH64));
    assert_null(never_replaced("context_switch", EM_X86_64));
    assert_non_null(never_replaced("context_switch", EM_AARCH64));
    assert_null(never_replaced("f", EM_X86_64));
}

/* By their names alone, or with a dot behind. */
static void sections_are_of_a_kind(void **state)
{
    static const struct {
        const char *section;
        bool is_boot, is_per_cpu, is_list, is_own;
    } rows[] = {
        {".init.text", true, false, false, false},
        {".init", true, false, false, false},
        {".initial", false, false, false, false},
        {".initcall1.init", true, false, false, false},
        {".exit.text", true, false, false, false},
        {".exitcall.exit", true, false, false, false},
        {".text.startup", true, false, false, false},
        {".text.started", false, false, false, false},
        {".bss.percpu.page_aligned", false, true, false, false},
        {".data.percpu", false, true, false, false},
        {".data.schedulers", false, false, true, false},
        {".data.vpci.9", false, false, true, false},
        {".livepatch.hooks.load", false, false, false, true},
        {".livepatch.funcs", false, false, false, true},
        {".modinfo", false, false, false, true},
        {".data", false, false, false, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct section section = {.name = rows[i].section};
        const struct piece piece = {.section = &section};

        if (is_boot_only(&piece) != rows[i].is_boot ||
            is_per_cpu(&piece) != rows[i].is_per_cpu ||
            is_in_linker_list(&piece) != rows[i].is_list ||
            is_for_payload(&piece) != rows[i].is_own) {
            fail_msg("row %zu, %s", i, rows[i].section);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_change_has_its_choice),
        cmocka_unit_test(what_is_for_the_start_can_be_left_out),
        cmocka_unit_test(some_are_never_replaced_on_one_machine_alone),
        cmocka_unit_test(sections_are_of_a_kind),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
