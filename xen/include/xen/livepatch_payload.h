/* SPDX-License-Identifier: GPL-2.0 */
/*
 * For the authors of payloads: what a payload's C source includes, after
 * <xen/livepatch.h>, to name the functions that it replaces.
 *
 * A function to patch is one entry in section .livepatch.funcs:
 *
 *     LIVEPATCH_FUNC(xen_extra_version, new_extra_version, 16);
 *
 * replaces the hypervisor's xen_extra_version by new_extra_version; a static
 * function of a file is spelled in full with LIVEPATCH_FUNC_NAMED:
 *
 *     LIVEPATCH_FUNC_NAMED("common/sysctl.c#physinfo", physinfo, new_physinfo,
 *                          OLD_SIZE);
 *
 * with the old function's size as `nm -S xen-syms` shows it.
 */
#ifndef XEN_LIVEPATCH_PAYLOAD_H
#define XEN_LIVEPATCH_PAYLOAD_H

#include <xen/compiler.h>
#include <xen/types.h>
#include <public/sysctl.h>

/*
 * new_size is only informative for a replaced function (it counts for NOPs):
 * the entry says the smallest size that a trampoline's target can have.
 */
#define LIVEPATCH_FUNC_NAMED(symbol, tag, new_fn, bytes)                       \
    static struct livepatch_func livepatch_func_##tag __used_section(          \
        ".livepatch.funcs") = {                                                \
        .version = LIVEPATCH_PAYLOAD_VERSION,                                  \
        .name = (symbol),                                                      \
        .new_addr = (void *)(new_fn),                                          \
        .old_addr = NULL,                                                      \
        .new_size = 1,                                                         \
        .old_size = (bytes),                                                   \
    }

/* For a global function; bytes: its size in the running hypervisor. */
#define LIVEPATCH_FUNC(old_fn, new_fn, bytes)                                  \
    LIVEPATCH_FUNC_NAMED(#old_fn, old_fn, new_fn, bytes)

#endif
