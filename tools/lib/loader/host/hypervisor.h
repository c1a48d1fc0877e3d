/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of the loader's host know in common.
 */
#ifndef LOADER_HOST_HYPERVISOR_H
#define LOADER_HOST_HYPERVISOR_H

#include "lib/loader/arch.h"

/* The one that is being loaded into. */
extern const struct loader_hypervisor *hypervisor;

#endif
