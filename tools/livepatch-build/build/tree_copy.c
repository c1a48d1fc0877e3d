/* SPDX-License-Identifier: GPL-2.0 */
/* Walking, copying and removing trees. */
#include "build/tree_copy.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "build/interrupt.h"
#include "lib/memory.h"

static bool has_suffix(const char *name, const char *suffix)
{
    size_t nr = strlen(name), own = strlen(suffix);

    return nr > own && strcmp(name + nr - own, suffix) == 0;
}

/* What make and compilers leave beside sources, in any tree. */
static bool is_product(const FTSENT *entry)
{
    const char *name = entry->fts_name;

    return entry->fts_info == FTS_F &&
           (has_suffix(name, ".o") || has_suffix(name, ".a") ||
            has_suffix(name, ".d") || has_suffix(name, ".o.tmp") ||
            (name[0] == '.' && has_suffix(name, ".cmd")) ||
            strncmp(name, "xen-syms", 8) == 0 ||
            strncmp(name, ".xen-syms", 9) == 0 ||
            strncmp(name, ".xen.efi", 8) == 0);
}

static bool is_left_out(const FTSENT *entry, const char *path,
                        const struct tree_filter *filter)
{
    if (strcmp(entry->fts_name, ".git") == 0) {
        return true;
    }
    if (is_product(entry)) {
        if (filter->has_products != NULL) {
            *filter->has_products = true;
        }
        return true;
    }
    for (size_t i = 0; filter->folders[i] != NULL; i++) {
        if (strcmp(path, filter->folders[i]) == 0) {
            return true;
        }
    }
    return false;
}

static int compare_names(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

static int tell_failure(const char *path, int error, FILE *err)
{
    fprintf(err, "livepatch-build: %s: %s%s\n", path, strerror(error),
            error == ENOSPC ? "; make room there, or choose another folder "
                              "with --cache"
                            : "");
    return -error;
}

/* The path of an entry in its tree; "" for the tree itself. */
static const char *path_in(const FTSENT *entry, size_t root_bytes)
{
    const char *path = entry->fts_path + root_bytes;

    return *path == '/' ? path + 1 : path;
}

int tree_walk(const char *root, const struct tree_filter *filter,
              int (*visit)(const FTSENT *entry, const char *path, void *opaque),
              void *opaque, FILE *err)
{
    char *const roots[] = {(char *)root, NULL};
    FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, compare_names);
    FTSENT *entry = NULL;
    int rc = 0;

    while (rc == 0 && walk != NULL && (entry = fts_read(walk)) != NULL) {
        const char *path = path_in(entry, strlen(root));

        if (interrupt_signal() != 0) {
            rc = -EINTR;
        } else if (entry->fts_info == FTS_DNR || entry->fts_info == FTS_ERR ||
                   entry->fts_info == FTS_NS) {
            rc = tell_failure(entry->fts_path, entry->fts_errno, err);
        } else if (entry->fts_info == FTS_DP) {
            continue;
        } else if (filter != NULL && is_left_out(entry, path, filter)) {
            fts_set(walk, entry, FTS_SKIP);
        } else {
            rc = visit(entry, path, opaque);
        }
    }
    if (walk == NULL || (rc == 0 && errno != 0 && entry != NULL)) {
        rc = tell_failure(root, errno, err);
    }
    if (walk != NULL) {
        fts_close(walk);
    }
    return rc;
}

struct copying {
    char *from; /* absolute */
    const char *to;
    bool keeps_times;
    FILE *err;
};

/* All bytes; shared with the other file where the file system can. */
static int copy_bytes(int from, int to)
{
    static char bytes[1 << 17];
    ssize_t nr;

    if (ioctl(to, FICLONE, from) == 0) {
        return 0;
    }
    while ((nr = read(from, bytes, sizeof(bytes))) > 0) {
        for (ssize_t done = 0, part; done < nr; done += part) {
            part = write(to, bytes + done, (size_t)(nr - done));
            if (part < 0) {
                return -errno;
            }
        }
    }
    return nr < 0 ? -errno : 0;
}

