/* SPDX-License-Identifier: GPL-2.0 */
/* The folder of parts. */
#include "machine/parts.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/memory.h"

static char *folder;

/* The folder that this program lies in; "." when nobody knows. */
static char *own_folder(void)
{
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof(path) - 1);
    char *slash;

    if (length <= 0) {
        return must_copy(".");
    }
    path[length] = '\0';
    slash = strrchr(path, '/');
    if (slash != NULL) {
        *slash = '\0';
    }
    return must_copy(path);
}

static bool take_folder(char *candidate)
{
    char *boot = must_format("%s/boot", candidate);
    bool is_it = access(boot, X_OK) == 0;

    free(boot);
    if (is_it) {
        folder = candidate;
    } else {
        free(candidate);
    }
    return is_it;
}

bool parts_find(FILE *err)
{
    const char *named = getenv("LIVEPATCH_REPLAY_PARTS");
    char *own = own_folder();
    bool is_found;

    if (named != NULL) {
        is_found = take_folder(must_copy(named));
    } else {
        is_found = take_folder(must_format("%s/livepatch-replay.parts", own)) ||
                   take_folder(must_format("%s/../lib/livepatch-replay", own));
    }
    if (!is_found) {
        fprintf(err,
                "livepatch-replay: its parts are not in %s%s; install it "
                "again, or set LIVEPATCH_REPLAY_PARTS\n",
                named != NULL ? named : own,
                named != NULL ? ""
                              : "/livepatch-replay.parts or "
                                "../lib/livepatch-replay");
    }
    free(own);
    return is_found;
}

char *parts_path(const char *name)
{
    return must_format("%s/%s", folder, name);
}

char *parts_cache(void)
{
    const char *named = getenv("LIVEPATCH_REPLAY_CACHE");
    const char *caches = getenv("XDG_CACHE_HOME");
    const char *home = getenv("HOME");

    if (named != NULL) {
        return must_copy(named);
    }
    if (caches != NULL && *caches == '/') {
        return must_format("%s/livepatch-replay", caches);
    }
    return must_format("%s/.cache/livepatch-replay", home != NULL ? home : "");
}
