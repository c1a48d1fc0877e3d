/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The layouts that there were: one row for each span of versions. Version 0x15
 * is that of the public header, which gives its row; the rows of other versions
 * are checked numbers.
 */
#define __XEN_TOOLS__ 1

#include "hypervisor/sysctl_layout.h"

#include <stddef.h>
#include <xen/sysctl.h>

_Static_assert(XEN_SYSCTL_INTERFACE_VERSION == 0x15,
               "the rows below take this version from the header");
_Static_assert(sizeof(struct xen_sysctl) == 136, "in every version");

#define AT(field) offsetof(struct xen_sysctl, u.livepatch.u.field)

/* What the versions 0x13 to 0x16 share. */
#define FIELDS_SINCE_0X13                                                      \
    .action_flags = AT(action.flags),                                          \
    .list_name_bytes = AT(list.name_total_size),                               \
    .list_metadata_bytes = AT(list.metadata_total_size),                       \
    .list_status = AT(list.status), .list_name = AT(list.name),                \
    .list_name_length = AT(list.len), .list_metadata = AT(list.metadata),      \
    .list_metadata_length = AT(list.metadata_len)

static const struct sysctl_layout layouts[] = {
    {
        .version_first = SYSCTL_VERSION_OLDEST,
        .version_last = 0x12,
        .list_status = 32,
        .list_name = 40,
        .list_name_length = 48,
        .name_stride = XEN_LIVEPATCH_NAME_SIZE,
    },
    {
        .version_first = 0x13,
        .version_last = 0x15,
        FIELDS_SINCE_0X13,
    },
    {
        .version_first = 0x16,
        .version_last = SYSCTL_VERSION_NEWEST,
        FIELDS_SINCE_0X13,
    },
};

/* By version, from SYSCTL_VERSION_OLDEST on. */
static const char *const releases[] = {
    "4.7",           "4.8",           "4.9",  "4.10",         "4.11",
    "4.12 and 4.13", "4.14 and 4.15", "4.16", "4.17 to 4.20", "4.21 and later",
};

_Static_assert(sizeof(releases) / sizeof(releases[0]) ==
                   SYSCTL_VERSION_NEWEST - SYSCTL_VERSION_OLDEST + 1,
               "a word for each version that is known");

#define NR_LAYOUTS (sizeof(layouts) / sizeof(layouts[0]))

const struct sysctl_layout *sysctl_layout_of(uint32_t version)
{
    const struct sysctl_layout *layout = &layouts[0];

    for (size_t i = 1; i < NR_LAYOUTS; i++) {
        if (version >= layouts[i].version_first) {
            layout = &layouts[i];
        }
    }
    return layout;
}

const char *sysctl_releases_of(uint32_t version)
{
    return version >= SYSCTL_VERSION_OLDEST && version <= SYSCTL_VERSION_NEWEST
               ? releases[version - SYSCTL_VERSION_OLDEST]
               : NULL;
}