static int copy_file(const FTSENT *entry, const char *to)
{
    int rc = 0, target = -1;
    int source = open(entry->fts_accpath, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

    if (source < 0) {
        return -errno;
    }
    target = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                  (entry->fts_statp->st_mode & 0777) | 0200);
    rc = target < 0 ? -errno : copy_bytes(source, target);
    close(source);
    if (target >= 0 && close(target) != 0 && rc == 0) {
        rc = -errno;
    }
    return rc;
}

static int copy_link(const struct copying *copying, const FTSENT *entry,
                     const char *to)
{
    char target[4096];
    ssize_t nr = readlink(entry->fts_accpath, target, sizeof(target) - 1);
    size_t own = strlen(copying->from);
    char *moved = NULL;
    int rc;

    if (nr < 0) {
        return -errno;
    }
    target[nr] = '\0';
    if (strncmp(target, copying->from, own) == 0 && target[own] == '/') {
        moved = must_format("%s%s", copying->to, target + own);
    }
    rc = symlink(moved != NULL ? moved : target, to) != 0 ? -errno : 0;
    free(moved);
    return rc;
}

static int copy_entry(const FTSENT *entry, const char *path, void *opaque)
{
    const struct copying *copying = opaque;
    char *to =
        must_format("%s%s%s", copying->to, *path != '\0' ? "/" : "", path);
    const struct timespec times[2] = {entry->fts_statp->st_atim,
                                      entry->fts_statp->st_mtim};
    int rc = 0;

    if (entry->fts_info == FTS_D) {
        rc = mkdir(to, 0755) != 0 ? -errno : 0;
    } else if (entry->fts_info == FTS_F) {
        rc = copy_file(entry, to);
    } else if (entry->fts_info == FTS_SL || entry->fts_info == FTS_SLNONE) {
        rc = copy_link(copying, entry, to);
    } else {
        free(to);
        return 0;
    }
    if (rc == 0 && copying->keeps_times && entry->fts_info != FTS_D &&
        utimensat(AT_FDCWD, to, times, AT_SYMLINK_NOFOLLOW) != 0) {
        rc = -errno;
    }
    if (rc != 0) {
        tell_failure(to, -rc, copying->err);
    }
    free(to);
    return rc;
}

int tree_copy(const char *from, const char *to,
              const struct tree_filter *filter, bool keeps_times, FILE *err)
{
    struct copying copying = {realpath(from, NULL), to, keeps_times, err};
    int rc = copying.from == NULL
                 ? tell_failure(from, errno, err)
                 : tree_walk(from, filter, copy_entry, &copying, err);

    free(copying.from);
    return rc;
}

int tree_remove(const char *path)
{
    char *const roots[] = {(char *)path, NULL};
    FTS *walk;
    FTSENT *entry;
    int rc = 0;

    if (access(path, F_OK) != 0 && errno == ENOENT) {
        return unlink(path) != 0 && errno != ENOENT ? -errno : 0;
    }
    walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    if (walk == NULL) {
        return -errno;
    }
    while ((entry = fts_read(walk)) != NULL) {
        if (entry->fts_info != FTS_D && remove(entry->fts_accpath) != 0 &&
            rc == 0) {
            rc = -errno;
        }
    }
    fts_close(walk);
    return rc;
}

int make_folders(const char *path)
{
    char *part = must_copy(path);
    int rc = 0;

    for (char *slash = part + 1; rc == 0 && *slash != '\0'; slash++) {
        if (*slash == '/') {
            *slash = '\0';
            rc = mkdir(part, 0755) != 0 && errno != EEXIST ? -errno : 0;
            *slash = '/';
        }
    }
    if (rc == 0 && mkdir(path, 0755) != 0 && errno != EEXIST) {
        rc = -errno;
    }
    free(part);
    return rc;
}
