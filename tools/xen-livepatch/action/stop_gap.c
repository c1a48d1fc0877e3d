/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Xen says that an action is over by clearing a flag; the pCPUs that took part
 * look at it one by one and leave. Xen also takes the next action at once. A
 * pCPU that had no time to look in between sees the flag set again: Xen 4.8 to
 * 4.12 then hang, since it waits with interrupts off for what others expect it
 * to take part in; later ones miss the deadline of the second action. So the
 * next stop is not asked for before every pCPU has had its time. This project's
 * hypervisor, which is known by its records, has no such window. An unload
 * stops nobody, nor does an upload.
 */
#include "action/stop_gap.h"

#include "hypervisor/extension.h"
#include "session/delay.h"

#define STOP_GAP_MS 300U

void stop_gap_keep(struct session *session)
{
    uint64_t next;

    if (session->has_asked_for_stop &&
        extension_next_record(&session->client, &next)) {
        delay_ms(STOP_GAP_MS);
    }
    session->has_asked_for_stop = true;
}
