/* SPDX-License-Identifier: GPL-2.0 */
/*
 * livepatch-build: finds the verb, and stands in for a compiler when a build
 * calls this program by the name of one.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "build/tool_call.h"
#include "build/tool_shim.h"
#include "commands/commands.h"

static void print_help(FILE *out)
{
    fputs("usage: livepatch-build --source DIR --patch FILE... --xen-syms FILE "
          "--output FILE [OPTION...]\n"
          "       livepatch-build --base DIR... --patch FILE... --output DIR "
          "[OPTION...]\n",
          out);
    for (size_t i = 0; i < nr_commands; i++) {
        if (commands[i].name[0]) {
            fprintf(out, "       livepatch-build %s [OPTION...]%s%s\n",
                    commands[i].name, commands[i].operands[0] ? " " : "",
                    commands[i].operands);
        }
    }
    fputc('\n', out);
    for (size_t i = 0; i < nr_commands; i++) {
        fprintf(out, "  %-8s %s\n",
                commands[i].name[0] ? commands[i].name : "(none)",
                commands[i].help);
    }
    fputc('\n', out);
    options_print_help(out);
    fputs("\nExit status:\n", out);
    statuses_print(out);
}

/* For the completion: "command NAME [KIND ...]". All operands are files. */
static void print_table(FILE *out)
{
    options_print_table(out);
    for (size_t i = 1; i < nr_commands; i++) {
        fprintf(out, "command %s%s\n", commands[i].name,
                commands[i].operands[0] ? " file ..." : "");
    }
}

/* The text is the caller's from now on. */
static void remove_first(struct text_list *operands)
{
    operands->nr--;
    memmove(operands->items, operands->items + 1,
            (operands->nr + 1) * sizeof(*operands->items));
}

/* The verb is the first operand, and leaves the list. */
static const struct command *take_command(struct options *options)
{
    struct text_list *operands = &options->operands;

    for (size_t i = 1; i < nr_commands && operands->nr > 0; i++) {
        if (strcmp(commands[i].name, operands->items[0]) == 0) {
            free(operands->items[0]);
            remove_first(operands);
            return &commands[i];
        }
    }
    /* Without a verb, what stands behind --base DIR is a base, too. */
    while (options->bases.nr > 0 && operands->nr > 0) {
        text_list_take(&options->bases, operands->items[0]);
        remove_first(operands);
    }
    if (operands->nr > 0) {
        fprintf(stderr, "livepatch-build: %s: no such verb (--help)\n",
                operands->items[0]);
        return NULL;
    }
    return &commands[0];
}

static int run_command(int argc, char **argv)
{
    struct options options = options_new();
    const struct command *command;
    int status = STATUS_USAGE;

    if (options_parse(&options, argv, stderr) != 0) {
        status = STATUS_USAGE;
    } else if (options.wants_help) {
        print_help(stdout);
        status = STATUS_DONE;
    } else if (options.wants_version) {
        printf("livepatch-build %s\n", LIVEPATCH_BUILD_VERSION);
        status = STATUS_DONE;
    } else if (options.wants_table) {
        print_table(stdout);
        status = STATUS_DONE;
    } else if (argc == 1) {
        print_help(stderr);
    } else {
        command = take_command(&options);
        status = command ? command->run(&options) : STATUS_USAGE;
    }
    options_free(&options);
    return status;
}

/* A report that has not arrived, because a disk is full, is no success. */
static int end_report(int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout)) {
        return status;
    }
    fprintf(stderr,
            "livepatch-build: not all that was to be said could be written to "
            "standard output: %s\n",
            strerror(errno));
    return status == STATUS_DONE ? STATUS_FAILED : status;
}

int main(int argc, char **argv)
{
    const char *slash = strrchr(argv[0], '/');
    const char *name = slash != NULL ? slash + 1 : argv[0];

    return tool_kind_of(name) != TOOL_NONE
               ? tool_shim_run(name, argc, argv)
               : end_report(run_command(argc, argv));
}
