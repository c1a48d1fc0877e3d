/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Requests to the subsystem, as a guest with this program's memory makes them.
 * Each gives what struct loader_arch says.
 */
#ifndef LOADER_HOST_REQUEST_H
#define LOADER_HOST_REQUEST_H

#include "lib/loader/arch.h"

int request_upload(const char *name, const void *bytes, size_t nr_bytes);
int request_act(enum loader_action action, const char *name, bool ignores_base);

#endif
