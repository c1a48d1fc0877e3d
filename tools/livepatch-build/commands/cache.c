// SPDX-License-Identifier: GPL-2.0
/*
 * livepatch-build cache: the builds that are kept, and removing of them.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "build/kept_builds.h"
#include "commands/commands.h"
#include "lib/report.h"
#include "lib/safe_text.h"

#define DAY_SECONDS 86400
#define MIB (UINT64_C(1) << 20)
#define DATE_BYTES 24

/* Each in MiB, when it was used last, and the tree. */
static void print_builds(const struct kept_builds *builds)
{
    for (size_t i = 0; i < builds->nr; i++) {
        const struct kept_build *build = &builds->all[i];
        char date[DATE_BYTES] = "";
        struct tm parts;

        if (localtime_r(&build->used, &parts)) {
            strftime(date, sizeof(date), "%Y-%m-%d %H:%M", &parts);
        }
        printf("%8.1f MiB  %s  ", (double)build->bytes / (double)MIB, date);
        safe_print(stdout, build->source, strlen(build->source));
        printf("%s\n", build->is_removed ? ", removed" : "");
    }
    printf("%8.1f MiB  in %s\n",
           (double)kept_builds_bytes(builds) / (double)MIB, builds->root);
}

static int print_json(const struct kept_builds *builds)
{
    struct json_object *report = report_new();
    struct json_object *list = report_add_list(report, "builds");
    int rc;

    for (size_t i = 0; i < builds->nr; i++) {
        const struct kept_build *build = &builds->all[i];
        struct json_object *object = report_list_object(list);

        report_add_text(object, "entry", build->key);
        report_add_text(object, "source", build->source);
        report_add_number(object, "bytes", (int64_t)build->bytes);
        report_add_time(object, "used", (int64_t)build->used * 1000);
        report_add_flag(object, "removed", build->is_removed);
    }
    report_add_number(report, "bytes", (int64_t)kept_builds_bytes(builds));
    rc = report_print(report, stdout);
    report_free(report);
    return rc;
}

static int show_and_prune(const struct options *options,
                          struct kept_builds *builds)
{
    const bool has_age = options->unused_for != OPTION_NO_AMOUNT;
    const bool has_size = options->down_to != OPTION_NO_AMOUNT;
    const time_t since =
        has_age ? time(NULL) - (time_t)options->unused_for * DAY_SECONDS : 0;
    const uint64_t most = has_size ? options->down_to * MIB : UINT64_MAX;
    int rc = kept_builds_prune(builds, since, most, stderr);

    if (options->wants_json) {
        rc = print_json(builds) || rc;
    } else {
        print_builds(builds);
    }
    return rc ? STATUS_FAILED : STATUS_DONE;
}

int command_cache(const struct options *options)
{
    struct kept_builds builds;
    int status = STATUS_FAILED;

    if (!options->cache || options->operands.nr > 0) {
        fputs("livepatch-build: cache: --cache DIR is needed, and no operand\n",
              stderr);
        return STATUS_USAGE;
    }
    if (kept_builds_open(options->cache, &builds, stderr) == 0) {
        status = show_and_prune(options, &builds);
    }
    kept_builds_close(&builds);
    return status;
}
