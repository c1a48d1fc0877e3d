/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What this hypervisor calls itself, and its build-id. Each string comes from
 * a function, so that a payload can replace it.
 */
#ifndef XEN_VERSION_H
#define XEN_VERSION_H

#include <xen/types.h>

unsigned int xen_major_version(void);
unsigned int xen_minor_version(void);
const char *xen_extra_version(void);
const char *xen_compile_date(void);
const char *xen_compile_by(void);
const char *xen_compile_domain(void);
const char *xen_compiler(void);
const char *xen_changeset(void);

/* The kinds of guests, separated by spaces. */
const char *xen_capabilities(void);

/* The command line that the hypervisor was booted with. */
const char *xen_commandline(void);

/* The descriptor of the image's own GNU build-id note; 0 or -ENODATA. */
int xen_build_id(const void **p, unsigned int *len);

#endif
