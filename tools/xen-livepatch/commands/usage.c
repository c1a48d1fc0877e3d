/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Lays out the tables of commands and options in lines of at most 79 columns.
 */
#include "commands/usage.h"

#include <string.h>

#include "commands/command_line.h"
#include "judgement/attention.h"

#define LINE_COLUMNS 79
#define HELP_INDENT 22 /* of an option's or a command's words */

/* Print `text` from `column` on, its lines broken at blanks. */
static void print_wrapped(FILE *stream, int column, const char *text)
{
    int left = LINE_COLUMNS - column;

    while (*text) {
        size_t nr_bytes = strcspn(text, " ");

        if (left < (int)nr_bytes && left < LINE_COLUMNS - column) {
            fprintf(stream, "\n%*s", column, "");
            left = LINE_COLUMNS - column;
        }
        fwrite(text, 1, nr_bytes, stream);
        left -= (int)nr_bytes + 1;
        text += nr_bytes;
        if (*text) {
            text++;
            if (left >= (int)strcspn(text, " ")) {
                fputc(' ', stream);
            }
        }
    }
    fputc('\n', stream);
}

/* " NAME", " NAME...", " [DURATION]"; gives the number of columns. */
static int print_operand(const struct operand *operand, FILE *stream)
{
    return fprintf(stream, operand->is_optional ? " [%s%s]" : " %s%s",
                   operand->word, operand->repeats ? "..." : "");
}

/* "--dir FOLDER" */
static int print_option_word(enum option_id id, FILE *stream)
{
    const struct option_row *row = option_row_of(id);

    return fprintf(stream, row->value ? "%s %s" : "%s", row->name, row->value);
}

void usage_print_synopsis(const struct command *command, FILE *stream)
{
    fputs(command->name, stream);
    for (size_t i = 0; command->operands[i].word; i++) {
        print_operand(&command->operands[i], stream);
    }
    if (command->instead != OPTION_NONE) {
        fputs(" | ", stream);
        print_option_word(command->instead, stream);
    }
    for (size_t i = 0; command->options[i] != OPTION_NONE; i++) {
        if (command->options[i] != command->instead) {
            fputs(" [", stream);
            print_option_word(command->options[i], stream);
            fputc(']', stream);
        }
    }
}

/* The words beside what stands in the first `nr_columns` of the line. */
static void print_help(FILE *stream, int nr_columns, const char *help)
{
    if (nr_columns + 1 > HELP_INDENT) {
        fputc('\n', stream);
        nr_columns = 0;
    }
    fprintf(stream, "%*s", HELP_INDENT - nr_columns, "");
    print_wrapped(stream, HELP_INDENT, help);
}

/* "  -n, --dry-run       check, but change nothing" */
static void print_option(enum option_id id, FILE *stream)
{
    const struct option_row *row = option_row_of(id);
    int nr_columns = fprintf(stream, "  ");

    if (row->brief) {
        nr_columns += fprintf(stream, "-%c, ", row->brief);
    }
    nr_columns += print_option_word(id, stream);
    print_help(stream, nr_columns, row->help);
}

/* "  apply NAME...       apply loaded payloads, in this order" */
static void print_command(const struct command *command, FILE *stream)
{
    int nr_columns = fprintf(stream, "  %s", command->name);

    for (size_t i = 0; command->operands[i].word; i++) {
        nr_columns += print_operand(&command->operands[i], stream);
    }
    print_help(stream, nr_columns, command->summary);
}

void usage_print(FILE *stream)
{
    const struct command *command;

    fputs("Usage: xen-livepatch [OPTION...] COMMAND [OPERAND...]\n"
          "       xen-livepatch help COMMAND\n"
          "Live patching of the running hypervisor.\n"
          "\n"
          "Commands, which any prefix may stand for:\n",
          stream);
    for (size_t i = 0; (command = command_at(i)); i++) {
        print_command(command, stream);
    }
    fputs("\nOptions of all commands, before or after the command:\n", stream);
    for (enum option_id id = OPTION_NONE + 1; id < OPTION_FIRST_OF_SOME; id++) {
        print_option(id, stream);
    }
    fputs("  --                  what follows is no option\n"
          "\n"
          "NAME has 1 to 127 characters.\n"
          "\n"
          "Exit status:\n",
          stream);
    outcome_print_all(stream);
    fputs("\nThe manual, xen-livepatch(8), has more.\n", stream);
}

void usage_print_command(const struct command *command, FILE *stream)
{
    fputs("Usage: xen-livepatch [OPTION...] ", stream);
    usage_print_synopsis(command, stream);
    fprintf(stream, "\n%s: %s.\n", command->name, command->summary);
    if (command->text) {
        fputs(command->text, stream);
    }
    if (command->options[0] != OPTION_NONE) {
        fputs("\nOptions of this command:\n", stream);
    }
    for (size_t i = 0; command->options[i] != OPTION_NONE; i++) {
        print_option(command->options[i], stream);
    }
    fputs("\nOptions of all commands: 'xen-livepatch --help'. The manual, "
          "xen-livepatch(8),\nhas more.\n",
          stream);
}

/* The words after `start` for each name of an option. */
static void print_option_row(const char *start, enum option_id id, FILE *stream)
{
    const struct option_row *row = option_row_of(id);

    if (row->brief) {
        fprintf(stream, "%s -%c\n", start, row->brief);
    }
    fprintf(stream, "%s %s", start, row->name);
    if (row->kind != WORD_NONE) {
        fprintf(stream, " %s", word_kind_text(row->kind));
    }
    fputc('\n', stream);
}

static void print_command_row(const struct command *command, FILE *stream)
{
    char start[32];

    fprintf(stream, "command %s", command->name);
    for (size_t i = 0; command->operands[i].word; i++) {
        const struct operand *operand = &command->operands[i];

        fprintf(stream, " %s%s", word_kind_text(operand->kind),
                operand->repeats ? " ..." : "");
    }
    fputc('\n', stream);
    snprintf(start, sizeof(start), "own %s", command->name);
    for (size_t i = 0; command->options[i] != OPTION_NONE; i++) {
        print_option_row(start, command->options[i], stream);
    }
}

void usage_print_table(FILE *stream)
{
    const struct command *command;

    for (enum option_id id = OPTION_NONE + 1; id < OPTION_FIRST_OF_SOME; id++) {
        print_option_row("option", id, stream);
    }
    for (size_t i = 0; (command = command_at(i)); i++) {
        print_command_row(command, stream);
    }
    for (size_t i = 0; i < NR_ATTENTION_CODES; i++) {
        fprintf(stream, "word %s %s\n", word_kind_text(WORD_ATTENTION),
                attention_kinds[i].word);
    }
}

enum outcome cmd_help(struct session *session, int nr_args, char **args)
{
    FILE *out = session->report ? session->err : session->out;

    if (!nr_args) {
        usage_print(session->err);
    }
    for (int i = 0; i < nr_args; i++) {
        const struct command *command = command_named(args[i], session->err);

        if (!command) {
            return OUTCOME_BAD_USAGE;
        }
        usage_print_command(command, out);
    }
    return OUTCOME_DONE;
}
