/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One typed function for each sysctl that the command sends, whatever interface
 * version the hypervisor speaks. Only the .c file and sysctl_layout.c know how
 * the bytes lie in the hypercall structure. Every pointer named *_buffer must
 * come from hypercall_alloc(). Each function gives 0 or -errno as the
 * hypervisor answered and writes its outputs on success only.
 */
#ifndef XEN_LIVEPATCH_SYSCTL_WIRE_H
#define XEN_LIVEPATCH_SYSCTL_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hypervisor/hypercall.h"
#include "hypervisor/payload.h"

struct sysctl_layout;

/* The way to a hypervisor whose interface version was found out. */
struct wire {
    struct hypercall *hypercall;
    uint32_t version; /* of the sysctl interface */
    const struct sysctl_layout *layout;
    int refusal; /* of all live patching: 0, -ENOSYS, -EOPNOTSUPP or -EPERM */
};

/*
 * Find out which sysctl interface version the hypervisor speaks, by asking for
 * the number of payloads in one after the other: the known ones from the newest
 * on, then newer ones. Gives 0 and *wire, also when live patching itself is
 * refused, which `refusal` then tells (the requests will say so too); -EACCES:
 * none of them; or another -errno that the question gave.
 */
int wire_find_version(struct hypercall *hypercall, struct wire *wire);

/* Whether the version is newer than all that are known. */
bool wire_is_newer_than_known(const struct wire *wire);

/* A payload's name; `bytes` includes the NUL, 1..128. */
struct wire_name {
    char *buffer;
    uint16_t bytes;
};

/* -EPERM: not allowed; -ENOSYS: no live patching in this hypervisor. These two
 * hold for all the functions below. */
struct wire_upload {
    void *payload_buffer;
    size_t payload_bytes;
    bool is_forced; /* the flag FORCE */
};

/* Whether the version has flags of an upload (some releases that speak it
 * refuse them all the same) and of an action. */
bool wire_has_upload_flags(const struct wire *wire);
bool wire_has_action_flags(const struct wire *wire);

/* -EOPNOTSUPP without a hypercall: is_forced in a version that has no flags. */
int wire_upload(const struct wire *wire, struct wire_name name,
                const struct wire_upload *request);
int wire_get(const struct wire *wire, struct wire_name name,
             struct payload_status *status);

struct wire_action {
    enum payload_action action;
    uint32_t timeout_ns; /* 0: the hypervisor's default */
    uint32_t flags;      /* PAYLOAD_APPLY_NODEPS */
};

/* -EOPNOTSUPP without a hypercall: flags in a version that has none. */
int wire_action(const struct wire *wire, struct wire_name name,
                const struct wire_action *request);

/* How much there is to list, and the stamp that changes with the set. */
struct wire_list_sizes {
    uint32_t version;
    uint32_t nr;
    uint32_t metadata_bytes; /* all metadata; 0 in versions without it */
};

int wire_list_sizes(const struct wire *wire, struct wire_list_sizes *sizes);

/* Bytes of one element of wire_list_window.status_buffer. */
extern const size_t wire_status_bytes;

/*
 * Entries index .. index + nr - 1 of the hypervisor's list. The buffers hold
 * `nr` elements; name_capacity is at least `nr` times the longest name with its
 * NUL. After success `nr` is the number of entries written, `version` the stamp
 * of the set they are from; names and metadata lie without gaps, and what a
 * version does not tell is left as it was in the buffers.
 */
struct wire_list_window {
    uint32_t index;
    uint32_t nr;
    uint32_t version;
    uint32_t name_capacity;
    uint32_t metadata_capacity;
    void *status_buffer;
    char *name_buffer;
    uint32_t *name_length_buffer;
    char *metadata_buffer;
    uint32_t *metadata_length_buffer;
};

/* Also -EBADMSG: lengths that cannot be true. */
int wire_list(const struct wire *wire, struct wire_list_window *window);

/* Element `i` of a status_buffer that wire_list() filled. */
struct payload_status wire_status_at(const void *status_buffer, size_t i);

/*
 * Read the console ring from the free-running byte index *index on (from the
 * oldest byte when that one is no longer there) into at most *bytes bytes.
 * After success *bytes is what was read and *index the end of it.
 */
int wire_readconsole(const struct wire *wire, char *text_buffer,
                     uint32_t *index, uint32_t *bytes);

/*
 * One of the operations that this project's hypervisor has beyond Xen's
 * (livepatch_ext.h). Its structure of `bytes` bytes, at most what the sysctl
 * has room for, goes out and comes back as the hypervisor left it. -EOPNOTSUPP:
 * the hypervisor has no such operation.
 */
int wire_extension(const struct wire *wire, uint32_t operation, void *request,
                   size_t bytes);

#endif
