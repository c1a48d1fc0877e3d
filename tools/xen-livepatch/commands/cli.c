/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The command line: options anywhere, the verb by name or by any prefix of it
 * (the first row of the table that fits, as in the stock command up to 4.17),
 * the number of its operands. Knows the verbs by a table only.
 */
#include "commands/cli.h"

#include <limits.h>
#include <stddef.h>
#include <string.h>

#include "commands/commands.h"
#include "hypervisor/sysctl_layout.h"
#include "lib/report.h"

struct command {
    const char *name;
    const char *operands;
    const char *summary;
    int nr_args_min;
    int nr_args_max;
    enum outcome (*run)(struct session *session, int nr_args, char **args);
};

static enum outcome cmd_help(struct session *session, int nr_args, char **args);

/* In the order in which a prefix is looked up. */
static const struct command commands[] = {
    {"help", "", "show this help", 0, INT_MAX, cmd_help},
    {"list", "", "show all payloads and their states", 0, 0, cmd_list},
    {"upload", "NAME FILE", "load FILE as NAME without applying it", 2, 2,
     cmd_upload},
    {"load", "FILE [--nodeps]", "upload FILE and apply it, named after it", 1,
     INT_MAX, cmd_load},
    {"apply", "NAME... [--nodeps]", "make payloads take effect, in this order",
     1, INT_MAX, cmd_apply},
    {"revert", "NAME...", "take payloads out of effect", 1, INT_MAX,
     cmd_revert},
    {"unload", "NAME", "remove payload NAME, which is not applied", 1, INT_MAX,
     cmd_unload},
    {"replace", "NAME", "apply NAME and revert all the others", 1, INT_MAX,
     cmd_replace},
    {"status", "", "show the hypervisor, the payloads, what failed", 0, 0,
     cmd_status},
    {"metrics", "[--output FILE]", "show the same and more for Prometheus", 0,
     INT_MAX, cmd_metrics},
    {"history", "[NAME]", "show what was done, when, by whom", 0, 1,
     cmd_history},
    {"info", "NAME|FILE [OPTION...]", "show what a payload is made of", 1,
     INT_MAX, cmd_info},
    {"verify", "FILE [OPTION...]", "check whether FILE would load", 1, INT_MAX,
     cmd_verify},
    {"sync", "[OPTION...]", "load what a folder says, see the manual", 0,
     INT_MAX, cmd_sync},
    {"wait", "NAME STATE [DURATION]", "wait until NAME is in STATE", 2, 3,
     cmd_wait},
};

#define NR_COMMANDS (sizeof(commands) / sizeof(commands[0]))

static void print_usage(FILE *stream)
{
    fputs("Usage: xen-livepatch [OPTION...] COMMAND [OPERAND...]\n"
          "       xen-livepatch --help | --version\n"
          "Live patching of the running hypervisor.\n"
          "\n"
          "Commands, which any prefix may stand for:\n",
          stream);
    for (size_t i = 0; i < NR_COMMANDS; i++) {
        fprintf(stream, "  %-7s %-21s %s\n", commands[i].name,
                commands[i].operands, commands[i].summary);
    }
    fputs(
        "\n"
        "Options, before or after the command:\n"
        "  --timeout DURATION  let the pCPUs take that long to meet for an\n"
        "                      action: 30ms (the default), 500us, 1s ...\n"
        "  --retries N         try what was busy up to N times more\n"
        "  -v, --verbose       show the hypervisor's log lines of a success "
        "too\n"
        "  -n, --dry-run       check, but change nothing\n"
        "  --force             set the flag FORCE of an upload (Xen 4.19)\n"
        "  --log FILE          log what is done there, and read the past there\n"
        "  --no-log            log nothing\n"
        "  --state-dir FOLDER  where sync keeps what it must remember\n"
        "  --json              print the results as one JSON object\n"
        "  -q, --quiet         do not say how the work goes on\n"
        "  --                  what follows is no option\n"
        "\n"
        "NAME has 1 to 127 characters. --nodeps: do not ask that the payload\n"
        "was built for what is applied now, only for this hypervisor.\n"
        "\n"
        "Exit status:\n",
        stream);
    outcome_print_all(stream);
}

