// SPDX-License-Identifier: GPL-2.0
/*
 * livepatch-build link: a payload from objects that somebody else has compiled.
 */
#include "commands/objects.h"
#include "commands/deliver.h"

int command_link(const struct options *options)
{
    struct comparison comparison;
    struct findings findings;
    int status;

    if (!options->xen_syms || !options->output) {
        fputs("livepatch-build: link: --xen-syms FILE and --output FILE are "
              "needed\n",
              stderr);
        return STATUS_USAGE;
    }
    findings_open(&findings);
    status = compare_operands(options, &comparison, &findings);
    if (status == STATUS_DONE) {
        status = deliver(options, &comparison, &findings, NULL);
    }
    comparison_close(&comparison);
    findings_close(&findings);
    return status;
}
