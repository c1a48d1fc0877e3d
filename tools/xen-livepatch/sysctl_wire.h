/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One typed function for each sysctl that the command sends. Only the .c file
 * knows how the bytes lie in the hypercall structure and which interface
 * version they belong to; another version is another such file. Every pointer
 * named *_buffer must come from hypercall_alloc(). Each function gives 0 or
 * -errno as the hypervisor answered and writes its outputs on success only.
 */
#ifndef XEN_LIVEPATCH_SYSCTL_WIRE_H
#define XEN_LIVEPATCH_SYSCTL_WIRE_H

#include <stddef.h>
#include <stdint.h>

#include "hypercall.h"
#include "payload.h"

/* XEN_SYSCTL_INTERFACE_VERSION that is spoken. */
extern const uint32_t wire_interface_version;

/* A payload's name; `bytes` includes the NUL, 1..128. */
struct wire_name {
    char *buffer;
    uint16_t bytes;
};

/* -EACCES: another interface version; -EPERM: not allowed; -ENOSYS: no live
 * patching in this hypervisor. These three hold for all the functions below. */
int wire_upload(struct hypercall *hypercall, struct wire_name name,
                void *payload_buffer, size_t payload_bytes);
int wire_get(struct hypercall *hypercall, struct wire_name name,
             struct payload_status *status);

struct wire_action {
    enum payload_action action;
    uint32_t timeout_ns; /* 0: the hypervisor's default */
    uint32_t flags;      /* PAYLOAD_APPLY_NODEPS */
};

int wire_action(struct hypercall *hypercall, struct wire_name name,
                const struct wire_action *request);

/* How much there is to list, and the stamp that changes with the set. */
struct wire_list_sizes {
    uint32_t version;
    uint32_t nr;
    uint32_t name_bytes;     /* all names, each with its NUL */
    uint32_t metadata_bytes; /* all metadata */
};

int wire_list_sizes(struct hypercall *hypercall, struct wire_list_sizes *sizes);

/* Bytes of one element of wire_list_window.status_buffer. */
extern const size_t wire_status_bytes;

/*
 * Entries index .. index + nr - 1 of the hypervisor's list. The buffers hold
 * `nr` elements, names and metadata packed without gaps. After success `nr` is
 * the number of entries written, `version` the stamp of the set they are from.
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

int wire_list(struct hypercall *hypercall, struct wire_list_window *window);

/* Element `i` of a status_buffer that wire_list() filled. */
struct payload_status wire_status_at(const void *status_buffer, size_t i);

/*
 * Read the console ring from the free-running byte index *index on (from the
 * oldest byte when that one is no longer there) into at most *bytes bytes.
 * After success *bytes is what was read and *index the end of it.
 */
int wire_readconsole(struct hypercall *hypercall, char *text_buffer,
                     uint32_t *index, uint32_t *bytes);

#endif
