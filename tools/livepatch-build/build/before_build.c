/* SPDX-License-Identifier: GPL-2.0 */
/* Copying the tree, configuring and building it. */
#include "build/before_build.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "build/build_run.h"
#include "build/config_text.h"
#include "build/digest.h"
#include "build/file_bytes.h"
#include "build/patch_apply.h"

/* What this program does with a tree; another number, another entry. */
#define BUILD_STAGE_VERSION "1"

static void add_environment(const struct build_job *job, struct digest *digest)
{
    struct text_list environment = {0};

    build_environment(job->arch, &job->request->origin, NULL, NULL,
                      &environment);
    for (size_t i = 0; i < environment.nr; i++) {
        digest_text(digest, "environment", environment.items[i]);
    }
    text_list_free(&environment);
}

static int add_files(const struct build_job *job, struct digest *digest)
{
    const struct build_request *request = job->request;
    int rc = digest_tree(digest, request->source, &job->filter, job->err);

    if (rc == 0 && request->config != NULL) {
        rc = digest_file(digest, "config", request->config, job->err);
    }
    for (size_t i = 0; rc == 0 && i < request->pristine.nr; i++) {
        rc = digest_file(digest, "pristine", request->pristine.items[i],
                         job->err);
    }
    return rc;
}

int before_build_key(struct build_job *job, char **key)
{
    struct digest *digest = digest_new();
    int rc;

    *key = must_alloc(DIGEST_TEXT_BYTES);
    digest_text(digest, "livepatch-build", BUILD_STAGE_VERSION);
    digest_text(digest, "system", job->system->mark);
    digest_text(digest, "command",
                job->request->build_cmd != NULL ? job->request->build_cmd : "");
    add_environment(job, digest);
    for (size_t i = 0; i < job->identities.nr; i++) {
        digest_text(digest, "tool", job->identities.items[i]);
    }
    rc = add_files(job, digest);
    digest_finish(digest, *key);
    return rc;
}

/* The configuration that was given. free() it. */
static char *given_config(const struct build_job *job)
{
    return job->request->config != NULL
               ? must_copy(job->request->config)
               : must_format("%s/%s", job->request->source,
                             job->system->config);
}

/* Written now, it is newer than what somebody has made of it. */
static int put_config(const struct build_job *job)
{
    char *given = given_config(job);
    char *path = must_format("%s/%s", job->cache->tree, job->system->config);
    struct file_bytes file;
    int rc = file_bytes_open(given, &file);

    if (rc != 0) {
        fprintf(job->err,
                "livepatch-build: %s: %s; give the configuration that the "
                "running hypervisor was built with: --config FILE (on a host: "
                "/boot/xen-VERSION.config)\n",
                given, strerror(-rc));
        rc = -EINVAL;
    } else {
        rc = file_bytes_write(path, &file);
        if (rc != 0) {
            fprintf(job->err, "livepatch-build: %s: %s\n", path, strerror(-rc));
        }
        file_bytes_close(&file);
    }
    free(path);
    free(given);
    return rc;
}

/* make and Kconfig change it in silence where it does not fit. */
static int check_config(const struct build_job *job, const char *what)
{
    char *given, *path;
    int rc;

    if (job->system->config == NULL) {
        return 0;
    }
    given = given_config(job);
    path = must_format("%s/%s", job->cache->tree, job->system->config);
    rc = config_files_compare(given, path, what, job->err);
    if (rc == -EPERM) {
        rc = -EINVAL; /* of the request, not of the patch */
    }
    free(path);
    free(given);
    return rc;
}

static int configure(const struct build_job *job)
{
    int rc;

    if (job->system->config == NULL) {
        if (job->request->config != NULL) {
            fprintf(job->err,
                    "livepatch-build: %s: this tree has no configuration of "
                    "that kind; leave --config out\n",
                    job->request->config);
            return -EINVAL;
        }
        return 0;
    }
    rc = put_config(job);
    if (rc == 0 && job->request->build_cmd == NULL) {
        rc = build_run_command(job, job->system->configure);
    }
    return rc == 0
               ? check_config(
                     job,
                     "this tree and these compilers make another configuration of the one given; it fits those that it was made with, or one that `make olddefconfig` leaves as it is")
               : rc;
}

/* That of the image: the copy has no history to take it from. */
static int put_changeset(const struct build_job *job)
{
    const char *text = value_in(&job->request->origin, "XEN_CHANGESET");
    char *path;
    int rc;

    if (text == NULL || job->system->changeset == NULL) {
        return 0;
    }
    path = must_format("%s/%s", job->cache->tree, job->system->changeset);
    rc = file_bytes_write(path, &(struct file_bytes){text, strlen(text)});
    if (rc != 0) {
        fprintf(job->err, "livepatch-build: %s: %s\n", path, strerror(-rc));
    }
    free(path);
    return rc;
}

static int copy_source(const struct build_job *job, struct text_list *notes)
{
    const struct build_request *request = job->request;
    struct text_list paths = {0};
    int rc = tree_copy(request->source, job->cache->tree, &job->filter, false,
                       job->err);

    if (rc == 0 && job->has_products && job->system->clean != NULL) {
        rc = build_run_command(job, job->system->clean);
    }
    for (size_t i = 0; rc == 0 && i < request->pristine.nr; i++) {
        rc = patch_apply(request->pristine.items[i], job->cache->tree, &paths,
                         notes, job->err);
    }
    text_list_free(&paths);
    return rc;
}

/* Patches that do not apply are told before anything is built, not after. */
static int try_patches(const struct build_job *job)
{
    struct text_list paths = {0}, notes = {0};
    int rc = copy_source(job, &notes);

    for (size_t i = 0; rc == 0 && i < job->request->patches.nr; i++) {
        rc = patch_apply(job->request->patches.items[i], job->cache->tree,
                         &paths, &notes, job->err);
    }
    text_list_free(&paths);
    text_list_free(&notes);
    return rc == 0 ? tree_remove(job->cache->tree) : rc;
}

int before_build_make(const struct build_job *job, struct text_list *notes)
{
    int rc;

    if (build_cache_is_filled(job->cache)) {
        return 0;
    }
    rc = try_patches(job);
    if (rc == 0) {
        rc = copy_source(job, notes);
    }
    if (rc == 0) {
        rc = put_changeset(job);
    }
    if (rc == 0) {
        rc = configure(job);
    }
    if (rc == 0) {
        rc = build_run(job, "before");
    }
    if (rc == 0) {
        rc = check_config(job, "the build changed the configuration given");
    }
    return rc == 0 ? build_cache_fill(job->cache, job->err) : rc;
}
