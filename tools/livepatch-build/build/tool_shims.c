/* SPDX-License-Identifier: GPL-2.0 */
/* Looking through PATH for tools. */
#include "build/tool_shims.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "build/child.h"
#include "build/tool_call.h"
#include "build/tree_copy.h"

/* Folders of PATH, without those relative to wherever somebody is. */
static void path_folders(struct text_list *folders)
{
    const char *path = getenv("PATH");
    char *rest = must_copy(path != NULL ? path : "/usr/bin:/bin");
    char *at = rest, *part;

    while ((part = strsep(&at, ":")) != NULL) {
        if (part[0] == '/') {
            text_list_add(folders, part);
        }
    }
    free(rest);
}

static bool is_program(const char *path)
{
    struct stat facts;

    return stat(path, &facts) == 0 && S_ISREG(facts.st_mode) &&
           access(path, X_OK) == 0;
}

bool is_in_path(const char *name)
{
    struct text_list folders = {0};
    bool is_there = false;

    path_folders(&folders);
    for (size_t i = 0; i < folders.nr && !is_there; i++) {
        char *path = must_format("%s/%s", folders.items[i], name);

        is_there = is_program(path);
        free(path);
    }
    text_list_free(&folders);
    return is_there;
}

/* Programs in PATH that `is_wanted`, as whole paths; of each name the one that
 * is found first. */
static void find_programs(bool (*is_wanted)(const char *name),
                          struct text_list *paths)
{
    struct text_list folders = {0}, names = {0};

    path_folders(&folders);
    for (size_t i = 0; i < folders.nr; i++) {
        DIR *folder = opendir(folders.items[i]);
        struct dirent *entry;

        while (folder != NULL && (entry = readdir(folder)) != NULL) {
            char *path = must_format("%s/%s", folders.items[i], entry->d_name);

            if (is_wanted(entry->d_name) && is_program(path) &&
                !text_list_has(&names, entry->d_name)) {
                text_list_add(&names, entry->d_name);
                text_list_add(paths, path);
            }
            free(path);
        }
        if (folder != NULL) {
            closedir(folder);
        }
    }
    text_list_sort(paths);
    text_list_free(&folders);
    text_list_free(&names);
}

static bool is_shimmed(const char *name)
{
    return tool_kind_of(name) != TOOL_NONE;
}

int tool_shims_make(const char *folder, FILE *err)
{
    struct text_list paths = {0};
    char *own = realpath("/proc/self/exe", NULL);
    int rc;

    if (own == NULL) {
        fprintf(err, "livepatch-build: this program was removed or replaced "
                     "while it ran: run it again\n");
        return -ENOENT;
    }
    rc = tree_remove(folder);
    if (rc == 0 && mkdir(folder, 0755) != 0) {
        rc = -errno;
    }
    find_programs(is_shimmed, &paths);
    for (size_t i = 0; rc == 0 && i < paths.nr; i++) {
        char *link =
            must_format("%s/%s", folder, strrchr(paths.items[i], '/') + 1);

        rc = symlink(own, link) != 0 ? -errno : 0;
        free(link);
    }
    if (rc != 0) {
        fprintf(err,
                "livepatch-build: %s: cannot make the shims of the "
                "compilers: %s\n",
                folder, strerror(-rc));
    }
    text_list_free(&paths);
    free(own);
    return rc;
}

static bool has_identity(const char *name)
{
    size_t nr = strlen(name);
    enum tool_kind kind = tool_kind_of(name);

    return kind == TOOL_COMPILER || kind == TOOL_LINKER ||
           strcmp(name, "as") == 0 ||
           (nr > 3 && strcmp(name + nr - 3, "-as") == 0);
}

int tool_identities(struct text_list *identities)
{
    struct text_list paths = {0}, targets = {0};
    int rc = 0;

    find_programs(has_identity, &paths);
    for (size_t i = 0; i < paths.nr && rc == 0; i++) {
        char *target = realpath(paths.items[i], NULL);

        if (target != NULL && !text_list_has(&targets, target)) {
            char *words[] = {paths.items[i], (char *)"--version", NULL};
            char *said = NULL;

            text_list_add(&targets, target);
            rc = child_read(words, &said);
            if (rc == 0) {
                said[strcspn(said, "\n")] = '\0';
                text_list_take(identities,
                               must_format("%s: %s", paths.items[i], said));
            }
            free(said);
            rc = rc == -EINTR ? rc : 0;
        }
        free(target);
    }
    text_list_free(&paths);
    text_list_free(&targets);
    return rc;
}
