/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The tables of commands and options: what a command line may be, what is said
 * of one that may not, and that help and completion have every row.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "commands/command_table.h"
#include "fake/fake_hypervisor.h"
#include "fake/run_command.h"

enum {
    APPLY = 3,
    CHECKED = 1,
    APPLIED = 2,
};

static void every_command_is_in_the_help(void **state)
{
    const struct run *run = run_command("--help", NULL);
    const struct command *command;

    (void)state;
    for (size_t i = 0; (command = command_at(i)); i++) {
        char line[64];

        snprintf(line, sizeof(line), "\n  %s ", command->name);
        assert_contains(run->out, line);
        assert_contains(run->out, command->summary);
    }
}

static void no_line_of_the_help_is_longer_than_79(void **state)
{
    static char text[65536];
    const struct command *command;

    (void)state;
    strcpy(text, run_command("--help", NULL)->out);
    for (size_t i = 0; (command = command_at(i)); i++) {
        const char *help = run_command("help", command->name, NULL)->out;

        strcat(text, strchr(help, '\n')); /* after the synopsis */
    }
    for (const char *line = strtok(text, "\n"); line;
         line = strtok(NULL, "\n")) {
        assert_in_range(strlen(line), 0, 79);
    }
}

static void help_of_a_command_has_synopsis_and_options(void **state)
{
    const struct command *command;

    (void)state;
    for (size_t i = 0; (command = command_at(i)); i++) {
        const struct run *run = run_command("help", command->name, NULL);
        char start[64];

        assert_int_equal(run->outcome, 0);
        assert_string_equal(run->err, "");
        snprintf(start, sizeof(start), "Usage: xen-livepatch [OPTION...] %s",
                 command->name);
        assert_int_equal(strncmp(run->out, start, strlen(start)), 0);
        for (size_t k = 0; command->options[k] != OPTION_NONE; k++) {
            const struct option_row *row = option_row_of(command->options[k]);
            char line[64];

            snprintf(line, sizeof(line), "\n  %s", row->name);
            assert_contains(run->out, line);
        }
    }
}

static void help_option_after_a_command_is_its_help(void **state)
{
    static char wanted[8192];

    (void)state;
    strcpy(wanted, run_command("help", "sync", NULL)->out);
    assert_run(run_command("sync", "--help", NULL), 0, wanted, "");
    assert_run(run_command("-h", "sy", NULL), 0, wanted, "");
    assert_contains(wanted, "[--dir FOLDER]");
}

static void table_has_a_row_for_everything(void **state)
{
    const struct run *run = run_command("--table", NULL);

    (void)state;
    assert_contains(run->out, "option --timeout duration\n");
    assert_contains(run->out, "option -v\noption --verbose\n");
    assert_contains(run->out, "\ncommand apply name_checked ...\n"
                              "own apply --nodeps\n");
    assert_contains(run->out, "\ncommand wait name state duration\n");
    assert_contains(run->out, "\nown sync --dir folder\n");
    assert_contains(run->out, "\nword attention held-back\n");
    assert_contains(run->out, "\nword attention other-hypervisor\n");
}

