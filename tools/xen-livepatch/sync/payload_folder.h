/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A folder of payloads, such as /etc/xen/livepatch.d: every file there whose
 * name ends in ".livepatch", read, with what it says of itself; and the file
 * "order" beside them.
 */
#ifndef XEN_LIVEPATCH_PAYLOAD_FOLDER_H
#define XEN_LIVEPATCH_PAYLOAD_FOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "lib/payload_elf.h"
#include "lib/payload_file.h"

struct folder_payload {
    char *path;
    char *name; /* the file's without its extension; checked */
    struct payload_file file;
    struct build_id own;        /* these point into the file */
    struct build_id hypervisor; /* the one that it is for; none before 4.14 */
    struct build_id below;      /* what it goes on top of */
    int rank;                   /* line in the order file, 0: none */
    uint32_t flags;             /* PAYLOAD_APPLY_NODEPS, by the order file */
};

struct payload_folder {
    struct folder_payload *payloads; /* in the order of their names */
    size_t nr;
    size_t nr_bad; /* files that are no payloads, after a message for each */
};

/*
 * Read the folder `path`. Lines of its order file are
 *     NAME [--nodeps]        the file's name, ".livepatch" may be left out
 * or empty, or start with '#'. Gives 0 with *folder, to be freed with
 * payload_folder_free(); or, after a message on `err`, -errno, -EINVAL for an
 * order file with a line that names no payload of the folder, or one twice.
 */
int payload_folder_read(const char *path, struct payload_folder *folder,
                        FILE *err);
void payload_folder_free(struct payload_folder *folder);

#endif
