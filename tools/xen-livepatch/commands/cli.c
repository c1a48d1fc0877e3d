/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The command line: has the words taken apart, answers what needs no command
 * (help, version, the table), runs the command, prints its report.
 */
#include "commands/cli.h"

#include <stddef.h>
#include <stdlib.h>

#include "commands/command_line.h"
#include "commands/usage.h"
#include "hypervisor/sysctl_layout.h"
#include "lib/report.h"
#include "session/complaints.h"

/* What was done but could not be logged, and a dry run that left something
 * unknown, are told apart from what went well. */
static enum outcome end_of(const struct session *session, enum outcome outcome)
{
    if (outcome != OUTCOME_DONE) {
        return outcome;
    }
    if (session->is_unlogged) {
        return OUTCOME_NOT_LOGGED;
    }
    return session->is_unchecked ? OUTCOME_NOT_CHECKED : OUTCOME_DONE;
}

static enum outcome run_command(struct session *session,
                                const struct command_line *line)
{
    const struct command *command = command_line_check(line, session->err);

    if (!command) {
        session->code = line->command ? "bad-operands" : "unknown-command";
        return OUTCOME_BAD_USAGE;
    }
    return end_of(session,
                  command->run(session, line->nr_words - 1, line->words + 1));
}

static void print_version(FILE *out)
{
    fprintf(
        out, "xen-livepatch %s (sysctl interface versions 0x%02x to 0x%02x)\n",
        XEN_LIVEPATCH_VERSION, SYSCTL_VERSION_OLDEST, SYSCTL_VERSION_NEWEST);
}

/* What an option or no word at all asks for; false: it is a command's turn. */
static bool answer_without_command(struct session *session,
                                   const struct command_line *line)
{
    if (option_is_given(&line->options, OPTION_HELP)) {
        if (line->command) {
            usage_print_command(line->command, session->out);
        } else {
            usage_print(session->out);
        }
    } else if (option_is_given(&line->options, OPTION_VERSION)) {
        print_version(session->out);
    } else if (option_is_given(&line->options, OPTION_TABLE)) {
        usage_print_table(session->out);
    } else if (!line->nr_words) {
        usage_print(session->err); /* where the stock command has it */
    } else {
        return false;
    }
    return true;
}

/* What went wrong: a word, what was said, beside errno and log. */
static void report_failure(struct session *session, enum outcome outcome)
{
    const char *code = session->code ? session->code : outcome_code(outcome);
    const char *text = session->complaints->text;

    report_add_text(session->failure, "code", code);
    report_add_text(session->failure, "text", text ? text : "");
    report_add_copy(session->report, "failure", session->failure);
}

/* Print what the command left in the report, and how it ended. A command with
 * statuses of its own has told what they mean, unless it was used wrongly. */
static enum outcome finish_report(struct session *session,
                                  const struct command *command,
                                  enum outcome outcome)
{
    bool is_answer = command && command->has_own_statuses && !session->code;

    if (outcome != OUTCOME_DONE && !is_answer) {
        report_failure(session, outcome);
    }
    report_add_number(session->report, "exit_status", outcome);
    if (report_print(session->report, session->out)) {
        outcome = OUTCOME_NO_OUTPUT;
    }
    return outcome;
}

static enum outcome run_for_report(struct session *session,
                                   const struct command_line *line,
                                   const char *fault)
{
    enum outcome outcome = OUTCOME_BAD_USAGE;

    report_add_text(session->report, "command",
                    line->command ? line->command->name : "");
    if (fault) {
        fputs(fault, session->err);
        session->code = "bad-option";
    } else {
        outcome = run_command(session, line);
    }
    return finish_report(session, line->command, outcome);
}

static enum outcome run_with_report(struct session *session,
                                    const struct command_line *line,
                                    const char *fault)
{
    struct complaints complaints;
    enum outcome outcome = OUTCOME_NO_OUTPUT;

    complaints_start(&complaints, session->err);
    session->report = report_new();
    session->failure = report_new();
    if (!session->report || !session->failure || !complaints.stream) {
        fputs("xen-livepatch: no memory for the results.\n", session->err);
    } else {
        session->complaints = &complaints;
        session->err = complaints.stream;
        outcome = run_for_report(session, line, fault);
        session->err = complaints.err;
        session->complaints = NULL;
    }
    complaints_end(&complaints);
    report_free(session->failure);
    report_free(session->report);
    session->failure = NULL;
    session->report = NULL;
    return outcome;
}

/* `fault` is what is wrong with the options, NULL: nothing. */
static enum outcome run_line(struct session *session,
                             const struct command_line *line, const char *fault)
{
    if (!fault && answer_without_command(session, line)) {
        return OUTCOME_DONE;
    }
    if (session->options.wants_json) {
        return run_with_report(session, line, fault);
    }
    if (fault) {
        fputs(fault, session->err);
        return OUTCOME_BAD_USAGE;
    }
    return run_command(session, line);
}

enum outcome cli_run(int nr_words, char **words, FILE *out, FILE *err)
{
    struct session session = {.out = out, .err = err};
    struct command_line line;
    enum outcome outcome;
    char *text = NULL;
    size_t nr_bytes;
    FILE *faults = open_memstream(&text, &nr_bytes);
    int rc;

    if (!faults) {
        fputs("xen-livepatch: no memory.\n", err);
        return OUTCOME_NO_OUTPUT;
    }
    rc = command_line_read(nr_words, words, &line, faults);
    fclose(faults);
    session.options = line.options;
    outcome = run_line(&session, &line, rc ? text : NULL);
    session_end(&session);
    command_line_free(&line);
    free(text);
    return outcome;
}
