/* SPDX-License-Identifier: GPL-2.0 */
/*
 * livepatch-build: verbs, and standing in for a compiler when a build calls
 * this program by the name of one.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "build/build.h"
#include "build/interrupt.h"
#include "build/tool_call.h"
#include "build/tool_shim.h"
#include "options.h"
#include "pairs_report.h"
#include "progress_line.h"

/* Exit statuses, beside 128 + N after signal N. */
enum {
    EXIT_DONE = 0,
    EXIT_REFUSED = 1,
    EXIT_USAGE = 2,
};

static int print_pairs(const struct options *options,
                       const struct build_result *result)
{
    if (options->wants_json) {
        return pairs_print_json(result, stdout);
    }
    pairs_print(result, stdout);
    return 0;
}

static int run_pairs(const struct options *options)
{
    struct build_request request = {
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
    struct build_result result;
    int rc;

    if (options->source == NULL || options->patches.nr == 0) {
        fprintf(stderr, "livepatch-build: --source DIR and --patch FILE are "
                        "needed\n");
        return EXIT_USAGE;
    }
    interrupt_watch();
    rc = build_object_pairs(&request, &result, stderr);
    if (rc == 0) {
        rc = print_pairs(options, &result);
    }
    build_result_free(&result);
    if (rc == -EINTR) {
        fprintf(stderr, "livepatch-build: stopped; nothing is left behind\n");
        return 128 + interrupt_signal();
    }
    return rc == 0 ? EXIT_DONE : EXIT_REFUSED;
}

static void print_help(FILE *out)
{
    fprintf(out, "usage: livepatch-build pairs --source DIR --patch FILE... "
                 "[OPTION...]\n\n"
                 "  pairs    build a tree without and with a patch, and print "
                 "which objects of\n"
                 "           the image differ\n\n");
    options_print_help(out);
}

static int run_command(int argc, char **argv)
{
    struct options options = options_new();
    bool is_pairs = argc > 1 && strcmp(argv[1], "pairs") == 0;
    int status = EXIT_USAGE;

    if (options_parse(&options, argc - is_pairs, argv + is_pairs, stderr) !=
        0) {
        status = EXIT_USAGE;
    } else if (options.wants_help) {
        print_help(stdout);
        status = EXIT_DONE;
    } else if (options.wants_version) {
        printf("livepatch-build %s\n", LIVEPATCH_BUILD_VERSION);
        status = EXIT_DONE;
    } else if (!is_pairs) {
        print_help(stderr);
    } else {
        status = run_pairs(&options);
    }
    options_free(&options);
    return status;
}

int main(int argc, char **argv)
{
    const char *slash = strrchr(argv[0], '/');
    const char *name = slash != NULL ? slash + 1 : argv[0];

    return tool_kind_of(name) != TOOL_NONE ? tool_shim_run(name, argc, argv)
                                           : run_command(argc, argv);
}
