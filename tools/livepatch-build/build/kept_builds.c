/* SPDX-License-Identifier: GPL-2.0 */
/* Entries are folders with a lock in them; nothing else in the cache's folder
 * is looked at or touched. */
#include "build/kept_builds.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/memory.h"
#include "build/build_cache.h"
#include "build/file_bytes.h"
#include "build/tree_copy.h"

#define BLOCK_BYTES 512U /* of st_blocks */

static int count_bytes(const FTSENT *entry, const char *path, void *opaque)
{
    uint64_t *bytes = opaque;

    (void)path;
    *bytes += (uint64_t)entry->fts_statp->st_blocks * BLOCK_BYTES;
    return 0;
}

/* What went away meanwhile is not there. */
static int read_build(const char *root, const char *key,
                      struct kept_build *build, FILE *ignored)
{
    char *entry = must_format("%s/%s", root, key);
    char *lock = must_format("%s/" BUILD_CACHE_LOCK, entry);
    struct file_bytes text = {"", 0};
    struct stat facts;
    int rc = stat(lock, &facts) != 0 ? -errno : 0;

    if (rc == 0) {
        rc = file_bytes_open(lock, &text);
    }
    if (rc == 0) {
        *build = (struct kept_build){
            .key = must_copy(key),
            .source = must_format("%.*s", (int)text.nr, text.bytes),
            .used = facts.st_mtime};
        file_bytes_close(&text);
        tree_walk(entry, NULL, count_bytes, &build->bytes, ignored);
    }
    free(lock);
    free(entry);
    return rc;
}

static int by_use(const void *a, const void *b)
{
    const struct kept_build *one = a;
    const struct kept_build *other = b;

    return one->used != other->used ? (one->used > other->used ? 1 : -1)
                                    : strcmp(one->key, other->key);
}

static void read_all(DIR *folder, struct kept_builds *builds, FILE *ignored)
{
    struct dirent *found;

    while ((found = readdir(folder)) != NULL) {
        builds->all =
            must_resize(builds->all, builds->nr + 1, sizeof(*builds->all));
        if (found->d_name[0] != '.' &&
            read_build(builds->root, found->d_name, &builds->all[builds->nr],
                       ignored) == 0) {
            builds->nr++;
        }
    }
    if (builds->nr > 0) {
        qsort(builds->all, builds->nr, sizeof(*builds->all), by_use);
    }
}

static int tell(const char *path, int rc, FILE *err)
{
    fprintf(err, "livepatch-build: %s: %s\n", path, strerror(-rc));
    return rc;
}

int kept_builds_open(const char *root, struct kept_builds *builds, FILE *err)
{
    DIR *folder = opendir(root);
    FILE *ignored;

    *builds = (struct kept_builds){.root = must_copy(root)};
    if (folder == NULL) {
        return tell(root, -errno, err);
    }
    ignored = fopen("/dev/null", "we");
    if (ignored == NULL) {
        closedir(folder);
        return tell("/dev/null", -errno, err);
    }
    read_all(folder, builds, ignored);
    fclose(ignored);
    closedir(folder);
    return 0;
}

void kept_builds_close(struct kept_builds *builds)
{
    for (size_t i = 0; i < builds->nr; i++) {
        free(builds->all[i].key);
        free(builds->all[i].source);
    }
    free(builds->all);
    free(builds->root);
    *builds = (struct kept_builds){0};
}

uint64_t kept_builds_bytes(const struct kept_builds *builds)
{
    uint64_t bytes = 0;

    for (size_t i = 0; i < builds->nr; i++) {
        bytes += builds->all[i].is_removed ? 0 : builds->all[i].bytes;
    }
    return bytes;
}

/* Whoever waits for the lock finds that the entry is another one then. */
static int remove_build(const char *root, struct kept_build *build, FILE *err)
{
    char *entry = must_format("%s/%s", root, build->key);
    const int lock = build_cache_open_lock(entry);
    int rc = lock < 0 ? lock : 0;

    if (lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) != 0) {
        fprintf(err, "livepatch-build: %s: in use by another run, stays\n",
                entry);
    } else if (lock >= 0) {
        rc = tree_remove(entry);
        build->is_removed = rc == 0;
    }
    if (rc != 0) {
        tell(entry, rc, err);
    }
    if (lock >= 0) {
        close(lock);
    }
    free(entry);
    return rc;
}

int kept_builds_prune(struct kept_builds *builds, time_t since,
                      uint64_t most_bytes, FILE *err)
{
    int rc = 0;

    for (size_t i = 0; i < builds->nr && rc == 0; i++) {
        struct kept_build *build = &builds->all[i];

        if (build->used < since || kept_builds_bytes(builds) > most_bytes) {
            rc = remove_build(builds->root, build, err);
        }
    }
    return rc;
}
