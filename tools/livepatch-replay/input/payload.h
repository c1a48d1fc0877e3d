/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A payload as the caller gave it: its file, the name that it is loaded by, and
 * what it says of what it belongs to.
 */
#ifndef LIVEPATCH_REPLAY_PAYLOAD_H
#define LIVEPATCH_REPLAY_PAYLOAD_H

#include "lib/kept_id.h"
#include "lib/memory.h"
#include "lib/payload_file.h"

struct payload {
    const char *path; /* outlives it */
    char *name;       /* letters, digits, ".", "_" and "-"; unique */
    struct payload_file file;
    struct kept_id own;
    struct kept_id
        below; /* of the payload or hypervisor that it goes on top of */
    bool has_own_data;
};

struct payloads {
    struct payload *items;
    size_t nr;
};

/* Read one more. False after a message on `err`. */
bool payloads_add(struct payloads *payloads, const char *path, FILE *err);
void payloads_free(struct payloads *payloads);

/*
 * The index of the one that items[index] goes on top of, among all before it;
 * its own: none of them.
 */
size_t payloads_below(const struct payloads *payloads, size_t index);

/* Put the file at FOLDER/NAME.livepatch. 0 or -errno. */
int payload_write(const struct payload *payload, const char *folder);

/* The same with another build-id as that of the hypervisor that it is for.
 * -ENOENT, and nothing is written, when it names none. */
int payload_write_for_other(const struct payload *payload, const char *folder);

#endif