static void unknown_command_is_named_with_the_nearest(void **state)
{
    static const struct {
        const char *word;
        const char *more;
    } rows[] = {
        {"bogus", ""},
        {"LIST", ""},
        {"lists", "xen-livepatch: did you mean 'list'?\n"},
        {"stauts", "xen-livepatch: did you mean 'status'?\n"},
        {"aply", "xen-livepatch: did you mean 'apply'?\n"},
        {"histroy", "xen-livepatch: did you mean 'history'?\n"},
        {"x", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char err[160];

        snprintf(err, sizeof(err),
                 "Unrecognised command '%s' -- try 'xen-livepatch help'\n%s",
                 rows[i].word, rows[i].more);
        assert_run(run_command(rows[i].word, "x", NULL), 3, "", err);
        assert_run(run_command("help", rows[i].word, NULL), 3, "", err);
    }
}

/* Words, then what is said of them. */
static void wrong_words_are_refused_unsent(void **state)
{
    static const struct {
        const char *words[4];
        const char *err;
    } rows[] = {
        {{"apply"},
         "xen-livepatch: apply: NAME is missing.\n"
         "Usage: xen-livepatch apply NAME... [--nodeps]\n"},
        {{"upload", "a"},
         "xen-livepatch: upload: FILE is missing.\n"
         "Usage: xen-livepatch upload NAME FILE\n"},
        {{"list", "x"},
         "xen-livepatch: list: 'x' is one operand too many.\n"
         "Usage: xen-livepatch list\n"},
        {{"load", "a", "b"},
         "xen-livepatch: load: 'b' is one operand too many.\n"
         "Usage: xen-livepatch load FILE [--nodeps]\n"},
        {{"replace", "a", "b"},
         "xen-livepatch: replace: 'b' is one operand too many.\n"
         "Usage: xen-livepatch replace NAME\n"},
        {{"upload", "a", "b", "c"},
         "xen-livepatch: upload: 'c' is one operand too many.\n"
         "Usage: xen-livepatch upload NAME FILE\n"},
        {{"--foo", "list"},
         "Unsupported flag: --foo.\n"
         "xen-livepatch: list has no option --foo. 'xen-livepatch help list' "
         "lists those it has.\n"},
        {{"list", "--jsn=3"},
         "Unsupported flag: --jsn=3.\n"
         "xen-livepatch: list has no option --jsn; did you mean --json? "
         "'xen-livepatch help list' lists those it has.\n"},
        {{"apply", "fix1", "--time=1ms"},
         "Unsupported flag: --time=1ms.\n"
         "xen-livepatch: apply has no option --time; did you mean --timeout? "
         "'xen-livepatch help apply' lists those it has.\n"},
        {{"apply", "fix1", "--nodep"},
         "Unsupported flag: --nodep.\n"
         "xen-livepatch: apply has no option --nodep; did you mean --nodeps? "
         "'xen-livepatch help apply' lists those it has.\n"},
        {{"revert", "fix1", "--nodeps"},
         "Unsupported flag: --nodeps.\n"
         "xen-livepatch: revert has no option --nodeps, which belongs to load, "
         "apply. 'xen-livepatch help revert' lists those it has.\n"},
        {{"--nodep"},
         "Unsupported flag: --nodep.\n"
         "xen-livepatch: there is no option --nodep; did you mean --nodeps? "
         "'xen-livepatch help' lists those it has.\n"},
        {{"list", "-x"},
         "Unsupported flag: -x.\n"
         "xen-livepatch: list has no option -x. 'xen-livepatch help list' "
         "lists those it has.\n"},
        {{"sync", "--dir"}, "--dir: expected a value after it: FOLDER.\n"},
        {{"sync", "--prune=1"}, "--prune: '1' after it, expected no value.\n"},
        {{"sync", "--trial", "ten"},
         "--trial: 'ten', expected a whole number and its unit: ns, us, ms, s, "
         "min or h, such as 30ms.\n"},
        {{"sync", "--trial", "99999999999h"},
         "--trial: 99999999999h, expected less than 584 years.\n"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *const *words = rows[i].words;

        assert_run(run_command(words[0], words[1], words[2], words[3], NULL), 3,
                   "", rows[i].err);
    }
    assert_int_equal(fake_nr_calls(), 0);
}

static void wrong_words_give_an_object_too(void **state)
{
    (void)state;
    assert_contains(run_command("--json", "apply", NULL)->out,
                    "  \"command\": \"apply\",\n");
    assert_contains(run_command("aply", "--json", NULL)->out,
                    "  \"command\": \"\",\n");
    assert_contains(run_command("list", "--foo", "--json", NULL)->out,
                    "  \"exit_status\": 3\n");
}

static void short_options_may_stand_together(void **state)
{
    (void)state;
    expect_get("fix1", CHECKED, 0);
    assert_run(run_command("-nq", "apply", "fix1", NULL), 15, "", "");
}

/* glibc would otherwise stop at the first word that is no option. */
static void posixly_correct_changes_nothing(void **state)
{
    (void)state;
    setenv("POSIXLY_CORRECT", "1", 1);
    expect_get("fix1", CHECKED, 0);
    expect_action("fix1", APPLY, 1, 0);
    expect_get("fix1", APPLIED, 0);
    assert_int_equal(run_command("apply", "fix1", "--nodeps", NULL)->outcome,
                     0);
    unsetenv("POSIXLY_CORRECT");
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, start_fake, finish_fake)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_command_is_in_the_help),
        TEST(no_line_of_the_help_is_longer_than_79),
        TEST(help_of_a_command_has_synopsis_and_options),
        TEST(help_option_after_a_command_is_its_help),
        TEST(table_has_a_row_for_everything),
        TEST(unknown_command_is_named_with_the_nearest),
        TEST(wrong_words_are_refused_unsent),
        TEST(wrong_words_give_an_object_too),
        TEST(short_options_may_stand_together),
        TEST(posixly_correct_changes_nothing),
    };

    return cmocka_run_group_tests_name("xen-livepatch words", tests, NULL,
                                       NULL);
}
