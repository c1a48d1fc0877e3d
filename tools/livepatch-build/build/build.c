/* SPDX-License-Identifier: GPL-2.0 */
/* The order of the stage's steps, and what is kept of them. */
#include "build/build.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "build/after_build.h"
#include "build/before_build.h"
#include "build/file_bytes.h"
#include "build/object_pairs.h"
#include "build/tool_shims.h"

/* The first word of a command is a program that is there; so is the compiler
 * that a usual command calls. */
static int check_programs(const struct build_job *job)
{
    struct text_list environment = {0};
    char *compiler;
    int rc = 0;

    if (job->request->build_cmd != NULL) {
        return 0;
    }
    build_environment(job->arch, &job->request->origin, NULL, NULL,
                      &environment);
    compiler = usual_compiler(&environment);
    if (!is_in_path("make")) {
        fprintf(job->err, "livepatch-build: there is no program make (Debian: "
                          "package make)\n");
        rc = -ENOENT;
    } else if (!is_in_path(compiler)) {
        fprintf(job->err,
                "livepatch-build: there is no program %s, the "
                "compiler for %s (CROSS_COMPILE and --build-cmd choose "
                "another one)\n",
                compiler, job->request->arch);
        rc = -ENOENT;
    }
    free(compiler);
    text_list_free(&environment);
    return rc;
}

static int check_request(struct build_job *job)
{
    const struct build_request *request = job->request;
    struct stat facts;

    job->arch = build_arch_of(request->arch);
    if (job->arch == NR_BUILD_ARCHES) {
        fprintf(job->err,
                "livepatch-build: %s: no such architecture; there "
                "are x86 and arm64\n",
                request->arch);
        return -EINVAL;
    }
    if (stat(request->source, &facts) != 0 || !S_ISDIR(facts.st_mode)) {
        fprintf(job->err, "livepatch-build: %s: %s\n", request->source,
                S_ISDIR(facts.st_mode) ? strerror(errno) : "not a folder");
        return -EINVAL;
    }
    job->system = find_build_system(request->source);
    if (job->system == NULL ||
        (request->build_cmd == NULL && job->system->build[job->arch] == NULL)) {
        fprintf(job->err,
                "livepatch-build: %s: not a tree that this knows how "
                "to build for %s (a Xen tree has xen/Kconfig); say how: "
                "--build-cmd\n",
                request->source, request->arch);
        return -EINVAL;
    }
    job->filter =
        (struct tree_filter){job->system->left_out, &job->has_products};
    return check_programs(job);
}

/* Open the entry of the cache that this request is about. */
static int open_entry(struct build_job *job, struct build_result *result)
{
    char *key = NULL;
    int rc = tool_identities(&job->identities);

    for (size_t i = 0; rc == 0 && i < job->identities.nr; i++) {
        text_list_add(&result->compilers, job->identities.items[i]);
    }
    if (rc == 0) {
        rc = before_build_key(job, &key);
    }
    if (rc == 0) {
        job->cache = must_alloc(sizeof(*job->cache));
        rc = build_cache_open(job->request->cache, key, job->cache, job->err);
        result->cache = job->cache;
    }
    if (rc == 0) {
        build_cache_note_use(job->cache, job->request->source);
    }
    free(key);
    return rc;
}

/* KEEP/SIDE/NAME. */
static int keep_file(const struct build_job *job, const char *side,
                     const char *name, const char *file)
{
    char *to = must_format("%s/%s/%s", job->request->keep, side, name);
    char *slash = strrchr(to, '/');
    struct file_bytes bytes;
    int rc;

    *slash = '\0';
    rc = make_folders(to);
    *slash = '/';
    if (rc == 0) {
        rc = file_bytes_open(file, &bytes);
    }
    if (rc == 0) {
        rc = file_bytes_write(to, &bytes);
        file_bytes_close(&bytes);
    }
    if (rc != 0) {
        fprintf(job->err, "livepatch-build: %s: %s\n", to, strerror(-rc));
    }
    free(to);
    return rc;
}

/* What a failed build said is kept, too. */
static int keep_files(const struct build_job *job,
                      const struct build_result *result)
{
    int rc = 0;

    if (job->request->keep == NULL || job->cache == NULL ||
        job->cache->entry == NULL) {
        return 0;
    }
    if (access(job->cache->output, F_OK) == 0) {
        rc = keep_file(job, ".", "build.log", job->cache->output);
    }
    for (size_t i = 0; rc == 0 && i < result->nr_pairs; i++) {
        const struct object_pair *pair = &result->pairs[i];

        if (pair->before != NULL) {
            rc = keep_file(job, "before", pair->name, pair->before);
        }
        if (rc == 0 && pair->after != NULL) {
            rc = keep_file(job, "after", pair->name, pair->after);
        }
    }
    return rc;
}

int build_object_pairs(const struct build_request *request,
                       struct build_result *result, FILE *err)
{
    struct build_job job = {.request = request, .err = err};
    int rc, kept;

    *result = (struct build_result){0};
    rc = check_request(&job);
    if (rc == 0) {
        rc = open_entry(&job, result);
    }
    if (rc == 0) {
        result->was_kept = build_cache_is_filled(job.cache);
        rc = before_build_make(&job, &result->notes);
    }
    if (rc == 0) {
        rc = after_build_make(&job, result);
    }
    if (rc == 0) {
        rc = object_pairs_find(&job, result);
    }
    kept = keep_files(&job, result);
    text_list_free(&job.identities);
    return rc != 0 ? rc : kept;
}

void build_result_free(struct build_result *result)
{
    if (result->cache != NULL) {
        build_cache_close(result->cache);
        free(result->cache);
    }
    free(result->pairs);
    free(result->objects);
    free(result->asm_offsets_before);
    free(result->asm_offsets_after);
    text_list_free(&result->compilers);
    text_list_free(&result->notes);
    text_list_free(&result->own);
    patch_text_free(&result->edits);
    *result = (struct build_result){0};
}
