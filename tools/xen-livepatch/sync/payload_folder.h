/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The payloads that are meant for this machine: every file whose name ends in
 * ".livepatch" in the admin's folder (/etc/xen/livepatch.d) and in the vendor's
 * (/usr/lib/xen-livepatch/BUILD-ID), read, with what it says of itself; and
 * what the admin says of them. A file of the admin hides the vendor's of the
 * same name. See xen-livepatch.d(5).
 */
#ifndef XEN_LIVEPATCH_PAYLOAD_FOLDER_H
#define XEN_LIVEPATCH_PAYLOAD_FOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "lib/kept_id.h"
#include "sync/flaws.h"
#include "sync/folder_marks.h"

#define PAYLOAD_ENDING ".livepatch"

struct folder_payload {
    char *path;
    char *name;      /* the file's without its ending; checked */
    bool is_bad;     /* it is no payload; only path and name are there */
    bool is_masked;  /* it is empty, or /dev/null: nothing of this name */
    bool is_suspect; /* set by who knows of crashes: not to be loaded */
    char *obstacle;  /* set by who has asked: why it must not take the place of
                        the build that is applied; NULL: it may */
    struct kept_id own;
    struct kept_id hypervisor; /* the one that it is for; none before 4.14 */
    struct kept_id below;      /* what it goes on top of */
    int rank;                  /* line in the order file, 0: none */
    uint32_t flags;            /* PAYLOAD_APPLY_NODEPS, by the order file */
};

struct folder_places {
    const char *admin;
    const char *vendor; /* with the build-id in it; NULL: there is none */
};

struct payload_folder {
    struct folder_payload *payloads; /* sorted by name */
    size_t nr;
    size_t nr_bad; /* files that are no payloads, after a message for each */
    struct folder_marks holds;
    struct folder_marks pins;
    struct flaws order_flaws; /* of the order file */
};

/*
 * Read the folders; the vendor's may be missing, then the admin's may not. One
 * file after the other is looked into, and only its ids are kept. Gives 0 with
 * *folder, to be freed with payload_folder_free(); or, after a message on
 * `err`, -errno, or what order_file_read() gives.
 */
int payload_folder_read(const struct folder_places *places,
                        struct payload_folder *folder, FILE *err);
void payload_folder_free(struct payload_folder *folder);

/* The payload of that name, or NULL. */
struct folder_payload *payload_folder_find(const struct payload_folder *folder,
                                           const char *name);

#endif
