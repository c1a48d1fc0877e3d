/* SPDX-License-Identifier: GPL-2.0 */
/* Entries of the cache: their lock, their paths, what was left in them. */
#include "build/build_cache.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "build/interrupt.h"
#include "build/tree_copy.h"
#include "lib/memory.h"

static int tell(const char *path, int rc, FILE *err)
{
    fprintf(err, "livepatch-build: %s: %s\n", path, strerror(-rc));
    return rc;
}

/* Builds inherit the lock: one that outlives a killed run still holds it. */
int build_cache_open_lock(const char *entry)
{
    char *path = must_format("%s/" BUILD_CACHE_LOCK, entry);
    int lock = open(path, O_RDWR | O_CREAT, 0644);

    free(path);
    return lock < 0 ? -errno : lock;
}

static void remove_in(const char *entry, const char *name)
{
    char *path = must_format("%s/%s", entry, name);

    tree_remove(path);
    free(path);
}

static void remove_leftovers(const char *entry)
{
    remove_in(entry, "tree");
    remove_in(entry, "tree.log");
    remove_in(entry, "output");
    remove_in(entry, "shims");
    remove_in(entry, "again");
}

/* Those of entries that nobody uses now. */
static void remove_all_leftovers(const char *root)
{
    DIR *folder = opendir(root);
    struct dirent *found;

    while (folder != NULL && (found = readdir(folder)) != NULL) {
        char *entry = must_format("%s/%s", root, found->d_name);
        char *shims = must_format("%s/shims", entry);
        int lock = -1;

        if (found->d_name[0] != '.' && access(shims, F_OK) == 0) {
            lock = build_cache_open_lock(entry);
        }
        if (lock >= 0) {
            if (flock(lock, LOCK_EX | LOCK_NB) == 0) {
                remove_leftovers(entry);
            }
            close(lock);
        }
        free(shims);
        free(entry);
    }
    if (folder != NULL) {
        closedir(folder);
    }
}

/* Whether the entry has not been removed while its lock was waited for. */
static bool is_still_there(const struct build_cache *cache)
{
    char *path = must_format("%s/" BUILD_CACHE_LOCK, cache->entry);
    struct stat held, found;
    const bool is_same =
        fstat(cache->lock, &held) == 0 && stat(path, &found) == 0 &&
        held.st_ino == found.st_ino && held.st_dev == found.st_dev;

    free(path);
    return is_same;
}

static int wait_for_lock(struct build_cache *cache, FILE *err)
{
    cache->lock = build_cache_open_lock(cache->entry);
    if (cache->lock < 0) {
        return tell(cache->entry, cache->lock, err);
    }
    if (flock(cache->lock, LOCK_EX | LOCK_NB) == 0) {
        return 0;
    }
    fprintf(err, "livepatch-build: %s: in use by another run, waiting\n",
            cache->entry);
    while (flock(cache->lock, LOCK_EX) != 0) {
        if (errno != EINTR || interrupt_signal() != 0) {
            return errno == EINTR ? -EINTR : tell(cache->entry, -errno, err);
        }
    }
    return 0;
}

static char *temporary_root(void)
{
    const char *folder = getenv("TMPDIR");
    char *root = must_format("%s/livepatch-build-XXXXXX",
                             folder != NULL ? folder : "/tmp");

    if (mkdtemp(root) == NULL) {
        free(root);
        return NULL;
    }
    return root;
}

static int find_root(const char *root, struct build_cache *cache, FILE *err)
{
    char *wanted = root != NULL ? must_copy(root) : temporary_root();
    int rc;

    if (wanted == NULL) {
        return tell("a temporary folder", -errno, err);
    }
    rc = make_folders(wanted);
    if (rc == 0) {
        cache->root = realpath(wanted, NULL);
    }
    if (cache->root == NULL) {
        rc = tell(wanted, rc != 0 ? rc : -errno, err);
    } else if (strpbrk(cache->root, " \t:'\"$#%\\") != NULL) {
        /* make cannot work in such a folder, nor can PATH name it. */
        fprintf(err,
                "livepatch-build: %s: make takes no folder with such a "
                "character in its path; choose another one with --cache\n",
                cache->root);
        rc = -EINVAL;
    }
    free(wanted);
    return rc;
}

static int take_lock(struct build_cache *cache, FILE *err)
{
    int rc = make_folders(cache->entry);

    if (rc != 0) {
        return tell(cache->entry, rc, err);
    }
    rc = wait_for_lock(cache, err);
    while (rc == 0 && !is_still_there(cache)) {
        close(cache->lock);
        cache->lock = -1;
        rc = make_folders(cache->entry);
        rc = rc != 0 ? tell(cache->entry, rc, err) : wait_for_lock(cache, err);
    }
    return rc;
}

int build_cache_open(const char *root, const char *key,
                     struct build_cache *cache, FILE *err)
{
    int rc;

    *cache = (struct build_cache){.lock = -1, .is_temporary = root == NULL};
    rc = find_root(root, cache, err);
    if (rc != 0) {
        build_cache_close(cache);
        return rc;
    }
    cache->entry = must_format("%s/%s", cache->root, key);
    cache->tree = must_format("%s/tree", cache->entry);
    cache->before = must_format("%s/before", cache->entry);
    cache->tree_log = must_format("%s/tree.log", cache->entry);
    cache->before_log = must_format("%s/before.log", cache->entry);
    cache->output = must_format("%s/output", cache->entry);
    cache->shims = must_format("%s/shims", cache->entry);
    cache->again = must_format("%s/again", cache->entry);
    remove_all_leftovers(cache->root);
    rc = take_lock(cache, err);
    if (rc != 0) {
        build_cache_close(cache);
        return rc;
    }
    remove_leftovers(cache->entry);
    return 0;
}

/* Nothing depends on it: where it cannot be written, that is no matter. */
void build_cache_note_use(const struct build_cache *cache, const char *source)
{
    char *path = realpath(source, NULL);
    const char *text = path != NULL ? path : source;

    if (ftruncate(cache->lock, 0) == 0) {
        (void)!pwrite(cache->lock, text, strlen(text), 0);
    }
    futimens(cache->lock, NULL);
    free(path);
}

bool build_cache_is_filled(const struct build_cache *cache)
{
    return access(cache->before, F_OK) == 0;
}

/* The log first: with the tree's name the entry is whole. */
int build_cache_fill(const struct build_cache *cache, FILE *err)
{
    if (rename(cache->tree_log, cache->before_log) != 0 ||
        rename(cache->tree, cache->before) != 0) {
        return tell(cache->before, -errno, err);
    }
    return 0;
}

void build_cache_close(struct build_cache *cache)
{
    if (cache->lock >= 0) {
        remove_leftovers(cache->entry);
        close(cache->lock);
    }
    if (cache->is_temporary && cache->root != NULL) {
        tree_remove(cache->root);
    }
    free(cache->root);
    free(cache->entry);
    free(cache->tree);
    free(cache->before);
    free(cache->tree_log);
    free(cache->before_log);
    free(cache->output);
    free(cache->shims);
    free(cache->again);
    *cache = (struct build_cache){.lock = -1};
}
