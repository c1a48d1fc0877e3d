/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The program: hands the words and the standard streams to the command line and
 * its exit status to the system. Standard output is flushed line by line, so
 * that what the two streams say keeps its order when they go to one place.
 */
#include "commands/cli.h"

int main(int argc, char **argv)
{
    enum outcome outcome;

    setvbuf(stdout, NULL, _IOLBF, 0);
    outcome = argc > 0 ? cli_run(argc - 1, argv + 1, stdout, stderr)
                       : OUTCOME_BAD_USAGE;
    if (outcome == OUTCOME_DONE && (fflush(stdout) || ferror(stdout))) {
        fputs("xen-livepatch: could not write to standard output.\n", stderr);
        outcome = OUTCOME_NO_OUTPUT;
    }
    return (int)outcome;
}
