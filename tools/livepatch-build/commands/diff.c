// SPDX-License-Identifier: GPL-2.0
/*
 * livepatch-build diff: what has changed between objects; with --xen-syms also
 * what would become of it in a payload.
 */
#include "commands/objects.h"
#include "explain/explain.h"
#include "explain/inspect.h"
#include "commands/deliver.h"

static void tell_differences(const struct comparison *comparison)
{
    for (size_t i = 0; i < comparison->nr; i++) {
        printf("%s\n", comparison->objects[i].name);
        inspect_differences(&comparison->objects[i].differences, stdout);
    }
}

int command_diff(const struct options *options)
{
    struct options shown = *options;
    struct comparison comparison;
    struct findings findings;
    int status;

    if (options->wants_json && !options->xen_syms) {
        fputs("livepatch-build: diff: --json tells what would be in a payload: "
              "--xen-syms FILE is needed\n",
              stderr);
        return STATUS_USAGE;
    }
    shown.output = NULL; /* `link` writes */
    shown.wants_explain = true;
    findings_open(&findings);
    status = compare_operands(options, &comparison, &findings);
    if (status == STATUS_DONE && options->xen_syms) {
        status = deliver(&shown, &comparison, &findings, NULL);
    } else if (status == STATUS_DONE) {
        tell_differences(&comparison);
        explain_findings(&findings, shown.wants_explain, stdout);
    }
    comparison_close(&comparison);
    findings_close(&findings);
    return status;
}
