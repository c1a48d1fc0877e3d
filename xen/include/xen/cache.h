/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where data lies, by how it is used. Xen's names.
 */
#ifndef XEN_CACHE_H
#define XEN_CACHE_H

#include <xen/compiler.h>

/* Written while the hypervisor boots, constant from then on: nobody can write
 * it once dom0 runs. */
#define __ro_after_init __section(".data.ro_after_init")

#endif
