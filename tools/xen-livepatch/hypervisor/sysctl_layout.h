/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How the live-patching sysctl lies in memory in each interface version, as
 * far as versions differ. Numbers are byte offsets in `struct xen_sysctl`; 0
 * says that the version has no such field. What never moved since Xen 4.7 is
 * taken from the public header by sysctl_wire.c.
 */
#ifndef XEN_LIVEPATCH_SYSCTL_LAYOUT_H
#define XEN_LIVEPATCH_SYSCTL_LAYOUT_H

#include <stdint.h>

struct sysctl_layout {
    uint32_t version_first;       /* XEN_SYSCTL_INTERFACE_VERSION, from */
    uint32_t version_last;        /* ... to */
    uint32_t action_flags;        /* u32 */
    uint32_t list_name_bytes;     /* u32: all names; since 0x16 the room */
    uint32_t list_metadata_bytes; /* u32: all metadata; since 0x16 the room */
    uint32_t list_status;         /* handles */
    uint32_t list_name;
    uint32_t list_name_length;
    uint32_t list_metadata;
    uint32_t list_metadata_length;
    uint32_t name_stride; /* bytes from name to name; 0: without gaps */
};

/* Versions that are known. */
#define SYSCTL_VERSION_OLDEST 0x0dU
#define SYSCTL_VERSION_NEWEST 0x16U

/*
 * The layout of `version`, never NULL: for a version newer than the newest that
 * is known, the layout of that one. `version` is at least
 * SYSCTL_VERSION_OLDEST.
 */
const struct sysctl_layout *sysctl_layout_of(uint32_t version);

/* The Xen releases that speak `version`, such as "4.17 to 4.20"; NULL when none
 * is known. */
const char *sysctl_releases_of(uint32_t version);

#endif
