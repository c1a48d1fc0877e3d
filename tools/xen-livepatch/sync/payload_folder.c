/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Names of both folders merged, then one file after the other. A file that is
 * no payload is complained of and kept as a bad one: it must not keep the
 * others from being loaded, nor what is loaded under its name from staying.
 */
#include "sync/payload_folder.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "hypervisor/payload_name.h"
#include "lib/payload_file.h"
#include "lib/safe_text.h"
#include "sync/folder_names.h"
#include "sync/order_file.h"

/* /dev/null, by whatever links; or an empty file that hides another one. An
 * empty file alone is what a power cut leaves of a payload. */
static bool is_mask(const char *path, bool is_hiding)
{
    struct stat status;

    return !stat(path, &status) &&
           ((is_hiding && S_ISREG(status.st_mode) && !status.st_size) ||
            (S_ISCHR(status.st_mode) && status.st_rdev == makedev(1, 3)));
}

/* -EINVAL after a message. */
static int read_ids(struct folder_payload *payload, FILE *err)
{
    struct payload_file file;
    struct elf_file elf;
    int rc;

    if (payload_file_read(payload->path, &file, err)) {
        return -EINVAL;
    }
    rc = elf_file_open(payload->path, file.bytes, file.nr_bytes, &elf, err);
    if (!rc) {
        payload->own = kept_id_of(payload_build_id(&elf, SECTION_OWN_ID));
        payload->below = kept_id_of(payload_build_id(&elf, SECTION_DEPENDS));
        payload->hypervisor =
            kept_id_of(payload_build_id(&elf, SECTION_XEN_DEPENDS));
        if (!payload->own.nr_bytes) {
            fprintf(err, "%s: it has no build-id (%s): no payload.\n",
                    payload->path, SECTION_OWN_ID);
            rc = -EINVAL;
        }
    }
    payload_file_free(&file);
    return rc ? -EINVAL : 0;
}

/* What is wrong with a name is said without its file. */
static bool is_name(const struct folder_payload *payload, FILE *err)
{
    FILE *nowhere = fopen("/dev/null", "we");
    bool is_bad = !nowhere || payload_name_check(payload->name, nowhere);

    if (nowhere) {
        fclose(nowhere);
    }
    if (is_bad) {
        safe_print(err, payload->path, strlen(payload->path));
        fputs(": left out: ", err);
        payload_name_check(payload->name, err);
    }
    return !is_bad;
}

/* One that hides the vendor's file of its name, or does not. -ENOMEM */
static int add_payload(struct payload_folder *folder, const char *path,
                       const char *name, bool is_hiding, FILE *err)
{
    struct folder_payload *payload = &folder->payloads[folder->nr];

    *payload = (struct folder_payload){.name = strdup(name)};
    if (asprintf(&payload->path, "%s/%s" PAYLOAD_ENDING, path, name) < 0) {
        payload->path = NULL;
    }
    folder->nr++;
    if (!payload->name || !payload->path) {
        return -ENOMEM;
    }
    payload->is_masked = is_mask(payload->path, is_hiding);
    if (!payload->is_masked &&
        (!is_name(payload, err) || read_ids(payload, err))) {
        payload->is_bad = true;
        folder->nr_bad++;
    }
    return 0;
}

/* Both lists are sorted; of a name in both the admin's file counts. */
static int add_all(const struct folder_places *places,
                   const struct folder_names *admin,
                   const struct folder_names *vendor,
                   struct payload_folder *folder, FILE *err)
{
    size_t nr = admin->nr + vendor->nr;
    size_t a = 0;
    size_t v = 0;
    int rc = 0;

    folder->payloads = calloc(nr + 1, sizeof(*folder->payloads));
    if (!folder->payloads) {
        return -ENOMEM;
    }
    while (!rc && (a < admin->nr || v < vendor->nr)) {
        int order = a == admin->nr ? 1
                    : v == vendor->nr
                        ? -1
                        : strcmp(admin->names[a], vendor->names[v]);

        rc = order > 0 ? add_payload(folder, places->vendor, vendor->names[v],
                                     false, err)
                       : add_payload(folder, places->admin, admin->names[a],
                                     order == 0, err);
        a += order <= 0;
        v += order >= 0;
    }
    return rc;
}

static int complain(const char *path, int rc, FILE *err)
{
    if (rc == -E2BIG) {
        fprintf(err,
                "%s: more than %u files of one kind, expected the payloads of "
                "one machine. Move those of other hypervisors elsewhere.\n",
                path, FOLDER_NAMES_MAX);
    } else {
        fprintf(err, "Could not read the folder %s.\nError %d: %s\n", path, -rc,
                strerror(-rc));
    }
    return rc;
}

/* The names in the vendor's folder, none where there is no such folder. */
static int read_vendor(const struct folder_places *places,
                       struct folder_names *names, bool *is_there, FILE *err)
{
    int rc = places->vendor
                 ? folder_names_read(places->vendor, PAYLOAD_ENDING, names)
                 : -ENOENT;

    *is_there = !rc;
    return rc && rc != -ENOENT ? complain(places->vendor, rc, err) : 0;
}

static int read_admin(const struct folder_places *places,
                      struct folder_names *names, struct payload_folder *folder)
{
    int rc = folder_names_read(places->admin, PAYLOAD_ENDING, names);

    if (!rc) {
        rc = folder_holds_read(places->admin, &folder->holds);
    }
    if (!rc) {
        rc = folder_pins_read(places->admin, &folder->pins);
    }
    return rc;
}

static int read_folders(const struct folder_places *places,
                        struct payload_folder *folder, FILE *err)
{
    struct folder_names admin = {0};
    struct folder_names vendor = {0};
    bool has_vendor;
    int rc = read_vendor(places, &vendor, &has_vendor, err);

    if (!rc) {
        rc = read_admin(places, &admin, folder);
        if (rc == -ENOENT && has_vendor) {
            rc = 0;
        } else if (rc) {
            complain(places->admin, rc, err);
        }
    }
    if (!rc) {
        rc = add_all(places, &admin, &vendor, folder, err);
    }
    folder_names_free(&admin);
    folder_names_free(&vendor);
    return rc;
}

int payload_folder_read(const struct folder_places *places,
                        struct payload_folder *folder, FILE *err)
{
    struct payload_folder found = {0};
    int rc = read_folders(places, &found, err);

    if (!rc) {
        rc = order_file_read(places->admin, &found, err);
    }
    if (rc) {
        payload_folder_free(&found);
        return rc;
    }
    *folder = found;
    return 0;
}

void payload_folder_free(struct payload_folder *folder)
{
    for (size_t i = 0; i < folder->nr; i++) {
        free(folder->payloads[i].path);
        free(folder->payloads[i].name);
        free(folder->payloads[i].obstacle);
    }
    free(folder->payloads);
    folder_marks_free(&folder->holds);
    folder_marks_free(&folder->pins);
    flaws_free(&folder->order_flaws);
}

static int compare_name(const void *name, const void *payload)
{
    return strcmp(name, ((const struct folder_payload *)payload)->name);
}

struct folder_payload *payload_folder_find(const struct payload_folder *folder,
                                           const char *name)
{
    return folder->nr ? bsearch(name, folder->payloads, folder->nr,
                                sizeof(*folder->payloads), compare_name)
                      : NULL;
}
