/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The time between two stops of all pCPUs that one run of the command asks for.
 */
#ifndef XEN_LIVEPATCH_STOP_GAP_H
#define XEN_LIVEPATCH_STOP_GAP_H

#include "session/session.h"

/*
 * To be called before each request that stops the pCPUs, the first one and
 * further tries included; the session is connected. On a hypervisor that is not
 * this project's it pauses before every one but the run's first.
 */
void stop_gap_keep(struct session *session);

#endif
