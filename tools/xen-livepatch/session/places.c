/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The places by the Filesystem Hierarchy Standard: configuration, variable
 * state, logs, what is gone with the next boot.
 */
#include "session/places.h"

const char place_of_log[] = "/var/log/xen/xen-livepatch.log";
const char place_of_state[] = "/var/lib/xen-livepatch";
const char place_of_payloads[] = "/etc/xen/livepatch.d";
const char place_of_lock[] = "/run/xen-livepatch.lock";
const char place_of_vendor[] = "/usr/lib/xen-livepatch";
