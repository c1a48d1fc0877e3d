/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The commands, a row each. The first word that a prefix fits wins, as in the
 * stock command up to 4.17, so its verbs stand first and in its order.
 */
#include "commands/command_table.h"

#include <limits.h>
#include <string.h>

#include "commands/commands.h"
#include "commands/usage.h"

static const struct command commands[] = {
    {"help", "show this help, or that of a command",
     .operands = {{"COMMAND", WORD_COMMAND, .is_optional = true,
                   .repeats = true}},
     .run = cmd_help},
    {"list", "show all payloads and their states",
     .text = "In the order of upload, as the stock command prints it.\n",
     .run = cmd_list},
    {"upload", "load FILE as NAME without applying it",
     .operands = {{"NAME", WORD_NEW_NAME}, {"FILE", WORD_PAYLOAD_FILE}},
     .text = "NAME is new; FILE is a payload, such as fix1.livepatch.\n",
     .run = cmd_upload},
    {"load", "upload FILE and apply it, named after it",
     .operands = {{"FILE", WORD_PAYLOAD_FILE}}, .options = {OPTION_NODEPS},
     .text = "The payload's name is the file's, without folder and without "
             "its last\n"
             "extension. A payload that cannot be applied is unloaded again.\n",
     .run = cmd_load},
    {"apply", "apply loaded payloads, in this order",
     .operands = {{"NAME", WORD_NAME_CHECKED, .repeats = true}},
     .options = {OPTION_NODEPS},
     .text = "On this project's hypervisor in one stop, all or none; on stock "
             "Xen one after\n"
             "the other. Those that are applied already are left out.\n",
     .run = cmd_apply},
    {"revert", "take applied payloads back",
     .operands = {{"NAME", WORD_NAME_APPLIED, .repeats = true}},
     .options = {OPTION_ALL, OPTION_UNLOAD}, .instead = OPTION_ALL,
     .text = "They must be those that were applied last. The newest goes "
             "first, whatever the\n"
             "order of the words.\n",
     .run = cmd_revert},
    {"unload", "remove payloads that are not applied",
     .operands = {{"NAME", WORD_NAME_CHECKED, .repeats = true}},
     .options = {OPTION_ALL}, .instead = OPTION_ALL,
     .text = "What was uploaded last goes first. --all: all that are not "
             "applied.\n",
     .run = cmd_unload},
    {"replace", "apply NAME and revert all the others",
     .operands = {{"NAME", WORD_NAME_CHECKED}},
     .text = "In one step, for a payload that was built for the bare "
             "hypervisor.\n",
     .run = cmd_replace},
    {"status", "show what needs attention, and all that is loaded",
     .options = {OPTION_DIR, OPTION_VENDOR_DIR},
     .text = "First what needs attention and what to do about it; the exit "
             "status is 0\n"
             "whatever that is. For scripts and monitoring there is check.\n",
     .run = cmd_status},
    {"check", "tell monitoring what needs attention",
     .options = {OPTION_DIR, OPTION_VENDOR_DIR, OPTION_IGNORE, OPTION_WARNING,
                 OPTION_CRITICAL},
     .has_own_statuses = true,
     .text = "One line, as a plugin of Nagios. Its exit statuses are its own:\n"
             "   0  OK\n"
             "   1  WARNING\n"
             "   2  CRITICAL\n"
             "   3  UNKNOWN: the hypervisor cannot be asked, or has no live "
             "patching\n"
             "The CODEs are in the manual, under ATTENTION.\n",
     .run = cmd_check},
    {"metrics", "show the same and more for Prometheus",
     .options = {OPTION_OUTPUT, OPTION_DIR, OPTION_VENDOR_DIR},
     .run = cmd_metrics},
    {"history", "show what was done, when, by whom",
     .operands = {{"NAME", WORD_NAME, .is_optional = true}},
     .run = cmd_history},
    {"info", "show what a payload is made of",
     .operands = {{"NAME|FILE", WORD_NAME_OR_FILE}},
     .options = {OPTION_XEN_SYMS},
     .text = "A word with a slash, or the path of a file that exists, is a "
             "FILE.\n",
     .run = cmd_info},
    {"verify", "check whether FILE would load",
     .operands = {{"FILE", WORD_PAYLOAD_FILE}},
     .options = {OPTION_XEN_SYMS, OPTION_BELOW},
     .text =
         "Loads nothing, and needs no hypervisor. Exit status 0: it would "
         "load; 1: it\nwould be refused; 15: nothing was found, but not all "
         "could be checked.\n",
     .run = cmd_verify},
    {"sign", "sign FILE, or give it its digest",
     .operands = {{"FILE", WORD_PAYLOAD_FILE}},
     .options = {OPTION_OUTPUT, OPTION_KEY, OPTION_SIGNATURE, OPTION_DIGEST},
     .text = "Without --key and --signature the note has the digest alone, by "
             "which a\n"
             "hypervisor knows a file that is damaged. Needs no hypervisor.\n",
     .run = cmd_sign},
    {"sync", "load what a folder says",
     .options = {OPTION_DIR, OPTION_VENDOR_DIR, OPTION_PRUNE, OPTION_TRUST,
                 OPTION_TRIAL, OPTION_MARK_STABLE, OPTION_ORDERLY_SHUTDOWN},
     .text = "Makes the hypervisor have what the folder has for it; see SYNC "
             "in the manual.\n",
     .run = cmd_sync},
    {"wait", "wait until NAME is in STATE",
     .operands = {{"NAME", WORD_NAME},
                  {"STATE", WORD_STATE},
                  {"DURATION", WORD_DURATION, .is_optional = true}},
     .text = "STATE is checked, applied or unloaded; DURATION is 10s unless "
             "given.\n",
     .run = cmd_wait},
};

const struct command *command_at(size_t i)
{
    return i < sizeof(commands) / sizeof(commands[0]) ? &commands[i] : NULL;
}

const struct command *command_find(const char *prefix)
{
    const struct command *command;

    for (size_t i = 0; (command = command_at(i)); i++) {
        if (!strncmp(prefix, command->name, strlen(prefix))) {
            break;
        }
    }
    return command;
}

bool command_takes(const struct command *command, enum option_id id)
{
    bool is_found = id < OPTION_FIRST_OF_SOME;

    for (size_t i = 0; command->options[i] != OPTION_NONE; i++) {
        is_found |= command->options[i] == id;
    }
    return is_found;
}

int command_nr_min(const struct command *command)
{
    int nr = 0;

    while (command->operands[nr].word && !command->operands[nr].is_optional) {
        nr++;
    }
    return nr;
}

int command_nr_max(const struct command *command)
{
    int nr = 0;

    while (command->operands[nr].word) {
        if (command->operands[nr++].repeats) {
            return INT_MAX;
        }
    }
    return nr;
}
