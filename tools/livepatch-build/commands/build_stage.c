// SPDX-License-Identifier: GPL-2.0
/*
 * From options to a request, and from a signal to an exit status.
 */
#include "commands/build_stage.h"

#include <errno.h>
#include <unistd.h>

#include "build/interrupt.h"
#include "commands/progress_line.h"

int build_stage_stopped(void)
{
    fputs("livepatch-build: stopped; nothing is left behind\n", stderr);
    return 128 + interrupt_signal();
}

struct build_request build_stage_request(const struct options *options)
{
    return (struct build_request){
        .source = options->source,
        .patches = options->patches,
        .pristine = options->pristine,
        .config = options->config,
        .build_cmd = options->build_cmd,
        .arch = options->arch,
        .nr_jobs = options->nr_jobs,
        .cache = options->cache,
        .keep = options->keep,
        .progress = isatty(STDERR_FILENO) ? progress_draw : NULL,
        .opaque = stderr,
    };
}

int build_stage_run(const struct build_request *request,
                    struct build_result *result)
{
    int rc;

    interrupt_watch();
    rc = build_object_pairs(request, result, stderr);
    if (rc == -EINTR) {
        return build_stage_stopped();
    }
    return rc == 0        ? STATUS_DONE
           : rc == -EPERM ? STATUS_REFUSED
                          : STATUS_FAILED;
}
