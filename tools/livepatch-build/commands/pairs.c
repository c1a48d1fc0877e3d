// SPDX-License-Identifier: GPL-2.0
/*
 * livepatch-build pairs: the first stage alone.
 */
#include <errno.h>
#include <unistd.h>

#include "build/interrupt.h"
#include "commands/build_stage.h"
#include "commands/commands.h"
#include "commands/pairs_report.h"

int command_pairs(const struct options *options)
{
    const struct build_request request = build_stage_request(options);
    struct build_result result;
    int status;

    if (!options->source || options->patches.nr == 0) {
        fputs("livepatch-build: --source DIR and --patch FILE are needed\n",
              stderr);
        return STATUS_USAGE;
    }
    status = build_stage_run(&request, &result);
    if (status == STATUS_DONE && options->wants_json) {
        status =
            pairs_print_json(&result, stdout) ? STATUS_FAILED : STATUS_DONE;
    } else if (status == STATUS_DONE) {
        pairs_print(&result, stdout);
    }
    build_result_free(&result);
    return status;
}
