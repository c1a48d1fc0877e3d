/* SPDX-License-Identifier: GPL-2.0 */
/* What is replayed becomes one report, told in the forms that are wanted. */
#include "commands/run.h"

#include <string.h>

#include "commands/lots.h"
#include "commands/matrix.h"
#include "result/html.h"
#include "result/json.h"
#include "result/junit.h"

static int write_file(const struct report *report, const char *path,
                      int (*write)(const struct report *report,
                                   const char *path))
{
    int rc = path != NULL ? write(report, path) : 0;

    if (rc != 0) {
        fprintf(stderr, "livepatch-replay: %s: %s\n", path, strerror(-rc));
    }
    return rc != 0 ? STATUS_BROKEN : STATUS_PASSED;
}

static int write_reports(const struct options *options,
                         const struct report *report)
{
    int junit = write_file(report, options->junit, junit_write);
    int html = write_file(report, options->html, html_write);

    if (options->wants_json && json_print(report, stdout) != 0) {
        fputs("livepatch-replay: the report cannot be made: no memory\n",
              stderr);
        return STATUS_BROKEN;
    }
    if (fflush(stdout) != 0) {
        perror("livepatch-replay: standard output");
        return STATUS_BROKEN;
    }
    return junit != STATUS_PASSED ? junit : html;
}

int run_all(const struct options *options)
{
    struct report report = {0};
    struct terminal terminal = {.form = options->wants_json || options->is_quiet
                                            ? FORM_NONE
                                        : options->wants_tap ? FORM_TAP
                                                             : FORM_WORDS,
                                .out = stdout};
    int status = options->matrix != NULL
                     ? matrix_run(options, &report, &terminal)
                     : lots_run(options, &report, &terminal);

    if (status == STATUS_PASSED) {
        terminal_end(&terminal, &report);
        status = write_reports(options, &report);
    }
    if (status == STATUS_PASSED) {
        status = report_status(&report);
    }
    report_free_suites(&report);
    return status;
}
