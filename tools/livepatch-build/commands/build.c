// SPDX-License-Identifier: GPL-2.0
/*
 * livepatch-build: from a source tree and patches to a payload, all stages.
 */
#include <errno.h>
#include <stdlib.h>

#include "lib/memory.h"
#include "commands/bases.h"
#include "commands/build_payload.h"
#include "commands/build_stage.h"
#include "commands/deliver.h"
#include "image/origin.h"
#include "run/constants.h"
#include "run/layouts.h"
#include "run/line_noise.h"
#include "run/prove.h"

static int compare_pairs(const struct build_result *result,
                         struct comparison *comparison,
                         struct findings *findings)
{
    struct compared_files *files =
        must_alloc_items(result->nr_pairs, sizeof(*files));
    int rc;

    for (size_t i = 0; i < result->nr_pairs; i++) {
        files[i] = (struct compared_files){
            .name = result->pairs[i].name,
            .before = result->pairs[i].before,
            .after = result->pairs[i].after,
        };
    }
    rc = compare_files(files, result->nr_pairs, comparison, findings, stderr);
    free(files);
    return rc;
}

static bool prove(const struct options *options,
                  const struct build_result *result)
{
    struct image *image;
    bool holds = false;

    if (image_open(options->xen_syms, &image, stderr) == 0) {
        holds = prove_build(result, image, stderr);
        image_close(image);
    }
    return holds;
}

/* What has changed in the pairs, of which the second compile may say more. */
static int judge_changes(const struct options *options,
                         struct recompile *recompile,
                         struct comparison *comparison,
                         struct findings *findings)
{
    int rc;

    line_noise_ask(comparison, recompile);
    layouts_ask(comparison, recompile);
    rc = recompile_run(recompile, stderr);
    if (!rc) {
        rc = line_noise_find(recompile, comparison, findings, stderr);
    }
    if (!rc) {
        layouts_check(
            &(struct layouts_request){.comparison = comparison,
                                      .debug = recompile->files,
                                      .accepted = &options->accepted_layouts},
            findings);
    }
    return rc;
}

static int make_from_build(const struct options *options,
                           const struct build_request *request,
                           const struct build_result *result,
                           struct json_object *report)
{
    struct comparison comparison = {0};
    struct recompile recompile;
    struct findings findings;
    int status = STATUS_FAILED, rc;

    for (size_t i = 0; i < result->notes.nr; i++) {
        fprintf(stderr, "livepatch-build: %s\n", result->notes.items[i]);
    }
    if (!prove(options, result)) {
        return STATUS_FAILED;
    }
    findings_open(&findings);
    constants_compare(result->asm_offsets_before, result->asm_offsets_after,
                      &findings);
    if (compare_pairs(result, &comparison, &findings) == 0) {
        recompile_open(request, result, &recompile);
        rc = judge_changes(options, &recompile, &comparison, &findings);
        recompile_close(&recompile);
        status = rc == 0 ? deliver(options, &comparison, &findings, report)
                 : rc == -EINTR ? build_stage_stopped()
                                : STATUS_FAILED;
    }
    comparison_close(&comparison);
    findings_close(&findings);
    return status;
}

static bool read_origin(const char *xen_syms, struct text_list *origin)
{
    struct image *image;

    if (image_open(xen_syms, &image, stderr) != 0) {
        return false;
    }
    image_read_origin(image, origin);
    image_close(image);
    return true;
}

int build_payload(const struct options *options, struct json_object *report)
{
    struct build_request request = build_stage_request(options);
    struct build_result result = {0};
    int status = STATUS_FAILED;

    if (deliver_is_possible(options) &&
        read_origin(options->xen_syms, &request.origin)) {
        status = build_stage_run(&request, &result);
    }
    if (status == STATUS_DONE) {
        status = make_from_build(options, &request, &result, report);
    }
    build_result_free(&result);
    text_list_free(&request.origin);
    return status;
}

int command_build(const struct options *options)
{
    if (options->bases.nr > 0) {
        return build_for_bases(options);
    }
    if (!options->source || options->patches.nr == 0 || !options->xen_syms ||
        !options->output) {
        fputs("livepatch-build: --source DIR (or --base DIR...), --patch FILE, "
              "--xen-syms FILE and --output FILE are needed (--help)\n",
              stderr);
        return STATUS_USAGE;
    }
    return build_payload(options, NULL);
}
