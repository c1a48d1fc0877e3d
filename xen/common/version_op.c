// SPDX-License-Identifier: GPL-2.0
/*
 * The hypercall xen_version: what this hypervisor is, told to a guest in the
 * structures of public/version.h. The values come from <xen/version.h>.
 */
#include <xen/errno.h>
#include <xen/guest_access.h>
#include <xen/hypercall.h>
#include <xen/kernel.h>
#include <xen/lib.h>
#include <xen/mm.h>
#include <xen/sched.h>
#include <xen/string.h>
#include <xen/version.h>
#include <public/xen.h>
#include <public/version.h>

static long copy_out(void *arg, const void *from, unsigned long bytes)
{
    return raw_copy_to_guest(arg, from, bytes) ? -EFAULT : 0;
}

/* The guest gets all of the array that the ABI has for the text. */
static long give_extraversion(void *arg)
{
    xen_extraversion_t text = {0};

    strlcpy(text, xen_extra_version(), sizeof(text));
    return copy_out(arg, text, sizeof(text));
}

static long give_capabilities(void *arg)
{
    xen_capabilities_info_t text = {0};

    strlcpy(text, xen_capabilities(), sizeof(text));
    return copy_out(arg, text, sizeof(text));
}

static long give_changeset(void *arg)
{
    xen_changeset_info_t text = {0};

    strlcpy(text, xen_changeset(), sizeof(text));
    return copy_out(arg, text, sizeof(text));
}

static long give_commandline(void *arg)
{
    xen_commandline_t text = {0};

    strlcpy(text, xen_commandline(), sizeof(text));
    return copy_out(arg, text, sizeof(text));
}

static long give_compile_info(void *arg)
{
    struct xen_compile_info made = {0};

    strlcpy(made.compiler, xen_compiler(), sizeof(made.compiler));
    strlcpy(made.compile_by, xen_compile_by(), sizeof(made.compile_by));
    strlcpy(made.compile_domain, xen_compile_domain(),
            sizeof(made.compile_domain));
    strlcpy(made.compile_date, xen_compile_date(), sizeof(made.compile_date));
    return copy_out(arg, &made, sizeof(made));
}

static long give_platform_parameters(void *arg)
{
    const struct xen_platform_parameters platform = {
        .virt_start = (unsigned long)_start,
    };

    return copy_out(arg, &platform, sizeof(platform));
}

/* Guests run on nested page tables: no page-table writes go through the
 * hypervisor, and frame numbers are the guest's own. */
static uint32_t features_of(const struct domain *d)
{
    uint32_t features = 1u << XENFEAT_writable_page_tables |
                        1u << XENFEAT_auto_translated_physmap;

    if (d->is_privileged) {
        features |= 1u << XENFEAT_dom0;
    }
    return features;
}

static long give_features(void *arg)
{
    struct xen_feature_info features;

    if (raw_copy_from_guest(&features, arg, sizeof(features))) {
        return -EFAULT;
    }
    if (features.submap_idx >= XENFEAT_NR_SUBMAPS) {
        return -EINVAL;
    }
    features.submap = features_of(current_domain());
    return copy_out(arg, &features, sizeof(features));
}

/* No guest has been given a UUID. */
static long give_guest_handle(void *arg)
{
    const xen_domain_handle_t handle = {0};

    return copy_out(arg, handle, sizeof(handle));
}

/* Without a buffer: how large it has to be. */
static long give_build_id(void *arg)
{
    struct xen_build_id request;
    const void *id;
    unsigned int bytes;
    int error;

    if (arg && raw_copy_from_guest(&request, arg, sizeof(request))) {
        return -EFAULT;
    }
    if (arg && request.len == 0) {
        return -EINVAL;
    }
    error = xen_build_id(&id, &bytes);
    if (error || !arg) {
        return error ? error : (long)bytes;
    }
    if (request.len < bytes) {
        return -ENOBUFS;
    }
    error =
        copy_out((char *)arg + offsetof(struct xen_build_id, buf), id, bytes);
    return error ? error : (long)bytes;
}

typedef long give_fn(void *arg);

static give_fn *const givers[] = {
    [XENVER_extraversion] = give_extraversion,
    [XENVER_compile_info] = give_compile_info,
    [XENVER_capabilities] = give_capabilities,
    [XENVER_changeset] = give_changeset,
    [XENVER_platform_parameters] = give_platform_parameters,
    [XENVER_get_features] = give_features,
    [XENVER_guest_handle] = give_guest_handle,
    [XENVER_commandline] = give_commandline,
    [XENVER_build_id] = give_build_id,
};

long do_xen_version(int cmd, void *arg)
{
    if (cmd == XENVER_version) {
        return (long)xen_major_version() << 16 | xen_minor_version();
    }
    if (cmd == XENVER_pagesize) {
        return PAGE_SIZE;
    }
    if (cmd < 0 || (size_t)cmd >= ARRAY_SIZE(givers)) {
        return -ENOSYS;
    }
    return givers[cmd](arg);
}
