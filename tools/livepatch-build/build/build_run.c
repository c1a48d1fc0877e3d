/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Running make behind the shims. The shims stop the link of the image, and make
 * comes there only when all objects are made: so a build is good when its log
 * has that link, whatever make says of the end.
 */
#include "build/build_run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#include "build/child.h"
#include "build/file_bytes.h"
#include "build/tool_shims.h"

struct watching {
    const struct build_job *job;
    struct build_progress now;
    time_t since;
};

/* How many objects the build has made; its log is small. */
static size_t count_compiles(const char *path)
{
    struct tool_log log = {0};
    size_t nr = 0;

    tool_log_read(path, &log);
    for (size_t i = 0; i < log.nr; i++) {
        nr += log.records[i].call.action == ACTION_COMPILE;
    }
    tool_log_free(&log);
    return nr;
}

time_t build_seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

static void tell_progress(void *opaque)
{
    struct watching *watching = opaque;

    watching->now.nr_done = count_compiles(watching->job->cache->tree_log);
    watching->now.seconds = (unsigned int)(build_seconds() - watching->since);
    watching->job->request->progress(&watching->now,
                                     watching->job->request->opaque);
}

/* The last build of the cache that was kept compiled as many, for one of any
 * tree is like another; a file of the cache remembers. */
static char *estimate_path(const struct build_job *job)
{
    return must_format("%s/.expected-%s", job->cache->root, job->request->arch);
}

static size_t read_estimate(const struct build_job *job)
{
    char *path = estimate_path(job);
    FILE *file = fopen(path, "re");
    char line[32] = "";

    if (file != NULL) {
        if (fgets(line, sizeof(line), file) == NULL) {
            line[0] = '\0';
        }
        fclose(file);
    }
    free(path);
    return strtoul(line, NULL, 10);
}

static void keep_estimate(const struct build_job *job)
{
    char *path = estimate_path(job);
    FILE *file = fopen(path, "we");

    if (file != NULL) {
        fprintf(file, "%zu\n", count_compiles(job->cache->tree_log));
        fclose(file);
    }
    free(path);
}

static int run_in_tree(const struct build_job *job, const char *command,
                       struct watching *watching)
{
    const struct build_cache *cache = job->cache;
    struct text_list environment = {0};
    char *const words[] = {(char *)"sh", (char *)"-c", (char *)command, NULL};
    struct child child = {.words = words,
                          .folder = cache->tree,
                          .environment = &environment,
                          .output = cache->output};
    int rc;

    build_environment(job->arch, &job->request->origin, cache->shims,
                      cache->tree_log, &environment);
    text_list_take(&environment,
                   must_format("MAKEFLAGS=-j%u", job->request->nr_jobs));
    text_list_take(&environment,
                   must_format("GIT_CEILING_DIRECTORIES=%s", cache->entry));
    if (watching != NULL && job->request->progress != NULL) {
        child.tick = tell_progress;
        child.opaque = watching;
    }
    rc = child_run(&child);
    text_list_free(&environment);
    return rc;
}

/* The end of what the build said, where nothing else tells why. */
#define NR_LAST_LINES 20

static void print_last_lines(const struct build_job *job)
{
    struct file_bytes file;
    size_t at, nr_lines = 0;

    if (file_bytes_open(job->cache->output, &file) != 0) {
        return;
    }
    for (at = file.nr; at > 0; at--) {
        if (file.bytes[at - 1] == '\n' && at != file.nr &&
            ++nr_lines == NR_LAST_LINES) {
            break;
        }
    }
    fwrite(file.bytes + at, 1, file.nr - at, job->err);
    file_bytes_close(&file);
}

static bool has_said(const struct build_job *job, const char *words)
{
    struct file_bytes file;
    bool has = false;

    if (file_bytes_open(job->cache->output, &file) == 0) {
        has = memmem(file.bytes, file.nr, words, strlen(words)) != NULL;
        file_bytes_close(&file);
    }
    return has;
}

/* The last tool that failed and whose complaints the build has shown; makefiles
 * try what a compiler can do, and keep to themselves that it cannot. */
static const struct tool_record *find_failure(const struct build_job *job,
                                              const struct tool_log *log)
{
    for (size_t i = log->nr; i-- > 0;) {
        const struct tool_record *record = &log->records[i];

        if (record->status != 0 && record->said[0] != '\0' &&
            has_said(job, record->said)) {
            return record;
        }
    }
    return NULL;
}

/* What a build says of it may have found no room either. */
#define FULL_BYTES (1UL << 16)

static bool is_full(const struct build_job *job)
{
    struct statvfs facts;

    return has_said(job, "No space left on device") ||
           (statvfs(job->cache->root, &facts) == 0 &&
            facts.f_bavail * facts.f_frsize < FULL_BYTES);
}

static int tell_failure(const struct build_job *job, const char *step,
                        const struct tool_log *log, int status)
{
    const struct tool_record *failed = find_failure(job, log);
    FILE *err = job->err;

    fprintf(err, "livepatch-build: the build %s the patch failed\n",
            strcmp(step, "before") == 0 ? "without" : "with");
    if (is_full(job)) {
        fprintf(err,
                "livepatch-build: %s: no space left there; make room, or "
                "choose another folder with --cache\n",
                job->cache->root);
        return -ENOSPC;
    }
    if (failed != NULL) {
        char *line = command_line_of(failed);

        fprintf(err, "%scommand: %s\n", failed->said, line);
        free(line);
    } else if (status == 0) {
        fprintf(err, "livepatch-build: the command ended well, but linked no "
                     "image (a link whose output is named like xen-syms) by a "
                     "linker found in PATH; it has to (see --build-cmd)\n");
    } else {
        print_last_lines(job);
    }
    return -EIO;
}

static int judge(const struct build_job *job, const char *step, int status)
{
    struct tool_log log = {0};
    int rc;

    tool_log_read(job->cache->tree_log, &log);
    rc = find_image_link(&log, "") != NULL
             ? 0
             : tell_failure(job, step, &log, status);
    tool_log_free(&log);
    return rc;
}

int build_run(const struct build_job *job, const char *step)
{
    const char *command = job->request->build_cmd != NULL
                              ? job->request->build_cmd
                              : job->system->build[job->arch];
    struct watching watching = {job, {.step = step}, build_seconds()};
    bool is_first = strcmp(step, "before") == 0;
    int rc = tool_shims_make(job->cache->shims, job->err);

    if (rc == 0 && is_first) {
        watching.now.nr_expected = read_estimate(job);
    }
    if (rc == 0) {
        rc = run_in_tree(job, command, &watching);
    }
    if (rc >= 0) {
        rc = judge(job, step, rc);
    }
    if (rc == 0 && is_first) {
        keep_estimate(job);
    }
    if (job->request->progress != NULL) {
        watching.now.is_over = true;
        tell_progress(&watching);
    }
    return rc;
}

int build_run_command(const struct build_job *job, const char *command)
{
    struct tool_log none = {0};
    int rc = tool_shims_make(job->cache->shims, job->err);

    if (rc == 0) {
        rc = run_in_tree(job, command, NULL);
    }
    if (rc > 0) {
        fprintf(job->err, "livepatch-build: %s: failed\n", command);
        return tell_failure(job, "before", &none, rc);
    }
    return rc;
}
