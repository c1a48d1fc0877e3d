/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The xen_version hypercall: numbers as its answer, the rest in a buffer. What
 * besides the version it does not tell stays empty.
 */
#include "hypervisor/hypervisor_identity.h"

#include <errno.h>
#include <string.h>
#include <xen/xen.h>

#include <xen/version.h>

_Static_assert(sizeof(xen_extraversion_t) <
                   sizeof(((struct hypervisor_identity *)0)->extra),
               "room for a NUL");

static void ask_extra(struct hypercall *hypercall, char *buffer,
                      struct hypervisor_identity *identity)
{
    if (hypercall_xen_version(hypercall, XENVER_extraversion, buffer) >= 0) {
        memcpy(identity->extra, buffer, sizeof(xen_extraversion_t));
    }
}

static void ask_build_id(struct hypercall *hypercall, void *buffer,
                         struct hypervisor_identity *identity)
{
    struct xen_build_id *id = buffer;
    int rc;

    memset(buffer, 0, sizeof(*id) + BUILD_ID_BYTES_MAX);
    id->len = BUILD_ID_BYTES_MAX;
    rc = hypercall_xen_version(hypercall, XENVER_build_id, buffer);
    if (rc > 0 && (unsigned int)rc <= BUILD_ID_BYTES_MAX) {
        memcpy(identity->build_id, id->buf, (size_t)rc);
        identity->build_id_bytes = (size_t)rc;
    }
}

int hypervisor_identify(struct livepatch_client *client,
                        struct hypervisor_identity *identity)
{
    struct hypercall *hypercall = client->wire.hypercall;
    struct hypervisor_identity found = {0};
    int version = hypercall_xen_version(hypercall, XENVER_version, NULL);
    void *buffer;

    if (version < 0) {
        return version;
    }
    buffer = hypercall_alloc(hypercall,
                             sizeof(struct xen_build_id) + BUILD_ID_BYTES_MAX);
    if (!buffer) {
        return -ENOMEM;
    }
    found.major = (unsigned int)version >> 16;
    found.minor = (unsigned int)version & 0xffff;
    ask_extra(hypercall, buffer, &found);
    ask_build_id(hypercall, buffer, &found);
    hypercall_free(hypercall, buffer);
    *identity = found;
    return 0;
}
