/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The parts of boot that are the same everywhere. Their order with the arch's
 * is start.c's of the arch.
 */
#ifndef XEN_START_H
#define XEN_START_H

#include <xen/compiler.h>

/* Says who starts. */
void start_announce(void);

/* Says where vmap() may map. */
void start_vmap(void);

/* The end of boot, on the boot CPU with an empty stack: frees what only boot
 * needed and serves vCPU 0 for good. */
void noreturn start_dom0(void);

#endif
