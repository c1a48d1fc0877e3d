// SPDX-License-Identifier: GPL-2.0
/*
 * From a comparison to a file and a report.
 */
#include "commands/deliver.h"

#include <stdlib.h>
#include <string.h>

#include "commands/commands.h"
#include "commands/payload_name.h"
#include "explain/explain.h"
#include "lib/report.h"
#include "run/depends.h"
#include "run/make.h"

static void tell_result(const struct options *options, enum make_result result,
                        const struct plan *plan)
{
    switch (result) {
    case MAKE_DONE:
        explain_plan(plan, stdout);
        if (options->output) {
            printf("%s: written\n", options->output);
        }
        break;
    case MAKE_NOTHING:
        puts("nothing that runs has changed: there is nothing to patch");
        break;
    case MAKE_REFUSED:
        fputs("livepatch-build: no payload can be made of this change\n",
              stderr);
        break;
    case MAKE_FAILED:
        break;
    }
}

static int status_of(enum make_result result)
{
    switch (result) {
    case MAKE_DONE:
        return STATUS_DONE;
    case MAKE_NOTHING:
        return STATUS_NOTHING;
    case MAKE_REFUSED:
        return STATUS_REFUSED;
    default:
        return STATUS_FAILED;
    }
}

const char *deliver_word(int status)
{
    switch (status) {
    case STATUS_DONE:
        return "done";
    case STATUS_NOTHING:
        return "nothing";
    case STATUS_REFUSED:
        return "refused";
    default:
        return "failed";
    }
}

static int make_and_tell(const struct options *options,
                         const struct make_request *request,
                         struct findings *findings, struct json_object *report)
{
    struct plan plan;
    const enum make_result result =
        make_payload(request, &plan, findings, stderr);

    if (report) {
        report_add_text(report, "result", deliver_word(status_of(result)));
        explain_as_json(findings, &plan, report);
    } else {
        explain_findings(findings, options->wants_explain, stdout);
        tell_result(options, result, &plan);
    }
    plan_close(&plan);
    return status_of(result);
}

/* What a payload is made for. */
struct ground {
    struct depends below, xen;
    struct signing_key *key; /* NULL: none is given */
    struct image *image;
};

static void close_ground(struct ground *ground)
{
    signing_key_free(ground->key);
    image_close(ground->image);
    depends_free(&ground->xen);
    depends_free(&ground->below);
}

/* False after a message. Closed in any case. */
static bool open_ground(const struct options *options, struct ground *ground)
{
    *ground = (struct ground){0};
    return depends_read("depends", options->depends, &ground->below, stderr) ==
               0 &&
           depends_read("xen-depends", options->xen_depends, &ground->xen,
                        stderr) == 0 &&
           (!options->key ||
            signing_key_read(options->key, &ground->key, stderr) == 0) &&
           image_open(options->xen_syms, &ground->image, stderr) == 0 &&
           (!options->output ||
            depends_fit(&ground->below, &ground->xen, ground->image, stderr));
}

bool deliver_is_possible(const struct options *options)
{
    struct ground ground;
    const bool is_possible = open_ground(options, &ground);

    close_ground(&ground);
    return is_possible;
}

static int make_from_options(const struct options *options,
                             const struct comparison *comparison,
                             struct findings *findings,
                             struct json_object *report)
{
    char *name =
        options->name
            ? must_copy(options->name)
            : payload_name_of(options->output ? options->output : "payload");
    struct ground ground;
    int status = STATUS_FAILED;

    if (open_ground(options, &ground)) {
        const struct depends *below = &ground.below;
        const struct make_request request = {
            .comparison = comparison,
            .image = ground.image,
            .name = name,
            .output = options->output,
            .makes_folder = options->makes_folder,
            .depends = below->is_given ? below->id : NULL,
            .xen_depends = ground.xen.is_given ? ground.xen.id : NULL,
            .below = below->below.bytes ? &below->below : NULL,
            .key = ground.key,
            .metadata = (const char **)options->metadata.items,
            .nr_metadata = options->metadata.nr,
            .ignores_init = options->ignores_init,
            .wants_replace = options->wants_replace,
            .wants_expectations = options->wants_expectations,
            .wants_writable_funcs = options->wants_writable_funcs,
        };

        status = make_and_tell(options, &request, findings, report);
    }
    free(name);
    close_ground(&ground);
    return status;
}

int deliver(const struct options *options, const struct comparison *comparison,
            struct findings *findings, struct json_object *report)
{
    struct json_object *own = NULL;
    int status;

    if (options->wants_json && !report) {
        own = report_new();
        if (!own) {
            fputs("livepatch-build: out of memory\n", stderr);
            return STATUS_FAILED;
        }
    }
    status =
        make_from_options(options, comparison, findings, report ? report : own);
    if (own && report_print(own, stdout)) {
        status = STATUS_FAILED;
    }
    report_free(own);
    return status;
}
