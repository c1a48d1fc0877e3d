/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Connects to the hypervisor once per run and says what to look at when that
 * is not possible.
 */
#include "session.h"

#include <errno.h>
#include <string.h>

int session_connect(struct session *session)
{
    int rc;

    if (session->is_connected) {
        return 0;
    }
    rc = client_open(&session->client);
    if (rc) {
        fprintf(session->err,
                "Could not open the hypervisor interface /dev/xen/privcmd.\n"
                "Error %d: %s\n"
                "xen-livepatch: this must run as root in dom0, with the "
                "kernel module xen-privcmd loaded.\n",
                -rc, strerror(-rc));
        return rc;
    }
    session->is_connected = true;
    return 0;
}

void session_end(struct session *session)
{
    if (session->is_connected) {
        client_close(&session->client);
        session->is_connected = false;
    }
}

enum outcome outcome_of(int rc)
{
    if (!rc) {
        return OUTCOME_DONE;
    }
    return rc == -EAGAIN || rc == -EBUSY ? OUTCOME_RETRY : OUTCOME_FAILED;
}
