/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Error numbers of the hypercall ABI (EPERM, ENOENT, ...), from the public
 * header: the hypervisor has no others.
 */
#ifndef XEN_ERRNO_H
#define XEN_ERRNO_H

#define XEN_ERRNO(name, value) name = (value),
enum {
#include <public/errno.h>
};

#endif
