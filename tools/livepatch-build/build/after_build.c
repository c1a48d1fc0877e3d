/* SPDX-License-Identifier: GPL-2.0 */
/* Copying the built tree, patching and building the copy. */
#include "build/after_build.h"

#include <stdlib.h>
#include <string.h>

#include "build/build_run.h"
#include "build/config_text.h"
#include "build/patch_apply.h"

static int apply_patches(const struct build_job *job,
                         struct build_result *result)
{
    const struct build_cache *cache = job->cache;
    struct text_list paths = {0};
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < job->request->patches.nr; i++) {
        rc = patch_apply(job->request->patches.items[i], cache->tree, &paths,
                         &result->notes, job->err);
    }
    text_list_sort(&paths);
    if (rc == 0) {
        rc = patch_find_edits(&paths, cache->before, cache->tree,
                              &result->edits, job->err);
    }
    text_list_free(&paths);
    return rc;
}

static int check_config(const struct build_job *job)
{
    char *before, *after;
    int rc;

    if (job->system->config == NULL) {
        return 0;
    }
    before = must_format("%s/%s", job->cache->before, job->system->config);
    after = must_format("%s/%s", job->cache->tree, job->system->config);
    rc = config_files_compare(before, after,
                              "the patch changes the configuration, which no "
                              "payload can",
                              job->err);
    free(before);
    free(after);
    return rc;
}

int after_build_make(const struct build_job *job, struct build_result *result)
{
    int rc =
        tree_copy(job->cache->before, job->cache->tree, NULL, true, job->err);

    if (rc == 0) {
        rc = apply_patches(job, result);
    }
    if (rc == 0) {
        rc = build_run(job, "after");
    }
    return rc == 0 ? check_config(job) : rc;
}
