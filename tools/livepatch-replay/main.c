/* SPDX-License-Identifier: GPL-2.0 */
/* livepatch-replay: from the words of its command line to its exit status. */
#include <stdio.h>

#include "commands/lots.h"
#include "commands/options.h"
#include "commands/run.h"
#include "machine/child.h"

int main(int argc, char **argv)
{
    struct options options = options_new();
    int status = STATUS_USAGE;

    if (argc < 2) {
        options_print_help(stderr);
    } else if (options_parse(&options, argv, stderr) != 0) {
        fputs("livepatch-replay: --help has all options\n", stderr);
    } else if (options.wants_help) {
        options_print_help(stdout);
        status = STATUS_PASSED;
    } else if (options.wants_version) {
        printf("livepatch-replay %s\n", LIVEPATCH_REPLAY_VERSION);
        status = STATUS_PASSED;
    } else {
        child_mind_interrupts();
        status = options.wants_shell ? lots_shell(&options) : run_all(&options);
    }
    options_free(&options);
    return status;
}
