/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The vendor's folder by the build-id's digits, as XCP-ng lays it.
 */
#include "sync/sync_folders.h"

#include <errno.h>
#include <stdlib.h>

#include "session/places.h"

struct sync_folders sync_folders_of(const struct options *options)
{
    struct sync_folders folders = {
        .admin = option_value(options, OPTION_DIR),
        .vendor = option_value(options, OPTION_VENDOR_DIR),
    };

    if (!folders.admin) {
        folders.admin = place_of_payloads;
        folders.vendor = folders.vendor ? folders.vendor : place_of_vendor;
    }
    return folders;
}

/* Allocated; NULL: none, or no memory. */
static char *find_vendors(const char *vendor, struct build_id running)
{
    struct kept_id id = kept_id_of(running);
    char digits[KEPT_ID_TEXT_BYTES];
    char *path;

    if (!vendor || !id.nr_bytes) {
        return NULL;
    }
    kept_id_format(&id, digits);
    return asprintf(&path, "%s/%s", vendor, digits) < 0 ? NULL : path;
}

int sync_folders_read(const struct sync_folders *folders,
                      struct build_id running, const struct crash_guard *guard,
                      struct payload_folder *folder, FILE *err)
{
    char *vendor = find_vendors(folders->vendor, running);
    int rc = payload_folder_read(
        &(struct folder_places){folders->admin, vendor}, folder, err);

    free(vendor);
    for (size_t i = 0; !rc && i < folder->nr; i++) {
        folder->payloads[i].is_suspect =
            crash_guard_holds(guard, &folder->payloads[i].own);
    }
    return rc;
}
