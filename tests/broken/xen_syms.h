/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The hypervisor that the set is made for when it is not one that runs: that of
 * a xen-syms. Gives the set its build-id.
 */
#ifndef BROKEN_XEN_SYMS_H
#define BROKEN_XEN_SYMS_H

#include "lib/elf_file.h"

/* False after a message. *xen is there until the program ends. */
bool xen_syms_open(const char *path, struct elf_file *xen);

#endif
