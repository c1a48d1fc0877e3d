/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a hypervisor's image is, told from its bytes: whose, and for which
 * machine.
 */
#ifndef LIVEPATCH_REPLAY_HYPERVISOR_H
#define LIVEPATCH_REPLAY_HYPERVISOR_H

#include <stddef.h>

struct hypervisor_image {
    const char *kind; /* "ours" or "stock", as the harness's boot calls them;
                         NULL: no hypervisor that is known */
    const char *arch; /* "x86" or "arm64" */
};

struct hypervisor_image hypervisor_recognize(const unsigned char *bytes,
                                             size_t nr_bytes);

/* The same of the file `path`, which is not compressed; -errno: it cannot be
 * read. */
int hypervisor_look_at(const char *path, struct hypervisor_image *image);

#endif
