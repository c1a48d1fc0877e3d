/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What can be done with a piece, by the section that it lies in.
 */
#ifndef BUILDER_CHOOSE_KINDS_H
#define BUILDER_CHOOSE_KINDS_H

#include "model/piece.h"

/* Freed or never looked at again when the hypervisor has started. */
bool is_boot_only(const struct piece *piece);

/* One for each pCPU: a payload cannot have any. */
bool is_per_cpu(const struct piece *piece);

/* A part of a list that the hypervisor walks from end to end. */
bool is_in_linker_list(const struct piece *piece);

/* For the live patching itself: hooks and entries that a patch brings. */
bool is_for_payload(const struct piece *piece);

#endif
