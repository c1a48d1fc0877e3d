/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Forced into every compilation of the hypervisor and of payloads: the names
 * that the public ABI headers and everything else take for granted, and the
 * options of this build (CONFIG_NAME). Holds no declarations.
 */
#ifndef XEN_CONFIG_H
#define XEN_CONFIG_H

#include <xen/kconfig.h>
#include <asm/config.h>

/* The public headers show hypervisor-side types only with this set. */
#ifndef __XEN__
#define __XEN__ 1
#endif

/* <xen/alternative-call.h> has more than calls through pointers. */
#define CONFIG_ALTERNATIVE_CALL 1

/* Physical CPUs that the hypervisor can bring up. */
#define NR_CPUS 64

#define CONFIG_LIVEPATCH 1

#endif
