/* SPDX-License-Identifier: GPL-2.0 */
/* Files in a folder, which the harness packs. */
#include "run/userland.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "machine/child.h"
#include "machine/parts.h"

static const char *name_of(const struct lot *lot, size_t index)
{
    return lot->payloads->items[index].name;
}

/* Names separated by blanks. */
static char *names_of(const struct lot *lot, const size_t *indices, size_t nr)
{
    char *names = must_copy("");

    for (size_t i = 0; i < nr; i++) {
        char *longer = must_format("%s%s%s", names, i > 0 ? " " : "",
                                   name_of(lot, indices[i]));

        free(names);
        names = longer;
    }
    return names;
}

/* Whether a revert spends one of those that are tried. xSplice tells that of
 * each itself; Xen has no word for it. */
static bool is_spent_silently(const struct bench *bench, const struct lot *lot)
{
    bool has_own_data = false;

    for (size_t i = 0; i < lot->nr_tried; i++) {
        has_own_data |= lot->payloads->items[lot->tried[i]].has_own_data;
    }
    return has_own_data && strcmp(bench->kind, "stock") == 0;
}

static int write_environment(const struct bench *bench, const struct lot *lot,
                             const char *folder, const char *steps)
{
    char *path = must_format("%s/environment", folder);
    char *names = names_of(lot, lot->tried, lot->nr_tried);
    char *below = names_of(lot, lot->below, lot->nr_below);
    FILE *file = fopen(path, "we");
    int rc = -EIO;

    if (file != NULL) {
        fprintf(file,
                "HAS_DISK=%s\nUSERLAND=%s\nSTEPS='%s'\nNAMES='%s'\n"
                "BELOW='%s'\nACTION=%s\nCYCLES=%u\nSPENT=%s\n",
                bench->root != NULL ? "yes" : "",
                bench->root != NULL ? "root" : "busybox", steps, names, below,
                bench->is_replace ? "replace" : "apply", bench->nr_cycles,
                is_spent_silently(bench, lot) ? "yes" : "");
        rc = fclose(file) == 0 ? 0 : -errno;
    }
    free(path);
    free(names);
    free(below);
    return rc;
}

static int write_payloads(const struct lot *lot, const char *folder)
{
    char *place = must_format("%s/payloads", folder);
    char *other = must_format("%s/payloads/other", folder);
    int rc = mkdir(place, 0777) == 0 && mkdir(other, 0777) == 0 ? 0 : -errno;

    for (size_t i = 0; rc == 0 && i < lot->nr_below; i++) {
        rc = payload_write(&lot->payloads->items[lot->below[i]], place);
    }
    for (size_t i = 0; rc == 0 && i < lot->nr_tried; i++) {
        const struct payload *payload = &lot->payloads->items[lot->tried[i]];

        rc = payload_write(payload, place);
        if (rc == 0) {
            rc = payload_write_for_other(payload, other);
            rc = rc == -ENOENT ? 0 : rc; /* it names no hypervisor */
        }
    }
    free(place);
    free(other);
    return rc;
}

/* False: it cannot be packed, for a reason that was said. */
static bool pack(const struct bench *bench, const char *folder,
                 const char *initramfs)
{
    struct text_list words = {0};
    int status;

    text_list_take(&words, parts_path("userland"));
    text_list_add(&words, initramfs);
    text_list_add(&words, bench->boot_folder);
    text_list_add(&words, folder);
    if (bench->check != NULL) {
        text_list_add(&words, bench->check);
        for (size_t i = 0; i < bench->files->nr; i++) {
            text_list_add(&words, bench->files->items[i]);
        }
    }
    status = child_run((const char *const *)words.items, NULL);
    text_list_free(&words);
    return status == 0;
}

char *userland_pack(const struct bench *bench, const struct lot *lot,
                    const char *folder, const char *steps,
                    const char *initramfs)
{
    int rc = write_environment(bench, lot, folder, steps);

    rc = rc == 0 ? write_payloads(lot, folder) : rc;
    if (rc != 0) {
        return must_format("%s: %s", folder, strerror(-rc));
    }
    return pack(bench, folder, initramfs)
               ? NULL
               : must_copy("what dom0 needs cannot be packed");
}