static enum outcome cmd_help(struct session *session, int nr_args, char **args)
{
    (void)nr_args;
    (void)args;
    print_usage(session->err); /* where the stock command has it */
    return OUTCOME_DONE;
}

static const struct command *find_command(const char *prefix)
{
    for (size_t i = 0; i < NR_COMMANDS; i++) {
        if (!strncmp(prefix, commands[i].name, strlen(prefix))) {
            return &commands[i];
        }
    }
    return NULL;
}

/* The usage, as the stock command, then what was wrong with these words. */
static enum outcome refuse_count(struct session *session,
                                 const struct command *command, int nr_args)
{
    print_usage(session->err);
    fprintf(session->err, "xen-livepatch: %s: %d operand%s, expected %s.\n",
            command->name, nr_args, nr_args == 1 ? "" : "s",
            *command->operands ? command->operands : "none");
    return OUTCOME_BAD_USAGE;
}

/* What was done but could not be logged is told apart from what went well. */
static enum outcome run_verb(struct session *session,
                             const struct command *command, int nr_args,
                             char **args)
{
    enum outcome outcome;

    if (nr_args < command->nr_args_min || nr_args > command->nr_args_max) {
        return refuse_count(session, command, nr_args);
    }
    outcome = command->run(session, nr_args, args);
    return outcome == OUTCOME_DONE && session->is_unlogged ? OUTCOME_NOT_LOGGED
                                                           : outcome;
}

/* Print what the command left in the report, and how it ended. */
static enum outcome finish_report(struct session *session, enum outcome outcome)
{
    report_add_number(session->report, "exit_status", outcome);
    if (report_print(session->report, session->out)) {
        outcome = OUTCOME_NO_OUTPUT;
    }
    report_free(session->report);
    session->report = NULL;
    return outcome;
}

static enum outcome run_with_report(struct session *session,
                                    const struct command *command, int nr_args,
                                    char **args)
{
    session->report = report_new();
    if (!session->report) {
        fputs("xen-livepatch: no memory for the results.\n", session->err);
        return OUTCOME_NO_OUTPUT;
    }
    report_add_text(session->report, "command", command->name);
    return finish_report(session, run_verb(session, command, nr_args, args));
}

static enum outcome run_command(struct session *session, int nr_words,
                                char **words)
{
    const struct command *command = find_command(words[0]);
    int nr_args = nr_words - 1;

    if (!command) {
        fprintf(session->err,
                "Unrecognised command '%s' -- try 'xen-livepatch help'\n",
                words[0]);
        return OUTCOME_BAD_USAGE;
    }
    return session->options.wants_json
               ? run_with_report(session, command, nr_args, words + 1)
               : run_verb(session, command, nr_args, words + 1);
}

static enum outcome run_words(struct session *session, int nr_words,
                              char **words)
{
    if (session->options.wants_help) {
        print_usage(session->out);
        return OUTCOME_DONE;
    }
    if (session->options.wants_version) {
        fprintf(session->out,
                "xen-livepatch %s (sysctl interface versions 0x%02x to "
                "0x%02x)\n",
                XEN_LIVEPATCH_VERSION, SYSCTL_VERSION_OLDEST,
                SYSCTL_VERSION_NEWEST);
        return OUTCOME_DONE;
    }
    if (!nr_words) {
        print_usage(session->err);
        return OUTCOME_DONE;
    }
    return run_command(session, nr_words, words);
}

enum outcome cli_run(int nr_words, char **words, FILE *out, FILE *err)
{
    struct session session = {
        .out = out, .err = err, .options = options_default()};
    enum outcome outcome;

    if (options_take(&nr_words, words, &session.options, err)) {
        return OUTCOME_BAD_USAGE;
    }
    outcome = run_words(&session, nr_words, words);
    session_end(&session);
    return outcome;
}
